namespace StalwartHardening.Generations;

/// <summary>Which settings hold secrets, and how they are shown without them.</summary>
/// <remarks>
/// Names of settings decide, misspelled parents included (<c>authentication.fallback_admin.secret</c>): what is hidden without
/// need is a smaller evil than a password in a build log.
/// </remarks>
internal static class SecretKeys
{
    /// <summary>What is shown in place of a secret, however long it is.</summary>
    public const string Placeholder = "********";

    private static readonly string[] Names =
    [
        "secret", "secrets", "password", "passwd", "passphrase", "secret-key", "access-key", "security-token", "azure-access-key", "sas-token",
        "credentials", "token", "private-key", "signature-key", "hmac-key", "license-key", "api-key", "consumer-key", "client-secret",
    ];

    private static readonly string[] HeaderWords = ["authorization", "cookie", "token", "api-key", "apikey", "secret"];

    /// <summary>Whether the value of the setting <paramref name="key"/> is a secret as a whole, unless it is a macro.</summary>
    public static bool IsSecret(string key)
    {
        var end = SettingPath.LengthOfSubject(key);
        var last = LastPart(key, end, out var start);
        var parentEnd = Math.Max(0, start - 1);
        var parent = LastPart(key, parentEnd, out _);

        // Names of attributes and columns, lifetimes: these words without the thing.
        if (parent is "attributes" or "columns" or "expiry")
            return false;
        // The server takes almost any character into a name; what its author meant is in the letters.
        last = Letters(last);
        if (IsNamed(last))
            return true;
        if (string.Equals(last, "key", StringComparison.OrdinalIgnoreCase))
            return HasPartWithKey(key);
        return key.AsSpan(0, end) is "asn.auth"
            || (parent == "auth" && SettingPath.IsBelow(key, "enterprise.ai"));
    }

    /// <summary>Whether a name alone promises a secret; for text that could not be read as a setting.</summary>
    public static bool IsNamed(string name)
    {
        var plain = name.Replace('_', '-');
        foreach (var known in Names)
        {
            if (string.Equals(plain, known, StringComparison.OrdinalIgnoreCase)
                || (plain.Length > known.Length + 1 && plain.EndsWith("-" + known, StringComparison.OrdinalIgnoreCase)))
                return true;
        }

        return false;
    }

    /// <summary><paramref name="value"/> as it may be shown: the value itself where the setting <paramref name="key"/> holds no secret.</summary>
    public static string Mask(string key, string value)
    {
        if (value.Length == 0 || IsMacro(value))
            return value;
        if (IsSecret(key))
            return Placeholder;
        return MaskHeader(key, value) ?? SecretText.Mask(value);
    }

    /// <summary><paramref name="text"/> without the passwords of the addresses in it: <c>redis://user:********@host</c>.</summary>
    public static string MaskUserInformation(string text)
    {
        var search = 0;
        while (true)
        {
            var scheme = text.IndexOf("://", search, StringComparison.Ordinal);
            if (scheme < 0)
                return text;
            var start = scheme + 3;
            var end = start;
            while (end < text.Length && text[end] is not ('/' or '?' or '#' or ' ' or '"' or '\'' or '\n'))
                end = AfterPlaceholder(text, end);
            var at = end == start ? -1 : text.LastIndexOf('@', end - 1, end - start);
            var colon = at < 0 ? -1 : text.IndexOf(':', start, at - start);
            if (colon >= 0 && at > colon + 1 && !IsMacro(text.Substring(colon + 1, at - colon - 1)))
            {
                text = text.Substring(0, colon + 1) + Placeholder + text.Substring(at);
                end = colon + 1 + Placeholder.Length;
            }

            search = Math.Min(end, text.Length);
        }
    }

    // A template's "{{ password }}" may hold blanks.
    private static int AfterPlaceholder(string text, int at)
    {
        if (text[at] != '{')
            return at + 1;
        var line = text.IndexOf('\n', at);
        var close = text.IndexOf('}', at, (line < 0 ? text.Length : line) - at);
        return Math.Max(at, close) + 1;
    }

    // "Authorization: Bearer ..." in a list of headers.
    private static string? MaskHeader(string key, string value)
    {
        var end = SettingPath.LengthOfSubject(key);
        if (LastPart(key, end, out _) != "headers")
            return null;
        var colon = value.IndexOf(':');
        if (colon < 0)
            return null;
        var name = value.Substring(0, colon);
        foreach (var word in HeaderWords)
        {
            if (name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0 && value.Substring(colon + 1).Trim() is { Length: > 0 } content && !IsMacro(content))
                return value.Substring(0, colon + 1) + " " + Placeholder;
        }

        return null;
    }

    // One macro and nothing else says where the secret is kept, not what it is.
    internal static bool IsMacro(string value) =>
        value.Length > 4
        && value.StartsWith("%{", StringComparison.Ordinal)
        && value.IndexOf("}%", StringComparison.Ordinal) == value.Length - 2;

    // Below the wrong table too: "server.listener.smtp.oauth.key" is still what somebody took for the key.
    private static bool HasPartWithKey(string key)
    {
        foreach (var part in SettingPath.Parts(key))
        {
            if (Letters(part).ToLowerInvariant() is "acme" or "oauth" or "cluster")
                return true;
        }

        return false;
    }

    // Without what is no part of a name at both ends.
    private static string Letters(string part)
    {
        var start = 0;
        var end = part.Length;
        while (start < end && !char.IsLetterOrDigit(part[start]))
            start++;
        while (end > start && !char.IsLetterOrDigit(part[end - 1]))
            end--;
        return start == 0 && end == part.Length ? part : part.Substring(start, end - start);
    }

    private static string LastPart(string key, int end, out int start)
    {
        start = SettingPath.StartOfPart(key, end);
        return SettingPath.Part(key, start, end);
    }
}
