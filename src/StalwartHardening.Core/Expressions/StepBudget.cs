namespace StalwartHardening.Expressions;

/// <summary>
/// How much work one question about a policy may cost. Work is counted in steps: one for each step of an expression that is
/// evaluated, each instruction of a pattern that is followed, each character class that is read, and one for every
/// <see cref="CharactersPerStep"/> characters that are compared or copied; what takes memory counts as one for every some 32 bytes.
/// Once it is spent, every answer is "unknown".
/// </summary>
/// <param name="limit">The number of steps; a step takes some ten nanoseconds.</param>
/// <param name="meter">What adds up the steps of several questions; null where nobody wants to know.</param>
internal sealed class StepBudget(long limit, StepMeter? meter = null)
{
    /// <summary>How many characters of text are as much work as one step.</summary>
    public const int CharactersPerStep = 16;

    /// <summary>The size of the largest value, in characters, that is followed.</summary>
    public const int MaxValueSize = 1 << 18;

    private const int FirstMemory = 8;
    private const long ForAnyQuestion = 150_000;
    private const int PerCharacter = 3;

    // A question takes hundreds of evaluations, one after the other.
    private ExpressionValue[]? _memory;

    /// <summary>The steps spent so far.</summary>
    public long Spent { get; private set; }

    public bool IsSpent => Spent > limit;

    /// <summary>The setting in which it ran out; null where it did not.</summary>
    public Setting? SpentAt { get; private set; }

    /// <summary>What questions about a text of this length may cost: more than any policy that people write, and no more than grows with its length.</summary>
    public static StepBudget ForQuestionAbout(int length, StepMeter? meter = null, int questions = 1) => new(questions * (ForAnyQuestion + ((long)PerCharacter * length)), meter);

    /// <summary>Whether there are enough steps.</summary>
    public bool Has(long steps) => steps <= limit - Spent;

    /// <summary>Takes steps; false where there were not enough. What is refused is not done, and costs the one step of asking.</summary>
    public bool TrySpend(long steps)
    {
        var isEnough = Has(steps);
        if (meter is not null)
            meter.Steps += isEnough ? steps : 1;
        Spent = isEnough ? Spent + steps : limit + 1;
        return isEnough;
    }

    /// <summary>Takes a step, and those for comparing or copying a value of this size; false where there were not enough, or where it is too large to be followed.</summary>
    public bool TrySpendOn(long size) => TrySpend(1 + (size / CharactersPerStep)) && size <= MaxValueSize;

    /// <summary>Memory for one evaluation to work in, whatever is in it; the next gets another unless it is given back.</summary>
    public ExpressionValue[] TakeMemory()
    {
        var memory = _memory ?? new ExpressionValue[FirstMemory];
        _memory = null;
        return memory;
    }

    /// <summary>Gives back what <see cref="TakeMemory"/> gave, or what has taken its place.</summary>
    public void GiveBack(ExpressionValue[] memory) => _memory = memory;

    /// <summary>Notes where it ran out; the first place counts.</summary>
    public void NoteSpentAt(in Setting setting) => SpentAt ??= setting;
}

/// <summary>The steps of all questions about one policy.</summary>
internal sealed class StepMeter
{
    public long Steps { get; set; }
}
