using StalwartHardening.Settings;

namespace StalwartHardening.Server.Accounts;

/// <summary>A password as the server checks it (<c>directory/src/core/secret.rs</c>): the text says itself how it is to be compared.</summary>
internal static class Secret
{
    private static readonly string[] KnownHashes = ["$argon2", "$pbkdf2", "$scrypt", "$2", "$6$", "$5$", "$sha1", "$1"];

    private static readonly string[] KnownSchemes =
    [
        "ARGON2", "ARGON2I", "ARGON2ID", "PBKDF2", "SSHA", "SSHA256", "SSHA512", "SHA", "SHA256", "SHA512", "MD5",
        "CRYPT", "crypt", "PLAIN", "plain", "CLEAR", "clear",
    ];

    /// <summary>
    /// Whether no password whatever matches <paramref name="text"/> on a server with <paramref name="features"/>.
    /// A macro stands for something that may match, and so does what another program fills in.
    /// </summary>
    public static bool NeverMatches(string text, ServerFeatures features)
    {
        if (Macros.HasUnknownPart(Macros.MaskUnknown(text, features, MacroStage.Everything)) || IsFilledIn(text))
            return false;
        // Until 0.11.6 an empty secret was an empty password.
        if (text.Length == 0)
            return features.RefusesEmptySecrets;
        return text[0] switch
        {
            '$' => !StartsWithAny(text, KnownHashes),
            '{' => !HasKnownScheme(text),
            _ => false,
        };
    }

    /// <summary>Whether <paramref name="text"/> is a hash that the server compares passwords with, and not the password itself.</summary>
    public static bool IsHash(string text) => text.Length > 0 && text[0] switch
    {
        '$' => StartsWithAny(text, KnownHashes),
        '{' => HasKnownScheme(text) && !IsPlainScheme(text),
        _ => false,
    };

    /// <summary>Whether the empty password matches (<c>secret.rs</c>: until 0.11.6 an empty secret did, in every version nothing after the scheme for plain text does).</summary>
    public static bool IsEmpty(string text, ServerFeatures features) =>
        text.Length == 0 ? !features.RefusesEmptySecrets : text.Length == 7 && (text is "{PLAIN}" or "{plain}" or "{CLEAR}" or "{clear}");

    /// <summary>Whether <paramref name="text"/> is written for another program, which puts the secret there before the server reads it.</summary>
    public static bool IsFilledIn(string text) =>
        text.StartsWith("$(", StringComparison.Ordinal)
        || text.IndexOf("{{", StringComparison.Ordinal) >= 0
        || text.IndexOf("<%", StringComparison.Ordinal) >= 0
        || text.IndexOf("${", StringComparison.Ordinal) >= 0
        || text.IndexOf("{%", StringComparison.Ordinal) >= 0
        || (text.Length > 2 && text[0] == '@' && text[text.Length - 1] == '@')
        || (text.Length > 4 && text.StartsWith("__", StringComparison.Ordinal) && text.EndsWith("__", StringComparison.Ordinal))
        || IsVariable(text)
        || IsMasked(text);

    // $NAME, as shells write it; a hash has more than one dollar.
    private static bool IsVariable(string text)
    {
        if (text.Length < 3 || text[0] != '$')
            return false;
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] is not (>= 'A' and <= 'Z' or '_' or (>= '0' and <= '9')))
                return false;
        }

        return text[1] is not (>= '0' and <= '9');
    }

    private static bool IsMasked(string text)
    {
        foreach (var c in text)
        {
            if (c is not ('*' or '•' or '…' or '.'))
                return text is "REDACTED" or "[REDACTED]" or "<redacted>" or "(redacted)";
        }

        return text.Length > 0;
    }

    private static bool IsPlainScheme(string text) =>
        text.StartsWith("{plain}", StringComparison.OrdinalIgnoreCase) || text.StartsWith("{clear}", StringComparison.OrdinalIgnoreCase);

    private static bool HasKnownScheme(string text)
    {
        var close = text.IndexOf('}');
        return close > 0 && Array.IndexOf(KnownSchemes, text.Substring(1, close - 1)) >= 0;
    }

    private static bool StartsWithAny(string text, string[] prefixes)
    {
        foreach (var prefix in prefixes)
        {
            if (text.StartsWith(prefix, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
