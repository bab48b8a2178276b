using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using StalwartHardening.Analyzers.CodeFixes.AdditionalFiles;
using StalwartHardening.Analyzers.CodeFixes.Builders;
using StalwartHardening.Analyzers.CodeFixes.Environments;
using StalwartHardening.Analyzers.CodeFixes.Literals;
using StalwartHardening.Rules;
using StalwartHardening.Rules.Reading;

namespace StalwartHardening.Analyzers.CodeFixes;

/// <summary>Offers the remedies of findings in C#: about servers that builders write, TOML in texts, and files that calls name. Only what has been shown to help is offered.</summary>
/// <remarks>Not [Shared]: that would tie the assembly to one version of System.Composition, and the provider holds no state.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SourceFixProvider))]
public sealed class SourceFixProvider : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        RuleCatalog.All.Where(rule => rule.NoRemedyReason is null || rule is EmbeddedConfigurationHasFindings or LostSight).Select(rule => rule.Id).ToImmutableArray();

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => SourceFixAllProvider.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            foreach (var action in await ActionsAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false))
                context.RegisterCodeFix(action, diagnostic);
        }
    }

    /// <summary>The actions for one diagnostic, the first choice first.</summary>
    internal static async Task<IReadOnlyList<CodeAction>> ActionsAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var actions = await LiteralFixes.OfAsync(document, diagnostic, cancellationToken).ConfigureAwait(false);
        if (actions.Count == 0)
            actions = await ReferenceFixes.OfAsync(document, diagnostic, cancellationToken).ConfigureAwait(false);
        if (actions.Count == 0)
            actions = await EnvironmentFixes.OfAsync(document, diagnostic, cancellationToken).ConfigureAwait(false);
        if (actions.Count == 0)
            actions = await AnnotationFixes.OfAsync(document, diagnostic, cancellationToken).ConfigureAwait(false);
        return actions.Count == 0 ? await BuilderFixes.OfAsync(document, diagnostic, cancellationToken).ConfigureAwait(false) : actions;
    }
}
