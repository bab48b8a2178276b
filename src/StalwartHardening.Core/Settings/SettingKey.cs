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
}
