using StalwartHardening.Settings;

namespace StalwartHardening.Tool.Deployments;

/// <summary>
/// Reads a file of variables as Compose does: <c>NAME=value</c> or <c>NAME: value</c> on a line, after <c>export</c> or not; <c>#</c> begins a comment at the
/// beginning of a line and after a blank; single quotes hold their text as it is, double quotes and bare values hold variables.
/// </summary>
internal static class EnvironmentFile
{
    /// <summary>The variables, in text order.</summary>
    public static IEnumerable<EnvironmentEntry> Read(string text)
    {
        var position = text.Length > 0 && text[0] == '\uFEFF' ? 1 : 0;
        while (position < text.Length)
        {
            var start = SkipBlanks(text, position);
            var end = LineEnd(text, start);
            position = end + 1;
            if (start >= end || text[start] == '#')
                continue;
            if (string.CompareOrdinal(text, start, "export ", 0, 7) == 0)
                start = SkipBlanks(text, start + 7);
            var nameEnd = start;
            while (nameEnd < end && (char.IsLetterOrDigit(text[nameEnd]) || text[nameEnd] is '_' or '.' or '-'))
                nameEnd++;
            var sign = SkipBlanks(text, nameEnd);
            if (nameEnd == start || (sign < end && text[sign] is not ('=' or ':')))
                continue;
            var name = new SourceSpan(start, nameEnd - start);

            // A name alone takes the value from the environment in which the program is started.
            if (sign >= end)
            {
                yield return new EnvironmentEntry(text[start..nameEnd], Setting.UnknownPart.ToString(), name, default);
                continue;
            }

            var valueStart = SkipBlanks(text, sign + 1);
            var quote = valueStart < end && text[valueStart] is '"' or '\'' ? text[valueStart] : '\0';
            if (quote != '\0' && CloseQuote(text, valueStart) is > 0 and var close)
            {
                // A text in quotes may go on in the next lines.
                var content = text[(valueStart + 1)..close];
                yield return new EnvironmentEntry(text[start..nameEnd], quote == '"' ? Interpolation.Apply(content.Replace("\\\"", "\"", StringComparison.Ordinal)) : content, name, SourceSpan.FromBounds(valueStart + 1, close));
                position = Math.Max(position, LineEnd(text, close) + 1);
                continue;
            }

            var valueEnd = BareEnd(text, valueStart, end);
            yield return new EnvironmentEntry(text[start..nameEnd], Interpolation.Apply(text[valueStart..valueEnd]), name, SourceSpan.FromBounds(valueStart, valueEnd));
        }
    }

    private static int BareEnd(string text, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (text[i] == '#' && i > start && text[i - 1] is ' ' or '\t')
            {
                end = i;
                break;
            }
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        return end;
    }

    private static int CloseQuote(string text, int open)
    {
        for (var i = open + 1; i < text.Length; i++)
        {
            if (text[i] == '\\' && text[open] == '"')
                i++;
            else if (text[i] == text[open])
                return i;
        }

        return 0;
    }

    private static int SkipBlanks(string text, int position)
    {
        while (position < text.Length && text[position] is ' ' or '\t')
            position++;
        return position;
    }

    private static int LineEnd(string text, int position)
    {
        var end = text.IndexOf('\n', Math.Min(position, text.Length));
        return end < 0 ? text.Length : end > position && text[end - 1] == '\r' ? end - 1 : end;
    }
}
