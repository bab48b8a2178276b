namespace StalwartHardening.Plans;

/// <summary>What somebody meant who misspelled a name.</summary>
internal static class NameSuggestion
{
    /// <summary>The nearest name within two changes (or the same letters in other case, dashes left out); null where none is near.</summary>
    public static string? For(string name, IEnumerable<string> names)
    {
        if (name.Length is 0 or > 64)
            return null;
        string? best = null;
        var bestDistance = Math.Min(3, 1 + (name.Length / 3));
        var plain = Plain(name);
        foreach (var candidate in names)
        {
            if (Plain(candidate) == plain)
                return candidate;
            if (Math.Abs(candidate.Length - name.Length) >= bestDistance)
                continue;
            var distance = Distance(name, candidate, bestDistance);
            if (distance < bestDistance)
            {
                bestDistance = distance;
                best = candidate;
            }
        }

        return best;
    }

    private static string Plain(string name) => name.Replace("-", "").Replace("_", "").Replace(".", "").ToUpperInvariant();

    private static int Distance(string left, string right, int limit)
    {
        var previous = new int[right.Length + 1];
        var current = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
            previous[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            var least = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var change = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
                least = Math.Min(least, current[j]);
            }

            if (least >= limit)
                return limit;
            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}
