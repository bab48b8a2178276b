using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using StalwartHardening.Analyzers.CodeFixes.Builders;

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
        if (fixAllContext.CodeActionEquivalenceKey is not { } key)
            return null;
        var result = fixAllContext.Solution;
        foreach (var id in fixAllContext.Scope == FixAllScope.Solution ? fixAllContext.Solution.ProjectIds : [fixAllContext.Project.Id])
        {
            // Each project is read as it was: what another one changed does not change what this one writes.
            var project = fixAllContext.Solution.GetProject(id)!;
            var diagnostics = fixAllContext is { Scope: FixAllScope.Document, Document: { } document }
                ? await fixAllContext.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false)
                : await fixAllContext.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
            if (!diagnostics.IsEmpty)
                result = await BuilderFixes.ApplyAllAsync(result, project, key, diagnostics, fixAllContext.CancellationToken).ConfigureAwait(false);
        }

        return result == fixAllContext.Solution
            ? null
            : CodeAction.Create("Fix the mail servers", _ => Task.FromResult(result), key);
    }
}
