using StalwartHardening.Expressions.Functions;

namespace StalwartHardening.Expressions;

internal enum EvaluationState : byte
{
    Done,

    /// <summary>A store, directory or DNS function failed: the server then lets the request through.</summary>
    Failed,

    /// <summary>This tool does not know what the server would come to, or it would cost too much to find out.</summary>
    Unknown,
}

/// <summary>What the server knows about one request while it evaluates an expression.</summary>
internal interface IExpressionContext
{
    ExpressionValue Get(HttpVariable variable);

    /// <summary>The value of <c>config_get</c>, <c>system</c> and <c>metric</c>; false where it is not known.</summary>
    bool TryGet(in NamedValue name, out ExpressionValue value);

    /// <summary>What becomes of functions that ask a store, a directory or the DNS.</summary>
    EvaluationState Ask(ExpressionFunction function, ReadOnlySpan<ExpressionValue> arguments, out ExpressionValue answer);
}

/// <summary>
/// Evaluates expressions as the server does (<c>expr/eval.rs</c>, 0.15.5 and 0.16.18). One instance serves one evaluation of a whole setting:
/// captures live that long.
/// </summary>
internal struct ExpressionEvaluator(IExpressionContext context, StepBudget budget)
{
    private string[] _captures = [];
    private ExpressionValue[] _stack = budget.TakeMemory();
    private int _count;

    public EvaluationState Evaluate(Expression expression, out ExpressionValue result)
    {
        result = default;
        if (expression.IsUnknown)
            return EvaluationState.Unknown;
        var steps = expression.Steps;
        _count = 0;
        for (var at = 0; at < steps.Length; at++)
        {
            ref readonly var step = ref steps[at];
            if (!budget.TrySpend(1))
                return EvaluationState.Unknown;
            ExpressionValue? value;
            switch (step.Kind)
            {
                case ExpressionStepKind.Jump:
                    if ((_count > 0 && _stack[_count - 1].IsTrue) == step.Flag)
                        at += step.Number;
                    continue;
                case ExpressionStepKind.Variable when step.Number >= ExpressionLanguage.FirstOtherVariable:
                    return EvaluationState.Unknown;
                case ExpressionStepKind.Variable:
                    value = context.Get((HttpVariable)step.Number);
                    break;
                case ExpressionStepKind.Global:
                    value = ExpressionValue.From(0L);
                    break;
                case ExpressionStepKind.Capture:
                    value = ExpressionValue.From(step.Number < _captures.Length ? _captures[step.Number] : "");
                    break;
                case ExpressionStepKind.Constant when expression.ListAt(at) is { } list && budget.Has(list.Work):
                    budget.TrySpend(list.Work);
                    value = list.Value;
                    at += list.Length - 1;
                    break;
                case ExpressionStepKind.Constant:
                    value = step.Constant;
                    break;
                case ExpressionStepKind.Unary:
                    value = ((ExpressionOperator)step.Number).TryApply(Pop(), budget);
                    break;
                case ExpressionStepKind.Binary:
                    var right = Pop();
                    value = ((ExpressionOperator)step.Number).TryApply(Pop(), right, budget);
                    break;
                case ExpressionStepKind.Function when step.Function!.Body is null:
                    var state = context.Ask(step.Function, Take(step.Number), out var answer);
                    if (state != EvaluationState.Done)
                        return state;
                    value = answer;
                    break;
                case ExpressionStepKind.Function:
                    value = step.Function!.TryCall(Take(step.Number), budget);
                    break;
                case ExpressionStepKind.ArrayAccess:
                    var index = Pop();
                    value = ExpressionWork.TryIndex(Pop(), index, budget);
                    break;
                case ExpressionStepKind.ArrayBuild:
                    value = ExpressionWork.TryBuild(Take(step.Number), budget);
                    break;
                case ExpressionStepKind.Matches:
                    if (!step.Pattern!.TryMatch(Pop().AsText(), budget, out var captures))
                        return EvaluationState.Unknown;
                    _captures = captures ?? [];
                    value = ExpressionValue.From(captures is not null);
                    break;
                default:
                    if (!context.TryGet(step.NamedValue, out var named))
                        return EvaluationState.Unknown;
                    value = named;
                    break;
            }

            if (value is not { } known)
                return EvaluationState.Unknown;
            if (_count == _stack.Length)
                Array.Resize(ref _stack, _count * 2);
            _stack[_count++] = known;
        }

        result = _count > 0 ? _stack[_count - 1] : default;
        return EvaluationState.Done;
    }

    /// <summary>Ends the evaluation: what it worked in serves the next.</summary>
    public readonly void End() => budget.GiveBack(_stack);

    private ExpressionValue Pop() => _count > 0 ? _stack[--_count] : default;

    // Arguments that were never written are missing from below: the stack may hold fewer values.
    private ReadOnlySpan<ExpressionValue> Take(int wanted)
    {
        if (_count >= wanted)
        {
            _count -= wanted;
            return _stack.AsSpan(_count, wanted);
        }

        var arguments = new ExpressionValue[wanted];
        Array.Copy(_stack, 0, arguments, wanted - _count, _count);
        _count = 0;
        return arguments;
    }
}
