using StalwartHardening.Rules;

namespace StalwartHardening.OptionFiles;

/// <summary>What somebody probably meant who wrote a word that is not known.</summary>
internal static class Suggestion
{
    /// <summary>"; did you mean 'x'?", or nothing where no word is near.</summary>
    public static string For(string word, IEnumerable<string> known) => Nearest(word, known) is { } nearest ? $"; did you mean '{nearest}'?" : ".";

    /// <summary>The same for a rule: by id for what looks like one, else by name.</summary>
    public static string ForRule(string word) => For(word, RuleCatalog.All.SelectMany(static rule => (string[])[rule.Id, rule.Name]));

    /// <summary>The known word that takes the fewest changes, at most a third of the letters; null where there is none.</summary>
    public static string? Nearest(string word, IEnumerable<string> known)
    {
        string? nearest = null;
        var fewest = Math.Max(1, Math.Min(3, (word.Length + 1) / 3)) + 1;
        foreach (var candidate in known)
        {
            // What was begun and not finished is nearer than what has to be changed.
            var distance = word.TrimStart('-').Length >= 3 && candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase) ? 1 : Distance(word, candidate);
            if (distance > fewest || (distance == fewest && (nearest is null || CommonStart(word, candidate) <= CommonStart(word, nearest))))
                continue;
            fewest = distance;
            nearest = candidate;
        }

        return nearest;
    }

    private static int CommonStart(string left, string right)
    {
        var length = 0;
        while (length < left.Length && length < right.Length && IsSame(left[length], right[length]))
            length++;
        return length;
    }

    // Insertions, deletions, other letters and neighbours that changed places, without regard to case.
    private static int Distance(string left, string right)
    {
        if (left.Length > 64 || right.Length > 64)
            return int.MaxValue;
        var rows = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= right.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var isSame = IsSame(left[i - 1], right[j - 1]);
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (isSame ? 0 : 1));
                if (i > 1 && j > 1 && IsSame(left[i - 1], right[j - 2]) && IsSame(left[i - 2], right[j - 1]))
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[left.Length, right.Length];
    }

    private static bool IsSame(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
