using StalwartHardening.Expressions.Patterns;
using StalwartHardening.Expressions.Functions;

namespace StalwartHardening.Expressions.Abstract;

/// <summary>What is known of a request: some variables have a few possible values, the others any.</summary>
internal interface IAbstractContext
{
    AbstractValue Get(HttpVariable variable);

    /// <summary>The value of <c>config_get</c>, <c>system</c> and <c>metric</c>; false where it is not known.</summary>
    bool TryGet(in NamedValue name, out ExpressionValue value);
}

/// <summary>
/// Evaluates an expression for all requests of a kind at once. The result covers what the exact evaluator would yield
/// for each of them; it may cover more, never less.
/// </summary>
internal struct AbstractEvaluator(IAbstractContext context, StepBudget budget)
{
    private const int MaxCombinations = 64;

    // A value and its place on the stack are objects of their own.
    private const int StepsPerStep = 6;
    private const int StepsPerCall = 8;

    // Null where any earlier match may have left anything.
    private string[]? _captures = [];

    private AbstractStack? _stack;

    // Where each jump that may be taken lands, with what is there then.
    private SortedDictionary<int, (AbstractStack? Stack, string[]? Captures)>? _waiting;

    /// <summary>Whether captures may hold anything from the start: the expression is looked at without those before it.</summary>
    public bool ForgetsCaptures
    {
        get => _captures is null;
        init => _captures = value ? null : [];
    }

    /// <summary>Whether a function that has been met may have failed, which lets the request through.</summary>
    public bool MayHaveFailed { get; private set; }

    public AbstractValue Evaluate(Expression expression)
    {
        _stack = null;
        _waiting = null;
        if (!expression.IsUnknown && TryFollow(expression))
            return _stack?.Value ?? AbstractValue.From(default(ExpressionValue));
        MayHaveFailed = true;
        _captures = null;
        return AbstractValue.Anything;
    }

    // False where values side by side leave stacks of different depth where two ways meet, or where it costs too much: then anything may result.
    private bool TryFollow(Expression expression)
    {
        var steps = expression.Steps;
        for (var at = 0; at <= steps.Length; at++)
        {
            if (_waiting is not null && _waiting.TryGetValue(at, out var other))
            {
                _waiting.Remove(at);
                if (!AbstractStack.TryJoin(_stack, other.Stack, budget, out _stack))
                    return false;
                if (!AreSame(_captures, other.Captures))
                    _captures = null;
            }

            if (at == steps.Length)
                return true;
            if (expression.ListAt(at) is { } list && WorkFor(list) is var work && budget.Has(work))
            {
                budget.TrySpend(work);
                Push(AbstractValue.From(list.Value));
                at += list.Length - 1;
                continue;
            }

            if (!budget.TrySpend(StepsPerStep))
                return false;
            if (steps[at].Kind != ExpressionStepKind.Jump)
            {
                Push(Result(steps[at]));
                continue;
            }

            if (!TryJump(steps[at], at + steps[at].Number + 1, out var mayStay))
                return false;
            if (!mayStay)
                at = Resume() - 1;
        }

        return true;
    }

    // What its steps take one by one, and the call that puts its items together.
    private static long WorkFor(ConstantList list) => (StepsPerStep * (long)list.Length) + StepsPerCall + 1 + list.ToBuild;

    private bool TryJump(in ExpressionStep step, int target, out bool mayStay)
    {
        // Nothing on the stack is as false as can be.
        if (_stack is null)
        {
            mayStay = step.Flag;
            return step.Flag || TryWait(target, null);
        }

        var (top, below) = (_stack.Value, _stack.Below);
        mayStay = step.Flag ? top.MayBeFalse : top.MayBeTrue;
        if ((step.Flag ? top.MayBeTrue : top.MayBeFalse) && !TryWait(target, new AbstractStack(top.Where(step.Flag), below)))
            return false;
        if (mayStay)
            _stack = new AbstractStack(top.Where(!step.Flag), below);
        return true;
    }

    // Goes on where the nearest jump lands: nothing before it can be reached any more.
    private int Resume()
    {
        using var places = _waiting!.GetEnumerator();
        places.MoveNext();
        var (target, (stack, captures)) = (places.Current.Key, places.Current.Value);
        _waiting.Remove(target);
        _stack = stack;
        _captures = captures;
        return target;
    }

