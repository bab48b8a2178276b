namespace StalwartHardening.Expressions.Functions;

/// <summary>Functions that take texts apart (<c>expr/functions/text.rs</c>, 0.15.5).</summary>
internal static class SplitFunctions
{
    // An empty separator lets split_n make as many items as it is told to; beyond this we do not follow.
    private const int MaxEmptyCuts = 10_000;

    public static ExpressionValue? Lines(ReadOnlySpan<ExpressionValue> v)
    {
        if (!v[0].IsText)
            return v[0];
        var lines = new List<string>(v[0].Text.Split('\n'));
        if (lines[lines.Count - 1].Length == 0)
            lines.RemoveAt(lines.Count - 1);
        for (var i = 0; i < lines.Count; i++)
        {
            // Without its line feed, a last line keeps its carriage return.
            var ended = i < lines.Count - 1 || v[0].Text[v[0].Text.Length - 1] == '\n';
            if (ended && lines[i].Length > 0 && lines[i][lines[i].Length - 1] == '\r')
                lines[i] = lines[i].Substring(0, lines[i].Length - 1);
        }

        return ExpressionValue.OfTexts(lines);
    }

    public static ExpressionValue? Split(ReadOnlySpan<ExpressionValue> v)
    {
        string text = v[0].AsText(), separator = v[1].AsText();
        return separator.Length == 1 ? AtEach(separator[0], text) : ExpressionValue.OfTexts(Parts(text, separator));
    }

    public static ExpressionValue? SplitFromEnd(ReadOnlySpan<ExpressionValue> v)
    {
        string text = v[0].AsText(), separator = v[1].AsText();
        var parts = new List<string>();
        if (separator.Length == 0)
        {
            parts = Parts(text, separator);
            parts.Reverse();
            return ExpressionValue.OfTexts(parts);
        }

        // From the end, because overlapping separators are found elsewhere than from the start.
        var end = text.Length;
        while (true)
        {
            var found = end < separator.Length ? -1 : text.LastIndexOf(separator, end - 1, StringComparison.Ordinal);
            parts.Add(text.Substring(found < 0 ? 0 : found + separator.Length, end - (found < 0 ? 0 : found + separator.Length)));
            if (found < 0)
                return ExpressionValue.OfTexts(parts);
            end = found;
        }
    }

    public static ExpressionValue? SplitOnce(ReadOnlySpan<ExpressionValue> v)
    {
        string text = v[0].AsText(), separator = v[1].AsText();
        return AtCut(text, text.IndexOf(separator, StringComparison.Ordinal), separator.Length);
    }

    public static ExpressionValue? SplitOnceFromEnd(ReadOnlySpan<ExpressionValue> v)
    {
        string text = v[0].AsText(), separator = v[1].AsText();
        var cut = separator.Length == 0 ? text.Length
            : text.Length == 0 ? -1
            : text.LastIndexOf(separator, StringComparison.Ordinal);
        return AtCut(text, cut, separator.Length);
    }

    public static ExpressionValue? SplitTimes(ReadOnlySpan<ExpressionValue> v)
    {
        string text = v[0].AsText(), separator = v[1].AsText();
        var cuts = v[2].AsIndex();
        if (separator.Length == 0 && cuts is < 0 or > MaxEmptyCuts)
            return null;
        var parts = new List<string>();
        var start = 0;
        for (var i = 0L; cuts < 0 || i < cuts; i++)
        {
            var cut = text.IndexOf(separator, start, StringComparison.Ordinal);
            if (cut < 0)
                break;
            parts.Add(text.Substring(start, cut - start));
            start = cut + separator.Length;
        }

        parts.Add(text.Substring(start));
        return ExpressionValue.OfTexts(parts);
    }

    public static ExpressionValue? SplitWords(ReadOnlySpan<ExpressionValue> v)
    {
        var words = new List<string>();
        foreach (var word in v[0].AsText().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var plain = true;
            for (var i = 0; i < word.Length && plain; i++)
                plain = char.IsLetterOrDigit(word, i) || char.IsNumber(word, i) || (char.IsLowSurrogate(word[i]) && i > 0);
            if (plain)
                words.Add(word);
        }

        return ExpressionValue.OfTexts(words);
    }

    private static ExpressionValue AtCut(string text, int cut, int width) => cut < 0
        ? ExpressionValue.From("")
        : ExpressionValue.From([ExpressionValue.From(text.Substring(0, cut)), ExpressionValue.From(text.Substring(cut + width))]);

    // How paths are taken apart, again and again.
    private static ExpressionValue AtEach(char separator, string text)
    {
        var count = 1;
        foreach (var c in text)
            count += c == separator ? 1 : 0;
        var parts = new ExpressionValue[count];
        var start = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            var cut = text.IndexOf(separator, start);
            var end = cut < 0 ? text.Length : cut;
            parts[i] = ExpressionValue.From(start == end ? "" : text.Substring(start, end - start));
            start = end + 1;
        }

        return ExpressionValue.From(parts);
    }

    private static List<string> Parts(string text, string separator)
    {
        var parts = new List<string>();
        if (separator.Length == 0)
        {
            // Rust finds the empty text before, between and after all characters.
            parts.Add("");
            for (var i = 0; i < text.Length; i++)
            {
                var width = char.IsSurrogatePair(text, i) ? 2 : 1;
                parts.Add(text.Substring(i, width));
                i += width - 1;
            }

            parts.Add("");
            return parts;
        }

        var start = 0;
        for (var cut = text.IndexOf(separator, StringComparison.Ordinal); cut >= 0; cut = text.IndexOf(separator, start, StringComparison.Ordinal))
        {
            parts.Add(text.Substring(start, cut - start));
            start = cut + separator.Length;
        }

        parts.Add(text.Substring(start));
        return parts;
    }
}
