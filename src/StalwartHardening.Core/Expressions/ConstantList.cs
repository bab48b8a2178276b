namespace StalwartHardening.Expressions;

/// <summary>A list of constants in an expression, which is the same at every evaluation.</summary>
/// <param name="Length">How many steps build it.</param>
/// <param name="Value">The list.</param>
/// <param name="ToBuild">What putting its items together takes of a budget (see <see cref="StepBudget"/>).</param>
internal sealed record ConstantList(int Length, ExpressionValue Value, long ToBuild)
{
    /// <summary>What all of its steps take but the first.</summary>
    public long Work => Length - 1 + ToBuild;

    /// <summary>The lists of constants among some steps, each at the step that it begins with; null where there is none.</summary>
    public static ConstantList?[]? AllIn(ExpressionStep[] steps)
    {
        ConstantList?[]? lists = null;
        for (var at = 0; at < steps.Length; at++)
        {
            if (steps[at].Kind != ExpressionStepKind.ArrayBuild || steps[at].Number is not (> 0 and var count) || count > at || !AreConstants(steps, at - count, at))
                continue;
            var items = new ExpressionValue[count];
            for (var i = 0; i < count; i++)
                items[i] = steps[at - count + i].Constant;
            var list = ExpressionValue.From(items);
            if (list.Size <= StepBudget.MaxValueSize)
                (lists ??= new ConstantList?[steps.Length])[at - count] = new ConstantList(count + 1, list, ExpressionWork.ToBuild(list));
        }

        return lists;
    }

    // Where a jump lands among them, one of them is the end of something else.
    private static bool AreConstants(ExpressionStep[] steps, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (steps[i].Kind != ExpressionStepKind.Constant)
                return false;
        }

        for (var i = 0; i < start; i++)
        {
            if (steps[i].Kind == ExpressionStepKind.Jump && i + steps[i].Number + 1 is var target && target > start && target <= end)
                return false;
        }

        return true;
    }
}
