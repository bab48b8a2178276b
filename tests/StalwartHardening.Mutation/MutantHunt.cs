namespace StalwartHardening.Mutation;

/// <summary>Which test, if any, notices a mutant: of those that enter its block, one after the other until one fails.</summary>
/// <param name="cases">The tests, with what they enter.</param>
/// <param name="longest">How long the tests of one mutant may take, as long as they take without it; three run in any case.</param>
internal sealed class MutantHunt(IReadOnlyList<TestCase> cases, TimeSpan longest)
{
    private const int MinCases = 3;

    // A failure in the first few ends a run early; most mutants die there.
    private const int FirstRun = 10;
    private readonly Dictionary<string, List<TestCase>> _killers = [];

    /// <summary>What becomes of a mutant, and the test that killed it.</summary>
    public async Task<MutationResult> RunAsync(Mutant mutant)
    {
        var reaching = cases.Where(test => test.Enters(mutant.Block)).ToList();
        if (reaching.Count == 0)
            return new(mutant, MutationOutcome.Unreached, null);
        var known = _killers.TryGetValue(mutant.File, out var killers) ? killers : _killers[mutant.File] = [];
        var chosen = Affordable(reaching.OrderByDescending(known.Contains).ThenByDescending(test => IsNamedAfter(test, mutant)).ThenBy(static test => test.Duration));
        foreach (var run in Runs(chosen))
        {
            foreach (var host in run.GroupBy(static test => test.Host))
            {
                if (await host.Key.KillerAsync(mutant.Id, [.. host]) is { } killer)
                    return Killed(killer);
            }
        }

        // What runs once in a process has run without the mutant; so all tests that may see what became of it run in a process that begins with it.
        foreach (var host in cases.GroupBy(static test => test.Host).Where(host => host.Key.Once.Contains(mutant.Block)))
        {
            if (await host.Key.FreshKillerAsync(mutant.Id, Affordable(host.OrderByDescending(chosen.Contains).ThenByDescending(test => IsNamedAfter(test, mutant)).ThenBy(static test => test.Duration))) is { } killer)
                return Killed(killer);
        }

        return new(mutant, MutationOutcome.Survived, null);

        MutationResult Killed(TestCase killer)
        {
            if (!known.Contains(killer))
                known.Add(killer);
            return new(mutant, MutationOutcome.Killed, killer.Class);
        }
    }

    private List<TestCase> Affordable(IEnumerable<TestCase> ordered)
    {
        var chosen = new List<TestCase>();
        var sum = TimeSpan.Zero;
        foreach (var test in ordered)
        {
            if (chosen.Count >= MinCases && sum + test.Duration > longest)
                continue;
            sum += test.Duration;
            chosen.Add(test);
        }

        return chosen;
    }

    private static IEnumerable<List<TestCase>> Runs(List<TestCase> chosen)
    {
        var length = FirstRun;
        for (var start = 0; start < chosen.Count; length *= 5)
        {
            var run = chosen.GetRange(start, Math.Min(length, chosen.Count - start));
            start += run.Count;
            yield return run;
        }
    }

    private static bool IsNamedAfter(TestCase test, Mutant mutant) =>
        test.Class.Contains(Path.GetFileNameWithoutExtension(mutant.File).Split('.')[0], StringComparison.Ordinal);
}
