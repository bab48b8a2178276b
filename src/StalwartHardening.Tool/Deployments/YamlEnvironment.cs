using StalwartHardening.Settings;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace StalwartHardening.Tool.Deployments;

/// <summary>
/// Finds variables in YAML, however deep: entries of a mapping (<c>environment:</c> of Compose, data of Kubernetes), texts <c>NAME=value</c> in a list, and
/// mappings with <c>name</c> and <c>value</c>. Works on the events of the parser, which carry exact places; nothing is made of them.
/// </summary>
internal static class YamlEnvironment
{
    /// <summary>The variables, in text order; and what stopped the reading, with its line, or null.</summary>
    public static IReadOnlyList<EnvironmentEntry> Read(string text, out string? problem)
    {
        var entries = new List<EnvironmentEntry>();
        problem = null;
        var open = new Stack<Collection>();
        var parser = new Parser(new StringReader(text));
        try
        {
            while (parser.MoveNext())
                Take(parser.Current!, text, open, entries);
        }
        catch (YamlException e)
        {
            problem = FormattableString.Invariant($"it is not valid YAML from line {Math.Max(1, e.Start.Line)} on: {Sentence(e.InnerException?.Message ?? e.Message)}");
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            // The library takes some texts for mistakes of its own.
            problem = FormattableString.Invariant($"it is not valid YAML after line {Math.Max(1, parser.Current?.End.Line ?? 1)}");
        }

        return entries;
    }

    // As the end of a sentence of ours.
    private static string Sentence(string message) => message.TrimEnd('.', ' ');

    private static void Take(ParsingEvent current, string text, Stack<Collection> open, List<EnvironmentEntry> entries)
    {
        switch (current)
        {
            case MappingStart or SequenceStart:
                if (open.TryPeek(out var outer))
                    outer.TakeValue(null);
                open.Push(new Collection { IsMapping = current is MappingStart });
                break;
            case MappingEnd or SequenceEnd:
                if (open.Pop() is { Name: { } name } named && named.GivesValue)
                    entries.Add(Entry(text, name.Value, PlaceOf(text, name), named.Value));
                break;
            case Scalar scalar when open.TryPeek(out var collection):
                if (!collection.IsMapping)
                    AddAssignment(text, scalar, entries);
                else if (collection.TakeKeyOrValue(scalar) is { } key)
                    entries.Add(Entry(text, key.Value, PlaceOf(text, key), scalar));
                break;
            case AnchorAlias when open.TryPeek(out var collection):
                collection.TakeValue(null);
                break;
        }
    }

    // - NAME=value; a name alone takes the value from the environment in which the program is started.
    private static void AddAssignment(string text, Scalar scalar, List<EnvironmentEntry> entries)
    {
        var place = PlaceOf(text, scalar);
        var sign = scalar.Value.IndexOf('=', StringComparison.Ordinal);
        var name = sign < 0 ? scalar.Value : scalar.Value[..sign];
        if (!IsName(name))
            return;
        var written = text.AsSpan(place.Start, place.Length).IndexOf('=');
        entries.Add(sign < 0 || written < 0
            ? new EnvironmentEntry(name, sign < 0 ? Setting.UnknownPart.ToString() : Interpolation.Apply(scalar.Value[(sign + 1)..]), place, place)
            : new EnvironmentEntry(name, Interpolation.Apply(scalar.Value[(sign + 1)..]), new SourceSpan(place.Start, written), SourceSpan.FromBounds(place.Start + written + 1, place.End)));
    }

    private static EnvironmentEntry Entry(string text, string name, SourceSpan place, Scalar? value)
    {
        // Nothing at all is what 'NAME:' means: the value comes from the environment in which the program is started.
        if (value is null || (value.Style == ScalarStyle.Plain && value.Value is "" or "~" or "null"))
            return new EnvironmentEntry(name, Setting.UnknownPart.ToString(), place, place);
        return new EnvironmentEntry(name, Interpolation.Apply(value.Value), place, PlaceOf(text, value));
    }

    // Without the quotes.
    private static SourceSpan PlaceOf(string text, Scalar scalar)
    {
        var start = (int)Math.Clamp(scalar.Start.Index, 0, text.Length);
        var end = (int)Math.Clamp(scalar.End.Index, start, text.Length);
        if (scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted && end - start >= 2)
            return SourceSpan.FromBounds(start + 1, end - 1);
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        return SourceSpan.FromBounds(start, end);
    }

    private static bool IsName(string text) => text.Length > 0 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');

    /// <summary>A mapping or list that is being read.</summary>
    private sealed class Collection
    {
        private Scalar? _key;
        private bool _hasKey;

        public bool IsMapping { get; init; }

        /// <summary>The text under <c>name</c>.</summary>
        public Scalar? Name { get; private set; }

        /// <summary>The text under <c>value</c>.</summary>
        public Scalar? Value { get; private set; }

        /// <summary>Whether something is under <c>value</c> or <c>valueFrom</c>.</summary>
        public bool GivesValue { get; private set; }

        /// <summary>Takes a text; the key that it is the value of, or null where it is a key itself.</summary>
        public Scalar? TakeKeyOrValue(Scalar scalar)
        {
            if (!_hasKey)
            {
                (_key, _hasKey) = (scalar, true);
                return null;
            }

            var key = _key;
            TakeValue(scalar);
            return key;
        }

        /// <summary>Takes what is no text.</summary>
        public void TakeValue(Scalar? scalar)
        {
            if (!IsMapping)
                return;
            if (!_hasKey)
            {
                // A key that is no text is nobody's variable.
                (_key, _hasKey) = (null, true);
                return;
            }

            switch (_key?.Value)
            {
                case "name":
                    Name = scalar;
                    break;
                case "value":
                    (Value, GivesValue) = (scalar, true);
                    break;
                case "valueFrom":
                    GivesValue = true;
                    break;
            }

            (_key, _hasKey) = (null, false);
        }
    }
}
