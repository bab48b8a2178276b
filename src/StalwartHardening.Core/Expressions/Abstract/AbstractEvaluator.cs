using StalwartHardening.Expressions.Patterns;
using StalwartHardening.Expressions.Functions;

namespace StalwartHardening.Expressions.Abstract;

/// <summary>What is known of a request: some variables have a few possible values, the others any.</summary>
internal interface IAbstractContext
{
    AbstractValue Get(HttpVariable variable);

    bool TryGetSetting(string key, out ExpressionValue value);
}

/// <summary>
/// Evaluates an expression for all requests of a kind at once. The result covers what the exact evaluator would yield
/// for each of them; it may cover more, never less.
/// </summary>
internal struct AbstractEvaluator(IAbstractContext context)
{
    private const int MostCombinations = 64;

    // Null where any earlier match may have left anything.
    private string[]? _captures = [];

    // Values side by side can leave stacks of different depth where two ways meet; then anything may result.
    private bool _gaveUp;

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
        if (expression.IsUnknown)
        {
            MayHaveFailed = true;
            _captures = null;
            return AbstractValue.Anything;
        }

        var steps = expression.Steps;
        var stack = new List<AbstractValue>();
        var waiting = new Dictionary<int, (AbstractValue[] Stack, string[]? Captures)>();
        for (var at = 0; at <= steps.Length; at++)
        {
            if (_gaveUp || (waiting.TryGetValue(at, out var other) && !Merge(ref stack, other)))
            {
                MayHaveFailed = true;
                _captures = null;
                return AbstractValue.Anything;
            }

            if (at == steps.Length)
                break;
            if (steps[at].Kind == ExpressionStepKind.Jump)
                at = Jump(steps, at, ref stack, waiting);
            else
                Step(steps[at], stack);
        }

