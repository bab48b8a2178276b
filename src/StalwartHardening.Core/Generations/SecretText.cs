namespace StalwartHardening.Generations;

/// <summary>Secrets inside a longer text, found by what is written before them: <c>host=db password=…</c>, <c>/jmap?token=…</c>.</summary>
internal static class SecretText
{
    /// <summary><paramref name="text"/> without what follows a secret's name and <c>=</c> or <c>:</c>, and without the passwords of addresses.</summary>
    public static string Mask(string text) => MaskEscapedAddresses(SecretKeys.MaskUserInformation(MaskAssignments(text)));

    // In the key of a plan's setting a slash is written "~1".
    private static string MaskEscapedAddresses(string text)
    {
        const string Begin = ":~1~1";
        for (var at = text.IndexOf(Begin, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Begin, at + Begin.Length, StringComparison.Ordinal))
        {
            var start = at + Begin.Length;
            var slash = text.IndexOf("~1", start, StringComparison.Ordinal);
            var sign = text.LastIndexOf('@', (slash < 0 ? text.Length : slash) - 1, (slash < 0 ? text.Length : slash) - start);
            var colon = sign < 0 ? -1 : text.IndexOf(':', start, sign - start);
            if (colon >= 0)
                text = text.Substring(0, colon + 1) + SecretKeys.Placeholder + text.Substring(sign);
        }

        return text;
    }

    private static string MaskAssignments(string text)
    {
        for (var sign = NextSign(text, 0); sign >= 0; sign = NextSign(text, sign + 1))
        {
            if (!SecretKeys.IsNamed(WordBefore(text, sign)))
                continue;
            var start = sign + 1;
            while (start < text.Length && text[start] is ' ' or '=' or ':')
                start++;
            var end = EndOfValue(text, ref start);
            if (end == start || SecretKeys.IsMacro(text.Substring(start, end - start)) || string.CompareOrdinal(text, start, SecretKeys.Placeholder, 0, SecretKeys.Placeholder.Length) == 0)
                continue;
            text = text.Substring(0, start) + SecretKeys.Placeholder + text.Substring(end);
            sign = start + SecretKeys.Placeholder.Length - 1;
        }

        return text;
    }

    private static int NextSign(string text, int from) => from >= text.Length ? -1 : text.IndexOfAny(Signs, from);

    private static readonly char[] Signs = ['=', ':'];

    private static string WordBefore(string text, int sign)
    {
        var end = sign;
        while (end > 0 && text[end - 1] is ' ' or '"' or '\'')
            end--;
        var start = end;
        while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '-' or '_'))
            start--;
        return text.Substring(start, end - start);
    }

    private static int EndOfValue(string text, ref int start)
    {
        if (start < text.Length && text[start] is '"' or '\'')
        {
            var quote = text[start++];
            var close = text.IndexOf(quote, start);
            return close < 0 ? text.Length : close;
        }

        var end = start;
        while (end < text.Length && text[end] is not (' ' or '\t' or '\n' or '\r' or '&' or ';' or '"' or '\''))
            end++;
        return end;
    }
}
