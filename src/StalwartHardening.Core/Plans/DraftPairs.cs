namespace StalwartHardening.Plans;

/// <summary>Which operation of a plan has become which of another.</summary>
internal static class DraftPairs
{
    /// <summary>The operations that are not the same in both: the old one with what became of it, one of them null where it is new or gone.</summary>
    public static IEnumerable<(DraftOperation? Old, DraftOperation? Fresh)> Of(IReadOnlyList<DraftOperation> before, IReadOnlyList<DraftOperation> after)
    {
        // How many stay from each pair of places on.
        var same = new int[before.Count + 1, after.Count + 1];
        for (var i = before.Count - 1; i >= 0; i--)
        {
            for (var j = after.Count - 1; j >= 0; j--)
                same[i, j] = DraftEquality.AreSame(before[i], after[j]) ? same[i + 1, j + 1] + 1 : Math.Max(same[i + 1, j], same[i, j + 1]);
        }

        var (old, fresh) = (0, 0);
        var changed = new List<DraftOperation>();
        while (old < before.Count || fresh < after.Count)
        {
            if (old < before.Count && fresh < after.Count && DraftEquality.AreSame(before[old], after[fresh]))
            {
                foreach (var gone in changed)
                    yield return (gone, null);
                changed.Clear();
                (old, fresh) = (old + 1, fresh + 1);
            }
            else if (fresh == after.Count || (old < before.Count && same[old + 1, fresh] >= same[old, fresh + 1]))
            {
                changed.Add(before[old++]);
            }
            else
            {
                var written = after[fresh++];
                var index = changed.FindIndex(candidate => MayBecome(candidate, written));
                yield return (index < 0 ? null : changed[index], written);
                if (index >= 0)
                    changed.RemoveAt(index);
            }
        }

        foreach (var gone in changed)
            yield return (gone, null);
    }

    private static bool MayBecome(DraftOperation old, DraftOperation fresh) =>
        old.Json is null && fresh.Json is null && old.Type == fresh.Type && (old.Verb == fresh.Verb || (IsOfObjects(old.Verb) && IsOfObjects(fresh.Verb)));

    private static bool IsOfObjects(PlanVerb verb) => verb is PlanVerb.Create or PlanVerb.Upsert or PlanVerb.Reconcile;
}
