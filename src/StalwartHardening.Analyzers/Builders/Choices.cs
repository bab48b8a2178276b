namespace StalwartHardening.Analyzers.Builders;

/// <summary>Which way to take where nobody knows: one list of answers is one way through the program.</summary>
internal sealed class Choices(Func<int, bool> answer)
{
    /// <summary>The answers given so far.</summary>
    public List<bool> Made { get; } = [];

    /// <summary>Takes a way.</summary>
    public bool Take()
    {
        var taken = answer(Made.Count);
        Made.Add(taken);
        return taken;
    }

    /// <summary>Walks the ways through a program: all of them while they are few, else the first, its opposite, and each turn by itself.</summary>
    public static void Walk(Action<Choices> run)
    {
        const int EveryWayUpTo = 5;
        const int AtMost = 64;
        var first = new Choices(static _ => true);
        run(first);
        if (first.Made.Count == 0)
            return;
        if (first.Made.Count > EveryWayUpTo)
        {
            run(new Choices(static _ => false));
            for (var turn = 0; turn < first.Made.Count && turn < AtMost; turn++)
            {
                var own = turn;
                run(new Choices(index => index != own));
            }

            return;
        }

        var made = first.Made;
        for (var runs = 1; runs < AtMost; runs++)
        {
            var last = made.LastIndexOf(true);
            if (last < 0)
                return;
            bool[] next = [.. made.Take(last), false];
            var choices = new Choices(index => index >= next.Length || next[index]);
            run(choices);
            made = choices.Made;
        }
    }
}
