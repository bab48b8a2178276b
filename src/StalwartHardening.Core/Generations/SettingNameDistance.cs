using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>How far a key is from known ones: letters that are wrong, parts that are missing, superfluous or others.</summary>
internal sealed class SettingNameDistance
{
    private const int PartCost = 4;
    private const int MaxCost = 5;
    private const int MaxParts = 12;

    private readonly string[] _written;

    // The same in the letters of known keys.
    private readonly string[] _plain;

    // Rows share their words: what was found about one, by its number, for each part of the key. See LettersOnce.
    private readonly sbyte[][] _letters;
    private readonly int _wordCount;

    /// <summary>Takes the key apart that is compared with others.</summary>
    /// <param name="key">The key.</param>
    /// <param name="wordCount">How many words the known keys are made of; numbered by <see cref="SettingName.Words"/>.</param>
    public SettingNameDistance(string key, int wordCount)
    {
        _written = SettingPath.Parts(key);
        _plain = Array.ConvertAll(_written, static part => part.Replace('_', '-').ToLowerInvariant());
        _letters = new sbyte[_written.Length][];
        _wordCount = wordCount;
    }

    /// <summary>The distance, and the known key with the names that this one chose; null where they have too little in common, or the distance is not below <paramref name="limit"/>.</summary>
    public (int Distance, string Key)? To(SettingName name, int limit)
    {
        var written = _written;
        var known = name.Parts;
        if (written.Length > MaxParts || Math.Abs(written.Length - known.Length) > 1)
            return null;
        limit = Math.Min(limit, MaxCost + 1);

        // The end of a name is never another word, which most rows fail at once.
        var last = known.Length - 1;
        if (known[last] != "*" && LettersOnce(written.Length - 1, known[last], name.Words[last]) is null)
            return null;

        // One part may be missing or superfluous; everything else is in its place.
        for (var skip = -1; skip < Math.Max(written.Length, known.Length); skip++)
        {
            if ((skip < 0) != (written.Length == known.Length))
                continue;
            if (Distance(name, skip, limit) is { } distance)
                return (distance, Fill(written, known, skip));
        }

        return null;
    }

    private int? Distance(SettingName name, int skip, int limit)
    {
        var written = _written;
        var known = name.Parts;
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
            var letters = LettersOnce(i, known[j], name.Words[j]);
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

    private int? LettersOnce(int part, string known, int word)
    {
        const sbyte Others = -1;
        var letters = _letters[part] ??= new sbyte[_wordCount];
        if (letters[word] == 0)
            letters[word] = Letters(_written[part], _plain[part], known) is { } found ? (sbyte)(found + 1) : Others;
        return letters[word] == Others ? null : letters[word] - 1;
    }

    // How many letters differ, case and underscores apart (which count as half a slip: one); null where the words are different ones.
    private static int? Letters(string written, string plain, string known)
    {
        if (written == known)
            return 0;
        if (plain == known || AreEqualWithoutHyphens(plain, known))
            return 1;
        var allowed = known.Length <= 3 ? 0 : known.Length <= 6 ? 1 : 2;
        if (allowed == 0 || Math.Abs(plain.Length - known.Length) > allowed || HaveOtherLetters(plain, known, allowed))
            return null;
        var distance = EditDistance(plain, known);
        return distance <= allowed ? distance + 1 : null;
    }

    private static bool AreEqualWithoutHyphens(string left, string right)
    {
        int i = 0, j = 0;
        while (true)
        {
            while (i < left.Length && left[i] == '-')
                i++;
            while (j < right.Length && right[j] == '-')
                j++;
            if (i == left.Length || j == right.Length)
                return i == left.Length && j == right.Length;
            if (left[i++] != right[j++])
                return false;
        }
    }

    // Each slip takes at most one letter out of a word and puts another one in.
    private static bool HaveOtherLetters(string left, string right, int slips)
    {
        var others = LettersOf(left) ^ LettersOf(right);
        for (var letters = 0; others != 0; letters++)
        {
            if (letters == 2 * slips)
                return true;
            others &= others - 1;
        }

        return false;
    }

    private static ulong LettersOf(string word)
    {
        var letters = 0UL;
        foreach (var c in word)
            letters |= 1UL << (c & 63);
        return letters;
    }

    // Insertions, deletions, replacements, and neighbours that changed places. The words are about as long as each other.
    private static int EditDistance(string left, string right)
    {
        const int MaxOnStack = 64;
        var width = right.Length + 1;
        var cells = width <= MaxOnStack ? stackalloc int[3 * MaxOnStack] : new int[3 * width];
        var before = cells.Slice(0, width);
        var last = cells.Slice(width, width);
        var current = cells.Slice(2 * width, width);
        for (var j = 0; j < width; j++)
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

            var oldest = before;
            before = last;
            last = current;
            current = oldest;
        }

        return last[right.Length];
    }
}
