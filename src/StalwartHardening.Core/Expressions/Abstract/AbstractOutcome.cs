namespace StalwartHardening.Expressions.Abstract;

/// <summary>What a whole setting may do with the requests of a kind.</summary>
internal sealed class AbstractOutcome
{
    /// <summary>Whether some request may end with a status other than 200.</summary>
    public bool MayRefuse { get; private set; }

    /// <summary>Whether some request may be let through.</summary>
    public bool MayLetThrough { get; private set; }

    /// <summary>For each rule, whether it may decide about some request.</summary>
    public bool[] MayDecide { get; private init; } = [];

    /// <summary>Whether the alternative may decide about some request.</summary>
    public bool MayReachElse { get; private set; }

    public static AbstractOutcome From(IfBlock block, IAbstractContext context, StepBudget budget)
    {
        var outcome = new AbstractOutcome { MayDecide = new bool[block.Rules.Count] };
        if (block.IsUnknown)
        {
            outcome.MayRefuse = outcome.MayLetThrough = outcome.MayReachElse = true;
            for (var i = 0; i < outcome.MayDecide.Length; i++)
                outcome.MayDecide[i] = true;
        }
        else if (block.State != IfBlockState.Valid)
        {
            outcome.MayLetThrough = true;
        }
        else
        {
            outcome.Follow(block, new AbstractEvaluator(context, budget), budget);
        }

        return outcome;
    }

    private void Follow(IfBlock block, AbstractEvaluator evaluator, StepBudget budget)
    {
        for (var i = 0; i < block.Rules.Count; i++)
        {
            var condition = evaluator.Evaluate(block.Rules[i].If.Expression);
            if (budget.IsSpent)
                budget.NoteSpentAt(block.Rules[i].If.Setting);
            MayLetThrough |= evaluator.MayHaveFailed;
            if (!condition.MayBeTrue)
                continue;
            MayDecide[i] = true;

            // A copy: captures of a consequence are not seen by the rules after it.
            Decide(evaluator, block.Rules[i].Then.Expression);
            if (budget.IsSpent)
                budget.NoteSpentAt(block.Rules[i].Then.Setting);
            if (!condition.MayBeFalse)
                return;
        }

        MayReachElse = true;
        Decide(evaluator, block.Default.Expression);
        if (budget.IsSpent)
            budget.NoteSpentAt(block.Default.Setting);
    }

    private void Decide(AbstractEvaluator evaluator, Expression expression)
    {
        var result = evaluator.Evaluate(expression);
        MayLetThrough |= evaluator.MayHaveFailed;
        if (result.Options is null)
        {
            // The text of an address is never a status.
            MayRefuse |= !result.IsPublicAddress;
            MayLetThrough = true;
            return;
        }

        foreach (var option in result.Options)
        {
            var refuses = AccessStatus.TryGet(option, out var status) && status != AccessStatus.Allowed;
            MayRefuse |= refuses;
            MayLetThrough |= !refuses;
        }
    }
}
