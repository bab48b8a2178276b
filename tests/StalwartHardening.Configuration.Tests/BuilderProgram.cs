using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using StalwartHardening.Analyzers.Builders;
using StalwartHardening.Configuration;
using StalwartHardening.Generations;
using StalwartHardening.Migration;
using StalwartHardening.Server;
using StalwartHardening.Server.Accounts;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests;

/// <summary>A program that writes a mail server: run, and read from its source.</summary>
internal static class BuilderProgram
{
    private static readonly ImmutableArray<MetadataReference> References =
        [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(StalwartServer).Assembly.Location)];

    private const string Usings = "using System; using System.Collections.Generic; using System.Linq; using System.Net; using StalwartHardening.Configuration;\n";

    /// <summary>A class with a method that writes a server; <paramref name="members"/> are beside it.</summary>
    public static string Source(string statements, string members = "") =>
        Usings + "public static class Program\n{\n    public static StalwartServerBuilder Write()\n    {\n        var server = StalwartServer.CreateBuilder(\"mail.example.org\");\n"
        + statements + "\n        Done(server.Build());\n        return null;\n    }\n    public static StalwartServer Result;\n    static void Done(StalwartServer server) => Result = server;\n" + members + "\n}\n";

    // One set of resolved references for all programs; resolving them costs more than a program.
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create("Program", [], References, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    public static CSharpCompilation Compile(params string[] sources) =>
        Empty.AddSyntaxTrees(sources.Select(static (source, index) => CSharpSyntaxTree.ParseText(source, path: $"/0/Program{index}.cs", encoding: System.Text.Encoding.UTF8)));

    /// <summary>The compiled program, which must have no error.</summary>
    public static Assembly Load(CSharpCompilation compilation, AssemblyLoadContext context)
    {
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)) + "\n" + compilation.SyntaxTrees[0]);
        image.Position = 0;
        return context.LoadFromStream(image);
    }

    public static StalwartServer Run(CSharpCompilation compilation)
    {
        var context = new AssemblyLoadContext(null, isCollectible: true);
        var program = Load(compilation, context).GetType("Program")!;
        try
        {
            program.GetMethod("Write")!.Invoke(null, null);
        }
        catch (TargetInvocationException exception)
        {
            throw new InvalidOperationException(exception.InnerException!.Message + "\n" + compilation.SyntaxTrees[0], exception.InnerException);
        }

        var result = (StalwartServer)program.GetField("Result")!.GetValue(null)!;
        context.Unload();
        return result;
    }

    public static IReadOnlyList<SettingsDocument> Flatten(Compilation compilation) =>
        BuilderSettingsReader.Read(compilation, BuilderVocabulary.From(compilation)!, TestContext.Current.CancellationToken).Servers.ToList();

    /// <summary>What the source says is what the program writes, read back by the server's grammar; also the accounts, and the plan for later servers.</summary>
    public static void AssertSame(params string[] sources)
    {
        var compilation = Compile(sources);
        var written = Run(compilation);
        var flattened = Assert.Single(Flatten(compilation));
        Assert.True(flattened.IsComplete, "The reader lost sight of something.\n" + sources[0]);
        var read = ServerTomlReader.Read(written.ToToml(), ServerVersion.Newest);
        Assert.Empty(read.Problems);
        Assert.Equal(Lines(read, static _ => true), Lines(flattened, static key => !key.StartsWith("principal.", StringComparison.Ordinal)));
        Assert.Equal(written.Principals.Select(static principal => principal.Json), DeclaredPrincipal.Read(flattened).Select(static principal => PrincipalJson.From(principal).Json));
        var plan = ServerPlan.Create(flattened, reconciles: true, new ReadingTarget(PlanGeneration.Instance.Newest), TestContext.Current.CancellationToken);
        Assert.Equal(written.PlanProblems().Count, plan.Problems.Count);
        if (plan.Problems.Count == 0)
            Assert.Equal(written.ToPlan(), plan.Text);
    }

    public static Task<IReadOnlyList<string>> Judge(params string[] sources) => Judge(Compile(sources));

    public static async Task<IReadOnlyList<string>> Judge(Compilation compilation)
    {
        var diagnostics = await Analyze(compilation);
        // Advice about what else could be better belongs to the tests of the rules.
        return [.. diagnostics.Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).OrderBy(static diagnostic => diagnostic.Location.SourceTree!.FilePath).ThenBy(static diagnostic => diagnostic.Location.SourceSpan.Start)
            .Select(static diagnostic => diagnostic.Id + " " + diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan))];
    }

    public static async Task<ImmutableArray<Diagnostic>> Analyze(Compilation compilation)
    {
        Exception? thrown = null;
        var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), (exception, _, _) => thrown = exception, concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        var diagnostics = await compilation.WithAnalyzers([new BuilderAnalyzer()], options).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.Null(thrown);
        return diagnostics;
    }

    private static List<string> Lines(SettingsDocument document, Func<string, bool> take)
    {
        var lines = new List<string>();
        for (var i = 0; i < document.Count; i++)
        {
            if (take(document[i].Key))
                lines.Add(document[i].Key + " = " + document[i].Value);
        }

        return lines;
    }
}
