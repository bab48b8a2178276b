using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.Configuration;
using StalwartHardening.Configuration;

namespace StalwartHardening.Tests;

/// <summary>
/// A program that somebody wrote who did not know the reader: <c>//// NAME words</c> and C# with a class <c>Case</c> whose static <c>Run()</c>
/// returns the server. A line <c>//--- NAME</c> begins another file.
/// </summary>
internal sealed partial record WrittenCase(string Name, string Words, IReadOnlyList<string> Files)
{
    private const string GlobalUsings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks; "
        + "global using System.Net; global using System.Text; global using System.Globalization; global using System.Collections.Immutable; global using System.Collections.Frozen; global using Microsoft.Extensions.Configuration; global using Microsoft.Extensions.DependencyInjection; global using Microsoft.Extensions.Hosting; global using Microsoft.Extensions.Logging; global using Microsoft.Extensions.Options; global using StalwartHardening.Configuration;";

    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Programs",
        [CSharpSyntaxTree.ParseText(GlobalUsings, path: "/0/Usings.cs")],
        [.. Net100.References.All, .. Libraries().Select(static path => MetadataReference.CreateFromFile(path))],
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    // What a program's host is made of, as far as this project has it.
    private static IEnumerable<string> Libraries() =>
        Directory.GetFiles(AppContext.BaseDirectory, "Microsoft.Extensions.*.dll").Append(typeof(StalwartServer).Assembly.Location).Append(typeof(ConfigurationListenerExtensions).Assembly.Location);

    /// <summary>The programs of a file.</summary>
    public static IEnumerable<WrittenCase> In(string text) =>
        Begin().Matches(text.ReplaceLineEndings("\n")).Select(static match => new WrittenCase(match.Groups[1].Value, match.Groups[2].Value.Trim(), FileMark().Split(match.Groups[3].Value)));

    /// <summary>The program as a compilation, its files in an order of the caller's.</summary>
    public CSharpCompilation Compile(bool backwards = false)
    {
        var trees = Files.Select((file, index) => CSharpSyntaxTree.ParseText($"namespace {Name}\n{{\n{file}}}\n", path: $"/0/{Name}{index}.cs"));
        return Empty.AddSyntaxTrees(backwards ? trees.Reverse() : trees);
    }

    /// <summary>The server that the program writes.</summary>
    public StalwartServer Run(CSharpCompilation compilation)
    {
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        Assert.True(emitted.Success, Name + "\n" + string.Join('\n', emitted.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        image.Position = 0;
        var context = new AssemblyLoadContext(null, isCollectible: true);
        try
        {
            return (StalwartServer)context.LoadFromStream(image).GetType(Name + ".Case")!.GetMethod("Run")!.Invoke(null, null)!;
        }
        catch (TargetInvocationException exception)
        {
            throw new InvalidOperationException(Name + ": " + exception.InnerException!.Message, exception.InnerException);
        }
        finally
        {
            context.Unload();
        }
    }

    public override string ToString() => Name;

    [GeneratedRegex(@"^//// (\S+)([^\n]*)\n((?:(?!////)[^\n]*\n?)*)", RegexOptions.Multiline)]
    private static partial Regex Begin();

    [GeneratedRegex(@"^//---[^\n]*\n", RegexOptions.Multiline)]
    private static partial Regex FileMark();
}
