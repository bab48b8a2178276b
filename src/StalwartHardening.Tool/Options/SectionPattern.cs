using System.Globalization;

namespace StalwartHardening.Tool.Options;

/// <summary>The patterns of <c>.editorconfig</c> sections: <c>*</c>, <c>**</c>, <c>?</c>, <c>[abc]</c>, <c>{a,b}</c>, <c>{1..9}</c>.</summary>
internal static class SectionPattern
{
    // A pattern is written by a person; beyond this many alternatives or steps it is an accident or an attack.
    private const int MostAlternatives = 256;
    private const int MostSteps = 1_000_000;

    /// <summary>Whether a section applies to the file at <paramref name="relativePath"/> (with forward slashes, from the section's folder).</summary>
    public static bool AppliesTo(string section, string relativePath)
    {
        // Without a slash it is about names in any folder.
        var pattern = section.Contains('/', StringComparison.Ordinal) ? section.TrimStart('/') : "**/" + section;
        return Matches(pattern, relativePath);
    }

    /// <summary>Whether the whole of <paramref name="path"/> fits <paramref name="pattern"/>.</summary>
    public static bool Matches(string pattern, string path)
    {
        var alternatives = new List<string>();
        Expand(pattern, alternatives);
        foreach (var alternative in alternatives)
        {
            var steps = MostSteps;
            if (Matches(alternative, path, ref steps))
                return true;
        }

        return false;
    }

    private static void Expand(string pattern, List<string> alternatives)
    {
        if (alternatives.Count >= MostAlternatives)
            return;
        var open = pattern.IndexOf('{', StringComparison.Ordinal);
        var close = open < 0 ? -1 : ClosingBrace(pattern, open);
        if (close < 0)
        {
            alternatives.Add(pattern);
            return;
        }

        var before = pattern[..open];
        var after = pattern[(close + 1)..];
        foreach (var choice in Choices(pattern[(open + 1)..close]))
            Expand(before + choice + after, alternatives);
    }

    private static int ClosingBrace(string pattern, int open)
    {
        var depth = 0;
        for (var i = open; i < pattern.Length; i++)
        {
            if (pattern[i] == '{')
                depth++;
            else if (pattern[i] == '}' && --depth == 0)
                return i;
        }

        return -1;
    }

    private static IEnumerable<string> Choices(string list)
    {
        var dots = list.IndexOf("..", StringComparison.Ordinal);
        if (dots > 0
            && int.TryParse(list.AsSpan(0, dots), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var from)
            && int.TryParse(list.AsSpan(dots + 2), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var to)
            && Math.Abs((long)to - from) < MostAlternatives)
        {
            for (var number = Math.Min(from, to); number <= Math.Max(from, to); number++)
                yield return number.ToString(CultureInfo.InvariantCulture);
            yield break;
        }

        var depth = 0;
        var start = 0;
        for (var i = 0; i <= list.Length; i++)
        {
            if (i == list.Length || (list[i] == ',' && depth == 0))
            {
                yield return list[start..i];
                start = i + 1;
            }
            else if (list[i] == '{')
            {
                depth++;
            }
            else if (list[i] == '}')
            {
                depth--;
            }
        }
    }

    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> path, ref int steps)
    {
        while (pattern.Length > 0)
        {
            if (--steps < 0)
                return false;
            if (pattern[0] == '*')
            {
                var isDeep = pattern.Length > 1 && pattern[1] == '*';
                var rest = pattern[(isDeep ? 2 : 1)..];

                // "**/x" is also "x".
                if (isDeep && rest.Length > 0 && rest[0] == '/' && Matches(rest[1..], path, ref steps))
                    return true;
                for (var i = 0; i <= path.Length; i++)
                {
                    if (Matches(rest, path[i..], ref steps))
                        return true;
                    if (i < path.Length && path[i] == '/' && !isDeep)
                        return false;
                }

                return false;
            }

            if (path.Length == 0)
                return false;
            if (pattern[0] == '[' && ClassEnd(pattern) is var end and > 0)
            {
                if (path[0] == '/' || !IsInClass(pattern[1..end], path[0]))
                    return false;
                pattern = pattern[(end + 1)..];
                path = path[1..];
                continue;
            }

            if (pattern[0] == '\\' && pattern.Length > 1)
                pattern = pattern[1..];
            else if (pattern[0] == '?' && path[0] != '/')
            {
                pattern = pattern[1..];
                path = path[1..];
                continue;
            }

            if (pattern[0] != path[0])
                return false;
            pattern = pattern[1..];
            path = path[1..];
        }

        return path.Length == 0;
    }

    private static int ClassEnd(ReadOnlySpan<char> pattern)
    {
        for (var i = 2; i < pattern.Length; i++)
        {
            if (pattern[i] == ']')
                return i;
        }

        return -1;
    }

    private static bool IsInClass(ReadOnlySpan<char> members, char c)
    {
        var isNegated = members[0] is '!' or '^';
        if (isNegated)
            members = members[1..];
        for (var i = 0; i < members.Length; i++)
        {
            if (i + 2 < members.Length && members[i + 1] == '-')
            {
                if (c >= members[i] && c <= members[i + 2])
                    return !isNegated;
                i += 2;
            }
            else if (members[i] == c)
            {
                return !isNegated;
            }
        }

        return isNegated;
    }
}
