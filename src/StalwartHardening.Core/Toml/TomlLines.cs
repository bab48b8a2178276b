namespace StalwartHardening.Toml;

/// <summary>Lines of a text, for those who add or take away whole ones.</summary>
internal static class TomlLines
{
    /// <summary>The start of the line that holds <paramref name="offset"/>.</summary>
    public static int Start(string text, int offset) => offset == 0 ? 0 : text.LastIndexOf('\n', offset - 1) + 1;

    /// <summary>The offset after the line break of the line that holds <paramref name="offset"/>.</summary>
    public static int End(string text, int offset)
    {
        var end = offset < text.Length ? text.IndexOf('\n', offset) : -1;
        return end < 0 ? text.Length : end + 1;
    }

    /// <summary>The first character of the line that is no blank; the end of the text if there is none.</summary>
    public static int FirstCharacter(string text, int lineStart)
    {
        while (lineStart < text.Length && text[lineStart] is ' ' or '\t' or '\r' or '\uFEFF')
            lineStart++;
        return lineStart;
    }

    /// <summary>Whether the line holds nothing but blanks.</summary>
    public static bool IsBlank(string text, int lineStart)
    {
        var first = FirstCharacter(text, lineStart);
        return first >= text.Length || text[first] == '\n';
    }

    /// <summary>Whether the line holds nothing but a comment.</summary>
    public static bool IsComment(string text, int lineStart)
    {
        var first = FirstCharacter(text, lineStart);
        return first < text.Length && text[first] == '#';
    }

    /// <summary>Whether only blanks are between the start of the line and <paramref name="offset"/>.</summary>
    public static bool IsFirstOnLine(string text, int offset) => FirstCharacter(text, Start(text, offset)) >= offset;

    /// <summary>The blanks at the start of the line that holds <paramref name="offset"/>.</summary>
    public static string Indentation(string text, int offset)
    {
        var start = Start(text, offset);
        var end = start;
        while (end < text.Length && text[end] is ' ' or '\t')
            end++;
        return text.Substring(start, end - start);
    }

    /// <summary>The line break that the text uses near <paramref name="offset"/>.</summary>
    public static string Break(string text, int offset)
    {
        var at = offset > 0 ? text.LastIndexOf('\n', Math.Min(offset, text.Length) - 1) : -1;
        if (at < 0)
            at = text.IndexOf('\n');
        return at > 0 && text[at - 1] == '\r' ? "\r\n" : "\n";
    }
}
