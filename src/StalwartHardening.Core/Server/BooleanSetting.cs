using StalwartHardening.Settings;

namespace StalwartHardening.Server;

/// <summary>A switch as the server takes it: exactly <c>true</c> or <c>false</c>, anything else falls back (<c>config/utils.rs</c>).</summary>
/// <param name="Value">What is in force; null where nobody knows yet.</param>
/// <param name="Setting">The setting that decides, or was meant to; null where the default is in force and nothing was written.</param>
/// <param name="IsInvalid">Whether the text is neither <c>true</c> nor <c>false</c>, so that the default is in force.</param>
public readonly record struct BooleanSetting(bool? Value, Setting? Setting, bool IsInvalid)
{
    /// <summary>Reads the setting <paramref name="key"/>.</summary>
    public static BooleanSetting Read(SettingsDocument document, string key, bool fallback, ServerVersion version, MacroStage stage) =>
        document.TryGet(key, out var setting) ? Of(setting, fallback, version, stage) : new BooleanSetting(document.MayBeElsewhere(default, key) ? null : fallback, null, false);

    /// <summary>Takes the setting as a switch.</summary>
    public static BooleanSetting Of(in Setting setting, bool fallback, ServerVersion version, MacroStage stage)
    {
        var text = setting.Value;
        if (text == "true")
            return new BooleanSetting(true, setting, false);
        if (text == "false")
            return new BooleanSetting(false, setting, false);
        return Macros.HasUnknownPart(Macros.MaskUnknown(text, version, stage))
            ? new BooleanSetting(null, setting, false)
            : new BooleanSetting(fallback, setting, true);
    }
}
