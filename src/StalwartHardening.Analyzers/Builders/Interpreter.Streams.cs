using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace StalwartHardening.Analyzers.Builders;

// Iterators that hand out one item after the other to the code that walks through them, and end where that stops: also those that would never end by themselves.
internal sealed partial class Interpreter
{
    // What an iterator hands its items to; says whether it wants more.
    private Func<Located, bool>? _consumer;

    private Flow Yield(Located item)
    {
        if (_consumer is { } consumer)
            return consumer(item) ? Flow.Next : Flow.Return;
        (_yielded ??= new ListValue([])).Items.Add(item);
        return Flow.Next;
    }

    // Whether the iterator can be followed this far.
    private bool Stream(IOperation body, Frame frame, IMethodSymbol definition, Func<Located, bool> consumer)
    {
        if (_depth >= MaxDepth)
            return false;
        var outer = (_frame, _returned, _yielded, _returnsReference, _consumer);
        (Located Thrown, ITypeSymbol? Type)? pending = null;
        (_frame, _returned, _yielded, _returnsReference) = (frame, Located.Unknown, null, false);
        _consumer = item =>
        {
            // What the consumer does happens where it is written, and what it throws is not the iterator's.
            var inner = (_frame, _returned, _yielded, _returnsReference, _consumer);
            (_frame, _returned, _yielded, _returnsReference, _consumer) = outer;
            var wantsMore = consumer(item);
            outer = (_frame, _returned, _yielded, _returnsReference, _consumer);
            (_frame, _returned, _yielded, _returnsReference, _consumer) = inner;
            if (!_isThrowing)
                return wantsMore;
            pending = (_thrown, _thrownType);
            _isThrowing = false;
            return false;
        };
        _depth++;
        if (Execute(body is ILocalFunctionOperation local ? local.Body : body) == Flow.GoTo)
            LoseSight(body);
        _depth--;
        (_frame, _returned, _yielded, _returnsReference, _consumer) = outer;
        if (pending is { } exception)
            (_isThrowing, _thrown, _thrownType) = (true, exception.Thrown, exception.Type);
        return true;
    }

    private Flow ExecuteForEach(IForEachLoopOperation loop, DeferredValue sequence)
    {
        var result = Flow.Next;
        var outer = _frame;
        var isFollowed = sequence.Stream!(item =>
        {
            _frame = new Frame(outer);
            AssignEach(loop, item);
            var flow = Execute(loop.Body);
            _frame = outer;
            if (flow is Flow.Return or Flow.Throw or Flow.GoTo)
                result = flow;
            return flow is Flow.Next or Flow.Continue && !_isSpent && !_isLeaving;
        });
        if (!isFollowed)
            LoseSight(loop);
        return _isThrowing ? Flow.Throw : result;
    }

