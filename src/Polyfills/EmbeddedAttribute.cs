namespace Microsoft.CodeAnalysis;

/// <summary>Keeps a type out of sight of other assemblies, even of those that may see internals.</summary>
[Embedded]
[AttributeUsage(AttributeTargets.All)]
internal sealed class EmbeddedAttribute : Attribute;
