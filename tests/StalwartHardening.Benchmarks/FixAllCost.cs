using System.Diagnostics;
using System.Globalization;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Analyzers.AdditionalFiles;
using StalwartHardening.Analyzers.Builders;
using StalwartHardening.Analyzers.CodeFixes;
using StalwartHardening.Analyzers.CodeFixes.AdditionalFiles;
using StalwartHardening.Configuration;

namespace StalwartHardening.Benchmarks;

/// <summary>
/// What one action for a whole project costs, by the number of files: two findings in each, so that the second fix of a file needs the
/// first. BenchmarkDotNet repeats a call; here each call needs a workspace that nobody has read yet.
/// </summary>
internal static class FixAllCost
{
    private const string Rule = "SWH1001";
    private const string Action = "review/SWH1001/close";

    public static async Task Report()
    {
        await Report("configuration files", new ConfigurationFileFixProvider(), new ConfigurationFileAnalyzer(), Configurations);
        await Report("C# files, a server in each", new SourceFixProvider(), new BuilderAnalyzer(), Programs);
    }

    private static async Task Report(string what, CodeFixProvider provider, DiagnosticAnalyzer analyzer, Func<Project, int, Project> fill)
    {
        // Until the runtime has compiled everything for good.
        for (var round = 0; round < 4; round++)
            await Measure(provider, analyzer, fill, 100);
        foreach (var count in new[] { 10, 100, 1000 })
        {
            var times = new List<double>();
            for (var round = 0; round < 3; round++)
                times.Add(await Measure(provider, analyzer, fill, count));
            times.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}, {count}: {times[1]:0} ms, {times[1] / count:0.0} ms each"));
        }
    }

    private static async Task<double> Measure(CodeFixProvider provider, DiagnosticAnalyzer analyzer, Func<Project, int, Project> fill, int count)
    {
        using var workspace = new AdhocWorkspace();
        var info = ProjectInfo.Create(
            ProjectId.CreateNewId(),
            VersionStamp.Default,
            "P",
            "P",
            LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary),
            metadataReferences: [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(StalwartServer).Assembly.Location)]);
        var project = fill(workspace.CurrentSolution.AddProject(info).GetProject(info.Id)!, count);
        var compilation = (await project.GetCompilationAsync())!;
        var diagnostics = await compilation.WithAnalyzers([analyzer], project.AnalyzerOptions).GetAnalyzerDiagnosticsAsync();
        var context = new FixAllContext(project, provider, FixAllScope.Project, Action, [Rule], new Known([.. diagnostics.Where(static diagnostic => diagnostic.Id == Rule)]), CancellationToken.None);
        var watch = Stopwatch.StartNew();
        var action = await provider.GetFixAllProvider()!.GetFixAsync(context);
        watch.Stop();
        return action is null ? throw new InvalidOperationException("Nothing was fixed.") : watch.Elapsed.TotalMilliseconds;
    }

    private static Project Configurations(Project project, int count)
    {
        for (var i = 0; i < count; i++)
        {
            project = project.AddAdditionalDocument(
                $"{i}.toml",
                SourceText.From("[server.listener.imap]\nbind = \"[::]:143\" # phones\nprotocol = \"imap\"\n\n[server.listener.other]\nbind = \"0.0.0.0:143\"\nprotocol = \"imap\"\n"),
                filePath: $"/0/{i}.toml").Project;
        }

        return project;
    }

    private static Project Programs(Project project, int count)
    {
        for (var i = 0; i < count; i++)
        {
            project = project.AddDocument(
                $"{i}.cs",
                SourceText.From($$"""
                    using StalwartHardening.Configuration;

                    public static class Program{{i}}
                    {
                        public static StalwartServer Write()
                        {
                            var server = StalwartServer.CreateBuilder("mail.example.org");
                            server.AddListener("imap", MailProtocol.Imap).Bind(143);
                            server.AddListener("other", MailProtocol.Imap).Bind("192.0.2.1:143");
                            return server.Build();
                        }
                    }
                    """),
                filePath: $"/0/{i}.cs").Project;
        }

        return project;
    }

    private sealed class Known(IReadOnlyList<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
