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
    public static Diagnostic? Create(
        Finding finding, HardeningOptions options, Compilation compilation, Func<SourceSpan, Location> locate, CancellationToken cancellation)
    {
        var descriptor = RuleDescriptors.Of(finding.Rule);
        var severity = options.SeverityOf(finding);
        if (severity == RuleSeverity.None)
        {
            // The compiler's own setting (.globalconfig, /nowarn, rule sets) outranks ours and is applied after us: it
            // can change what we report, but not report what we keep to ourselves.
            if (!IsConfigured(descriptor.Id, compilation, cancellation))
                return null;
            severity = finding.Rule.Severity;
        }

        return Diagnostic.Create(
            descriptor,
            locate(finding.Span),
            RuleDescriptors.SeverityOf(severity),
            finding.Related.Select(locate),
            ImmutableDictionary<string, string?>.Empty.Add(SettingKeyProperty, finding.SettingKey),
            finding.Message);
    }

    private static bool IsConfigured(string id, Compilation compilation, CancellationToken cancellation) =>
        compilation.Options.SpecificDiagnosticOptions.ContainsKey(id)
        || compilation.Options.SyntaxTreeOptionsProvider?.TryGetGlobalDiagnosticValue(id, cancellation, out _) == true;
}
