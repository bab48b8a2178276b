using Microsoft.CodeAnalysis;

namespace StalwartHardening.Analyzers.Builders;

// Queries and iterators happen when they are walked through, each time anew, and not at all where nobody does.
internal sealed partial class Interpreter
{
    // What makes a sequence of a sequence without looking at it.
    private static bool IsDeferred(string name) => name is "Select" or "SelectMany" or "Where" or "OfType" or "Cast" or "Concat" or "Union" or "UnionBy" or "Except" or "ExceptBy" or "Intersect" or "IntersectBy" or "Append" or "Prepend"
        or "DefaultIfEmpty" or "Reverse" or "Skip" or "Take" or "SkipLast" or "TakeLast" or "SkipWhile" or "TakeWhile" or "OrderBy" or "OrderByDescending" or "ThenBy" or "ThenByDescending" or "Order" or "OrderDescending"
        or "Zip" or "Chunk" or "GroupBy" or "Join" or "GroupJoin" or "LeftJoin" or "Distinct" or "DistinctBy" or "CountBy" or "AggregateBy" or "Index" or "AsEnumerable";

    // Null where the query is not one of the framework's, or what it is about is not known.
    private Located? Defer(IMethodSymbol method, List<Located> arguments)
    {
        if (!IsDeferred(method.Name) || !IsOfQueries(method.ContainingType) || method.ContainingType.Name == "ParallelEnumerable" || arguments.Count == 0 || arguments[0].Value is not (ListValue or MapValue or DeferredValue or ObjectValue))
            return null;
        var frame = _frame;
        return Located.Of(new DeferredValue(() => Within(frame, () => InvokeSequence(method.Name, method, arguments) ?? Unqueried(arguments)).Value as ListValue) { Stream = Streaming(method, arguments) });
    }

    // What the functions of a query that is not known here write counts, however often they run.
    private Located Unqueried(List<Located> arguments)
    {
        _risks++;
        foreach (var argument in arguments)
        {
            if (argument.Value is FunctionValue function)
                Call(function, [.. function.Method.Parameters.Select(parameter => Fresh(parameter.Type))]);
        }

        return Located.Of(new ListValue([Located.Unknown]) { IsOpen = true });
    }

    // The items of an iterator, from its beginning.
    private ListValue? Walk(IOperation body, Frame frame, IMethodSymbol definition) => _depth >= MaxDepth ? null : Run(body, frame, definition).Value as ListValue;

    // What code that looks at a sequence gets.
    private Located Walked(Located value) => value.Value is DeferredValue ? value with { Value = AsSequence(value.Value, null) ?? new ListValue([Located.Unknown]) { IsOpen = true } } : value;
}

/// <summary>A sequence whose items are made when they are asked for.</summary>
internal sealed class DeferredValue(Func<ListValue?> make) : Value
{
    /// <summary>Hands the items out one by one, as long as they are wanted, and says whether it could; null where all are made at once.</summary>
    public Func<Func<Located, bool>, bool>? Stream { get; init; }

    /// <summary>The items, made now; null where nobody knows them.</summary>
    public ListValue? Make() => make();
}
