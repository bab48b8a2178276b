namespace StalwartHardening.Expressions;

internal enum EvaluationState : byte
{
    Done,

    /// <summary>A store, directory or DNS function failed: the server then lets the request through.</summary>
    Failed,

    /// <summary>This tool does not know what the server would come to.</summary>
    Unknown,
}

/// <summary>What the server knows about one request while it evaluates an expression.</summary>
internal interface IExpressionContext
{
    ExpressionValue Get(HttpVariable variable);

    /// <summary>The value of <c>config_get</c>; false where it is not known.</summary>
    bool TryGetSetting(string key, out ExpressionValue value);

    /// <summary>What becomes of functions that ask a store, a directory or the DNS: <see cref="EvaluationState.Failed"/> or <see cref="EvaluationState.Unknown"/>.</summary>
    EvaluationState StoreFunctions { get; }
}

/// <summary>A context that knows what some functions answer that ask a store, a directory or the DNS.</summary>
internal interface IStoreAnswers
{
    /// <summary>What the function answers, where it is known; null elsewhere.</summary>
    ExpressionValue? Ask(string function, ReadOnlySpan<ExpressionValue> arguments);
}

/// <summary>Evaluates expressions as the server does (<c>expr/eval.rs</c>, 0.15.5). One instance serves one evaluation of a whole setting: captures live that long.</summary>
internal struct ExpressionEvaluator(IExpressionContext context)
{
    private string[] _captures = [];

    public EvaluationState Evaluate(Expression expression, out ExpressionValue result)
    {
        result = default;
        if (expression.IsUnknown)
            return EvaluationState.Unknown;
        var steps = expression.Steps;
        var stack = new ExpressionValue[Math.Max(steps.Length, 1)];
        var count = 0;
        for (var at = 0; at < steps.Length; at++)
        {
            ref readonly var step = ref steps[at];
            switch (step.Kind)
            {
                case ExpressionStepKind.Variable:
                    stack[count++] = context.Get((HttpVariable)step.Number);
                    break;
                case ExpressionStepKind.Global:
                    stack[count++] = ExpressionValue.Of(0L);
                    break;
                case ExpressionStepKind.Capture:
                    stack[count++] = ExpressionValue.Of(step.Number < _captures.Length ? _captures[step.Number] : "");
                    break;
                case ExpressionStepKind.Constant:
                    stack[count++] = step.Constant;
                    break;
                case ExpressionStepKind.Unary:
                    var operand = Pop(stack, ref count);
                    stack[count++] = ((ExpressionOperator)step.Number).Apply(operand);
                    break;
                case ExpressionStepKind.Binary:
                    var right = Pop(stack, ref count);
                    var left = Pop(stack, ref count);
                    stack[count++] = ((ExpressionOperator)step.Number).Apply(left, right);
                    break;
                case ExpressionStepKind.Jump:
                    if ((count > 0 && stack[count - 1].IsTrue) == step.Flag)
                        at += step.Number;
                    break;
                case ExpressionStepKind.Function:
                    if (step.Function!.Body is not { } body)
                    {
                        if ((context as IStoreAnswers)?.Ask(step.Function.Name, Take(stack, ref count, step.Number)) is not { } answer)
                            return context.StoreFunctions;
                        stack[count++] = answer;
                        break;
                    }

                    // Arguments that were never written are missing from below: the stack may hold fewer values.
                    var arguments = Take(stack, ref count, step.Number);
                    if (body(arguments) is not { } value)
                        return EvaluationState.Unknown;
                    stack[count++] = value;
                    break;
                case ExpressionStepKind.ArrayAccess:
                    var index = Pop(stack, ref count).AsIndex();
                    var items = Pop(stack, ref count).AsArray();
                    stack[count++] = index >= 0 && index < items.Length ? items[index] : default;
                    break;
                case ExpressionStepKind.ArrayBuild:
                    var built = Take(stack, ref count, step.Number).ToArray();
                    if (count == stack.Length)
                        Array.Resize(ref stack, count + 1);
                    stack[count++] = ExpressionValue.Of(built);
                    break;
                case ExpressionStepKind.Matches:
                    if (!step.Pattern!.IsSupported)
                        return EvaluationState.Unknown;
                    _captures = step.Pattern.Match(Pop(stack, ref count).AsText()) ?? [];
                    stack[count++] = ExpressionValue.Of(_captures.Length > 0);
                    break;
                case ExpressionStepKind.ConfigGet:
                    if (!context.TryGetSetting(step.Key!, out var setting))
                        return EvaluationState.Unknown;
                    stack[count++] = setting;
                    break;
            }
        }

        result = count > 0 ? stack[count - 1] : default;
        return EvaluationState.Done;
    }

    private static ExpressionValue Pop(ExpressionValue[] stack, ref int count) => count > 0 ? stack[--count] : default;

    private static ReadOnlySpan<ExpressionValue> Take(ExpressionValue[] stack, ref int count, int wanted)
    {
        if (count >= wanted)
        {
            count -= wanted;
            return stack.AsSpan(count, wanted);
        }

        var arguments = new ExpressionValue[wanted];
        Array.Copy(stack, 0, arguments, wanted - count, count);
        count = 0;
        return arguments;
    }
}
