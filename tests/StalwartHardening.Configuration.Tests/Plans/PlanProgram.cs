using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using StalwartHardening.Analyzers.Builders;

namespace StalwartHardening.Tests.Plans;

/// <summary>A program that writes a plan: run, and read from its source.</summary>
internal static class PlanProgram
{
    private const string Usings = "using System; using System.Collections.Generic; using System.Linq; using StalwartHardening.Configuration; using StalwartHardening.Configuration.Objects;\n";

    /// <summary>A class with a method that writes a plan; <paramref name="members"/> are beside it.</summary>
    public static string Source(string statements, string members = "", string types = "") =>
        Usings + types + "\npublic static class Program\n{\n    public static string Write()\n    {\n        var plan = new StalwartPlan();\n"
        + statements + "\n        return plan.ToNdjson();\n    }\n" + members + "\n}\n";

    /// <summary>What the program writes when it runs.</summary>
    public static string Run(Compilation compilation)
    {
        using var image = new MemoryStream();
        var emitted = compilation.Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)) + "\n" + compilation.SyntaxTrees.First());
        image.Position = 0;
        var context = new AssemblyLoadContext(null, isCollectible: true);
        try
        {
            return (string)context.LoadFromStream(image).GetType("Program")!.GetMethod("Write")!.Invoke(null, null)!;
        }
        catch (TargetInvocationException exception)
        {
            throw new InvalidOperationException(exception.InnerException!.Message + "\n" + compilation.SyntaxTrees.First(), exception.InnerException);
        }
    }

    /// <summary>The plans that the reader sees in the source.</summary>
    public static IReadOnlyList<string> Flatten(Compilation compilation) =>
        [.. BuilderSettingsReader.Read(compilation, BuilderVocabulary.From(compilation)!, TestContext.Current.CancellationToken).Written.Where(static server => server.Plan is not null).Select(static server => server.Plan!.Text)];

    /// <summary>What the source says is what the program writes.</summary>
    public static void AssertSame(string source)
    {
        var compilation = BuilderProgram.Compile(source);
        Assert.Equal(Run(compilation), Assert.Single(Flatten(compilation)));
    }
}
