namespace StalwartHardening.Configuration;

/// <summary>Lines on which a source file takes a rule back by <c>#pragma warning disable</c>, for findings that do not come from the compiler.</summary>
internal static class SuppressedLines
{
    public static bool Covers(string path, int line, string ruleId)
    {
        if (!File.Exists(path))
            return false;
        var isOff = false;
        var number = 0;
        foreach (var text in File.ReadLines(path))
        {
            if (++number >= line)
                break;
            var words = text.Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries);
            var verb = Array.IndexOf(words, "warning") + 1;
            // "#pragma warning disable SWH1001", also written "# pragma".
            if (verb is not (2 or 3) || !text.TrimStart().StartsWith("#", StringComparison.Ordinal) || words[verb - 2] is not ("#pragma" or "pragma") || verb >= words.Length)
                continue;
            if (words.Length == verb + 1 || words[verb + 1].StartsWith("//", StringComparison.Ordinal) || Array.IndexOf(words, ruleId, verb + 1) >= 0)
                isOff = words[verb] == "disable";
        }

        return isOff;
    }
}
