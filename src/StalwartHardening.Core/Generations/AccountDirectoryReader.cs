using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>Finds the directories in the flat stream.</summary>
internal static class AccountDirectoryReader
{
    private const string Prefix = "directory.";
    private const string TypeSuffix = ".type";
    private const string NameSuffix = ".name";

    public static IReadOnlyList<AccountDirectory> Read(SettingsDocument document, ServerFeatures features)
    {
        var directories = new List<AccountDirectory>();
        foreach (ref readonly var setting in document.StartingWith(Prefix))
        {
            var key = setting.Key;
            if (key.Length <= Prefix.Length + TypeSuffix.Length || !key.EndsWith(TypeSuffix, StringComparison.Ordinal))
                continue;
            var id = key.Substring(Prefix.Length, key.Length - Prefix.Length - TypeSuffix.Length);
            var isMemory = setting.Value == "memory";
            directories.Add(new AccountDirectory(
                id,
                setting.Value,
                UseOf(document, features, id),
                isMemory ? ReadPrincipals(document, features, Prefix + id + ".principals.") : [],
                ReadClassMapping(document, features, setting.Value, Prefix + id)));
        }

        return directories;
    }

    private static DirectoryUse UseOf(SettingsDocument document, ServerFeatures features, string id)
    {
        // 0.5.3 renamed jmap.directory to storage.directory; before it no single key decides.
        if (!document.TryGet("storage.directory", out var active))
            return document.IsComplete ? DirectoryUse.None : DirectoryUse.Unknown;
        if (active.Value == id)
            return DirectoryUse.Everything;
        return Macros.HasUnknownPart(Macros.MaskUnknown(active.Value, features, MacroStage.Everything)) ? DirectoryUse.Unknown : DirectoryUse.None;
    }

    private static List<Principal> ReadPrincipals(SettingsDocument document, ServerFeatures features, string prefix)
    {
        // The key was "type" until 0.6.
        var classKey = "." + features.AccountClassName;
        var principals = new List<Principal>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (ref readonly var name in document.StartingWith(prefix))
        {
            if (name.Key.Length <= prefix.Length + NameSuffix.Length || !name.Key.EndsWith(NameSuffix, StringComparison.Ordinal))
                continue;
            // A login finds the first principal of that name; later ones are never asked (memory/lookup.rs).
            if (!names.Add(name.Value))
                continue;
            var own = name.Key.Substring(0, name.Key.Length - NameSuffix.Length);
            Setting? kind = document.TryGet(own + classKey, out var found) ? found : null;
            principals.Add(new Principal(name, kind, CanLogIn(document, features, own + ".secret"), kind?.Value == "admin"));
        }

        return principals;
    }

    // Until 0.13 any of several secrets lets in; since 0.14.0 only the last one in key order is checked.
    private static bool CanLogIn(SettingsDocument document, ServerFeatures features, string key)
    {
        var any = false;
        var last = false;
        if (document.TryGet(key, out var single))
            any = last = MayMatch(single.Value, features);
        foreach (ref readonly var entry in document.Below(key))
        {
            last = MayMatch(entry.Value, features);
            any |= last;
        }

        return features.ChecksOnlyTheLastSecret ? last : any;
    }

    // Until 0.13.4 a memory directory also took app passwords, and a one-time-password secret was none to log in with alone.
    private static bool MayMatch(string secret, ServerFeatures features)
    {
        if (features.ChecksOnlyTheLastSecret)
            return !Secret.NeverMatches(secret, features);
        if (secret.StartsWith("$app$", StringComparison.Ordinal))
            return true;
        return !secret.StartsWith("otpauth://", StringComparison.Ordinal) && !Secret.NeverMatches(secret, features);
    }

    private static Setting? ReadClassMapping(SettingsDocument document, ServerFeatures features, string type, string prefix)
    {
        var name = features.AccountClassName;
        var key = type switch
        {
            "ldap" => prefix + ".attributes." + name,
            "sql" => prefix + ".columns." + name,
            _ => null,
        };
        if (key is null)
            return null;
        if (document.TryGet(key, out var mapping))
            return mapping;
        var list = document.Below(key);
        return list.Count > 0 ? list[0] : null;
    }
}
