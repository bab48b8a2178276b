using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Analyzers.AdditionalFiles;
using StalwartHardening.Analyzers.CodeFixes.AdditionalFiles;

namespace StalwartHardening.Tests;

/// <summary>Projects with configuration files in a workspace of their own, judged by the analyzer and fixed by the provider, as an editor does it.</summary>
internal sealed class ConfigurationFiles : IDisposable
{
    private readonly AdhocWorkspace _workspace = new();

    public Solution Solution { get; private set; }

    public ConfigurationFiles() => Solution = _workspace.CurrentSolution;

    /// <summary>Adds a project with these files.</summary>
    public ProjectId AddProject(params (string Path, string Text)[] files)
    {
        var name = "P" + Solution.ProjectIds.Count;
        var project = ProjectInfo.Create(ProjectId.CreateNewId(), VersionStamp.Default, name, name, LanguageNames.CSharp);
        Solution = Solution.AddProject(project);
        foreach (var (path, text) in files)
            Solution = Solution.AddAdditionalDocument(DocumentId.CreateNewId(project.Id), Path.GetFileName(path), SourceText.From(text), filePath: path);
        return project.Id;
    }

    /// <summary>The diagnostics of a project.</summary>
    public static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(Project project)
    {
        var compilation = await project.GetCompilationAsync(TestContext.Current.CancellationToken);
        return await compilation!.WithAnalyzers([new ConfigurationFileAnalyzer()], project.AnalyzerOptions).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The actions offered for the first diagnostic of a rule, in the first file.</summary>
    public async Task<IReadOnlyList<CodeAction>> ActionsAsync(ProjectId project, string id)
    {
        var diagnostic = (await DiagnosticsAsync(Solution.GetProject(project)!))
            .Where(diagnostic => diagnostic.Id == id)
            .OrderBy(diagnostic => diagnostic.Location.GetLineSpan().Path, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)
            .First();
        var document = Solution.GetProject(project)!.AdditionalDocuments.First(document => document.FilePath == diagnostic.Location.GetLineSpan().Path);
        var actions = new List<CodeAction>();
        var context = new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), TestContext.Current.CancellationToken);
        await new ConfigurationFileFixProvider().RegisterCodeFixesAsync(context);
        return actions;
    }

    /// <summary>Fixes all of a scope, as an editor does for the action with this equivalence key.</summary>
    public async Task<bool> FixAllAsync(ProjectId project, FixAllScope scope, string id, string equivalenceKey)
    {
        var provider = new ConfigurationFileFixProvider();
        var context = new FixAllContext(Solution.GetProject(project)!, provider, scope, equivalenceKey, [id], new FixAllDiagnostics(id, static async project => await DiagnosticsAsync(project)), TestContext.Current.CancellationToken);
        if (await provider.GetFixAllProvider().GetFixAsync(context) is not { } action)
            return false;
        await ApplyAsync(action);
        return true;
    }

    public async Task ApplyAsync(CodeAction action)
    {
        var operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        Solution = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
    }

    public async Task<string> TextAsync(string path)
    {
        var document = Solution.Projects.SelectMany(project => project.AdditionalDocuments).First(document => document.FilePath == path);
        return (await document.GetTextAsync(TestContext.Current.CancellationToken)).ToString();
    }

    public void Dispose() => _workspace.Dispose();
}
