using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>How far a key is from a known one: letters that are wrong, parts that are missing, superfluous or others.</summary>
internal static class SettingNameDistance
{
    private const int PartCost = 4;
    private const int MaxCost = 5;
    private const int MaxParts = 12;

    /// <summary>The distance, and the known key with the names that <paramref name="key"/> chose; null where they have too little in common, or the distance is not below <paramref name="limit"/>.</summary>
    public static (int Distance, string Key)? Between(string key, SettingName name, int limit)
    {
        var written = SettingPath.Parts(key);
        var known = SettingPath.Parts(name.Pattern);
        if (written.Length > MaxParts || Math.Abs(written.Length - known.Length) > 1)
            return null;
        limit = Math.Min(limit, MaxCost + 1);

        // One part may be missing or superfluous; everything else is in its place.
        for (var skip = -1; skip < Math.Max(written.Length, known.Length); skip++)
        {
            if ((skip < 0) != (written.Length == known.Length))
                continue;
            if (Distance(written, known, skip, limit) is { } distance)
                return (distance, Fill(written, known, skip));
        }

        return null;
    }

    private static int? Distance(string[] written, string[] known, int skip, int limit)
    {
        // What a setting is called at its end is what people remember.
        if (skip >= 0 && skip == Math.Max(written.Length, known.Length) - 1)
            return null;
        var distance = skip < 0 ? 0 : PartCost;
        int same = 0, related = 0, others = 0;
        for (int i = 0, j = 0; i < written.Length || j < known.Length; i++, j++)
        {
            if (i == skip && written.Length > known.Length)
                i++;
            if (j == skip && known.Length > written.Length)
            {
                // The name of something cannot be guessed.
                if (known[j] == "*")
                    return null;
                j++;
            }

            if (i >= written.Length || j >= known.Length)
                break;
            if (known[j] == "*")
                continue;
            var letters = Letters(written[i], known[j]);
            if (letters is null)
            {
                var isLast = j == known.Length - 1;
                if (skip >= 0 || isLast || ++others > 1)
                    return null;
                related += AreRelated(written[i], known[j]) ? 1 : 0;
            }

            same += letters == 0 ? 1 : 0;
            distance += letters ?? PartCost;
            if (distance >= limit)
                return null;
        }

        // Without another part beside it, one word alone is a coincidence.
        return distance == 0 || (distance >= PartCost && same + related < 2) ? null : distance;
    }

    private static bool AreRelated(string left, string right) =>
        left.Length >= 4 && right.Length >= 4 && string.Compare(left, 0, right, 0, 4, StringComparison.OrdinalIgnoreCase) == 0;

    private static string Fill(string[] written, string[] known, int skip)
    {
        var parts = (string[])known.Clone();
        for (var j = 0; j < parts.Length; j++)
        {
            var i = skip < 0 || j < skip ? j : written.Length > known.Length ? j + 1 : j - 1;
            if (parts[j] == "*" && i >= 0 && i < written.Length)
                parts[j] = written[i];
        }

        return SettingPath.Join(parts, 0, parts.Length);
    }

    // How many letters differ, case and underscores apart (which count as half a slip: one); null where the words are different ones.
    private static int? Letters(string written, string known)
    {
        if (written == known)
            return 0;
        var plain = written.Replace('_', '-').ToLowerInvariant();
        if (plain == known || plain.Replace("-", "") == known.Replace("-", ""))
            return 1;
        var allowed = known.Length <= 3 ? 0 : known.Length <= 6 ? 1 : 2;
        if (allowed == 0 || Math.Abs(plain.Length - known.Length) > allowed)
            return null;
        var distance = EditDistance(plain, known);
        return distance <= allowed ? distance + 1 : null;
    }

    // Insertions, deletions, replacements, and neighbours that changed places.
    private static int EditDistance(string left, string right)
    {
        var before = new int[right.Length + 1];
        var last = new int[right.Length + 1];
        var current = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
            last[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var cost = left[i - 1] == right[j - 1] ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    current[j] = Math.Min(current[j], before[j - 2] + 1);
            }

            (before, last, current) = (last, current, before);
        }

        return last[right.Length];
    }
}
