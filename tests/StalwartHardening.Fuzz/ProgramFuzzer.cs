using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Analyzers.AdditionalFiles;
using StalwartHardening.Analyzers.Builders;
using StalwartHardening.Analyzers.CodeFixes;
using StalwartHardening.Analyzers.Literals;
using StalwartHardening.Configuration;
using StalwartHardening.Tests;

namespace StalwartHardening.Fuzz;

/// <summary>C# programs, compiling or not: no analyzer throws, and every fix that is offered can be made.</summary>
internal sealed class ProgramFuzzer : Fuzzer
{
    private static readonly MetadataReference[] References = [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(StalwartServer).Assembly.Location)];

    public override string Name => "programs";

    public override int Weight => 80;

    public override string Create(Random random)
    {
        var program = random.Next(3) == 0
            ? "class C { string Text = " + (random.Next(2) == 0 ? "\"\"\"\"\"\n" + UntidyToml.Create(random) + "\n\"\"\"\"\"" : SymbolDisplay.FormatLiteral(PlanFuzzer.Text(random), quote: true)) + "; }"
            : WovenProgram.Create(random.Next());
        return Mutation.Of(program, random, random.Next(5));
    }

    public override void Try(string input)
    {
        using var workspace = new AdhocWorkspace();
        var project = workspace.CurrentSolution.AddProject("P", "P", LanguageNames.CSharp)
            .WithMetadataReferences(References)
            .WithCompilationOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, concurrentBuild: false));
        var document = project.AddDocument("0.cs", SourceText.From(input), filePath: "/0.cs");
        Exception? thrown = null;
        var options = new CompilationWithAnalyzersOptions(project.AnalyzerOptions, (exception, _, _) => thrown = exception, concurrentAnalysis: false, logAnalyzerExecutionTime: false);
        var compilation = document.Project.GetCompilationAsync().GetAwaiter().GetResult()!;
        var diagnostics = compilation.WithAnalyzers([new BuilderAnalyzer(), new ConfigurationLiteralAnalyzer(), new ConfigurationReferenceAnalyzer()], options).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
        if (thrown is not null)
            throw new InvalidOperationException("An analyzer throws.", thrown);
        foreach (var diagnostic in diagnostics.Take(3))
        {
            var actions = new List<CodeAction>();
            new SourceFixProvider().RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None)).GetAwaiter().GetResult();
            foreach (var action in actions.Take(2))
                Demand(action.GetOperationsAsync(CancellationToken.None).GetAwaiter().GetResult().OfType<ApplyChangesOperation>().Any(), "a fix changes nothing");
        }
    }
}
