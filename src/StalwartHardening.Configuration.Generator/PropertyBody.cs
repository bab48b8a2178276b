using Microsoft.CodeAnalysis;

namespace StalwartHardening.Configuration.Generator;

/// <summary>The body of a property that opens a scope, or is a value that stands for texts.</summary>
internal static class PropertyBody
{
    /// <summary>The member; null where nothing is annotated.</summary>
    public static string? Write(IPropertySymbol property)
    {
        var type = property.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        if (Annotations.Scope(property) is { } scope)
            return $"\n    public partial {type} {property.Name} => new(Sheet, Key({Template.Parse(scope, []).Expression}));\n";
        if (Annotations.Texts(property) is not { } texts)
            return null;
        // Made once: two reads give the same object.
        var field = "The" + property.Name;
        return $"\n    private static readonly {type} {field} = {MethodBody.ValueOf(property.Type, texts, [])};\n    public static partial {type} {property.Name} => {field};\n";
    }
}
