using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using StalwartHardening.Fixing;
using StalwartHardening.Remedies;
using StalwartHardening.Rules;

namespace StalwartHardening.Analyzers.CodeFixes.AdditionalFiles;

/// <summary>Offers the remedies of findings in configuration files. Only what has been shown to help is offered.</summary>
/// <remarks>Not [Shared]: that would tie the assembly to one version of System.Composition, and the provider holds no state.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ConfigurationFileFixProvider), DocumentKinds = ["AdditionalDocument"])]
public sealed class ConfigurationFileFixProvider : CodeFixProvider
{
    /// <summary>What ends the equivalence key of an action for a whole file.</summary>
    internal const string WholeFile = "/file";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        RuleCatalog.All.Where(rule => rule.NoRemedyReason is null).Select(rule => rule.Id).ToImmutableArray();

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => ConfigurationFileFixAllProvider.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await ConfigurationDocument.ReadAsync(context.TextDocument, context.CancellationToken).ConfigureAwait(false) is not { } configuration)
            return;
        var solution = context.TextDocument.Project.Solution;
        foreach (var diagnostic in context.Diagnostics)
        {
            if (configuration.FindingOf(diagnostic) is not { } finding)
                continue;
            var remedies = finding.Remedies(configuration.Server).ToList();
            foreach (var remedy in remedies)
            {
                if (RemedyApplication.Apply(configuration.Server, configuration.Options, finding, remedy, cancellationToken: context.CancellationToken) is { } changes)
                {
                    context.RegisterCodeFix(
                        CodeAction.Create(remedy.Title, _ => Task.FromResult(configuration.With(solution, changes)), remedy.EquivalenceKey),
                        diagnostic);
                }
            }

            // The built-in "all in document" knows C# documents only.
            if (remedies.Count > 0 && configuration.Findings.Count(other => other.Rule == finding.Rule) > 1)
                context.RegisterCodeFix(WholeFileAction(configuration, solution, remedies[0], finding.Rule), diagnostic);
        }
    }

    private static CodeAction WholeFileAction(ConfigurationDocument configuration, Solution solution, Remedy remedy, Rule rule) =>
        CodeAction.Create(
            $"For every {rule.Id} in this file: {remedy.Title}",
            cancellationToken => Task.FromResult(configuration.WithAll(solution, remedy.EquivalenceKey, cancellationToken)),
            remedy.EquivalenceKey + WholeFile);
}
