using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>How far a key is from known ones: letters that are wrong, parts that are missing, superfluous or others.</summary>
internal sealed class SettingNameDistance
{
    private const int PartCost = 4;
    private const int MaxCost = 5;
    private const int MaxParts = 12;
    private const int MaxSlips = 2;

    private readonly string[] _written;

    // The same in the letters of known keys.
    private readonly string[] _plain;

    private readonly ulong[] _letters;
    private readonly SettingWords _words;

    /// <summary>Takes the key apart that is compared with others.</summary>
    /// <param name="key">The key.</param>
    /// <param name="words">The words that the known keys are made of; numbered in <see cref="SettingName.Words"/>.</param>
    public SettingNameDistance(string key, SettingWords words)
    {
        _written = SettingPath.Parts(key);
        _plain = Array.ConvertAll(_written, SettingWords.PlainOf);
        _letters = Array.ConvertAll(_plain, SettingWords.LettersOf);
        _words = words;
    }

    /// <summary>The letters of the last word (see <see cref="SettingWords.LettersOf"/>).</summary>
    public ulong LettersOfEnd => _letters[_letters.Length - 1];

    /// <summary>Whether two words may be as near as slips make them, by the letters that only one of them has; false where they certainly are not.</summary>
    public static bool MayBeNear(ulong others)
    {
        // Each slip takes at most one letter out of a word and puts another one in.
        for (var i = 0; i < 2 * MaxSlips; i++)
            others &= others - 1;
        return others == 0;
    }

    /// <summary>Whether the key may be meant for one whose last word has this number; no others are near enough.</summary>
    public bool MayEndIn(int word) => _words.IsAny(word) || Letters(_written.Length - 1, word) is not null;

    /// <summary>The distance, and the known key with the names that this one chose; null where they have too little in common, or the distance is not below <paramref name="limit"/>.</summary>
    public (int Distance, string Key)? To(SettingName name, int limit)
    {
        var written = _written;
        var known = name.Parts;
        if (written.Length > MaxParts || Math.Abs(written.Length - known.Length) > 1)
            return null;
        limit = Math.Min(limit, MaxCost + 1);

        if (!MayEndIn(name.Words[known.Length - 1]))
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
            var letters = Letters(i, name.Words[j]);
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
    private int? Letters(int part, int word)
    {
        var letters = _letters[part] ^ _words.LettersAt(word);
        if (!MayBeNear(letters))
            return null;
        var others = CountOf(letters);
        var known = _words[word];
        if (_written[part] == known)
            return 0;
        var plain = _plain[part];
        // A hyphen too few or too many.
        if (others <= 1 && (plain == known || AreEqualWithoutHyphens(plain, known)))
            return 1;
        var allowed = known.Length <= 3 ? 0 : known.Length <= 6 ? 1 : MaxSlips;
        if (allowed == 0 || others > 2 * allowed || Math.Abs(plain.Length - known.Length) > allowed)
            return null;
        var distance = EditDistance(plain, known);
        return distance <= allowed ? distance + 1 : null;
    }

    private static int CountOf(ulong letters)
    {
        var count = 0;
        for (; letters != 0; count++)
            letters &= letters - 1;
        return count;
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
