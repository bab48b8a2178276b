using StalwartHardening.Rules;

namespace StalwartHardening.OptionFiles;

/// <summary>Which rules somebody wants to hear: ids, names, or the beginning of ids (<c>SWH1</c>).</summary>
internal static class RuleSelection
{
    /// <summary>Adds the rules that <paramref name="text"/> names (separated by commas or blanks); the word that names none, or null.</summary>
    public static string? AddTo(HashSet<string> ids, string text)
    {
        foreach (var word in text.Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            var found = false;
            foreach (var rule in RuleCatalog.All)
            {
                // "SWH1xxx" is how people write the first kind.
                if (rule.Id.Equals(word, StringComparison.OrdinalIgnoreCase)
                    || rule.Name.Equals(word, StringComparison.OrdinalIgnoreCase)
                    || (word.Length is > 3 and < 8 && rule.Id.StartsWith(word.TrimEnd('x', 'X'), StringComparison.OrdinalIgnoreCase)))
                {
                    ids.Add(rule.Id);
                    found = true;
                }
            }

            if (!found)
                return word;
        }

        return null;
    }
}