    // A query that makes one item of another as they come; null where it needs all of them.
    private Func<Func<Located, bool>, bool>? Streaming(IMethodSymbol method, List<Located> arguments)
    {
        if (arguments[0].Value is not DeferredValue { Stream: { } source })
            return null;
        var function = arguments.Count > 1 ? arguments[1].Value as FunctionValue : null;
        var count = arguments.Count > 1 && arguments[1].Value is KnownValue { Content: int known } ? known : (int?)null;
        var frame = _frame;
        switch (method.Name)
        {
            case "AsEnumerable":
                return source;
            case "Select" when function is not null && arguments.Count == 2:
                return consumer => Numbered(source, (item, index) => consumer(With(Call(function, [item, At(index)]), item)));
            case "Where" when function is not null:
                return consumer => Numbered(source, (item, index) => !Decide(Call(function, [item, At(index)]).Value) || consumer(item));
            case "TakeWhile" when function is not null:
                return consumer => Numbered(source, (item, index) => Decide(Call(function, [item, At(index)]).Value) && consumer(item));
            case "SkipWhile" when function is not null:
                return consumer =>
                {
                    var skips = true;
                    return Numbered(source, (item, index) => (skips = skips && Decide(Call(function, [item, At(index)]).Value)) || consumer(item));
                };
            case "Take" when count is { } taken:
                return consumer => taken <= 0 || Numbered(source, (item, index) => consumer(item) && index + 1 < taken);
            case "Skip" when count is { } skipped:
                return consumer => Numbered(source, (item, index) => index < skipped || consumer(item));
            case "Index":
                return consumer => Numbered(source, (item, index) => consumer(Pair(At(index), item)));
            case "SelectMany" when function is { Method.Parameters.Length: 1 } && arguments.Count == 2:
                return consumer => source(item => AsSequence(Call(function, [item]).Value, null) is { IsOpen: false } inner ? inner.Items.ToArray().All(consumer) : consumer(Located.Unknown));
            case "OfType" or "Cast" when method.TypeArguments is [var type]:
                return consumer => source(item => Within(frame, () => Located.Of(Value.Of(method.Name == "OfType" && !Decide(IsOfType(item.Value, type))))).Value is KnownValue { Content: true } || consumer(Convert(item, type)));
            case "Prepend" when arguments.Count == 2:
                return consumer => !consumer(arguments[1]) || source(consumer);
            case "Zip" when arguments.Count is 2 or 3 && (arguments.Count == 2 || arguments[2].Value is FunctionValue) && AsSequence(arguments[1].Value, null) is { IsOpen: false, Items: var others }:
                return consumer => others.Count == 0 || Numbered(source, (item, index) => consumer(arguments.Count == 2 ? Pair(item, others[index]) : Call((FunctionValue)arguments[2].Value, [item, others[index]])) && index + 1 < others.Count);
            default:
                return null;
        }
    }

    private static bool Numbered(Func<Func<Located, bool>, bool> source, Func<Located, int, bool> consumer)
    {
        var index = 0;
        return source(item => consumer(item, index++));
    }

    // What is found before all items have been asked for; null where that takes all of them.
    private Located? Sought(IMethodSymbol method, List<Located> arguments)
    {
        if (method.ContainingType.Name is not ("Enumerable" or "AsyncEnumerable" or "Queryable") || arguments.Count == 0 || arguments[0].Value is not DeferredValue { Stream: { } source })
            return null;
        var function = arguments.Count > 1 ? arguments[1].Value as FunctionValue : null;
        Located? found = null;
        switch (method.Name)
        {
            case "First" or "FirstOrDefault" when arguments.Count == 1 || function is not null:
                return source(Until(item => function is null || Decide(Call(function, [item]).Value)))
                    ? found ?? (method.Name == "First" ? Throw("System.InvalidOperationException") : arguments.Count > 2 ? arguments[2] : DefaultOf(Resolve(method.ReturnType)))
                    : null;
            case "ElementAt" or "ElementAtOrDefault" when arguments is [_, { Value: KnownValue { Content: int and >= 0 and var position } }]:
                return source(Until(_ => position-- == 0)) ? found ?? (method.Name == "ElementAt" ? Throw("System.ArgumentOutOfRangeException") : DefaultOf(Resolve(method.ReturnType))) : null;
            case "Any" when arguments.Count == 1 || function is not null:
                return source(Until(item => function is null || Decide(Call(function, [item]).Value))) ? Located.Of(Value.Of(found is not null)) : null;
            case "All" when function is not null:
                return source(Until(item => !Decide(Call(function, [item]).Value))) ? Located.Of(Value.Of(found is null)) : null;
            case "Contains" when arguments.Count == 2:
                return source(Until(item => AreEqual(item.Value, arguments[1].Value) ?? Decide(Equality(arguments[1].Value, item.Value)))) ? Located.Of(Value.Of(found is not null)) : null;
            default:
                return null;
        }

        Func<Located, bool> Until(Func<Located, bool> isSought) => item =>
        {
            if (!isSought(item))
                return !_isSpent && !_isLeaving;
            found = item;
            return false;
        };
    }
}
