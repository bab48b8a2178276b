using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

// CompilerHost <folder of analyzer dlls> <configuration>...
// Loads the dlls as a compiler does, judges the files, prints "<id> <file>:<line>:<column>" for each finding and "FAILED ..." for what went wrong.
Console.WriteLine($"Roslyn {typeof(Compilation).Assembly.GetName().Version} on .NET {Environment.Version}");
var loader = new Loader(args[0]);
var analyzers = ImmutableArray.CreateBuilder<DiagnosticAnalyzer>();
foreach (var path in Directory.GetFiles(args[0], "*.dll"))
{
    var reference = new AnalyzerFileReference(path, loader);
    reference.AnalyzerLoadFailed += (_, e) =>
    {
        if (e.ErrorCode != AnalyzerLoadFailureEventArgs.FailureErrorCode.NoAnalyzers)
            Console.WriteLine($"FAILED {e.ErrorCode} {e.Message}");
    };
    analyzers.AddRange(reference.GetAnalyzers(LanguageNames.CSharp));
}

var compilation = CSharpCompilation.Create(
    "Host",
    [CSharpSyntaxTree.ParseText("class C { }")],
    [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
    new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
var files = args.Skip(1).Select(path => (AdditionalText)new TextFile(path)).ToImmutableArray();
var findings = await compilation.WithAnalyzers(analyzers.ToImmutable(), new AnalyzerOptions(files)).GetAnalyzerDiagnosticsAsync();
Console.WriteLine($"{analyzers.Count} analyzers");
foreach (var finding in findings.OrderBy(f => f.Location.GetLineSpan().Path).ThenBy(f => f.Location.SourceSpan.Start).ThenBy(f => f.Id))
{
    var place = finding.Location.GetLineSpan();
    Console.WriteLine(finding.Id.StartsWith("SWH", StringComparison.Ordinal)
        ? $"{finding.Id} {Path.GetFileName(place.Path)}:{place.StartLinePosition.Line + 1}:{place.StartLinePosition.Character + 1}"
        : $"FAILED {finding}");
}

sealed class TextFile(string path) : AdditionalText
{
    public override string Path => path;

    public override SourceText GetText(CancellationToken cancellationToken = default)
    {
        using var stream = File.OpenRead(path);
        return SourceText.From(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }
}

// The compiler's order: what the host has is the host's; then what lies beside the analyzer.
sealed class Loader(string folder) : IAnalyzerAssemblyLoader
{
    private readonly Context _context = new(folder);

    public void AddDependencyLocation(string fullPath)
    {
    }

    public Assembly LoadFromPath(string fullPath) => _context.LoadFromAssemblyPath(fullPath);

    private sealed class Context(string folder) : AssemblyLoadContext("Analyzers")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            try
            {
                return Default.LoadFromAssemblyName(assemblyName);
            }
            catch (IOException)
            {
                var path = Path.Combine(folder, assemblyName.Name + ".dll");
                return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
            }
        }
    }
}
