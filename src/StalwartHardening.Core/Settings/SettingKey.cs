namespace StalwartHardening.Settings;

/// <summary>How flat keys are ordered and taken apart.</summary>
public static class SettingKey
{
    /// <summary>
    /// Compares two keys in the server's order: by the bytes of their UTF-8 form, which is the order of code points
    /// (a sorted map of text, <c>config/parser.rs</c>). UTF-16 differs from it only where surrogates are involved.
    /// </summary>
    public static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var common = Math.Min(left.Length, right.Length);
        for (var i = 0; i < common; i++)
        {
            var a = left[i];
            var b = right[i];
            if (a == b)
                continue;
            return Rank(a) - Rank(b);
        }

        return left.Length - right.Length;
    }

    /// <summary>The place of a UTF-16 code unit in the order of code points: surrogates stand for what comes after all others.</summary>
    internal static int Rank(char c) => c < 0xD800 ? c : char.IsSurrogate(c) ? c + 0x2000 : c - 0x800;

    /// <summary>
    /// Compares a key with another one given as the first <paramref name="firstLength"/> characters of one text and the whole of a
    /// second, so that nobody has to join them. In the order of code units; see <see cref="Compare(ReadOnlySpan{char}, ReadOnlySpan{char})"/>.
    /// </summary>
    internal static int CompareOrdinal(string key, string first, int firstLength, string second)
    {
        var order = string.CompareOrdinal(key, 0, first, 0, firstLength);
        return order != 0 || key.Length < firstLength ? order : string.CompareOrdinal(key, firstLength, second, 0, int.MaxValue);
    }

    /// <summary>Whether a key begins with another one given in two parts.</summary>
    internal static bool StartsWith(string key, string first, int firstLength, string second) =>
        key.Length >= firstLength + second.Length
        && key.AsSpan(0, firstLength).SequenceEqual(first.AsSpan(0, firstLength))
        && key.AsSpan(firstLength, second.Length).SequenceEqual(second.AsSpan());
}
