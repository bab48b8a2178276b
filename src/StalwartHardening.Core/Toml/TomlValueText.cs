using StalwartHardening.Settings;

namespace StalwartHardening.Toml;

/// <summary>The way back from the characters of a value to where they were written, quotes and escapes considered.</summary>
internal static class TomlValueText
{
    /// <summary>Where the characters <paramref name="start"/> to <paramref name="end"/> of the value are in <paramref name="text"/>; null where the text says something else than the value.</summary>
    public static SourceSpan? Find(string text, in Setting setting, int start, int end)
    {
        var span = setting.ValueSpan;
        var value = setting.Value;
        if (span.Start < 0 || span.Length == 0 || span.End > text.Length || start < 0 || end < start || end > value.Length)
            return null;
        var (first, last, escapes) = Content(text, span);
        if (last < first)
            return null;
        int from = -1, to = first, index = 0;
        var previous = '\0';
        for (var i = first; i < last; i++)
        {
            var c = text[i];
            if (c == '\r' && first > span.Start)
                continue;
            if (escapes && c == '\\' && previous != '\\')
            {
                previous = c;
                continue;
            }

            var isEscaped = escapes && previous == '\\';
            if (index == value.Length || value[index] != (isEscaped ? Escaped(c) : c))
                return null;
            if (index == start)
                from = isEscaped && c != '\\' ? i - 1 : i;
            index++;
            if (index == end)
                to = i + 1;
            previous = c;
        }

        if (index != value.Length)
            return null;
        if (start == value.Length)
            from = to = last;
        else if (start == end)
            to = from;
        return SourceSpan.FromBounds(from, to, span.Source);
    }

    private static (int First, int Last, bool Escapes) Content(string text, SourceSpan span)
    {
        var quote = text[span.Start];
        if (quote is not ('"' or '\''))
            return (span.Start, span.End, false);
        if (span.Length < 6 || text[span.Start + 1] != quote || text[span.Start + 2] != quote)
            return (span.Start + 1, span.End - 1, true);
        var first = span.Start + 3;
        return (text[first] == '\n' ? first + 1 : first, span.End - 3, false);
    }

    private static char Escaped(char c) => c switch { 't' => '\t', 'n' => '\n', 'r' => '\r', _ => c };
}
