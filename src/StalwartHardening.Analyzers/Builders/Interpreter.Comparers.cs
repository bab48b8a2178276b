using Microsoft.CodeAnalysis;

namespace StalwartHardening.Analyzers.Builders;

// What programs compare with: comparers of the framework, their own, and functions.
internal sealed partial class Interpreter
{
    // The comparer that a call is given; null where it has none.
    private static Value? ComparerOf(IMethodSymbol method, List<Located> arguments)
    {
        // An extension method may be called on its receiver, which is not among its parameters then.
        var first = arguments.Count - method.Parameters.Length;
        for (var i = 0; i < method.Parameters.Length; i++)
        {
            if (IsComparer(method.Parameters[i].Type) && first + i >= 0 && first + i < arguments.Count)
                return arguments[first + i].Value;
        }

        return null;
    }

    private static Value? ComparerOf(Arguments arguments)
    {
        foreach (var argument in arguments)
        {
            if (IsComparer(argument.Parameter.Type))
                return argument.Value.Value;
        }

        return null;
    }

    private static bool IsComparer(ITypeSymbol type) => type.Name is "IEqualityComparer" or "IComparer" or "StringComparer" or "Comparison" && type.ContainingNamespace is { } space && IsUnderSystem(space);

    // "EqualityComparer<T>.Default" and the like compare as everybody does.
    private static bool IsDefault(Value? comparer) => comparer is null or KnownValue { Content: null } or OpaqueValue { Type.Name: "EqualityComparer" or "Comparer" };

    // Null where nobody can tell.
    private bool? AreEqual(Value left, Value right, Value? comparer)
    {
        if (IsDefault(comparer))
            return AreEqual(left, right);
        switch (comparer)
        {
            case KnownValue { Content: StringComparer of } when left is KnownValue { Text: { } one } && right is KnownValue { Text: { } other }:
                return of.Equals(one, other);
            case KnownValue { Content: StringComparer } when left is KnownValue { Content: null } || right is KnownValue { Content: null }:
                return AreEqual(left, right);
            case FunctionValue function:
                return Call(function, [Located.Of(left), Located.Of(right)]).Value switch { KnownValue { Content: bool equal } => equal, KnownValue { Content: int order } => order == 0, _ => null };
            case ObjectValue { Type: { } type } own when MethodOf(type, "Equals", 2) is { } equals:
                return AsBoolean(CallWith(equals, Located.Of(own), [Located.Of(left), Located.Of(right)]).Value);
            case ObjectValue:
                return Order(left, right, comparer) is { } places ? places == 0 : null;
            default:
                return AreEqual(left, right) == true ? true : null;
        }
    }

    // Which of two comes first; null where nobody can tell.
    private int? Order(Value left, Value right, Value? comparer)
    {
        if (IsDefault(comparer))
            return OrderOf(left, right);
        switch (comparer)
        {
            case KnownValue { Content: StringComparer of } when left is KnownValue { Text: { } one } && right is KnownValue { Text: { } other }:
                return of.Compare(one, other);
            case FunctionValue function:
                return (Call(function, [Located.Of(left), Located.Of(right)]).Value as KnownValue)?.Content as int?;
            case ObjectValue { Type: { } type } own when MethodOf(type, "Compare", 2) is { } compare:
                return (CallWith(compare, Located.Of(own), [Located.Of(left), Located.Of(right)]).Value as KnownValue)?.Content as int?;
            default:
                return null;
        }
    }

    // The order that values have by themselves: their own where the program gives them one.
    private int? OrderOf(Value left, Value right) => left switch
    {
        ObjectValue { Type: { } type } own when MethodOf(type, "CompareTo", 1) is { } compare => (CallWith(compare, Located.Of(own), [Located.Of(right)]).Value as KnownValue)?.Content as int?,
        OpaqueValue or ObjectValue or MapValue => null,
        _ => right is OpaqueValue ? null : ValueOrder.Instance.Compare(left, right),
    };

    // A method that the program declares, however it implements it.
    private IMethodSymbol? MethodOf(INamedTypeSymbol type, string name, int parameters)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                if (member is IMethodSymbol { IsStatic: false, DeclaringSyntaxReferences.Length: > 0 } method && method.Parameters.Length == parameters && IsNamed(method, name) && BodyOf(method) is not null)
                    return method;
            }
        }

        return null;
    }

    private static bool IsNamed(IMethodSymbol method, string name) => method.Name == name || (method.ExplicitInterfaceImplementations is [{ Name: var own }, ..] && own == name);

    // Items in order; null where nobody can tell which comes first.
    private List<Located>? InOrder(IReadOnlyList<Located> items, Value? comparer)
    {
        var isKnown = true;
        var sorted = items.OrderBy(static item => item, Comparer<Located>.Create((one, other) =>
        {
            if (Order(one.Value, other.Value, comparer) is { } order)
                return order;
            isKnown &= ReferenceEquals(one.Value, other.Value);
            return 0;
        })).ToList();
        return isKnown ? sorted : null;
    }
}
