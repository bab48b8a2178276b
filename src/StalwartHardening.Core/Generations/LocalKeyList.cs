using System.Globalization;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>
/// A declared list of the settings that belong into the file (<c>common/manager/config.rs</c>, 0.15.5; since 0.7.0). What is in
/// the file counts either way.
/// </summary>
internal sealed class LocalKeyList
{
    private const string Key = "config.local-keys";

    private readonly List<string> _included = [];
    private readonly List<string> _excluded = [];
    private string? _next;
    private bool _isUnknown;

    private LocalKeyList()
    {
    }

    /// <summary>Whether <paramref name="key"/> belongs into the file. An excluding pattern wins.</summary>
    public bool Holds(string key) =>
        SettingPath.IsAtOrBelow(key, Key) || (_included.Exists(pattern => LocalKeyPattern.Matches(pattern, key)) && !_excluded.Exists(pattern => LocalKeyPattern.Matches(pattern, key)));

    /// <summary>What it does not cover; null where it covers everything, nothing is declared, or a part of it is not known.</summary>
    public static UncoveredSettings? FindUncovered(SettingsDocument document, ServerFeatures features)
    {
        var entries = document.Below(Key);
        var isSingle = document.TryGet(Key, out var single);
        if ((!isSingle && entries.Count == 0) || !document.IsComplete)
            return null;
        var keys = new LocalKeyList();
        if (isSingle)
            keys.Add(single.Value, features);
        var highest = -1;
        var width = 4;
        foreach (ref readonly var entry in entries)
        {
            keys.Add(entry.Value, features);
            var index = SettingPath.Relative(entry.Key, Key);
            if (int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > highest)
                (highest, width) = (number, index.Length);
        }

        if (highest >= 0)
            keys._next = SettingPath.Join(Key, SettingPath.Index(highest + 1, width));
        return keys._isUnknown ? null : keys.Find(document);
    }

    private UncoveredSettings? Find(SettingsDocument document)
    {
        Setting? first = null;
        var families = new HashSet<string>(StringComparer.Ordinal);
        foreach (ref readonly var setting in document.InTextOrder)
        {
            if (setting.Key.IndexOf(Setting.UnknownPart) >= 0 || Holds(setting.Key))
                continue;
            first ??= setting;
            families.Add(Family(setting.Key));
        }

        return first is { } found ? new UncoveredSettings(Key, found, IgnoredSettings.WithoutSecrets(found.Key), families.Count, Family(found.Key) + "*", _next) : null;
    }

    private static string Family(string key) => SettingPath.CountParts(key) < 2 ? key : SettingPath.PrefixOf(SettingPath.FirstPart(key));

    private void Add(string pattern, ServerFeatures features)
    {
        if (Macros.HasUnknownPart(Macros.MaskUnknown(pattern, features, MacroStage.Everything)))
            _isUnknown = true;
        pattern = pattern.ToLowerInvariant();
        if (pattern.StartsWith("!", StringComparison.Ordinal))
            _excluded.Add(pattern.Substring(1));
        else
            _included.Add(pattern);
    }
}