    private bool TryWait(int target, AbstractStack? stack)
    {
        _waiting ??= [];
        var captures = _captures;
        if (_waiting.TryGetValue(target, out var other))
        {
            if (!AbstractStack.TryJoin(stack, other.Stack, budget, out stack))
                return false;
            if (!AreSame(captures, other.Captures))
                captures = null;
        }

        _waiting[target] = (stack, captures);
        return true;
    }

    private AbstractValue Result(in ExpressionStep step)
    {
        switch (step.Kind)
        {
            case ExpressionStepKind.Variable:
                return step.Number < ExpressionLanguage.FirstOtherVariable ? context.Get((HttpVariable)step.Number) : AbstractValue.Anything;
            case ExpressionStepKind.Global:
                return AbstractValue.From(ExpressionValue.From(0L));
            case ExpressionStepKind.Capture:
                return _captures is null ? AbstractValue.Anything
                    : AbstractValue.From(ExpressionValue.From(step.Number < _captures.Length ? _captures[step.Number] : ""));
            case ExpressionStepKind.Constant:
                return AbstractValue.From(step.Constant);
            case ExpressionStepKind.Unary:
                return Unary((ExpressionOperator)step.Number, Pop());
            case ExpressionStepKind.Binary:
                var right = Pop();
                return Binary((ExpressionOperator)step.Number, Pop(), right);
            case ExpressionStepKind.Function:
                return Call(step.Function!, Take(step.Number));
            case ExpressionStepKind.ArrayAccess:
                var index = Pop();
                return Item(Pop(), index);
            case ExpressionStepKind.ArrayBuild:
                var limit = budget;
                return ForEach(budget, Take(step.Number), values => ExpressionWork.TryBuild(values, limit)) ?? AbstractValue.Anything;
            case ExpressionStepKind.Matches:
                return Match(step.Pattern!, Pop());
            default:
                return context.TryGet(step.NamedValue, out var named) ? AbstractValue.From(named) : AbstractValue.Anything;
        }
    }

    private AbstractValue Item(in AbstractValue list, in AbstractValue index)
    {
        if (list.Items is { } begun && index.Options is { Length: 1 } at)
        {
            var place = at[0].AsIndex();
            return place >= 0 && place < begun.Length - 1 ? AbstractValue.From(begun[place])
                : place == begun.Length - 1 ? AbstractValue.StartingWith(begun[place].Text)
                : AbstractValue.Anything;
        }

        var limit = budget;
        return ForEach(budget, [list, index], values => ExpressionWork.TryIndex(values[0], values[1], limit)) ?? AbstractValue.Anything;
    }

    private AbstractValue Match(RustPattern pattern, in AbstractValue value)
    {
        if (value.Options is { Length: 1 } single && pattern.TryMatch(single[0].AsText(), budget, out var captures))
        {
            _captures = captures ?? [];
            return AbstractValue.From(ExpressionValue.From(captures is not null));
        }

        _captures = null;
        if (value.Beginning is { } beginning && pattern.Beginning.Length > 0)
        {
            if (!beginning.StartsWith(pattern.Beginning, StringComparison.Ordinal) && !pattern.Beginning.StartsWith(beginning, StringComparison.Ordinal))
                return AbstractValue.From(ExpressionValue.From(false));
            if (pattern.IsBeginning && beginning.StartsWith(pattern.Beginning, StringComparison.Ordinal))
                return AbstractValue.From(ExpressionValue.From(true));
        }

        var limit = budget;
        return ForEach(budget, [value], values => pattern.TryMatch(values[0].AsText(), limit, out var found) ? ExpressionValue.From(found is not null) : null) ?? AbstractValue.Undecided;
    }

    private AbstractValue Unary(ExpressionOperator operation, in AbstractValue value)
    {
        if (operation == ExpressionOperator.Not)
            return AbstractValue.OfTruth(value.MayBeFalse, value.MayBeTrue);
        var limit = budget;
        return ForEach(budget, [value], values => operation.TryApply(values[0], limit)) ?? AbstractValue.Anything;
    }

