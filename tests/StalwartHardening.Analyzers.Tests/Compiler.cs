using System.Collections.Immutable;
using System.Text;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Analyzers.AdditionalFiles;

namespace StalwartHardening.Tests;

/// <summary>The analyzer in a plain compilation, for what the test harness does not show: severities, telemetry, odd texts.</summary>
internal static class Compiler
{
    public static async Task<ImmutableArray<Diagnostic>> Judge(string text, params (string Name, string Value)[] options) =>
        await Judge(new TextFile("/0/config.toml", SourceText.From(text, Encoding.UTF8.WithoutMark())), options);

    public static async Task<ImmutableArray<Diagnostic>> Judge(AdditionalText file, params (string Name, string Value)[] options) =>
        await Create([file], options).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

    public static CompilationWithAnalyzers Create(ImmutableArray<AdditionalText> files, params (string Name, string Value)[] options)
    {
        var compilation = CSharpCompilation.Create(
            "Tests",
            [CSharpSyntaxTree.ParseText("class C { }")],
            Net100.References.All,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        return compilation.WithAnalyzers(
            [new ConfigurationFileAnalyzer()],
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions(files, new OptionsProvider(options)),
                onAnalyzerException: null,
                concurrentAnalysis: true,
                logAnalyzerExecutionTime: true));
    }

    public static CompilationWithAnalyzers Create(string source, DiagnosticAnalyzer analyzer, params AdditionalText[] files) =>
        CSharpCompilation.Create(
            "Tests",
            [CSharpSyntaxTree.ParseText(source)],
            Net100.References.All,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).WithAnalyzers([analyzer], new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([.. files]),
                onAnalyzerException: null,
                concurrentAnalysis: true,
                logAnalyzerExecutionTime: true));

    public static CompilationWithAnalyzers CreateAt(string path, string source, DiagnosticAnalyzer analyzer, params AdditionalText[] files) => CreateAt(path, source, analyzer, [], files);

    public static CompilationWithAnalyzers CreateAt(string path, string source, DiagnosticAnalyzer analyzer, (string Name, string Value)[] options, params AdditionalText[] files) =>
        CSharpCompilation.Create(
            "Tests",
            [CSharpSyntaxTree.ParseText(source, path: path)],
            Net100.References.All,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).WithAnalyzers([analyzer], new AnalyzerOptions([.. files], new OptionsProvider(options)));

    public static CompilationWithAnalyzers CreateWith(string source, DiagnosticAnalyzer analyzer, params (string Name, string Value)[] options) =>
        CSharpCompilation.Create(
            "Tests",
            [CSharpSyntaxTree.ParseText(source)],
            Net100.References.All,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).WithAnalyzers([analyzer], new AnalyzerOptions([], new OptionsProvider(options)));

    internal sealed class TextFile(string path, SourceText? text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText? GetText(CancellationToken cancellationToken = default) => text;
    }

    private sealed class OptionsProvider((string Name, string Value)[] options) : AnalyzerConfigOptionsProvider
    {
        private readonly Options _options = new(options);

        public override AnalyzerConfigOptions GlobalOptions => _options;

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => _options;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => _options;
    }

    private sealed class Options((string Name, string Value)[] options) : AnalyzerConfigOptions
    {
        private readonly Dictionary<string, string> _values = options.ToDictionary(option => option.Name, option => option.Value, KeyComparer);

        public override IEnumerable<string> Keys => _values.Keys;

        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) =>
            _values.TryGetValue(key, out value);
    }
}
