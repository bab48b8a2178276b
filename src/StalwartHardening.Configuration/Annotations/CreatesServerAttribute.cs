namespace StalwartHardening.Configuration.Annotations;

/// <summary>
/// Marks a method or constructor that begins a new server without any settings, apart from those its own
/// <see cref="SettingAttribute"/>s write.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor)]
public sealed class CreatesServerAttribute : Attribute;
