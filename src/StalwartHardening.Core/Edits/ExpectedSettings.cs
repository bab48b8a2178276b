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
    /// Whether a document holds exactly <paramref name="expected"/>. Elements after one that went have another index, in the same
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
            if (setting.Value != pair.Value || SettingPath.MaskIndexes(setting.Key) != SettingPath.MaskIndexes(pair.Key))
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
            case SettingEdit.RemoveUnlisted unlisted:
                return unlisted.Keys.All(key => Apply(settings, new SettingEdit.Remove(key, WithChildren: true)));
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
                    var renamed = SettingPath.Moved(key, rename.Key, rename.NewKey)!;
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
        var below = new List<string>();
        foreach (var candidate in settings.Keys)
        {
            if (SettingPath.IsBelow(candidate, key))
                below.Add(candidate);
        }

        return below;
    }

    private sealed class ByKey : IComparer<string>
    {
        public static ByKey Instance { get; } = new();

        public int Compare(string? left, string? right) => SettingPath.Compare(left.AsSpan(), right.AsSpan());
    }
}
