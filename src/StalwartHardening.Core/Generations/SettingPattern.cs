using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>Keys with <c>*</c> for the names that a configuration chooses.</summary>
internal static class SettingPattern
{
    /// <summary>
    /// <paramref name="key"/>, which fits <paramref name="pattern"/>, written the way of <paramref name="other"/>, a pattern with as many names; null where it does not fit.
    /// What is below the setting stays where it is.
    /// </summary>
    public static string? Translate(string key, string pattern, string other)
    {
        var names = new List<string>();
        if (!TryCapture(SettingPath.Parts(pattern), 0, SettingPath.Parts(key), 0, names))
            return null;
        var result = "";
        var next = 0;
        foreach (var part in SettingPath.Parts(other))
        {
            if (part == "*" && next == names.Count)
                return null;
            result = SettingPath.Join(result, part == "*" ? names[next++] : part);
        }

        return result;
    }

    // The shortest names that fit.
    private static bool TryCapture(string[] pattern, int at, string[] key, int position, List<string> names)
    {
        if (at == pattern.Length)
            return position == key.Length;
        if (position >= key.Length)
            return false;
        if (pattern[at] != "*")
            return pattern[at] == key[position] && TryCapture(pattern, at + 1, key, position + 1, names);
        for (var end = position + 1; end <= key.Length; end++)
        {
            names.Add(SettingPath.Join(key, position, end - position));
            if (TryCapture(pattern, at + 1, key, end, names))
                return true;
            names.RemoveAt(names.Count - 1);
        }

        return false;
    }
}
