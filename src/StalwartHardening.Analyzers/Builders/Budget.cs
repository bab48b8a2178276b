namespace StalwartHardening.Analyzers.Builders;

/// <summary>How much work reading one server may be, over all ways through the program.</summary>
internal sealed class Budget(int steps)
{
    private int _left = steps;

    /// <summary>How many steps are left.</summary>
    public int Left => _left;

    /// <summary>Whether there is nothing left.</summary>
    public bool IsSpent => _left <= 0;

    /// <summary>Takes one step; false where none is left.</summary>
    public bool Spend() => Spend(1);

    /// <summary>Takes several steps; false where they are not left.</summary>
    public bool Spend(int steps)
    {
        _left -= steps;
        return _left > 0;
    }
}
