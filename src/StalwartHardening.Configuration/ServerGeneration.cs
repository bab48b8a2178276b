using StalwartHardening.Configuration.Annotations;

namespace StalwartHardening.Configuration;

/// <summary>Which servers a program is for; it is judged for these, and refused what they do not have.</summary>
public enum ServerGeneration
{
    /// <summary>Servers up to 0.15, which read TOML.</summary>
    [SettingText("toml")]
    Toml,

    /// <summary>Servers from 0.16 on, which take plans.</summary>
    [SettingText("plan")]
    Plan,

    /// <summary>Both: the program writes TOML and a plan that say the same.</summary>
    [SettingText("both")]
    Both,
}
