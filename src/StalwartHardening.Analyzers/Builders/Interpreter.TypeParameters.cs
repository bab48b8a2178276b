using Microsoft.CodeAnalysis;

namespace StalwartHardening.Analyzers.Builders;

// What type parameters stand for.
internal sealed partial class Interpreter
{
    private ITypeSymbol Resolve(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { IsGenericType: true, IsUnboundGenericType: false } named)
            return ResolveArguments(named);
        if (type is IArrayTypeSymbol { ElementType: var element, Rank: var rank } && Resolve(element) is var resolved && !SymbolEqualityComparer.Default.Equals(resolved, element))
            return models.Compilation.CreateArrayTypeSymbol(resolved, rank);
        if (type is not ITypeParameterSymbol parameter)
            return type;
        if (_frame.TypeOf(parameter) is { } known)
            return known;
        for (var own = (_frame.Receiver.Value as ObjectValue)?.Type; own is not null; own = own.BaseType)
        {
            for (var outer = own; outer is not null; outer = outer.ContainingType)
            {
                if (SymbolEqualityComparer.Default.Equals(outer.OriginalDefinition, parameter.ContainingSymbol) && outer.TypeArguments[parameter.Ordinal] is not ITypeParameterSymbol)
                    return outer.TypeArguments[parameter.Ordinal];
            }
        }

        return type;
    }

    private INamedTypeSymbol ResolveArguments(INamedTypeSymbol type)
    {
        if (!type.IsGenericType || !IsOpen(type))
            return type;
        var definition = type.ContainingType is { IsGenericType: true } outer ? ResolveArguments(outer).GetTypeMembers(type.Name, type.Arity).FirstOrDefault() ?? type : type.ConstructedFrom;
        return definition.Arity > 0 && definition.TypeArguments.Length == type.TypeArguments.Length ? definition.ConstructedFrom.Construct([.. type.TypeArguments.Select(Resolve)]) : definition;
    }

    // Whether there is a type parameter in it, or in what it is within.
    private static bool IsOpen(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => true,
        IArrayTypeSymbol array => IsOpen(array.ElementType),
        INamedTypeSymbol { IsGenericType: true } named => named.TypeArguments.Any(IsOpen) || (named.ContainingType is { } outer && IsOpen(outer)),
        _ => false,
    };

    // A static member of a type parameter is that of the type it stands for.
    private T Constrained<T>(T member, ITypeSymbol? constrained)
        where T : class, ISymbol
    {
        if (constrained is null || Resolve(constrained) is not INamedTypeSymbol type)
            return member;
        return type.FindImplementationForInterfaceMember(member) as T
            ?? type.AllInterfaces.Where(one => SymbolEqualityComparer.Default.Equals(one.OriginalDefinition, member.ContainingType.OriginalDefinition)).SelectMany(one => one.GetMembers(member.Name)).Select(type.FindImplementationForInterfaceMember).OfType<T>().FirstOrDefault()
            ?? member;
    }
}
