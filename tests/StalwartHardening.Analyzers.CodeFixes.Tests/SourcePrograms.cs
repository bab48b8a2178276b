using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Analyzers.AdditionalFiles;
using StalwartHardening.Analyzers.Builders;
using StalwartHardening.Analyzers.CodeFixes;
using StalwartHardening.Analyzers.Environments;
using StalwartHardening.Analyzers.Literals;
using StalwartHardening.Configuration;

namespace StalwartHardening.Tests;

/// <summary>C# projects in a workspace of their own, judged by the analyzer and fixed by the provider, as an editor does it.</summary>
internal sealed class SourcePrograms : IDisposable
{
    private const string Usings = "using System; using System.Collections.Generic; using System.Linq; using System.Net; using StalwartHardening.Configuration;\n";

    // What the tests themselves run on. The packages with reference assemblies would bring a newer compiler along.
    public static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll"))
            .Select(static path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(StalwartServer).Assembly.Location),
    ];

    /// <summary>The assemblies that ASP.NET adds, of the version the tests run on; none where it is not installed.</summary>
    public static readonly IReadOnlyList<string> AspNetCore = AspNetCoreFiles();

    private readonly AdhocWorkspace _workspace = new();

    public SourcePrograms() => Solution = _workspace.CurrentSolution;

    public Solution Solution { get; private set; }

    /// <summary>A class with a method that writes a server.</summary>
    public static string Source(string statements, string members = "") =>
        Usings + "public static class Program\n{\n    public static StalwartServer Write()\n    {\n        var server = StalwartServer.CreateBuilder(\"mail.example.org\");\n"
        + statements + "        return server.Build();\n    }\n" + members + "}\n";

    /// <summary>Adds a project with these files, called <c>/N/FILE.cs</c>.</summary>
    public ProjectId AddProject(params string[] sources) => AddProject([], sources);

    /// <summary>Adds a project that references more than the library.</summary>
    public ProjectId AddProject(IReadOnlyList<MetadataReference> references, params string[] sources)
    {
        var number = Solution.ProjectIds.Count;
        var project = ProjectInfo.Create(
            ProjectId.CreateNewId(),
            VersionStamp.Default,
            "P" + number,
            "P" + number,
            LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary),
            parseOptions: new CSharpParseOptions(LanguageVersion.Latest),
            metadataReferences: References.AddRange(references));
        Solution = Solution.AddProject(project);
        for (var i = 0; i < sources.Length; i++)
            Solution = Solution.AddDocument(DocumentId.CreateNewId(project.Id), $"{i}.cs", SourceText.From(sources[i]), filePath: $"/{number}/{i}.cs");
        return project.Id;
    }

    /// <summary>Adds a library and a project that calls it; the project that calls.</summary>
    public ProjectId AddSolution(string library, string caller)
    {
        var called = AddProject(library);
        var calling = AddProject(caller);
        Solution = Solution.AddProjectReference(calling, new ProjectReference(called));
        return calling;
    }

    /// <summary>Adds a project that has a file of another one.</summary>
    public async Task<DocumentId> AddLinkedAsync(Document document)
    {
        var project = AddProject();
        var id = DocumentId.CreateNewId(project);
        Solution = Solution.AddDocument(id, document.Name, await document.GetTextAsync(TestContext.Current.CancellationToken), filePath: document.FilePath);
        return id;
    }

    /// <summary>Adds a configuration file to a project.</summary>
    public void AddConfiguration(ProjectId project, string path, string text) =>
        Solution = Solution.AddAdditionalDocument(DocumentId.CreateNewId(project), Path.GetFileName(path), SourceText.From(text), filePath: path);

    /// <summary>The text of a configuration file.</summary>
    public async Task<string> ConfigurationAsync(string path)
    {
        var document = Solution.Projects.SelectMany(static project => project.AdditionalDocuments).First(document => document.FilePath == path);
        return (await document.GetTextAsync(TestContext.Current.CancellationToken)).ToString();
    }

    /// <summary>The diagnostics of a project that nobody has silenced, in text order.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> DiagnosticsAsync(Project project)
    {
        var compilation = await project.GetCompilationAsync(TestContext.Current.CancellationToken);
        Exception? thrown = null;
        var options = new CompilationWithAnalyzersOptions(project.AnalyzerOptions, (exception, _, _) => thrown = exception, concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        var diagnostics = await compilation!.WithAnalyzers([new BuilderAnalyzer(), new ConfigurationLiteralAnalyzer(), new ConfigurationReferenceAnalyzer(), new EnvironmentAnalyzer()], options).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.Null(thrown);
        return [.. diagnostics.Where(static diagnostic => !diagnostic.IsSuppressed).OrderBy(static diagnostic => diagnostic.Location.SourceTree!.FilePath, StringComparer.Ordinal).ThenBy(static diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    /// <summary>The rules that object to the first project, in text order.</summary>
    public async Task<IReadOnlyList<string>> RulesAsync() =>
        [.. (await DiagnosticsAsync(Solution.Projects.First())).Select(static diagnostic => diagnostic.Id)];

    /// <summary>The actions offered for the first diagnostic of a rule.</summary>
    public async Task<IReadOnlyList<CodeAction>> ActionsAsync(ProjectId project, string id)
    {
        var diagnostic = (await DiagnosticsAsync(Solution.GetProject(project)!)).First(diagnostic => diagnostic.Id == id);
        return await ActionsAsync(Solution.GetProject(project)!, diagnostic);
    }

    /// <summary>The actions offered for a diagnostic.</summary>
    public static async Task<IReadOnlyList<CodeAction>> ActionsAsync(Project project, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        var context = new CodeFixContext(project.GetDocument(diagnostic.Location.SourceTree)!, diagnostic, (action, _) => actions.Add(action), TestContext.Current.CancellationToken);
        await new SourceFixProvider().RegisterCodeFixesAsync(context);
        return actions;
    }

    /// <summary>Fixes all of a scope, as an editor does for the action with this equivalence key.</summary>
    public async Task<bool> FixAllAsync(ProjectId project, FixAllScope scope, string id, string equivalenceKey)
    {
        if (await FixAllAsync(Solution, project, scope, id, equivalenceKey) is not { } changed)
            return false;
        Solution = changed;
        return true;
    }

    /// <summary>The solution with all findings of a project fixed; null where there is nothing to do.</summary>
    public static async Task<Solution?> FixAllAsync(Solution solution, ProjectId project, string id, string equivalenceKey) =>
        await FixAllAsync(solution, project, FixAllScope.Project, id, equivalenceKey);

    private static async Task<Solution?> FixAllAsync(Solution solution, ProjectId project, FixAllScope scope, string id, string equivalenceKey)
    {
        var provider = new SourceFixProvider();
        var context = scope == FixAllScope.Document
            ? new FixAllContext(solution.GetProject(project)!.Documents.First(), provider, scope, equivalenceKey, [id], new FixAllDiagnostics(id, static async project => await DiagnosticsAsync(project)), TestContext.Current.CancellationToken)
            : new FixAllContext(solution.GetProject(project)!, provider, scope, equivalenceKey, [id], new FixAllDiagnostics(id, static async project => await DiagnosticsAsync(project)), TestContext.Current.CancellationToken);
        if (await provider.GetFixAllProvider().GetFixAsync(context) is not { } action)
            return null;
        var operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        return operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
    }

    public async Task ApplyAsync(CodeAction action)
    {
        var operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        Solution = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
    }

    public async Task<string> TextAsync(string path = "/0/0.cs")
    {
        var document = Solution.Projects.SelectMany(static project => project.Documents).First(document => document.FilePath == path);
        return (await document.GetTextAsync(TestContext.Current.CancellationToken)).ToString();
    }

    private static string[] AspNetCoreFiles()
    {
        var core = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var folder = Path.Combine(core, "..", "..", "Microsoft.AspNetCore.App", Path.GetFileName(core));
        return Directory.Exists(folder) ? Directory.GetFiles(folder, "Microsoft.*.dll") : [];
    }

    public void Dispose() => _workspace.Dispose();
}
