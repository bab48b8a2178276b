using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace StalwartHardening.Tests;

/// <summary>Programs as people wrote them who did not know the reader, kept beside the repository: each action on each of them.</summary>
public partial class SharedProgramsFixTests
{
    private const string Usings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks; "
        + "global using System.Net; global using System.Text; global using System.Globalization; global using System.Collections.Immutable; global using System.Collections.Frozen; global using Microsoft.Extensions.Options;";

    [Fact]
    public async Task No_action_breaks_a_program()
    {
        var folder = Repository.SharedOrSkip("programs");
        Assert.SkipWhen(SourcePrograms.AspNetCore.Count == 0, "ASP.NET is not installed.");
        var library = Library(await File.ReadAllTextAsync(Path.Combine(folder, "OtherLib.cs"), TestContext.Current.CancellationToken));
        var only = Environment.GetEnvironmentVariable("STALWART_HARDENING_PROGRAM");
        var broken = new ConcurrentBag<string>();
        var record = new ConcurrentBag<string>();
        var (programs, actions) = (0, 0);
        var cases = new[] { "insecure.txt", "secure.txt" }.SelectMany(file => Case().Matches(File.ReadAllText(Path.Combine(folder, file)))).ToList();
        await Parallel.ForEachAsync(cases, TestContext.Current.CancellationToken, async (match, _) =>
        {
            var name = match.Groups[1].Value;
            if (only is not null && !name.StartsWith(only, StringComparison.Ordinal))
                return;
            using var workspace = new SourcePrograms();
            var project = workspace.AddProject(
                [MetadataReference.CreateFromImage(library), .. SourcePrograms.AspNetCore.Select(static path => MetadataReference.CreateFromFile(path))],
                $"using StalwartHardening.Configuration;\nnamespace {name}\n{{\n{match.Groups[2].Value}}}\n",
                Usings);
            var experiment = new FixExperiment(name, project, workspace.Solution, name + ".Case.Run", [library]);
            await experiment.ApplyEachAsync();
            await experiment.ApplyAllAsync();
            Interlocked.Increment(ref programs);
            Interlocked.Add(ref actions, experiment.Actions);
            experiment.Broken.ForEach(broken.Add);
            experiment.Record.ForEach(record.Add);
        });
        if (Environment.GetEnvironmentVariable("STALWART_HARDENING_FIX_RECORD") is { Length: > 0 } path)
            await File.WriteAllLinesAsync(path, record.Order(StringComparer.Ordinal), TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper!.WriteLine($"{programs} programs, {actions} actions, {broken.Count} broken");
        Assert.True(broken.IsEmpty, $"{broken.Count} of {actions} actions:\n" + string.Join("\n\n", broken.Order(StringComparer.Ordinal)));
    }

    private static byte[] Library(string source)
    {
        using var image = new MemoryStream();
        var compilation = CSharpCompilation.Create("OtherLib", [CSharpSyntaxTree.ParseText(Usings, path: "u.cs"), CSharpSyntaxTree.ParseText(source, path: "l.cs")], [.. SourcePrograms.References, .. SourcePrograms.AspNetCore.Select(static path => MetadataReference.CreateFromFile(path))], new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var emitted = compilation.Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        return image.ToArray();
    }

    [GeneratedRegex(@"^//// (\S+) [^\n]*\n((?:(?!////)[^\n]*\n?)*)", RegexOptions.Multiline)]
    private static partial Regex Case();
}
