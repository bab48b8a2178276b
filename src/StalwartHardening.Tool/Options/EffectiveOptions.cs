using StalwartHardening.Rules;

namespace StalwartHardening.Tool.Options;

/// <summary>What was decided for one configuration, from all places where it can be.</summary>
/// <param name="Hardening">What the rules have to know, and how loud they are.</param>
/// <param name="MinimumSeverity">What counts as loud enough to be reported.</param>
/// <param name="Only">The rules to be heard; null for all.</param>
/// <param name="Baseline">Findings that are known already; null where there is no baseline.</param>
internal sealed record EffectiveOptions(HardeningOptions Hardening, RuleSeverity MinimumSeverity, HashSet<string>? Only, string? Baseline)
{
    /// <summary>What the compiler's severity options begin with, for our rules, in lower case.</summary>
    public const string CompilerSeverityPrefix = "dotnet_diagnostic.swh";

    /// <summary>The findings that are meant to stay.</summary>
    public IReadOnlyList<IgnoredEntry> Ignored { get; init; } = [];

    /// <summary>Whether <paramref name="finding"/> is meant to stay.</summary>
    public bool Ignores(Finding finding)
    {
        var isIgnored = false;
        foreach (var ignored in Ignored)
            isIgnored |= ignored.Takes(finding);
        return isIgnored;
    }

    /// <summary>Whether anybody wants to hear of <paramref name="rule"/>.</summary>
    public bool Wants(Rule rule) => Only is null || Only.Contains(rule.Id);
}
