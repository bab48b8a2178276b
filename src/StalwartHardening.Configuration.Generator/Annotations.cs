using Microsoft.CodeAnalysis;

namespace StalwartHardening.Configuration.Generator;

/// <summary>What members say about settings.</summary>
internal static class Annotations
{
    private const string Namespace = "StalwartHardening.Configuration.Annotations";

    public static IEnumerable<SettingAnnotation> Settings(ISymbol member) => All(member, "SettingAttribute").Select(static attribute => new SettingAnnotation(
        Text(attribute) ?? "",
        Named(attribute, "Value") as string,
        Named(attribute, "Kind") is int kind ? (SettingKind)kind : SettingKind.Value,
        Named(attribute, "When") as string));

    public static string? Scope(ISymbol member) => All(member, "SettingScopeAttribute").Select(Text).FirstOrDefault();

    public static string? ConfiguredScope(IParameterSymbol parameter) => All(parameter, "ConfiguresAttribute").Select(static attribute => Text(attribute) ?? "").FirstOrDefault();

    public static bool Creates(ISymbol member) => All(member, "CreatesServerAttribute").Any();

    public static IReadOnlyList<string>? Texts(ISymbol member)
    {
        foreach (var attribute in All(member, "SettingTextAttribute"))
            return attribute.ConstructorArguments.SelectMany(static argument => argument.Kind == TypedConstantKind.Array ? argument.Values.AsEnumerable() : new[] { argument }).Select(static value => value.Value).OfType<string>().ToList();
        return null;
    }

    private static IEnumerable<AttributeData> All(ISymbol symbol, string name) =>
        symbol.GetAttributes().Where(attribute => attribute.AttributeClass is { } type && type.Name == name && type.ContainingNamespace.ToDisplayString() == Namespace);

    private static string? Text(AttributeData attribute) => attribute.ConstructorArguments.Length > 0 ? attribute.ConstructorArguments[0].Value as string : null;

    private static object? Named(AttributeData attribute, string name) => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;
}

/// <summary>One <c>[Setting]</c>.</summary>
internal sealed record SettingAnnotation(string Key, string? Value, SettingKind Kind, string? When);

/// <summary>The members of the library's enumeration of this name, in its order.</summary>
internal enum SettingKind
{
    Value,
    List,
    Set,
}
