using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>The first parts of all keys, so that nobody looks for settings of a family that nothing is written of.</summary>
internal sealed class SettingFamilies
{
    private readonly List<(string Key, int Length)> _families = [];

    public SettingFamilies(SettingsDocument document)
    {
        foreach (ref readonly var setting in document.InTextOrder)
        {
            var length = setting.Key.IndexOf('.');
            if (length < 0)
                length = setting.Key.Length;
            if (!IsKnown(setting.Key.AsSpan(0, length)))
                _families.Add((setting.Key, length));
        }
    }

    /// <summary>Whether anything of the family is written.</summary>
    public bool Hold(string family) => IsKnown(family.AsSpan());

    // What was seen last comes first: tables are written in one piece.
    private bool IsKnown(ReadOnlySpan<char> family)
    {
        for (var i = _families.Count - 1; i >= 0; i--)
        {
            var (key, length) = _families[i];
            if (length == family.Length && key.AsSpan(0, length).SequenceEqual(family))
                return true;
        }

        return false;
    }
}
