using System.Text;
using StalwartHardening.Settings;

namespace StalwartHardening.Edits;

/// <summary>What a flat stream must be once edits have been made to it.</summary>
internal static class ExpectedSettings
{
    /// <summary>The settings of <paramref name="document"/> with <paramref name="edits"/> made to them, in key order; null where an edit asks for what cannot be.</summary>
    public static SortedDictionary<string, string>? After(SettingsDocument document, IReadOnlyList<SettingEdit> edits)
    {
        var settings = new SortedDictionary<string, string>(ByKey.Instance);
        foreach (ref readonly var setting in document.InTextOrder)
            settings[setting.Key] = setting.Value;
        foreach (var edit in edits)
        {
            if (!Apply(settings, edit))
                return null;
        }

        return settings;
    }

    /// <summary>
    /// Whether a document holds exactly <paramref name="expected"/>. Elements behind one that went have another index, in the same
    /// order.
    /// </summary>
    public static bool Match(SortedDictionary<string, string> expected, SettingsDocument document)
    {
        if (expected.Count != document.Count)
            return false;
        var position = 0;
        var isSame = true;
        foreach (var pair in expected)
        {
            ref readonly var setting = ref document[position++];
            isSame &= setting.Key == pair.Key && setting.Value == pair.Value;
        }

        if (isSame)
            return true;
        position = 0;
        foreach (var pair in expected)
        {
            ref readonly var setting = ref document[position++];
            if (setting.Value != pair.Value || WithoutIndexes(setting.Key) != WithoutIndexes(pair.Key))
                return false;
        }

        return true;
    }

    private static bool Apply(SortedDictionary<string, string> settings, SettingEdit edit)
    {
        switch (edit)
        {
            case SettingEdit.Remove remove:
                var any = settings.Remove(remove.Key);
                if (remove.WithChildren)
                {
                    foreach (var key in Below(settings, remove.Key))
                        any |= settings.Remove(key);
                }

                return any;
            case SettingEdit.Set set:
                settings[set.Key] = set.Value;
                return true;
            case SettingEdit.Insert insert:
                foreach (var pair in insert.Settings)
                {
                    if (settings.ContainsKey(pair.Key))
                        return false;
                    settings.Add(pair.Key, pair.Value);
                }

                return true;
            case SettingEdit.Rename rename:
                var old = Below(settings, rename.Key);
                if (settings.ContainsKey(rename.Key))
                    old.Add(rename.Key);
                foreach (var key in old)
                {
                    var renamed = rename.NewKey + key.Substring(rename.Key.Length);
                    if (settings.ContainsKey(renamed))
                        return false;
                    settings.Add(renamed, settings[key]);
                    settings.Remove(key);
                }

                return old.Count > 0;
            default:
                return true;
        }
    }

    private static List<string> Below(SortedDictionary<string, string> settings, string key)
    {
        var prefix = key + ".";
        var below = new List<string>();
        foreach (var candidate in settings.Keys)
        {
            if (candidate.StartsWith(prefix, StringComparison.Ordinal))
                below.Add(candidate);
        }

        return below;
    }

    private static string WithoutIndexes(string key)
    {
        var result = new StringBuilder(key.Length);
        foreach (var part in key.Split('.'))
            result.Append(IsIndex(part) ? "#" : part).Append('.');
        return result.ToString();
    }

    private static bool IsIndex(string part)
    {
        foreach (var c in part)
        {
            if (c is < '0' or > '9')
                return false;
        }

        return part.Length >= 4;
    }

    private sealed class ByKey : IComparer<string>
    {
        public static ByKey Instance { get; } = new();

        public int Compare(string? left, string? right) => SettingKey.Compare(left.AsSpan(), right.AsSpan());
    }
}
