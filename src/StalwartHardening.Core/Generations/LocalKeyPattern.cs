namespace StalwartHardening.Generations;

/// <summary>The patterns of names in <c>config.local-keys</c> (<c>common/manager/config.rs</c>, 0.15.5), in letters of any size.</summary>
internal static class LocalKeyPattern
{
    /// <summary>Whether a pattern, without its exclamation mark, matches a name. One that ends in a star is the beginning of names, whatever else it holds.</summary>
    public static bool Matches(string pattern, string name)
    {
        if (pattern.EndsWith("*", StringComparison.Ordinal))
            return name.StartsWith(pattern.Substring(0, pattern.Length - 1), StringComparison.OrdinalIgnoreCase);
        if (pattern.StartsWith("*", StringComparison.Ordinal))
            return name.EndsWith(pattern.Substring(1), StringComparison.OrdinalIgnoreCase);
        return pattern.IndexOf('*') < 0 && pattern.IndexOf('?') < 0 ? string.Equals(pattern, name, StringComparison.OrdinalIgnoreCase) : MatchesInside(pattern, name);
    }

    private static bool MatchesInside(string pattern, string name)
    {
        int p = 0, k = 0, star = -1, mark = 0;
        while (k < name.Length)
        {
            if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == char.ToLowerInvariant(name[k])))
                (p, k) = (p + 1, k + 1);
            else if (p < pattern.Length && pattern[p] == '*')
                (star, mark, p) = (p, k, p + 1);
            else if (star >= 0)
                (p, k) = (star + 1, ++mark);
            else
                return false;
        }

        while (p < pattern.Length && pattern[p] == '*')
            p++;
        return p == pattern.Length;
    }
}
