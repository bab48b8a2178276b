namespace StalwartHardening.Toml;

/// <summary>Finds the next line that plainly begins a statement, after one that could not be read.</summary>
internal static class TomlStatementSearch
{
    /// <summary>The start of the first line after <paramref name="offset"/>'s that looks like a statement; the length of the text if there is none.</summary>
    public static int NextStatement(string text, int offset)
    {
        while (offset < text.Length)
        {
            var end = text.IndexOf('\n', offset);
            if (end < 0)
                return text.Length;
            offset = end + 1;
            if (LooksLikeStatement(text, offset))
                return offset;
        }

        return text.Length;
    }

    /// <summary>Whether the line that begins at <paramref name="start"/> is a header, or a key and a '='.</summary>
    public static bool LooksLikeStatement(string text, int start)
    {
        var at = SkipBlanks(text, start);
        if (at >= text.Length)
            return false;
        return text[at] == '[' ? LooksLikeHeader(text, at) : LooksLikeKey(text, at);
    }

    private static bool LooksLikeHeader(string text, int at)
    {
        at++;
        if (at < text.Length && text[at] == '[')
            at++;
        var nameStart = at;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '.' or '-' or '_' or '"' or ' '))
            at++;
        if (at == nameStart || at >= text.Length || text[at] != ']')
            return false;
        while (at < text.Length && text[at] == ']')
            at++;
        at = SkipBlanks(text, at);
        return at >= text.Length || text[at] is '\n' or '#';
    }

    private static bool LooksLikeKey(string text, int at)
    {
        if (!IsKeyStart(text[at]))
            return false;
        while (at < text.Length)
        {
            var c = text[at];
            if (c == '=')
                return true;
            if (c == '"')
            {
                do
                    at++;
                while (at < text.Length && text[at] is not ('"' or '\n'));
                if (at >= text.Length || text[at] == '\n')
                    return false;
            }
            else if (!IsKeyStart(c) && c is not ('.' or '-' or '_' or ' ' or '\t' or '\r'))
            {
                return false;
            }

            at++;
        }

        return false;
    }

    private static bool IsKeyStart(char c) =>
        c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '"';

    private static int SkipBlanks(string text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\r')
            at++;
        return at;
    }
}
