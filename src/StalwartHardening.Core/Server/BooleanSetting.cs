using StalwartHardening.Settings;

namespace StalwartHardening.Server;

/// <summary>A switch as the server takes it: exactly <c>true</c> or <c>false</c>, anything else falls back (<c>config/utils.rs</c>).</summary>
/// <param name="Value">What is in force; null where nobody knows yet.</param>
/// <param name="Setting">The setting that decides, or was meant to; null where the default is in force and nothing was written.</param>
/// <param name="IsInvalid">Whether the text is neither <c>true</c> nor <c>false</c>, so that the default is in force.</param>
internal readonly record struct BooleanSetting(bool? Value, Setting? Setting, bool IsInvalid)
{
    // In two parts: the names of what nobody set are rarely asked for, and not worth joining before.
    private readonly string? _owner;
    private readonly int _ownerLength;
    private readonly string? _name;

    private BooleanSetting(bool? value, string owner, int ownerLength, string name)
        : this(value, null, false)
    {
        _owner = owner;
        _ownerLength = ownerLength;
        _name = name;
    }

    /// <summary>The key by which the server reads the switch.</summary>
    public string Name => Setting?.Key ?? _owner?.Substring(0, _ownerLength) + _name;

    /// <summary>The edit that turns the switch to <paramref name="value"/>.</summary>
    public SettingEdit Set(bool value) => new SettingEdit.Set(Name, value ? "true" : "false");

    /// <summary>Reads the setting <paramref name="key"/>.</summary>
    public static BooleanSetting Read(SettingsDocument document, string key, bool fallback, ServerFeatures features, MacroStage stage) =>
        document.TryGet(key, out var setting) ? From(setting, fallback, features, stage) : NotSet(document.MayBeElsewhere(default, key) ? null : fallback, key, key.Length, "");

    /// <summary>A switch that nobody set.</summary>
    /// <param name="value">What is in force; null where nobody knows.</param>
    /// <param name="owner">A text that begins with the key of what the switch belongs to.</param>
    /// <param name="ownerLength">The length of that key.</param>
    /// <param name="name">The rest of the switch's key.</param>
    internal static BooleanSetting NotSet(bool? value, string owner, int ownerLength, string name) => new(value, owner, ownerLength, name);

    /// <summary>Takes the setting as a switch.</summary>
    public static BooleanSetting From(in Setting setting, bool fallback, ServerFeatures features, MacroStage stage)
    {
        var text = setting.Value;
        if (text == "true")
            return new BooleanSetting(true, setting, false);
        if (text == "false")
            return new BooleanSetting(false, setting, false);
        return Macros.HasUnknownPart(Macros.MaskUnknown(text, features, stage))
            ? new BooleanSetting(null, setting, false)
            : new BooleanSetting(fallback, setting, true);
    }
}
