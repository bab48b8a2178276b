using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using StalwartHardening.Rules;

namespace StalwartHardening.Analyzers;

/// <summary>The rules of Core as the compiler knows rules.</summary>
internal static class RuleDescriptors
{
    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> ById =
        RuleCatalog.All.ToImmutableDictionary(static rule => rule.Id, Create, StringComparer.Ordinal);

    /// <summary>All of them, by id.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } = RuleCatalog.All.Select(Of).ToImmutableArray();

    /// <summary>The descriptor of <paramref name="rule"/>.</summary>
    public static DiagnosticDescriptor Of(Rule rule) => ById[rule.Id];

    /// <summary>The compiler's word for <paramref name="severity"/>.</summary>
    public static DiagnosticSeverity SeverityOf(RuleSeverity severity) => severity switch
    {
        RuleSeverity.Error => DiagnosticSeverity.Error,
        RuleSeverity.Warning => DiagnosticSeverity.Warning,
        _ => DiagnosticSeverity.Info,
    };

    // A rule that is off by default stays enabled here: who turns it on does so by an option that only we read.
    private static DiagnosticDescriptor Create(Rule rule) => new(
        rule.Id,
        rule.Title,
        messageFormat: "{0}",
        rule.Category.ToString(),
        SeverityOf(rule.Severity),
        isEnabledByDefault: true,
        description: rule.Why + " " + rule.Remedy,
        helpLinkUri: rule.HelpLink);
}
