using StalwartHardening.Server;
using StalwartHardening.Server.Secrets;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>Finds the secrets in the flat stream of servers up to 0.15 (<c>directory/src/core/secret.rs</c>; <see cref="SecretKeys"/>).</summary>
internal static class SecretReader
{
    private static readonly string[] StrongHashes = ["$argon2", "$pbkdf2", "$scrypt", "$2", "$6$", "$5$"];
    private static readonly string[] WeakHashes = ["$sha1", "$1", "_"];

    public static IReadOnlyList<WrittenSecret> Read(SettingsDocument document, ServerFeatures features)
    {
        var secrets = new List<WrittenSecret>();
        foreach (ref readonly var setting in document.InTextOrder)
        {
            var value = setting.Value;
            if (value.Length == 0 && (features.RefusesEmptySecrets || !IsOfAccount(setting.Key)))
                continue;
            if (MayNameSecret(setting.Key) && SecretKeys.IsSecret(setting.Key))
            {
                // The name of a key is not the key.
                if (!IsNameOnly(setting.Key))
                    secrets.Add(Whole(setting, features, SigningKeyOf(setting.Key, document)));
            }
            else if ((value.IndexOf('@') > 0 && value.IndexOf("://", StringComparison.Ordinal) >= 0) || (value.IndexOf(':') > 0 && SettingPath.HasPartLike(setting.Key, "headers")))
            {
                if (SecretInside(setting) is { } text)
                    secrets.Add(new WrittenSecret(setting, SecretUse.Service, FormOf(text, SecretUse.Service, features, setting.Key)) { Text = text, IsWholeValue = false });
            }
        }

        return secrets;
    }

    // Most keys name none; asking thoroughly takes longer.
    private static bool MayNameSecret(string key)
    {
        var end = key.Length;
        while (end > 0 && key[end - 1] is (>= '0' and <= '9') or SettingPath.Separator)
            end--;
        if (end < 3)
            return false;
        return (key[end - 1] | ' ') switch
        {
            't' => EndsWith(key, end, "secret"),
            's' => EndsWith(key, end, "secrets") || EndsWith(key, end, "credentials"),
            'd' => EndsWith(key, end, "password") || EndsWith(key, end, "passwd"),
            'e' => EndsWith(key, end, "passphrase"),
            'n' => EndsWith(key, end, "token"),
            'y' => EndsWith(key, end, "key"),
            'h' => EndsWith(key, end, "auth"),
            _ => false,
        };
    }

    private static bool EndsWith(string key, int end, string word) =>
        end >= word.Length && string.Compare(key, end - word.Length, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0;

    private static WrittenSecret Whole(in Setting setting, ServerFeatures features, string key)
    {
        var use = UseOf(setting);
        return new WrittenSecret(setting, use, FormOf(setting.Value, use, features, key));
    }

    // The text itself signs id tokens only with HS256 (the default), HS384 and HS512; the other algorithms want a PEM (oauth/config.rs, 0.15.5).
    private static string SigningKeyOf(string key, SettingsDocument document) =>
        key == "oauth.oidc.signature-key" && (!document.TryGet("oauth.oidc.signature-algorithm", out var algorithm) || algorithm.Value.StartsWith("HS", StringComparison.OrdinalIgnoreCase))
            ? WellKnownSecrets.SigningKey
            : key;

    private static bool IsNameOnly(string key) =>
        SettingPath.EndsIn(key, "access-key") || (SettingPath.IsBelow(key, "acme") && SettingPath.EndsIn(key, "key"));

    private static SecretUse UseOf(in Setting setting)
    {
        var key = setting.Key;
        if (SettingPath.EndsIn(key, "private-key") || setting.Value.TrimStart().StartsWith("-----BEGIN", StringComparison.Ordinal))
            return SecretUse.PrivateKey;
        if (key is "oauth.key" or "cluster.key" || EndsWith(key, key.Length, "signature-key"))
            return SecretUse.Key;
        return IsOfAccount(key) ? SecretUse.Password : SecretUse.Service;
    }

    private static bool IsOfAccount(string key) => SettingPath.FirstPart(key) is "authentication" or DeclaredPrincipal.Family
        || (SettingPath.IsBelow(key, "directory") && (SettingPath.LastStartOf(key, "principals") > 0 || SettingPath.LastStartOf(key, "users") > 0));

    // redis://user:password@host, Authorization: Bearer token
    internal static string? SecretInside(in Setting setting)
    {
        var masked = SecretKeys.Mask(setting.Key, setting.Value);
        if (masked == setting.Value)
            return null;
        var start = masked.IndexOf(SecretKeys.Placeholder, StringComparison.Ordinal);
        var rest = masked.Length - start - SecretKeys.Placeholder.Length;
        var length = setting.Value.Length - start - rest;
        return start < 0 || length <= 0 ? null : setting.Value.Substring(start, length).Trim();
    }

    internal static SecretForm FormOf(string text, SecretUse use, ServerFeatures features, string key)
    {
        if (Macros.HasUnknownPart(Macros.MaskUnknown(text, features, MacroStage.Everything)) || Secret.IsFilledIn(text) || (text.StartsWith("file://", StringComparison.Ordinal) && features.ReplacesAnyMacro))
            return SecretForm.Elsewhere;
        if (use == SecretUse.PrivateKey)
            return text.IndexOf("-----BEGIN", StringComparison.Ordinal) >= 0 ? SecretForm.PlainText : SecretForm.Nothing;
        if (use == SecretUse.Password)
        {
            if (Secret.IsEmpty(text, features))
                return SecretForm.WellKnown;
            if (Secret.NeverMatches(text, features) || text.StartsWith("$app$", StringComparison.Ordinal) || text.StartsWith("otpauth://", StringComparison.Ordinal))
                return SecretForm.Nothing;
            if (HashForm(text) is { } hash)
                return hash;
            text = WithoutPlainScheme(text);
        }

        return WellKnownSecrets.Contains(text, key) ? SecretForm.WellKnown : SecretForm.PlainText;
    }

    private static SecretForm? HashForm(string text)
    {
        foreach (var prefix in StrongHashes)
        {
            if (text.StartsWith(prefix, StringComparison.Ordinal))
                return SecretForm.StrongHash;
        }

        foreach (var prefix in WeakHashes)
        {
            if (text.StartsWith(prefix, StringComparison.Ordinal))
                return SecretForm.WeakHash;
        }

        if (text[0] != '{' || text.IndexOf('}') is not (> 0 and var close))
            return null;
        var rest = text.Substring(close + 1);
        return text.Substring(1, close - 1) switch
        {
            "ARGON2" or "ARGON2I" or "ARGON2ID" or "PBKDF2" => SecretForm.StrongHash,
            "SSHA" or "SSHA256" or "SSHA512" => SecretForm.FastHash,
            "SHA" or "SHA256" or "SHA512" or "MD5" => SecretForm.WeakHash,
            "CRYPT" or "crypt" => rest.Length > 0 && HashForm(rest) is { } inner ? inner : SecretForm.WeakHash,
            _ => null,
        };
    }

    private static string WithoutPlainScheme(string text) =>
        text.StartsWith("{PLAIN}", StringComparison.OrdinalIgnoreCase) || text.StartsWith("{CLEAR}", StringComparison.OrdinalIgnoreCase) ? text.Substring(7) : text;
}
