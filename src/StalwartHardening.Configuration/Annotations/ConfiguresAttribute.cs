namespace StalwartHardening.Configuration.Annotations;

/// <summary>Marks a parameter that takes a delegate which is called once, with a builder.</summary>
/// <param name="scope">The scope of that builder, below that of what the method returns; empty for the same.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ConfiguresAttribute(string scope = "") : Attribute
{
    /// <summary>The scope of the builder, below that of what the method returns.</summary>
    public string Scope { get; } = scope;
}