    private AbstractValue Binary(ExpressionOperator operation, in AbstractValue left, in AbstractValue right)
    {
        if (operation == ExpressionOperator.And)
            return AbstractValue.OfTruth(left.MayBeTrue && right.MayBeTrue, left.MayBeFalse || right.MayBeFalse);
        if (operation == ExpressionOperator.Or)
            return AbstractValue.OfTruth(left.MayBeTrue || right.MayBeTrue, left.MayBeFalse && right.MayBeFalse);
        var limit = budget;
        if (ForEach(budget, [left, right], values => operation.TryApply(values[0], values[1], limit)) is { } exact)
            return exact;
        if (operation is ExpressionOperator.Equal or ExpressionOperator.NotEqual)
        {
            var equal = left.Beginning is { } begun ? AbstractFunctions.MayEqualText(begun, right) : right.Beginning is { } begins ? AbstractFunctions.MayEqualText(begins, left)
                : left.IsPublicAddress ? AbstractFunctions.MayEqualAddress(right) : right.IsPublicAddress ? AbstractFunctions.MayEqualAddress(left) : null;
            return equal is null ? AbstractValue.Undecided
                : operation == ExpressionOperator.Equal ? equal.Value
                : AbstractValue.OfTruth(equal.Value.MayBeFalse, equal.Value.MayBeTrue);
        }

        return operation is ExpressionOperator.Less or ExpressionOperator.LessOrEqual or ExpressionOperator.Greater
            or ExpressionOperator.GreaterOrEqual or ExpressionOperator.Xor
            ? AbstractValue.Undecided
            : AbstractValue.Anything;
    }

    private AbstractValue Call(ExpressionFunction function, AbstractValue[] arguments)
    {
        if (function.Body is null)
        {
            MayHaveFailed = true;
            return AbstractValue.Anything;
        }

        var limit = budget;
        if (ForEach(budget, arguments, values => function.TryCall(values, limit)) is { } exact)
            return exact;
        var size = 0L;
        foreach (var argument in arguments)
            size += argument.Size;
        return (budget.TrySpend(size / StepBudget.CharactersPerStep) ? function.AbstractBody?.Invoke(arguments) : null)
            ?? (function.IsPredicate ? AbstractValue.Undecided : AbstractValue.Anything);
    }

    /// <summary>The results for all combinations of known values; null where a value, or a result, is not known.</summary>
    private static AbstractValue? ForEach(StepBudget budget, AbstractValue[] arguments, KnownValuesFunction function)
    {
        var combinations = 1;
        foreach (var argument in arguments)
        {
            if (argument.Options is null)
                return null;
            combinations *= argument.Options.Length;
            if (combinations > MaxCombinations)
                return null;
        }

        if (!budget.TrySpend(StepsPerCall + combinations))
            return null;
        var results = new List<ExpressionValue>(combinations);
        var values = new ExpressionValue[arguments.Length];
        for (var i = 0; i < combinations; i++)
        {
            var rest = i;
            for (var at = 0; at < arguments.Length; at++)
            {
                var options = arguments[at].Options!;
                values[at] = options[rest % options.Length];
                rest /= options.Length;
            }

            if (function(values) is not { } result)
                return null;
            results.Add(result);
        }

        return AbstractValue.OneOf(results);
    }

    private void Push(in AbstractValue value) => _stack = new AbstractStack(value, _stack);

    private AbstractValue Pop()
    {
        if (_stack is not { } top)
            return AbstractValue.From(default(ExpressionValue));
        _stack = top.Below;
        return top.Value;
    }

    private AbstractValue[] Take(int count)
    {
        var values = new AbstractValue[count];
        for (var i = count - 1; i >= 0; i--)
            values[i] = Pop();
        return values;
    }

    private static bool AreSame(string[]? left, string[]? right)
    {
        if (left is null || right is null || left.Length != right.Length)
            return left is null && right is null;
        for (var i = 0; i < left.Length; i++)
        {
            if (left[i] != right[i])
                return false;
        }

        return true;
    }

    private delegate ExpressionValue? KnownValuesFunction(ReadOnlySpan<ExpressionValue> values);
}
