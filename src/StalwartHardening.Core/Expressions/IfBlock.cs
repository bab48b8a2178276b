namespace StalwartHardening.Expressions;

/// <summary>An expression and the setting it was written in.</summary>
internal readonly record struct WrittenExpression(Expression Expression, Setting Setting);

/// <summary>One rule of a setting: the first whose condition is true decides through its consequence.</summary>
internal readonly record struct IfThen(WrittenExpression If, WrittenExpression Then);

/// <summary>An expression that was evaluated, and what it was then; null where that is not known.</summary>
internal readonly record struct IfBlockStep(WrittenExpression Written, EvaluationState State, ExpressionValue? Value);

internal enum IfBlockState : byte
{
    /// <summary>There is no such setting, also not in part; or only keys the server does not read.</summary>
    NotSet,

    /// <summary>The server takes the setting.</summary>
    Valid,

    /// <summary>The server reports a parse error and drops the whole setting.</summary>
    Invalid,
}

/// <summary>Why the server drops a setting.</summary>
/// <param name="Kind">What kind of mistake it is.</param>
/// <param name="Setting">The setting the mistake is in, or the last one before the place where something is missing.</param>
/// <param name="Span">The wrong text.</param>
/// <param name="Message">A sentence without a full stop.</param>
/// <param name="ServerMessage">What the server says, as it says it; empty where that is not known.</param>
internal readonly record struct IfBlockProblem(IfBlockProblemKind Kind, Setting Setting, SourceSpan Span, string Message, string ServerMessage = "")
{
    /// <summary>What a server of 0.16 or later calls the refusal: the write does not fit the object, or what it makes of the object is not valid.</summary>
    public string RefusalKind => Kind == IfBlockProblemKind.Structure ? "invalidPatch" : "validationFailed";
}

internal enum IfBlockProblemKind : byte
{
    /// <summary>An expression does not compile.</summary>
    Expression,

    /// <summary>Rules without the alternative.</summary>
    MissingElse,

    /// <summary>A condition without its consequence or, from 0.16 on, the other way round.</summary>
    MissingThen,

    /// <summary>A part is not what, or not where, it has to be.</summary>
    Structure,
}

/// <summary>A setting made of one expression, or of rules with <c>if</c>, <c>then</c> and <c>else</c>.</summary>
internal sealed class IfBlock
{
    /// <summary>The words it is written in.</summary>
    public ExpressionLanguage Language { get; init; } = ExpressionLanguage.Settings;

    public IfBlockState State { get; init; }

    public IReadOnlyList<IfThen> Rules { get; init; } = [];

    /// <summary>The single expression, or that of <c>else</c>.</summary>
    public WrittenExpression Default { get; init; }

    /// <summary>The mistakes; the server stops at the first, the others would come after it.</summary>
    public IReadOnlyList<IfBlockProblem> Problems { get; init; } = [];

    /// <summary>Keys below the setting that the server does not read (<c>note</c>, <c>IF</c>), and keys below a first one.</summary>
    public IReadOnlyList<Setting> Ignored { get; init; } = [];

    /// <summary>Whether a part of it is not known (a macro, code): it may then decide anything, and may even not parse.</summary>
    public bool IsUnknown { get; init; }

    /// <summary>Where its patterns would have cost more than there is to compile them; null where they did not.</summary>
    public Setting? SpentAt { get; init; }

    /// <summary>The steps it took to read it (see <see cref="StepBudget"/>).</summary>
    public long StepsSpent { get; init; }

    /// <summary>How many characters its expressions have.</summary>
    public int Length { get; init; }

    /// <summary>The settings it was read from, in the server's order.</summary>
    public IReadOnlyList<Setting> Settings { get; init; } = [];

    /// <summary>Whether any of its expressions uses the variable.</summary>
    public bool Uses(HttpVariable variable)
    {
        foreach (var rule in Rules)
        {
            if (rule.If.Expression.Uses(variable) || rule.Then.Expression is { } then && then.Uses(variable))
                return true;
        }

        return Default.Expression is { } otherwise && otherwise.Uses(variable);
    }

    /// <summary>The expression that yields the status when rule <paramref name="index"/> decides.</summary>
    public WrittenExpression Branch(int index) => index < Rules.Count ? Rules[index].Then : Default;

    /// <summary>Evaluates the setting; null where nothing was evaluated because nothing is written.</summary>
    public EvaluationState Evaluate(IExpressionContext context, StepBudget budget, out ExpressionValue? result) => Evaluate(context, budget, out result, out _);

    /// <summary>Evaluates the setting and says which rule decided; <see cref="Rules"/>.Count stands for the alternative.</summary>
    public EvaluationState Evaluate(IExpressionContext context, StepBudget budget, out ExpressionValue? result, out int decided) =>
        Evaluate(context, budget, steps: null, out result, out decided);

    /// <summary>Evaluates the setting and notes each expression on the way.</summary>
    /// <param name="context">What the expressions ask for.</param>
    /// <param name="budget">How much work it may be.</param>
    /// <param name="steps">Takes the conditions that were evaluated, in their order, and the expression that decided; null where nobody asks.</param>
    /// <param name="result">What the expression that decided is; null where none did.</param>
    /// <param name="decided">The rule that decided.</param>
    public EvaluationState Evaluate(IExpressionContext context, StepBudget budget, ICollection<IfBlockStep>? steps, out ExpressionValue? result, out int decided)
    {
        result = null;
        decided = Rules.Count;
        if (IsUnknown && steps is null)
            return EvaluationState.Unknown;
        if (State != IfBlockState.Valid || (Rules.Count == 0 && Default.Expression.IsEmpty))
            return EvaluationState.Done;
        var evaluator = new ExpressionEvaluator(context, budget);
        var state = EvaluationState.Done;
        for (var i = 0; i < Rules.Count && state == EvaluationState.Done; i++)
        {
            state = Evaluate(ref evaluator, Rules[i].If, budget, steps, out var value);
            if (value is not { IsTrue: true })
                continue;
            decided = i;
            break;
        }

        if (state == EvaluationState.Done)
            state = Evaluate(ref evaluator, Branch(decided), budget, steps, out result);
        evaluator.End();
        return state;
    }

    private static EvaluationState Evaluate(ref ExpressionEvaluator evaluator, in WrittenExpression written, StepBudget budget, ICollection<IfBlockStep>? steps, out ExpressionValue? result)
    {
        var state = evaluator.Evaluate(written.Expression, out var value);
        result = state == EvaluationState.Done ? value : null;
        steps?.Add(new IfBlockStep(written, state, result));
        if (budget.IsSpent)
            budget.NoteSpentAt(written.Setting);
        return state;
    }
}
