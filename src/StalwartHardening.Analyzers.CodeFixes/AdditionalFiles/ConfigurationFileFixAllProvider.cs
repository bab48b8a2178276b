using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace StalwartHardening.Analyzers.CodeFixes.AdditionalFiles;

/// <summary>
/// Applies one action to all configuration files of a project or solution, one server after the other. The built-in providers do
/// nothing for additional documents.
/// </summary>
internal sealed class ConfigurationFileFixAllProvider : FixAllProvider
{
    public static ConfigurationFileFixAllProvider Instance { get; } = new();

    /// <inheritdoc/>
    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Project, FixAllScope.Solution];

    /// <inheritdoc/>
    public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        if (fixAllContext.CodeActionEquivalenceKey is not { } action)
            return null;
        if (action.EndsWith(ConfigurationFileFixProvider.WholeFile, StringComparison.Ordinal))
            action = action.Substring(0, action.Length - ConfigurationFileFixProvider.WholeFile.Length);
        var projects = fixAllContext.Scope == FixAllScope.Solution ? fixAllContext.Solution.Projects : [fixAllContext.Project];
        var result = fixAllContext.Solution;
        // A file that several projects share is one file.
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var project in projects)
        {
            var paths = await PathsWithDiagnosticsAsync(fixAllContext, project).ConfigureAwait(false);
            foreach (var document in project.AdditionalDocuments)
            {
                if (document.FilePath is not { } path || !paths.Contains(path) || !done.Add(path))
                    continue;
                if (await ConfigurationDocument.ReadAsync(document, fixAllContext.CancellationToken).ConfigureAwait(false) is { } configuration)
                    result = configuration.WithAll(result, action, fixAllContext.CancellationToken);
            }
        }

        return result == fixAllContext.Solution
            ? null
            : CodeAction.Create("Fix the configuration files", _ => Task.FromResult(result), fixAllContext.CodeActionEquivalenceKey);
    }

    private static async Task<HashSet<string>> PathsWithDiagnosticsAsync(FixAllContext context, Project project)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var diagnostic in await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false))
            paths.Add(diagnostic.Location.GetLineSpan().Path);
        return paths;
    }
}
