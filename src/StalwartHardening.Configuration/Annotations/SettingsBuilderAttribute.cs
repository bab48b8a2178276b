namespace StalwartHardening.Configuration.Annotations;

/// <summary>
/// Marks a class whose methods write settings. It is a promise: every method and property that writes one says so with
/// <see cref="SettingAttribute"/> or <see cref="SettingScopeAttribute"/>, and all others write nothing.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
public sealed class SettingsBuilderAttribute : Attribute;
