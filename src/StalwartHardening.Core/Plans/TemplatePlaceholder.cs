namespace StalwartHardening.Plans;

/// <summary>
/// What templates leave in a text for somebody to fill in: <c>${NAME}</c> (envsubst, shells), <c>@NAME@</c> (autoconf, Nix),
/// <c>__NAME__</c> (sed) and <c>{{ name }}</c> (Jinja, Helm, Go). What a program fills into a text of its own is one character.
/// </summary>
internal static class TemplatePlaceholder
{
    // Characters that Unicode gives to programs for their own use: they are never in a text that somebody wrote.
    private const char FirstHole = '\uFDD0';
    // Else a text of nothing but openings would be read to its end from each of them.
    private const int MaxLength = 1024;
    private const char LastHole = '\uFDEF';

    /// <summary>The characters that take the place, each of a different one, of what a program fills in.</summary>
    public static char HoleAt(int index) => index <= LastHole - FirstHole ? (char)(FirstHole + index) : Setting.UnknownPart;

    /// <summary>Whether <paramref name="c"/> stands for what a program fills in.</summary>
    public static bool IsHole(char c) => c is Setting.UnknownPart or (>= FirstHole and <= LastHole);

    /// <summary>The length of the placeholder that begins at <paramref name="start"/>; 0 where there is none before <paramref name="end"/> or the end of the line.</summary>
    public static int Measure(string text, int start, int end)
    {
        end = Math.Min(end, start + MaxLength);
        switch (text[start])
        {
            case '$' when start + 3 < end && text[start + 1] == '{' && IsNameStart(text[start + 2]):
                for (var i = start + 2; i < end && text[i] != '\n'; i++)
                {
                    if (text[i] == '}')
                        return i + 1 - start;
                }

                return 0;
            case '@':
                return Enclosed(text, start, end, 1, '@');
            case '_' when start + 1 < end && text[start + 1] == '_' && (start == 0 || text[start - 1] != '_'):
                return Enclosed(text, start, end, 2, '_');
            case '{' when start + 1 < end && text[start + 1] == '{':
                for (var i = start + 2; i + 1 < end && text[i] != '\n'; i++)
                {
                    if (text[i] == '}' && text[i + 1] == '}')
                        return i + 2 - start;
                }

                return 0;
            case var c when IsHole(c):
                return 1;
            default:
                return 0;
        }
    }

    /// <summary>Whether a placeholder could begin with this character.</summary>
    public static bool MayBegin(char c) => c is '$' or '@' or '_' or '{' || (c >= FirstHole && IsHole(c));

    // A name in capitals between two marks: lower case would take words of e-mail addresses and of programs for placeholders.
    private static int Enclosed(string text, int start, int end, int mark, char c)
    {
        var i = start + mark;
        if (i >= end || text[i] is not (>= 'A' and <= 'Z'))
            return 0;
        while (i < end && (text[i] is (>= 'A' and <= 'Z') or (>= '0' and <= '9') || (text[i] == '_' && !(c == '_' && i + 1 < end && text[i + 1] == '_'))))
            i++;
        for (var close = 0; close < mark; close++)
        {
            if (i + close >= end || text[i + close] != c)
                return 0;
        }

        return i + mark - start;
    }

    private static bool IsNameStart(char c) => c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or '_';
}
