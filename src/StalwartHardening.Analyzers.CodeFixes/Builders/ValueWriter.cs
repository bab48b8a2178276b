using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StalwartHardening.Analyzers.Builders;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>Says the text of a setting as a C# expression of a parameter's type, at one place of a program.</summary>
internal sealed class ValueWriter(BuilderVocabulary vocabulary, SemanticModel model, int position)
{
    /// <summary>The expression; null where the type cannot say the text.</summary>
    public string? Of(ITypeSymbol type, string text)
    {
        switch (type.SpecialType)
        {
            case SpecialType.System_String or SpecialType.System_Object:
                return Literal(text);
            case SpecialType.System_Boolean:
                return text is "true" or "false" ? text : null;
            case SpecialType.System_Int32 or SpecialType.System_Int64:
                return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == text ? text : null;
            default:
                return type.TypeKind == TypeKind.Enum ? OfEnumeration((INamedTypeSymbol)type, [text]) : OfMember(type, text);
        }
    }

    /// <summary>The members of an enumeration that together say exactly these texts, in any order; for none of them, the member that is zero.</summary>
    public string? OfEnumeration(INamedTypeSymbol type, IReadOnlyCollection<string> texts)
    {
        var found = new List<string>();
        var missing = new HashSet<string>(texts, StringComparer.Ordinal);
        foreach (var field in type.GetMembers().OfType<IFieldSymbol>())
        {
            if (!field.HasConstantValue)
                continue;
            var own = vocabulary.TextsOf(field);
            if (texts.Count == 0 ? own is null && Convert.ToInt64(field.ConstantValue, CultureInfo.InvariantCulture) == 0 : own is { Count: > 0 } && own.All(missing.Remove))
                found.Add(NameOf(type) + "." + field.Name);
        }

        return missing.Count == 0 && found.Count > 0 ? string.Join(" | ", found) : null;
    }

    /// <summary>
    /// Expressions that together say these texts in their order, as few as there are: a member that stands for several of them says them at once.
    /// Null where the type cannot say them.
    /// </summary>
    public IReadOnlyList<string>? OfAll(ITypeSymbol type, IReadOnlyList<string> texts)
    {
        var result = new List<string>();
        for (var next = 0; next < texts.Count;)
        {
            var (member, length) = type is INamedTypeSymbol named ? LongestMember(named, texts, next) : (null, 0);
            if ((length > 1 ? member : Of(type, texts[next]) ?? member) is not { } expression)
                return null;
            result.Add(expression);
            next += Math.Max(1, length);
        }

        return result;
    }

    /// <summary>A string literal.</summary>
    public static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    /// <summary>A type's name, as short as the place allows.</summary>
    public string NameOf(ITypeSymbol type) => type.ToMinimalDisplayString(model, position);

    /// <summary>What a placeholder must be for a template to give <paramref name="text"/>; null where the template has another shape.</summary>
    public static string? Placeholder(string template, string name, string text)
    {
        var hole = "{" + name + "}";
        var start = template.IndexOf(hole, StringComparison.Ordinal);
        if (start < 0)
            return null;
        var end = template.Length - start - hole.Length;
        return text.Length >= start + end
            && string.CompareOrdinal(text, 0, template, 0, start) == 0
            && string.CompareOrdinal(text, text.Length - end, template, template.Length - end, end) == 0
                ? text.Substring(start, text.Length - start - end)
                : null;
    }

    // Members are in their own type, or in a class of constants beside it.
    private static IEnumerable<ISymbol> MembersOf(ITypeSymbol type) =>
        type.SpecialType != SpecialType.None || type.TypeKind == TypeKind.Enum
            ? []
            : type.GetMembers().Concat(type.ContainingNamespace?.GetTypeMembers().Where(static other => other is { IsStatic: true, DeclaredAccessibility: Accessibility.Public }).SelectMany(static other => other.GetMembers()) ?? [])
                .Where(member => member is { IsStatic: true, DeclaredAccessibility: Accessibility.Public } && SymbolEqualityComparer.Default.Equals(TypeOf(member), type));

    private static ITypeSymbol? TypeOf(ISymbol member) => member switch
    {
        IMethodSymbol method => method.ReturnType,
        IPropertySymbol property => property.Type,
        IFieldSymbol field => field.Type,
        _ => null,
    };

    // The member that says most of the texts that are next.
    private (string? Expression, int Length) LongestMember(INamedTypeSymbol type, IReadOnlyList<string> texts, int next)
    {
        var best = (Expression: (string?)null, Length: 0);
        foreach (var member in MembersOf(type))
        {
            if (member is IPropertySymbol or IFieldSymbol && vocabulary.TextsOf(member) is { Count: > 0 } own && own.Count > best.Length && next + own.Count <= texts.Count && own.SequenceEqual(texts.Skip(next).Take(own.Count)))
                best = (NameOf(member.ContainingType) + "." + member.Name, own.Count);
        }

        return best;
    }

    // A static member that says what it stands for: the one that says most of it by itself.
    private string? OfMember(ITypeSymbol type, string text)
    {
        string? best = null;
        var length = -1;
        foreach (var member in MembersOf(type))
        {
            if (vocabulary.TextsOf(member) is not [var template])
                continue;
            var said = member switch
            {
                IMethodSymbol { Parameters: [{ Type.SpecialType: SpecialType.System_String } parameter] } method when Placeholder(template, parameter.Name, text) is { Length: > 0 } inner =>
                    (method.Name + "(" + Literal(inner) + ")", template.Length - parameter.Name.Length - 2),
                IPropertySymbol or IFieldSymbol when template == text => (member.Name, template.Length + 1),
                _ => (null, -1),
            };
            if (said.Item1 is not null && said.Item2 > length)
                (best, length) = (NameOf(member.ContainingType) + "." + said.Item1, said.Item2);
        }

        return best;
    }
}
