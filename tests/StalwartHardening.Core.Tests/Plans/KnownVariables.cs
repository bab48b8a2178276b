using StalwartHardening.Plans;

namespace StalwartHardening.Tests.Plans;

/// <summary>
/// Stands in for the expression compiler: refuses words outside of quotes that are neither functions nor names known where they
/// are.
/// </summary>
internal static class KnownVariables
{
    private static readonly HashSet<string> Http = ["listener", "remote_ip", "remote_port", "local_ip", "local_port", "protocol", "is_tls", "url", "path", "headers", "method", "true", "false"];

    private static readonly HashSet<string> Mail =
    [
        "listener", "remote_ip", "remote_port", "local_ip", "local_port", "protocol", "is_tls", "asn", "country", "sender", "sender_domain", "authenticated_as", "recipients", "rcpt", "rcpt_domain", "priority", "helo_domain",
        "true", "false", "plain", "login", "oauthbearer", "xoauth2",
    ];

    public static PlanExpressionError? FindError(PlanExpression expression)
    {
        var value = expression.Expression;
        var rules = value["match"]!;
        var texts = rules.Keys.Select(key => rules.Find(key)!).SelectMany(rule => new[] { rule["if"]!, rule["then"]! }).Append(value["else"]!);
        var known = expression.Type.Name == "Http" ? Http : Mail;
        foreach (var text in texts)
        {
            if (UnknownWord(text.Content, known) is { } word)
                return new PlanExpressionError(text, $"'{word}' is no variable here.");
        }

        return null;
    }

    private static string? UnknownWord(string text, HashSet<string> known)
    {
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\'')
                isQuoted = !isQuoted;
            if (isQuoted || !char.IsAsciiLetter(text[i]) || (i > 0 && char.IsAsciiDigit(text[i - 1])))
                continue;
            var start = i;
            while (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] == '_'))
                i++;
            var word = text[start..i];
            if ((i >= text.Length || text[i] != '(') && !known.Contains(word))
                return word;
            i--;
        }

        return null;
    }
}
