using System.Globalization;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>The setting <c>config.local-keys</c>: which settings a server takes from its file rather than from its database.</summary>
internal static class LocalKeys
{
    // manager.rs: a declared list replaces the built-in one, and the server complains about keys in the file that it does not cover.

    /// <summary>The edit that makes the server take <paramref name="key"/> from the file; null where it does already, or nothing can be done.</summary>
    public static SettingEdit.Set? Widen(SettingsDocument document, string key)
    {
        const string List = "config.local-keys";
        string? last = null;
        var highest = -1;
        foreach (ref readonly var setting in document.Below(List))
        {
            if (Covers(setting.Value, key))
                return null;
            var index = SettingPath.Relative(setting.Key, List);
            if (int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > highest)
                (highest, last) = (number, index);
        }

        if (last is null)
            return null;
        var next = SettingPath.Index(highest + 1, last.Length);
        return new SettingEdit.Set(SettingPath.Join(List, next), key);
    }

    // An excluding pattern wins over any other, so nothing that is added helps against it.
    private static bool Covers(string pattern, string key) => LocalKeyPattern.Matches((pattern.StartsWith("!", StringComparison.Ordinal) ? pattern.Substring(1) : pattern).ToLowerInvariant(), key);
}
