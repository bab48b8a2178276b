using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using StalwartHardening.Configuration;

namespace StalwartHardening.Tests;

/// <summary>What a program writes when it is compiled and run, or why it does not.</summary>
internal sealed record ProgramRun(object? Result, string? Problem, IReadOnlyList<string> Warnings)
{
    /// <summary>The server it wrote; null where it wrote none.</summary>
    public StalwartServer? Server => Result as StalwartServer;

    /// <summary>What a random program writes: one method, no libraries, and it must run.</summary>
    /// <param name="project">The program.</param>
    /// <param name="message">Said of a program that does not.</param>
    public static async Task<T> WrittenByAsync<T>(Project project, string message = "")
    {
        var run = await OfAsync(project, "Program.Write", []);
        Assert.True(run.Problem is null, run.Problem + "\n" + message);
        return Assert.IsType<T>(run.Result, exactMatch: false);
    }

    /// <summary>Compiles a project and calls the method that writes its server.</summary>
    /// <param name="project">The project.</param>
    /// <param name="entry">The static method, with its type: <c>Program.Write</c>. It returns what it writes, or leaves it in a field <c>Result</c> of its type.</param>
    /// <param name="libraries">Assemblies that the program needs besides those of the tests, as images.</param>
    public static async Task<ProgramRun> OfAsync(Project project, string entry, IReadOnlyList<byte[]> libraries)
    {
        var compilation = (await project.GetCompilationAsync(CancellationToken.None))!;
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        string[] problems = [.. emitted.Diagnostics.Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(static diagnostic => diagnostic.Id + " " + diagnostic.GetMessage(null))];
        if (!emitted.Success)
            return new(null, "does not compile: " + string.Join("; ", emitted.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)), problems);
        image.Position = 0;
        var context = new ProgramContext();
        try
        {
            foreach (var library in libraries)
                context.LoadFromStream(new MemoryStream(library));
            var dot = entry.LastIndexOf('.');
            var method = context.LoadFromStream(image).GetType(entry[..dot])!.GetMethod(entry[(dot + 1)..], BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
            // What is not returned is kept.
            var returned = method.Invoke(null, null);
            return new(returned is StalwartServer ? returned : method.DeclaringType!.GetField("Result")?.GetValue(null) ?? returned, null, problems);
        }
        catch (TargetInvocationException exception)
        {
            return new(null, "throws: " + exception.InnerException!.Message, problems);
        }
        finally
        {
            context.Unload();
        }
    }

    // What ASP.NET brings is not among the assemblies that the tests run on.
    private sealed class ProgramContext() : AssemblyLoadContext(null, isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName assemblyName) =>
            SourcePrograms.AspNetCore.FirstOrDefault(path => Path.GetFileNameWithoutExtension(path) == assemblyName.Name) is { } path ? LoadFromAssemblyPath(path) : null;
    }
}
