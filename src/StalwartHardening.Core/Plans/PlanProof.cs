namespace StalwartHardening.Plans;

/// <summary>Compares what two plans leave behind, every default included: nothing may differ but what the steps between them are about.</summary>
internal static class PlanProof
{
    /// <summary>Whether the steps are done and nothing else is.</summary>
    public static bool Holds(PlanReading before, PlanReading after, IReadOnlyList<PlanStep> steps)
    {
        foreach (var step in steps)
        {
            if (!step.IsDone(after))
                return false;
        }

        if (after.Run.Problems.Count > before.Run.Problems.Count || after.Document.IsComplete != before.Document.IsComplete)
            return false;
        var old = new Dictionary<string, string>(StringComparer.Ordinal);
        var owners = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, text, _) in PlanSettings.WriteAll(before.Run))
        {
            old[key] = text;
            owners.Add(OwnerOf(key));
        }

        foreach (var (key, text, isWritten) in PlanSettings.WriteAll(after.Run))
        {
            var isKnown = old.TryGetValue(key, out var known);
            old.Remove(key);
            if ((isKnown && known == text) || IsTouched(steps, key))
                continue;

            // A singleton that is now stored shows its defaults, which held before as well.
            if (isKnown || isWritten || owners.Contains(OwnerOf(key)) || !steps.Any(step => step.Touches(key) || step.IsAbout(OwnerOf(key))))
                return false;
        }

        foreach (var key in old.Keys)
        {
            if (!IsTouched(steps, key))
                return false;
        }

        return true;
    }

    private static bool IsTouched(IReadOnlyList<PlanStep> steps, string key)
    {
        foreach (var step in steps)
        {
            if (step.Touches(key))
                return true;
        }

        return false;
    }

    private static string OwnerOf(string key) => PlanKey.Parse(key)?.Owner ?? key;
}
