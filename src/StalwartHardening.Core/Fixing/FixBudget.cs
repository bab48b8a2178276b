namespace StalwartHardening.Fixing;

/// <summary>
/// How many characters may be read in the search for fixes of one text. Every fix is proven by reading the text again, so a thousand
/// findings in a large file would cost a thousand times the file; past the budget no more fixes are looked for.
/// </summary>
internal sealed class FixBudget(int length)
{
    // What people write never comes near: 300 looks at a file of 10 KB.
    private const long MinCharacters = 3 << 20;
    private const long PerCharacter = 32;

    private readonly long _limit = Math.Max(MinCharacters, PerCharacter * length);

    /// <summary>How many have been read.</summary>
    public long Spent { get; private set; }

    /// <summary>Whether somebody wanted more than there was.</summary>
    public bool IsSpent { get; private set; }

    /// <summary>Takes <paramref name="characters"/>; false where they are not left.</summary>
    public bool TrySpend(int characters)
    {
        if (Spent + characters > _limit)
        {
            IsSpent = true;
            return false;
        }

        Spent += characters;
        return true;
    }
}
