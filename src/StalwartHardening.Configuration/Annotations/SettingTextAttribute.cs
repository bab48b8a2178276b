namespace StalwartHardening.Configuration.Annotations;

/// <summary>
/// Says what text a value has in a setting: on the members of an enumeration, and on static methods and properties that make
/// such values. Several texts are several values.
/// </summary>
/// <param name="texts">The texts; a parameter's name in braces stands for its argument.</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Method | AttributeTargets.Property)]
public sealed class SettingTextAttribute(params string[] texts) : Attribute
{
    /// <summary>The texts.</summary>
    public IReadOnlyList<string> Texts { get; } = texts;
}
