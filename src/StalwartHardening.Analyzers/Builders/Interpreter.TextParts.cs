using Microsoft.CodeAnalysis;

namespace StalwartHardening.Analyzers.Builders;

// Texts that are taken apart, or change in places.
internal sealed partial class Interpreter
{
    private KnownValue Replaced(KnownValue whole, string text, string old, Value replacement, StringComparison comparison)
    {
        var parts = new List<TextPart>();
        var start = 0;
        for (var at = text.IndexOf(old, comparison); at >= 0 && parts.Count < 10_000; at = text.IndexOf(old, start, comparison))
        {
            parts.Add(new TextPart(text.Substring(start, at - start), whole, start, null));
            parts.Add(PartOf(replacement, null));
            start = at + old.Length;
        }

        if (start == 0)
            return whole;
        parts.Add(new TextPart(text.Substring(start), whole, start, null));
        return TextOf(parts);
    }

    private static Located? SplitText(KnownValue whole, string text, Located receiver, List<Located> arguments)
    {
        var separators = new List<string>();
        var options = 0L;
        var most = int.MaxValue;
        foreach (var argument in arguments)
        {
            switch (argument.Value)
            {
                case KnownValue { Content: char or string } one:
                    separators.Add(one.Content!.ToString()!);
                    break;
                case EnumValue { Type.Name: "StringSplitOptions" } mode:
                    options = mode.Number;
                    break;
                case ListValue { IsOpen: false } several when several.Items.TrueForAll(static item => item.Value is KnownValue { Content: char or string }):
                    separators.AddRange(several.Items.Select(static item => ((KnownValue)item.Value).Content!.ToString()!));
                    break;
                case KnownValue { Content: int and > 0 and var count }:
                    most = count;
                    break;
                case KnownValue { Content: null }:
                    break;
                default:
                    return null;
            }
        }

        if (separators.Count == 0)
            separators.AddRange([" ", "\t", "\r", "\n"]);
        var parts = new List<Located>();
        var start = 0;
        foreach (var piece in text.Split([.. separators], most, StringSplitOptions.None))
        {
            var place = Math.Max(text.IndexOf(piece, start, StringComparison.Ordinal), start);
            start = place + piece.Length;
            var trimmed = (options & 2) != 0 ? piece.Trim() : piece;
            if ((options & 1) != 0 && trimmed.Length == 0)
                continue;
            parts.Add(new Located(Slice(whole, place + (trimmed.Length == 0 ? 0 : piece.IndexOf(trimmed, StringComparison.Ordinal)), trimmed.Length), receiver.Origin));
        }

        return Located.Of(new ListValue(parts));
    }

    // Spans are split into ranges: those that it returns, or those that it writes to where it is told.
    private static Located? SplitSpan(IMethodSymbol method, List<Located> arguments)
    {
        if (arguments[0].Value is not KnownValue { Text: { } text } whole)
            return null;
        var target = arguments.Count > 1 && method.Parameters.Length == arguments.Count && method.Parameters[1].Type is { Name: "Span" } ? arguments[1].Value as ListValue : null;
        if (target is null && arguments.Count > 1 && arguments[1].Value is not KnownValue and not ListValue)
            return null;
        List<Located> separators = arguments.GetRange(target is null ? 1 : 2, arguments.Count - (target is null ? 1 : 2));
        if (method.Name == "SplitAny")
            separators = [.. separators.SelectMany(static separator => separator.Value is KnownValue { Text: { } several } ? several.Select(static one => Located.Of(new KnownValue(one))) : [separator])];
        if (target is { IsOpen: false })
            separators.Add(Located.Of(new KnownValue(Math.Max(target.Items.Count, 1))));
        if (SplitText(whole, text, Located.Of(whole), separators) is not { Value: ListValue pieces })
            return null;
        var ranges = pieces.Items.ConvertAll(static piece => piece.Value is KnownValue { Parts: [{ Start: var start, Text.Length: var length }] } ? Located.Of(RangeOf(At(start), At(start + length))) : Located.Unknown);
        if (target is null)
            return Located.Of(new ListValue(ranges));
        if (target.IsOpen)
            return null;
        for (var i = 0; i < ranges.Count; i++)
            target.Set(i, ranges[i]);
        return At(ranges.Count);
    }
}
