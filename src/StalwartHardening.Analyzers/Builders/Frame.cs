using Microsoft.CodeAnalysis;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>The variables of one call, one turn of a loop or one lambda, and those around them.</summary>
internal sealed class Frame(Frame? outer, Located? receiver = null)
{
    // Most hold few or none.
    private Dictionary<ISymbol, Located>? _variables;
    private Dictionary<ISymbol, ITypeSymbol>? _types;

    public Frame? Outer { get; } = outer;

    /// <summary>What <c>this</c> is.</summary>
    public Located Receiver { get; } = receiver ?? outer?.Receiver ?? Located.Unknown;

    /// <summary>What an iterator has handed out so far.</summary>
    public ListValue? Yielded { get; set; }

    public void Declare(ISymbol symbol, Located value) =>
        (_variables ??= new(SymbolEqualityComparer.Default))[symbol] = value;

    /// <summary>Says what a type parameter stands for.</summary>
    public void Declare(ISymbol parameter, ITypeSymbol type) =>
        (_types ??= new(SymbolEqualityComparer.Default))[parameter] = type;

    public bool TryGet(ISymbol symbol, out Located value)
    {
        for (var frame = this; frame is not null; frame = frame.Outer)
        {
            if (frame._variables is { } variables && variables.TryGetValue(symbol, out value))
                return true;
        }

        value = default;
        return false;
    }

    public ITypeSymbol? TypeOf(ISymbol parameter)
    {
        for (var frame = this; frame is not null; frame = frame.Outer)
        {
            if (frame._types is { } types && types.TryGetValue(parameter, out var type))
                return type;
        }

        return null;
    }

    /// <summary>Writes a variable where it was declared; here where nobody has declared it.</summary>
    public void Assign(ISymbol symbol, Located value)
    {
        for (var frame = this; frame is not null; frame = frame.Outer)
        {
            if (frame._variables is { } variables && variables.ContainsKey(symbol))
            {
                variables[symbol] = value;
                return;
            }
        }

        Declare(symbol, value);
    }
}
