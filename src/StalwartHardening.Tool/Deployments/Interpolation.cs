using System.Text;
using StalwartHardening.Settings;

namespace StalwartHardening.Tool.Deployments;

/// <summary>Values in which other variables are, as Compose fills them in: <c>$NAME</c>, <c>${NAME}</c>, <c>${NAME:-otherwise}</c>, <c>$$</c>; and <c>$(NAME)</c> of Kubernetes.</summary>
internal static class Interpolation
{
    /// <summary>
    /// <paramref name="text"/> with <see cref="Setting.UnknownPart"/> for each variable. What holds where a variable is not set is in the
    /// text, so that is taken for its value.
    /// </summary>
    public static string Apply(string text)
    {
        if (!text.Contains('$', StringComparison.Ordinal))
            return text;
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '$' || i + 1 == text.Length)
            {
                result.Append(text[i]);
                continue;
            }

            var next = text[i + 1];
            if (next == '$')
            {
                result.Append('$');
                i++;
            }
            else if (next is '{' or '(' && Close(text, i + 1) is > 0 and var close)
            {
                result.Append(next == '{' ? Braced(text[(i + 2)..close]) : Setting.UnknownPart.ToString());
                i = close;
            }
            else if (char.IsAsciiLetter(next) || next == '_')
            {
                result.Append(Setting.UnknownPart);
                while (i + 1 < text.Length && (char.IsAsciiLetterOrDigit(text[i + 1]) || text[i + 1] == '_'))
                    i++;
            }
            else
            {
                result.Append('$');
            }
        }

        return result.ToString();
    }

    private static string Braced(string content)
    {
        var end = 0;
        while (end < content.Length && (char.IsAsciiLetterOrDigit(content[end]) || content[end] == '_'))
            end++;
        var rest = content.AsSpan(end);
        var otherwise = rest.StartsWith(":-", StringComparison.Ordinal) ? content[(end + 2)..] : rest.StartsWith("-", StringComparison.Ordinal) ? content[(end + 1)..] : "";
        return otherwise.Length > 0 ? Apply(otherwise) : Setting.UnknownPart.ToString();
    }

    // Braces may be in braces.
    private static int Close(string text, int open)
    {
        var (opening, closing) = text[open] == '{' ? ('{', '}') : ('(', ')');
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            if (text[i] == opening)
                depth++;
            else if (text[i] == closing && --depth == 0)
                return i;
        }

        return 0;
    }
}
