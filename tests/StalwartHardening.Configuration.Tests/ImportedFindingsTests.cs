using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using StalwartHardening.Configuration;
using StalwartHardening.Generations;
using StalwartHardening.Programs;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;
using ConfigurationJudge = StalwartHardening.Rules.ConfigurationJudge;
using JudgementOptions = StalwartHardening.Configuration.JudgementOptions;

namespace StalwartHardening.Tests;

/// <summary>What is found in a configuration is found in the program that was made of it, at the call that says the same, while typing and when it runs.</summary>
public sealed class ImportedFindingsTests
{
    private static readonly HashSet<string> s_ended = new(StringComparer.Ordinal)
    {
        // Secrets become variables.
        "SWH4001", "SWH4002", "SWH4003",

        // About how a text is written; the program has none.
        "SWH0006", "SWH0008", "SWH0009", "SWH0010",
    };

    [Fact]
    public async Task Findings_of_a_file_are_findings_of_its_program()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var files = Directory.GetFiles(Repository.SharedOrSkip("corpus"), "*.toml").Order(StringComparer.Ordinal)
            .Select(static file => (Name: Path.GetFileName(file), Server: ConfigurationReader.Read(Encoding.UTF8.GetString(File.ReadAllBytes(file)), new ReadingTarget(ServerVersion.Newest), TestContext.Current.CancellationToken)))
            .Where(static file => !file.Server.IsPlan && file.Server.Document.Problems.Count == 0)
            .ToList();
        Assert.True(files.Count > 100, $"{files.Count}");
        var programs = files.ConvertAll(static file => ImportedProgram.From(file.Server, file.Name));
        var compilation = BuilderProgram.Compile([.. programs.Select(static (program, index) => program.ToClass($"Program{index}"))]).WithOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Debug));
        var diagnostics = (await BuilderProgram.Analyze(compilation)).ToLookup(static diagnostic => diagnostic.Location.SourceTree!);
        using var folder = new TemporaryFolder();
        var context = new AssemblyLoadContext(null, isCollectible: true);
        var assembly = LoadWithSymbols(compilation, folder, context);
        var compared = 0;
        for (var i = 0; i < files.Count; i++)
        {
            var tree = compilation.SyntaxTrees[i];
            var shown = diagnostics[tree].Select(static diagnostic => (diagnostic.Id, Line: diagnostic.Location.GetLineSpan().StartLinePosition.Line)).ToHashSet();
            var left = programs[i].LeftOut.Select(static setting => setting.Key).ToHashSet(StringComparer.Ordinal);
            var found = ConfigurationJudge.Judge(files[i].Server, new Rules.JudgementOptions(), cancellationToken);
            var server = (StalwartServer)assembly.GetType($"Program{i}")!.GetMethod("Create")!.Invoke(null, null)!;
            var findings = server.Judge(new JudgementOptions { MinimumSeverity = Severity.Info });
            var before = found.Where(finding => !s_ended.Contains(finding.Rule.Id) && !IsAboutLeftOut(finding, left)).Select(static finding => (finding.Rule.Id, finding.SettingKey)).ToList();
            Assert.True(!before.Except(findings.Select(static finding => (finding.RuleId, finding.SettingKey))).Any(), $"{files[i].Name}: {string.Join(' ', before)}; {string.Join(' ', findings.Select(static finding => (finding.RuleId, finding.SettingKey)))}");
            compared += before.Count;

            // A secret that no server could verify is a variable now, and nobody knows what is in it.
            var more = findings.Select(static finding => finding.RuleId).Except(found.Select(static finding => finding.Rule.Id)).ToList();
            Assert.True(more.Count == 0 || more is ["SWH3001"] && programs[i].Variables.Any(static variable => variable.Key == "authentication.fallback-admin.secret"), files[i].Name + ": " + string.Join(' ', more));

            // Symbols know statements.
            var statements = Statements(tree, cancellationToken);
            var judged = findings.Select(finding => (finding.RuleId, statements[finding.Line - 1])).Distinct().Order().ToList();
            var typed = shown.Select(diagnostic => (diagnostic.Id, statements[diagnostic.Line])).Distinct().Order().ToList();
            Assert.True(judged.SequenceEqual(typed), $"{files[i].Name}: only when it runs: {string.Join(' ', judged.Except(typed))}; only while typing: {string.Join(' ', typed.Except(judged))}");
        }

        context.Unload();
        Assert.True(compared > 500, $"{compared}");
    }

    private static Assembly LoadWithSymbols(Compilation compilation, TemporaryFolder folder, AssemblyLoadContext context)
    {
        var path = Path.Combine(folder.Root, "Programs.dll");
        var symbols = Path.ChangeExtension(path, ".pdb");
        using (var image = File.Create(path))
        using (var pdb = File.Create(symbols))
        {
            var emitted = compilation.Emit(image, pdb, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb, pdbFilePath: symbols));
            Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        }

        return context.LoadFromAssemblyPath(path);
    }

    // The line on which the statement of each line begins.
    private static int[] Statements(SyntaxTree tree, CancellationToken cancellationToken)
    {
        var lines = Enumerable.Range(0, tree.GetText(cancellationToken).Lines.Count).ToArray();
        foreach (var statement in tree.GetRoot(cancellationToken).DescendantNodes().OfType<StatementSyntax>().Where(static node => node is not BlockSyntax))
        {
            var span = tree.GetLineSpan(statement.Span, cancellationToken);
            for (var line = span.StartLinePosition.Line; line <= span.EndLinePosition.Line; line++)
                lines[line] = span.StartLinePosition.Line;
        }

        return lines;
    }

    // What Build() refuses is not in the program: the setting, or all that makes a listener one.
    private static bool IsAboutLeftOut(Finding finding, HashSet<string> left) =>
        left.Any(key => key == finding.SettingKey || (finding.SettingKey.Length > 0 && SettingPath.IsBelow(key, SettingPath.Parent(finding.SettingKey))));
}
