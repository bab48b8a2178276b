namespace StalwartHardening.Expressions.Functions;

/// <summary>What the server takes for a mail address (<c>expr/functions/email.rs</c>, 0.15.5).</summary>
internal static class EmailText
{
    public static bool IsEmail(string text)
    {
        var last = '\0';
        var quoted = false;
        int at = 0, dots = 0, localPart = 0, length = 0;
        foreach (var c in text)
        {
            switch (c)
            {
                case '.' when !quoted:
                    if (last is '.' or '@' || length == 0)
                        return false;
                    length++;
                    if (at == 1)
                        dots++;
                    break;
                case '@' when !quoted:
                    at++;
                    localPart = length;
                    length = 0;
                    break;
                case '"' when !quoted || last != '\\':
                    quoted = !quoted;
                    break;
                case '>' or ':' or ',' or ' ' when quoted:
                    length++;
                    break;
                default:
                    if (IsPlain(c))
                        length++;
                    else if (!quoted)
                        return false;
                    break;
            }

            last = c;
        }

        return at == 1 && dots > 0 && localPart > 0 && length > 0;
    }

    public static string Part(string address, string part)
    {
        var at = address.LastIndexOf('@');
        if (at < 0)
            return "";
        return part switch
        {
            "local" => address.Substring(0, at).Trim(),
            "domain" => address.Substring(at + 1).Trim(),
            _ => "",
        };
    }

    private static bool IsPlain(char c) => c is >= '0' and <= '9' or >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= (char)0x7f
        || "!#$%&'*+-/=?^_`{|}~".IndexOf(c) >= 0;
}
