using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Analyzers.CodeFixes.AdditionalFiles;
using StalwartHardening.Analyzers.CodeFixes.Builders;
using StalwartHardening.Analyzers.CodeFixes.Environments;
using StalwartHardening.Analyzers.CodeFixes.Literals;

namespace StalwartHardening.Analyzers.CodeFixes;

/// <summary>
/// Applies one action to a file, a project or a solution, one finding of a server after the other: what ends one finding may be what
/// another needs, so fixes made side by side and merged would be wrong.
/// </summary>
internal sealed class SourceFixAllProvider : FixAllProvider
{
    public static SourceFixAllProvider Instance { get; } = new();

    /// <inheritdoc/>
    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

    /// <inheritdoc/>
    public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        var found = new List<(Project Project, ImmutableArray<Diagnostic> Diagnostics)>();
        foreach (var id in fixAllContext.Scope == FixAllScope.Solution ? fixAllContext.Solution.ProjectIds : [fixAllContext.Project.Id])
        {
            // Each project is read as it was: what another one changed does not change what this one writes.
            var project = fixAllContext.Solution.GetProject(id)!;
            var diagnostics = fixAllContext is { Scope: FixAllScope.Document, Document: { } document }
                ? await fixAllContext.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false)
                : await fixAllContext.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
            if (!diagnostics.IsEmpty)
                found.Add((project, diagnostics));
        }

        var result = fixAllContext.Solution;
        if (await KeyAsync(fixAllContext, found).ConfigureAwait(false) is not { } key)
            return null;
        foreach (var (project, diagnostics) in found)
            result = await FixAsync(result, project, key, diagnostics, fixAllContext.CancellationToken).ConfigureAwait(false);

        return result == fixAllContext.Solution
            ? null
            : CodeAction.Create("Fix the mail servers", _ => Task.FromResult(result), key);
    }

    // Keys name their rule. "dotnet format" asks for one rule with the key of whatever finding its analysis met first, and that is of
    // another rule, because one analyzer reports all of ours; then the rule's own first choice is meant.
    private static async Task<string?> KeyAsync(FixAllContext context, List<(Project Project, ImmutableArray<Diagnostic> Diagnostics)> found)
    {
        if (context.CodeActionEquivalenceKey is { } action && action.Split('/') is [_, var rule, ..] && context.DiagnosticIds.Contains(rule))
            return action;
        foreach (var (project, diagnostics) in found)
        {
            foreach (var diagnostic in diagnostics)
            {
                if (project.GetDocument(diagnostic.Location.SourceTree) is { } document
                    && await SourceFixProvider.ActionsAsync(document, diagnostic, context.CancellationToken).ConfigureAwait(false) is [{ EquivalenceKey: { } first }, ..])
                    return first;
            }
        }

        return null;
    }

    // A file that holds both texts and builders is changed by one after the other.
    private static async Task<Solution> FixAsync(Solution solution, Project project, string key, IReadOnlyCollection<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var result = await BuilderFixes.ApplyAllAsync(solution, project, key, diagnostics, cancellationToken).ConfigureAwait(false);
        foreach (var file in diagnostics.GroupBy(static diagnostic => diagnostic.Location.SourceTree))
        {
            if (file.Key is null || project.GetDocument(file.Key) is not { } original)
                continue;
            result = await AnnotationFixes.ApplyAllAsync(result, original.Id, key, [.. file], cancellationToken).ConfigureAwait(false);
            result = await ReferenceFixes.ApplyAllAsync(result, original, key, [.. file], cancellationToken).ConfigureAwait(false);
            foreach (var changed in new[]
            {
                await LiteralFixes.ApplyAllAsync(solution, original, key, [.. file], cancellationToken).ConfigureAwait(false),
                await EnvironmentFixes.ApplyAllAsync(solution, original, key, [.. file], cancellationToken).ConfigureAwait(false),
            })
            {
                if (changed == solution)
                    continue;
                var changes = await changed.GetDocument(original.Id)!.GetTextChangesAsync(original, cancellationToken).ConfigureAwait(false);
                result = await WithAsync(result, original, changes, cancellationToken).ConfigureAwait(false);
            }
        }

        return result;
    }

    // Texts and calls are in different places; where changes meet all the same, those of the builders stay alone.
    private static async Task<Solution> WithAsync(Solution solution, Document original, IEnumerable<TextChange> changes, CancellationToken cancellationToken)
    {
        var others = (await solution.GetDocument(original.Id)!.GetTextChangesAsync(original, cancellationToken).ConfigureAwait(false)).ToList();
        var own = changes.Where(change => !others.Exists(other => other.Span.IntersectsWith(change.Span))).ToList();
        var text = await original.GetTextAsync(cancellationToken).ConfigureAwait(false);
        return solution.WithDocumentText(original.Id, text.WithChanges(others.Concat(own).OrderBy(static change => change.Span.Start)));
    }
}
