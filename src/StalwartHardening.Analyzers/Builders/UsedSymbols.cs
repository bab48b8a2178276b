using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>The members that a body names. It is looked through no further than to what is asked for, and once.</summary>
internal sealed class UsedSymbols(IOperation? body)
{
    private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);
    private readonly IEnumerator<IOperation>? _rest = body?.DescendantsAndSelf().GetEnumerator();

    /// <summary>Whether one of some members is among them.</summary>
    public bool Holds(HashSet<ISymbol> targets)
    {
        if (_seen.Overlaps(targets))
            return true;
        while (_rest?.MoveNext() == true)
        {
            if (Named(_rest.Current)?.OriginalDefinition is { } symbol && _seen.Add(symbol) && targets.Contains(symbol))
                return true;
        }

        return false;
    }

    private static ISymbol? Named(IOperation operation) => operation switch
    {
        IInvocationOperation call => call.TargetMethod,
        IMethodReferenceOperation reference => reference.Method,
        IObjectCreationOperation creation => creation.Constructor,
        IPropertyReferenceOperation reference => reference.Property,
        IFieldReferenceOperation reference => reference.Field,
        _ => null,
    };
}
