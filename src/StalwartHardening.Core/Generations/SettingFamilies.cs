using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>The first parts of all keys, so that nobody looks for settings of a family that nothing is written of.</summary>
internal sealed class SettingFamilies
{
    private readonly HashSet<string> _families = new(StringComparer.Ordinal);

    public SettingFamilies(SettingsDocument document)
    {
        // Tables are written in one piece: most settings are of the family of the one before.
        var last = "";
        foreach (ref readonly var setting in document.InTextOrder)
        {
            var length = SettingPath.EndOfPart(setting.Key, 0);
            if (length == last.Length && string.CompareOrdinal(setting.Key, 0, last, 0, length) == 0)
                continue;
            last = SettingPath.FirstPart(setting.Key);
            _families.Add(last);
        }
    }

    /// <summary>Whether anything of the family is written.</summary>
    public bool Hold(string family) => _families.Contains(family);
}
