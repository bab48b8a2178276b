namespace StalwartHardening.Configuration.Annotations;

/// <summary>
/// Says which type of the server's schema the objects of a class are. Their properties say with <see cref="SettingAttribute"/> which
/// fields they are; what is assigned is written when a plan takes the object.
/// </summary>
/// <param name="type">The type's name, for example <c>NetworkListener</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class PlanObjectAttribute(string type) : Attribute
{
    /// <summary>The type's name.</summary>
    public string Type { get; } = type;

    /// <summary>The variant, where the type has several; null where it has none, and for what they have in common.</summary>
    public string? Variant { get; set; }
}
