using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>Finds the directories in the flat stream.</summary>
internal static class AccountDirectoryReader
{
    private const string Family = "directory";

    public static IReadOnlyList<AccountDirectory> Read(SettingsDocument document, ServerFeatures features)
    {
        var directories = new List<AccountDirectory>();
        foreach (ref readonly var setting in document.Below(Family))
        {
            var key = setting.Key;
            if (SettingPath.OwnerOf(key, "type") is not { } own || !SettingPath.IsBelow(own, Family))
                continue;
            var id = SettingPath.Relative(own, Family);
            var isMemory = setting.Value == "memory";
            directories.Add(new AccountDirectory(
                id,
                setting.Value,
                UseOf(document, features, id),
                isMemory ? ReadPrincipals(document, features, SettingPath.Join(own, "principals")) : [],
                ReadClassMapping(document, features, setting.Value, own)));
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

    private static List<Principal> ReadPrincipals(SettingsDocument document, ServerFeatures features, string list)
    {
        var principals = new List<Principal>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (ref readonly var name in document.Below(list))
        {
            if (SettingPath.OwnerOf(name.Key, "name") is not { } own || !SettingPath.IsBelow(own, list))
                continue;
            // A login finds the first principal of that name; later ones are never asked (memory/lookup.rs).
            if (!names.Add(name.Value))
                continue;
            // The key was "type" until 0.6.
            Setting? kind = document.TryGet(SettingPath.Join(own, features.AccountClassName), out var found) ? found : null;
            principals.Add(new Principal(name, kind, CanLogIn(document, features, SettingPath.Join(own, "secret")), kind?.Value == "admin"));
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

    private static Setting? ReadClassMapping(SettingsDocument document, ServerFeatures features, string type, string directory)
    {
        var name = features.AccountClassName;
        var key = type switch
        {
            "ldap" => SettingPath.Join(directory, SettingPath.Join("attributes", name)),
            "sql" => SettingPath.Join(directory, SettingPath.Join("columns", name)),
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
