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
        const string Prefix = "config.local-keys.";
        string? last = null;
        var highest = -1;
        foreach (ref readonly var setting in document.StartingWith(Prefix))
        {
            if (Covers(setting.Value, key))
                return null;
            var index = setting.Key.Substring(Prefix.Length);
            if (int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > highest)
                (highest, last) = (number, index);
        }

        if (last is null)
            return null;
        var next = (highest + 1).ToString(CultureInfo.InvariantCulture).PadLeft(last.Length, '0');
        return new SettingEdit.Set(Prefix + next, key);
    }

    // An excluding pattern wins over any other, so nothing that is added helps against it.
    private static bool Covers(string pattern, string key)
    {
        var plain = pattern.StartsWith("!", StringComparison.Ordinal) ? pattern.Substring(1) : pattern;
        return plain.EndsWith("*", StringComparison.Ordinal) ? key.StartsWith(plain.Substring(0, plain.Length - 1), StringComparison.OrdinalIgnoreCase)
            : plain.StartsWith("*", StringComparison.Ordinal) ? key.EndsWith(plain.Substring(1), StringComparison.OrdinalIgnoreCase)
            : string.Equals(plain, key, StringComparison.OrdinalIgnoreCase);
    }
}
