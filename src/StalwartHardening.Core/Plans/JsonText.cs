using System.Globalization;
using System.Text;

namespace StalwartHardening.Plans;

/// <summary>
/// The values of one text and where they are. Texts are decoded only when somebody asks; names and values without escapes
/// are compared where they are.
/// </summary>
internal sealed class JsonText
{
    private JsonEntry[] _nodes;

    internal JsonText(string text, int source, bool isDefault = false)
    {
        Text = text;
        Source = source;
        IsDefault = isDefault;
        _nodes = new JsonEntry[Math.Max(16, Math.Min(text.Length / 12, 1 << 16))];
    }

    /// <summary>The whole text.</summary>
    public string Text { get; }

    /// <summary>Which of the texts of a run it is, counted from 0.</summary>
    public int Source { get; }

    /// <summary>Whether nobody wrote the text: the server's own defaults.</summary>
    public bool IsDefault { get; }

    /// <summary>Number of values.</summary>
    public int Count { get; private set; }

    internal ref JsonEntry this[int index] => ref _nodes[index];

    internal int Add()
    {
        if (Count == _nodes.Length)
            Array.Resize(ref _nodes, _nodes.Length * 2);
        return Count++;
    }

    internal void ForgetFrom(int count) => Count = count;

    /// <summary>What the value is.</summary>
    public JsonKind Kind(int node) => _nodes[node].Kind;

    /// <summary>The first member of an object or array; <see cref="Next"/> goes on until <see cref="End"/>.</summary>
    public static int First(int node) => node + 1;

    /// <summary>The value after this one on the same level.</summary>
    public int Next(int node) => _nodes[node].Next;

    /// <summary>The index after the last member.</summary>
    public int End(int node) => _nodes[node].Next;

    /// <summary>Where the value is, quotes and braces included.</summary>
    public SourceSpan Span(int node) => new(_nodes[node].Start, _nodes[node].Length, Source);

    /// <summary>Where the name is, quotes included; the value where it has none.</summary>
    public SourceSpan NameSpan(int node)
    {
        ref var at = ref _nodes[node];
        return at.NameStart < 0 ? Span(node)
            : (at.Marks & JsonEntryMarks.NameUnknown) != 0 && (at.NameStart == 0 || Text[at.NameStart - 1] != '"') ? new SourceSpan(at.NameStart, at.NameLength, Source)
            : new SourceSpan(at.NameStart - 1, at.NameLength + 2, Source);
    }

    /// <summary>From the name (or the value, where it has none) to the end of the value.</summary>
    public SourceSpan MemberSpan(int node) => SourceSpan.FromBounds(NameSpan(node).Start, Span(node).End, Source);

    /// <summary>Whether a part of the value is a template's placeholder.</summary>
    public bool IsUnknown(int node) => (_nodes[node].Marks & JsonEntryMarks.ValueUnknown) != 0;

    /// <summary>Whether a part of the name is a template's placeholder.</summary>
    public bool IsNameUnknown(int node) => (_nodes[node].Marks & JsonEntryMarks.NameUnknown) != 0;

    /// <summary>The name, decoded; placeholders as <see cref="Setting.UnknownPart"/>. Empty where the value has none.</summary>
    public string Name(int node)
    {
        ref var at = ref _nodes[node];
        if (at.NameStart < 0)
            return "";
        return Decode(at.NameStart, at.NameLength, (at.Marks & JsonEntryMarks.NameEscaped) != 0, (at.Marks & JsonEntryMarks.NameUnknown) != 0);
    }

    /// <summary>The decoded text of a text; everything else as it stands. Placeholders as <see cref="Setting.UnknownPart"/>.</summary>
    public string Value(int node)
    {
        ref var at = ref _nodes[node];
        var isText = at.Kind == JsonKind.Text;
        return Decode(at.Start + (isText ? 1 : 0), at.Length - (isText ? 2 : 0), (at.Marks & JsonEntryMarks.ValueEscaped) != 0, (at.Marks & JsonEntryMarks.ValueUnknown) != 0);
    }

    /// <summary>The decoded text, or as it is written where a part is unknown: different placeholders are different values.</summary>
    internal string Comparable(int node) => IsUnknown(node) ? Text.Substring(_nodes[node].Start, _nodes[node].Length) : Value(node);

