using System.Diagnostics;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace StalwartHardening.Mutation;

/// <summary>Core as the build compiles it: the same sources, references, options and resources.</summary>
internal sealed class CoreSources
{
    private readonly IEnumerable<ResourceDescription> _resources;

    /// <summary>A compilation, the folder that its paths begin with, and its resources.</summary>
    public CoreSources(string folder, CSharpCompilation compilation, IEnumerable<ResourceDescription> resources) =>
        (Folder, Compilation, _resources) = (folder, compilation, resources);

    /// <summary>The folder of the project.</summary>
    public string Folder { get; }

    /// <summary>What the build compiles.</summary>
    public CSharpCompilation Compilation { get; }

    /// <summary>Asks MSBuild for the compiler's arguments and reads what they name.</summary>
    /// <exception cref="InvalidOperationException">The project has not been built yet.</exception>
    public static CoreSources Load(string root)
    {
        var folder = Path.Combine(root, "src", "StalwartHardening.Core");
        // An output that never exists: without it an up-to-date build skips the compiler and says no arguments.
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["msbuild", folder, "-t:PrepareResources;Compile", "-p:ProvideCommandLineArgs=true", "-p:SkipCompilerExecution=true", "-p:NonExistentFile=none", "-getItem:CscCommandLineArgs"])
        {
            RedirectStandardOutput = true,
        })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException("Core has to be built first: " + text);
        using var document = JsonDocument.Parse(text);
        var lines = document.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray().Select(static item => item.GetProperty("Identity").GetString()!);
        var arguments = CSharpCommandLineParser.Default.Parse(lines, folder, sdkDirectory: null);
        var trees = arguments.SourceFiles.Select(file => CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(file.Path), System.Text.Encoding.UTF8), arguments.ParseOptions, file.Path));
        var references = arguments.MetadataReferences.Select(static reference => MetadataReference.CreateFromFile(reference.Reference));
        return new(folder, CSharpCompilation.Create(arguments.CompilationName!, trees, references, arguments.CompilationOptions.WithOptimizationLevel(OptimizationLevel.Release)), arguments.ManifestResources);
    }

    /// <summary>The errors of a changed Core; empty where it has been written to <paramref name="path"/>.</summary>
    public Diagnostic[] Emit(CSharpCompilation changed, string path)
    {
        using var stream = new MemoryStream();
        var result = changed.Emit(stream, manifestResources: _resources);
        if (result.Success)
            File.WriteAllBytes(path, stream.ToArray());
        return [.. result.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
    }
}
