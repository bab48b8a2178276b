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
            if (char.IsSurrogate(a) != char.IsSurrogate(b))
                return char.IsSurrogate(a) ? 1 : -1;
            return a - b;
        }

        return left.Length - right.Length;
    }

    /// <summary>Compares a key with another one given in two parts, so that nobody has to join them.</summary>
    public static int Compare(string key, ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        var head = key.AsSpan(0, Math.Min(key.Length, first.Length));
        var order = Compare(head, first);
        return order != 0 ? order : Compare(key.AsSpan(first.Length), second);
    }

    /// <summary>Whether a key begins with another one given in two parts.</summary>
    public static bool StartsWith(string key, ReadOnlySpan<char> first, ReadOnlySpan<char> second) =>
        key.Length >= first.Length + second.Length
        && key.AsSpan(0, first.Length).SequenceEqual(first)
        && key.AsSpan(first.Length, second.Length).SequenceEqual(second);
}