    /// <summary>Whether a placeholder is anywhere in a value.</summary>
    internal bool HoldsPlaceholder(int node)
    {
        for (var at = node; at < End(node); at++)
        {
            if ((_nodes[at].Marks & (JsonEntryMarks.NameUnknown | JsonEntryMarks.ValueUnknown)) != 0)
                return true;
        }

        return false;
    }

    /// <summary>The decoded text of a text; everything else as it stands. Placeholders as they are written.</summary>
    internal string Written(int node)
    {
        ref var at = ref _nodes[node];
        var isText = at.Kind == JsonKind.Text;
        return Decode(at.Start + (isText ? 1 : 0), at.Length - (isText ? 2 : 0), (at.Marks & JsonEntryMarks.ValueEscaped) != 0, unknown: false);
    }

    /// <summary>The name, decoded; placeholders as they are written.</summary>
    internal string WrittenName(int node)
    {
        ref var at = ref _nodes[node];
        return Decode(at.NameStart, at.NameLength, (at.Marks & JsonEntryMarks.NameEscaped) != 0, unknown: false);
    }

    /// <summary>The characters of the name where it is written without escapes and placeholders.</summary>
    internal bool TryGetRawName(int node, out ReadOnlySpan<char> name)
    {
        ref var at = ref _nodes[node];
        name = at.NameStart < 0 ? default : Text.AsSpan(at.NameStart, at.NameLength);
        return (at.Marks & (JsonEntryMarks.NameEscaped | JsonEntryMarks.NameUnknown)) == 0;
    }

    /// <summary>The characters of the value, quotes excluded, where it is written without escapes and placeholders.</summary>
    internal bool TryGetRawValue(int node, out ReadOnlySpan<char> value)
    {
        ref var at = ref _nodes[node];
        value = at.Kind == JsonKind.Text ? Text.AsSpan(at.Start + 1, at.Length - 2) : Text.AsSpan(at.Start, at.Length);
        return (at.Marks & (JsonEntryMarks.ValueEscaped | JsonEntryMarks.ValueUnknown)) == 0;
    }

    /// <summary>Whether the name, decoded, is <paramref name="name"/>.</summary>
    public bool NameIs(int node, string name) =>
        TryGetRawName(node, out var raw) ? raw.SequenceEqual(name.AsSpan()) : (_nodes[node].Marks & JsonEntryMarks.NameUnknown) == 0 && Name(node) == name;

    /// <summary>Whether the value is the text <paramref name="value"/>.</summary>
    public bool ValueIs(int node, string value) =>
        _nodes[node].Kind == JsonKind.Text
        && (TryGetRawValue(node, out var raw) ? raw.SequenceEqual(value.AsSpan()) : !IsUnknown(node) && Value(node) == value);

    /// <summary>The member of an object that counts under a name: the last one, as the server's parser has it; -1 where there is none.</summary>
    public int Find(int node, string name)
    {
        var found = -1;
        if (_nodes[node].Kind != JsonKind.Object)
            return found;
        for (int member = First(node), end = End(node); member < end; member = Next(member))
        {
            if (NameIs(member, name))
                found = member;
        }

        return found;
    }

    private string Decode(int start, int length, bool escaped, bool unknown)
    {
        if (!escaped && !unknown)
            return Text.Substring(start, length);
        var decoded = new StringBuilder(length);
        var end = start + length;
        for (var i = start; i < end; i++)
        {
            var c = Text[i];
            if (unknown && TemplatePlaceholder.Measure(Text, i, end) is > 0 and var placeholder)
            {
                if (decoded.Length == 0 || decoded[decoded.Length - 1] != Setting.UnknownPart)
                    decoded.Append(Setting.UnknownPart);
                i += placeholder - 1;
                continue;
            }

            if (c != '\\' || i + 1 >= end)
            {
                decoded.Append(c);
                continue;
            }

            i++;
            switch (Text[i])
            {
                case 'n':
                    decoded.Append('\n');
                    break;
                case 't':
                    decoded.Append('\t');
                    break;
                case 'r':
                    decoded.Append('\r');
                    break;
                case 'b':
                    decoded.Append('\b');
                    break;
                case 'f':
                    decoded.Append('\f');
                    break;
                case 'u' when i + 4 < end && ushort.TryParse(Text.Substring(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit):
                    decoded.Append((char)unit);
                    i += 4;
                    break;
                default:
                    decoded.Append(Text[i]);
                    break;
            }
        }

        return decoded.ToString();
    }
}
