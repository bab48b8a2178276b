namespace StalwartHardening.Rules;

/// <summary>All rules. The list is written by the build from the files in <c>Rules/*/</c>.</summary>
internal static partial class RuleCatalog
{
    private static readonly Rule[] s_all = Sorted();

    /// <summary>All rules, by id.</summary>
    public static IReadOnlyList<Rule> All => s_all;

    /// <summary>The same, for walks that every file takes: through the interface each step would be a call.</summary>
    public static ReadOnlySpan<Rule> InOrder => s_all;

    /// <summary>The rule with this id, or null.</summary>
    public static Rule? Find(string id)
    {
        foreach (var rule in All)
        {
            if (string.Equals(rule.Id, id, StringComparison.OrdinalIgnoreCase))
                return rule;
        }

        return null;
    }

    private static Rule[] Sorted()
    {
        var rules = CreateAll();
        Array.Sort(rules, static (left, right) => string.CompareOrdinal(left.Id, right.Id));
        return rules;
    }
}
