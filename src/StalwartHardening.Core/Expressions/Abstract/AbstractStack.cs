namespace StalwartHardening.Expressions.Abstract;

/// <summary>A value on a stack and those below it. Where two ways part they share what they have; null is the empty stack.</summary>
internal sealed class AbstractStack(AbstractValue value, AbstractStack? below)
{
    public AbstractValue Value { get; } = value;

    public AbstractStack? Below { get; } = below;

    public int Depth { get; } = (below?.Depth ?? 0) + 1;

    /// <summary>Joins the stacks of two ways that meet; false where they are of different depth, or where that would cost too much.</summary>
    public static bool TryJoin(AbstractStack? one, AbstractStack? other, StepBudget budget, out AbstractStack? joined)
    {
        joined = one;
        if ((one?.Depth ?? 0) != (other?.Depth ?? 0))
            return false;
        List<AbstractValue>? different = null;
        while (!ReferenceEquals(one, other))
        {
            if (!budget.TrySpendOn(one!.Value.Size + other!.Value.Size))
                return false;
            (different ??= []).Add(one.Value.Or(other.Value));
            one = one.Below;
            other = other.Below;
        }

        if (different is null)
            return true;
        joined = one;
        for (var i = different.Count - 1; i >= 0; i--)
            joined = new AbstractStack(different[i], joined);
        return true;
    }
}
