using Microsoft.CodeAnalysis;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>The texts that the members of one enumeration stand for in a setting.</summary>
internal sealed class EnumerationTexts
{
    private readonly List<KeyValuePair<long, IReadOnlyList<string>>> _members = [];

    private EnumerationTexts(bool isFlags) => IsFlags = isFlags;

    /// <summary>Whether a value may be several members.</summary>
    public bool IsFlags { get; }

    /// <summary>Whether no member says a text.</summary>
    public bool IsEmpty => _members.Count == 0;

    /// <summary>Reads the annotations of an enumeration.</summary>
    public static EnumerationTexts Read(INamedTypeSymbol type)
    {
        var texts = new EnumerationTexts(type.GetAttributes().Any(static attribute => attribute.AttributeClass is { Name: "FlagsAttribute", ContainingNamespace.Name: "System" }));
        foreach (var member in type.GetMembers())
        {
            if (member is IFieldSymbol { HasConstantValue: true, ConstantValue: { } number } field && Annotated(field) is { } own)
                texts._members.Add(new(EnumValue.NumberOf(number), own));
        }

        return texts;
    }

    /// <summary>The texts of a value, those of each flag one after the other.</summary>
    public IReadOnlyList<string> Of(long value)
    {
        IReadOnlyList<string>? first = null;
        List<string>? several = null;
        foreach (var member in _members)
        {
            if (IsFlags ? member.Key == 0 || (value & member.Key) != member.Key : value != member.Key)
                continue;
            if (first is null)
                first = member.Value;
            else
                (several ??= [.. first]).AddRange(member.Value);
        }

        return several ?? first ?? [];
    }

    private static IReadOnlyList<string>? Annotated(IFieldSymbol field)
    {
        foreach (var attribute in field.GetAttributes())
        {
            if (attribute is { AttributeClass.Name: "SettingTextAttribute", ConstructorArguments: [{ Kind: TypedConstantKind.Array, IsNull: false } texts] })
                return [.. texts.Values.Select(static text => text.Value).OfType<string>()];
        }

        return null;
    }
}
