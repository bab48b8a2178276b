using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using StalwartHardening.Rules;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers;

/// <summary>Turns findings into the compiler's diagnostics.</summary>
internal static class FindingDiagnostic
{
    /// <summary>The property of a diagnostic that holds the flat key of the setting it is about.</summary>
    public const string SettingKeyProperty = "SettingKey";

    /// <summary>The diagnostic for <paramref name="finding"/>, or null where somebody has silenced its rule.</summary>
    public static Diagnostic? Create(Finding finding, HardeningOptions options, Func<SourceSpan, Location> locate)
    {
        var severity = options.SeverityOf(finding);
        if (severity == RuleSeverity.None)
            return null;
        return Diagnostic.Create(
            RuleDescriptors.Of(finding.Rule),
            locate(finding.Span),
            RuleDescriptors.SeverityOf(severity),
            finding.Related.Select(locate),
            ImmutableDictionary<string, string?>.Empty.Add(SettingKeyProperty, finding.SettingKey),
            OptionAdvice.Say(finding.Message, AdviceHost.Compiler));
    }
}
