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
        var old = new Dictionary<string, (string Text, bool IsWritten)>(StringComparer.Ordinal);
        var owners = new HashSet<string>(StringComparer.Ordinal);
        var left = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, text, isWritten) in PlanSettings.WriteAll(before.Run))
        {
            old[key] = (text, isWritten);
            owners.Add(OwnerOf(key));
        }

        foreach (var (key, text, isWritten) in PlanSettings.WriteAll(after.Run))
        {
            var isKnown = old.TryGetValue(key, out var known);
            old.Remove(key);
            left.Add(OwnerOf(key));
            if ((isKnown && known.Text == text) || IsTouched(steps, key))
                continue;

            // A singleton that is now stored shows its defaults, which held before as well.
            if (isKnown || isWritten || owners.Contains(OwnerOf(key)) || !IsSingleton(key) || !steps.Any(step => step.IsAbout(OwnerOf(key))))
                return false;
        }

        foreach (var pair in old)
        {
            // One that holds nothing but defaults is not stored: they hold all the same.
            if (!IsTouched(steps, pair.Key) && (pair.Value.IsWritten || left.Contains(OwnerOf(pair.Key)) || !IsSingleton(pair.Key) || !steps.Any(step => step.IsAbout(OwnerOf(pair.Key)))))
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

    private static bool IsSingleton(string key) => PlanKey.Parse(key) is { Type.Kind: PlanTypeKind.Singleton };

    private static string OwnerOf(string key) => PlanKey.Parse(key)?.Owner ?? key;
}