        return stack.Count > 0 ? stack[stack.Count - 1] : AbstractValue.Of(default(ExpressionValue));
    }

    private int Jump(ExpressionStep[] steps, int at, ref List<AbstractValue> stack, Dictionary<int, (AbstractValue[] Stack, string[]? Captures)> waiting)
    {
        var step = steps[at];
        var target = at + step.Number + 1;
        if (stack.Count == 0)
        {
            // Nothing on the stack is as false as can be.
            if (step.Flag)
                return at;
            Wait(target, [], waiting);
            stack = null!;
            return Resume(target, ref stack, waiting);
        }

        var top = stack[stack.Count - 1];
        var mayJump = step.Flag ? top.MayBeTrue : top.MayBeFalse;
        var mayStay = step.Flag ? top.MayBeFalse : top.MayBeTrue;
        if (mayJump)
        {
            var taken = stack.ToArray();
            taken[taken.Length - 1] = top.Where(step.Flag);
            Wait(target, taken, waiting);
        }

        if (mayStay)
        {
            stack[stack.Count - 1] = top.Where(!step.Flag);
            return at;
        }

        stack = null!;
        return Resume(target, ref stack, waiting);
    }

    // Goes on where the nearest jump lands: nothing before it can be reached any more.
    private int Resume(int target, ref List<AbstractValue> stack, Dictionary<int, (AbstractValue[] Stack, string[]? Captures)> waiting)
    {
        foreach (var place in waiting.Keys)
            target = Math.Min(target, place);
        if (!waiting.TryGetValue(target, out var next))
        {
            _gaveUp = true;
            stack = [];
            return target - 1;
        }

        waiting.Remove(target);
        stack = [.. next.Stack];
        _captures = next.Captures;

        // The loop steps forward once more.
        return target - 1;
    }

    private void Wait(int target, AbstractValue[] stack, Dictionary<int, (AbstractValue[] Stack, string[]? Captures)> waiting)
    {
        if (!waiting.TryGetValue(target, out var other))
        {
            waiting[target] = (stack, _captures);
            return;
        }

        if (other.Stack.Length != stack.Length)
        {
            _gaveUp = true;
            return;
        }

        for (var i = 0; i < stack.Length; i++)
            stack[i] = stack[i].Or(other.Stack[i]);
        waiting[target] = (stack, SameCaptures(_captures, other.Captures) ? _captures : null);
    }

    private bool Merge(ref List<AbstractValue> stack, (AbstractValue[] Stack, string[]? Captures) other)
    {
        if (other.Stack.Length != stack.Count)
            return false;
        for (var i = 0; i < stack.Count; i++)
            stack[i] = stack[i].Or(other.Stack[i]);
        if (!SameCaptures(_captures, other.Captures))
            _captures = null;
        return true;
    }

    private void Step(in ExpressionStep step, List<AbstractValue> stack)
    {
        switch (step.Kind)
        {
            case ExpressionStepKind.Variable:
                stack.Add(context.Get((HttpVariable)step.Number));
                break;
            case ExpressionStepKind.Global:
                stack.Add(AbstractValue.Of(ExpressionValue.Of(0L)));
                break;
            case ExpressionStepKind.Capture:
                stack.Add(_captures is null ? AbstractValue.Anything
                    : AbstractValue.Of(ExpressionValue.Of(step.Number < _captures.Length ? _captures[step.Number] : "")));
                break;
            case ExpressionStepKind.Constant:
                stack.Add(AbstractValue.Of(step.Constant));
                break;
            case ExpressionStepKind.Unary:
                stack.Add(Unary((ExpressionOperator)step.Number, Pop(stack)));
                break;
            case ExpressionStepKind.Binary:
                var right = Pop(stack);
                var left = Pop(stack);
                stack.Add(Binary((ExpressionOperator)step.Number, left, right));
                break;
            case ExpressionStepKind.Function:
                stack.Add(Call(step.Function!, Take(stack, step.Number)));
                break;
            case ExpressionStepKind.ArrayAccess:
                var index = Pop(stack);
                if (stack.Count > 0 && stack[stack.Count - 1].Items is { } begun && index.Options is { Length: 1 } at)
                {
                    Pop(stack);
                    var place = at[0].AsIndex();
                    stack.Add(place >= 0 && place < begun.Length - 1 ? AbstractValue.Of(begun[place])
                        : place == begun.Length - 1 ? AbstractValue.StartingWith(begun[place].Text)
                        : AbstractValue.Anything);
                    break;
                }

                stack.Add(ForEach([Pop(stack), index], static values =>
                {
                    var items = values[0].AsArray();
                    var number = values[1].AsIndex();
                    return number >= 0 && number < items.Length ? items[number] : default;
                }) ?? AbstractValue.Anything);
                break;
            case ExpressionStepKind.ArrayBuild:
                stack.Add(ForEach(Take(stack, step.Number), static values => ExpressionValue.Of(values.ToArray())) ?? AbstractValue.Anything);
                break;
            case ExpressionStepKind.Matches:
                stack.Add(Match(step.Pattern!, Pop(stack)));
                break;
            case ExpressionStepKind.ConfigGet:
                stack.Add(context.TryGetSetting(step.Key!, out var setting) ? AbstractValue.Of(setting) : AbstractValue.Anything);
                break;
        }
    }

    private AbstractValue Match(RustPattern pattern, in AbstractValue value)
    {
        if (pattern.IsSupported && value.Options is { Length: 1 } single)
        {
            _captures = pattern.Match(single[0].AsText()) ?? [];
            return AbstractValue.Of(ExpressionValue.Of(_captures.Length > 0));
        }

        _captures = null;
        if (value.Beginning is { } beginning && pattern.Beginning.Length > 0)
        {
            if (!beginning.StartsWith(pattern.Beginning, StringComparison.Ordinal) && !pattern.Beginning.StartsWith(beginning, StringComparison.Ordinal))
                return AbstractValue.Of(ExpressionValue.Of(false));
            if (pattern.IsBeginning && beginning.StartsWith(pattern.Beginning, StringComparison.Ordinal))
                return AbstractValue.Of(ExpressionValue.Of(true));
        }

        return pattern.IsSupported
            ? ForEach([value], values => ExpressionValue.Of(pattern.Match(values[0].AsText()) is not null)) ?? AbstractValue.Undecided
            : AbstractValue.Undecided;
    }

    private static AbstractValue Unary(ExpressionOperator operation, in AbstractValue value) =>
        operation == ExpressionOperator.Not
            ? AbstractValue.OfTruth(value.MayBeFalse, value.MayBeTrue)
            : ForEach([value], values => operation.Apply(values[0])) ?? AbstractValue.Anything;

    private static AbstractValue Binary(ExpressionOperator operation, in AbstractValue left, in AbstractValue right)
    {
        if (operation == ExpressionOperator.And)
            return AbstractValue.OfTruth(left.MayBeTrue && right.MayBeTrue, left.MayBeFalse || right.MayBeFalse);
        if (operation == ExpressionOperator.Or)
            return AbstractValue.OfTruth(left.MayBeTrue || right.MayBeTrue, left.MayBeFalse && right.MayBeFalse);
        if (ForEach([left, right], values => operation.Apply(values[0], values[1])) is { } exact)
            return exact;
        if (operation is ExpressionOperator.Equal or ExpressionOperator.NotEqual)
        {
            var equal = left.Beginning is { } begun ? MayEqualText(begun, right) : right.Beginning is { } begins ? MayEqualText(begins, left)
                : left.IsPublicAddress ? MayEqualAddress(right) : right.IsPublicAddress ? MayEqualAddress(left) : null;
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
        if (function.Body is not { } body)
        {
            MayHaveFailed = true;
            return AbstractValue.Anything;
        }

        if (ForEach(arguments, values => body(values.ToArray())) is { } exact)
            return exact;
        switch (function.Name)
        {
            case "if_then":
                return !arguments[0].MayBeFalse ? arguments[1]
                    : !arguments[0].MayBeTrue ? arguments[2]
                    : arguments[1].Or(arguments[2]);
            case "starts_with" when arguments[0].IsPublicAddress && arguments[1].Options is { } prefixes:
                bool mayStart = false, mayNotStart = false;
                foreach (var prefix in prefixes)
                {
                    var text = prefix.AsText();
                    mayStart |= PublicAddress.MayStartWith(text);
                    mayNotStart |= text.Length > 0;
                }

                return AbstractValue.OfTruth(mayStart, mayNotStart);
            case "starts_with" when arguments[0].Beginning is { } text && arguments[1].Options is { Length: 1 } start:
                var wanted = start[0].AsText();
                return text.StartsWith(wanted, StringComparison.Ordinal) ? AbstractValue.OfTruth(true, false)
                    : AbstractValue.OfTruth(wanted.StartsWith(text, StringComparison.Ordinal), true);
            case "contains" when arguments[0].Beginning is { } text && arguments[1].Options is { Length: 1 } part && text.IndexOf(part[0].AsText(), StringComparison.Ordinal) >= 0:
                return AbstractValue.OfTruth(true, false);
            case "contains" when arguments[1].Beginning is { } text && arguments[0].Options is { Length: 1 } list && list[0].IsArray:
                var mayEqual = false;
                foreach (var item in list[0].Items)
                    mayEqual |= MayEqualText(text, AbstractValue.Of(item)) is not { MayBeTrue: false };
                return AbstractValue.OfTruth(mayEqual, true);
            case "split" when arguments[0].Beginning is { } text && arguments[1].Options is { Length: 1 } separator && separator[0].AsText() is { Length: 1 } cut:
                return AbstractValue.ListStartingWith(Array.ConvertAll(text.Split(cut[0]), static segment => ExpressionValue.Of(segment)));
            case "is_empty" when arguments[0].Beginning is not null:
                return AbstractValue.OfTruth(false, true);
            case "contains" when arguments[1].IsPublicAddress && arguments[0].Options is { } lists:
                bool mayHold = false, mayNotHold = false;
                foreach (var list in lists)
                {
                    if (!list.IsArray)
                        return AbstractValue.Undecided;
                    var held = MayEqualAddress(AbstractValue.Of(list.Items)) ?? AbstractValue.Of(ExpressionValue.Of(false));
                    mayHold |= list.Items.Length > 0 && held.MayBeTrue;
                    mayNotHold |= list.Items.Length == 0 || held.MayBeFalse;
                }

                return AbstractValue.OfTruth(mayHold, mayNotHold);
            case "is_ip_addr" or "is_empty" or "is_number" when arguments[0].IsPublicAddress:
                return AbstractValue.Of(ExpressionValue.Of(function.Name == "is_ip_addr"));
            default:
                return function.IsPredicate ? AbstractValue.Undecided : AbstractValue.Anything;
        }
    }

    // An address is no number to the language, so it counts as 0 next to numbers: always the same answer there.
    private static AbstractValue? MayEqualAddress(in AbstractValue other)
    {
        if (other.Options is not { } options)
            return null;
        bool mayEqual = false, mayDiffer = false;
        foreach (var option in options)
        {
            if (option.IsText)
            {
                mayEqual |= PublicAddress.IsPublic(option.Text);
                mayDiffer = true;
            }
            else
            {
                var equal = option.EqualTo(ExpressionValue.Of("203.0.113.7"));
                mayEqual |= equal;
                mayDiffer |= !equal;
            }
        }

        return AbstractValue.OfTruth(mayEqual, mayDiffer);
    }

    // Null where the other is no text: it is then compared as a number.
    private static AbstractValue? MayEqualText(string beginning, in AbstractValue other)
    {
        if (other.Options is not { } options)
            return null;
        var mayEqual = false;
        foreach (var option in options)
        {
            if (!option.IsText)
                return null;
            mayEqual |= option.Text.StartsWith(beginning, StringComparison.Ordinal);
        }

        return AbstractValue.OfTruth(mayEqual, true);
    }

    /// <summary>The results for all combinations of known values; null where a value, or a result, is not known.</summary>
    private static AbstractValue? ForEach(AbstractValue[] arguments, Func<List<ExpressionValue>, ExpressionValue?> function)
    {
        var combinations = 1;
        foreach (var argument in arguments)
        {
            if (argument.Options is null)
                return null;
            combinations *= argument.Options.Length;
            if (combinations > MostCombinations)
                return null;
        }

        var results = new List<ExpressionValue>(combinations);
        var values = new List<ExpressionValue>(arguments.Length);
        for (var i = 0; i < combinations; i++)
        {
            values.Clear();
            var rest = i;
            foreach (var argument in arguments)
            {
                values.Add(argument.Options![rest % argument.Options.Length]);
                rest /= argument.Options.Length;
            }

            if (function(values) is not { } result)
                return null;
            results.Add(result);
        }

        return AbstractValue.OneOf(results);
    }

    private static AbstractValue Pop(List<AbstractValue> stack)
    {
        if (stack.Count == 0)
            return AbstractValue.Of(default(ExpressionValue));
        var value = stack[stack.Count - 1];
        stack.RemoveAt(stack.Count - 1);
        return value;
    }

    private static AbstractValue[] Take(List<AbstractValue> stack, int count)
    {
        var values = new AbstractValue[count];
        for (var i = count - 1; i >= 0; i--)
            values[i] = Pop(stack);
        return values;
    }

    private static bool SameCaptures(string[]? left, string[]? right)
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
}
