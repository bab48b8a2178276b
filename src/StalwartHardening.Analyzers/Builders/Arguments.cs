using System.Collections;
using Microsoft.CodeAnalysis;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>The arguments of one call. They are few: looking through them costs less than a dictionary.</summary>
internal sealed class Arguments(int capacity) : IEnumerable<Argument>
{
    private readonly Argument[] _list = capacity == 0 ? [] : new Argument[capacity];
    private int _count;

    /// <summary>No argument at all; nothing is added to it.</summary>
    public static Arguments None { get; } = new(0);

    /// <summary>The first, if there is one.</summary>
    public Argument? First => _count > 0 ? _list[0] : null;

    /// <summary>The last, if there is one.</summary>
    public Argument? Last => _count > 0 ? _list[_count - 1] : null;

    public void Add(in Argument argument) => _list[_count++] = argument;

    public bool TryGetValue(IParameterSymbol parameter, out Argument argument)
    {
        foreach (ref readonly var known in AsSpan())
        {
            if (ReferenceEquals(known.Parameter, parameter) || (known.Parameter.Ordinal == parameter.Ordinal && SymbolEqualityComparer.Default.Equals(known.Parameter, parameter)))
            {
                argument = known;
                return true;
            }
        }

        argument = default;
        return false;
    }

    /// <summary>The same for a method that implements the one they were written for.</summary>
    public Arguments For(IMethodSymbol implementation)
    {
        var same = new Arguments(_count);
        foreach (var argument in this)
            same.Add(argument.Parameter.Ordinal < implementation.Parameters.Length ? argument with { Parameter = implementation.Parameters[argument.Parameter.Ordinal] } : argument);
        return same;
    }

    /// <summary>The first that is handed over in this way.</summary>
    public Argument? Find(Microsoft.CodeAnalysis.RefKind kind)
    {
        foreach (ref readonly var known in AsSpan())
        {
            if (known.Parameter.RefKind == kind)
                return known;
        }

        return null;
    }

    /// <summary>The argument of the parameter whose name is a stretch of <paramref name="text"/>.</summary>
    public Argument? Named(string text, int start, int length)
    {
        foreach (ref readonly var known in AsSpan())
        {
            if (known.Parameter.Name is var name && name.Length == length && string.CompareOrdinal(name, 0, text, start, length) == 0)
                return known;
        }

        return null;
    }

    public ReadOnlySpan<Argument>.Enumerator GetEnumerator() => AsSpan().GetEnumerator();

    IEnumerator<Argument> IEnumerable<Argument>.GetEnumerator() => Each().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => Each().GetEnumerator();

    private IEnumerable<Argument> Each() => _list.Take(_count);

    private ReadOnlySpan<Argument> AsSpan() => new(_list, 0, _count);
}

/// <summary>What a parameter is given, and where that was written.</summary>
internal readonly record struct Argument(IParameterSymbol Parameter, Located Value, SourceSpan Span)
{
    /// <summary>The exact value, if it is known.</summary>
    public object? Content => (Value.Value as KnownValue)?.Content;

    /// <summary>What it is written back to, where it is handed over by reference.</summary>
    public IOperation? Target { get; init; }
}
