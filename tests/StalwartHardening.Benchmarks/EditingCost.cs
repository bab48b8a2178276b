using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Analyzers.Builders;
using StalwartHardening.Analyzers.Literals;
using StalwartHardening.Configuration;
using StalwartHardening.Mutation;

namespace StalwartHardening.Benchmarks;

/// <summary>
/// What somebody who types waits for, against its bounds: keystrokes in a program with a server, programs that loop, and code of others
/// that never mentions the library. The figure is the time inside the actions of the analyzers (<c>-reportanalyzer</c>).
/// </summary>
internal static class EditingCost
{
    private const int Keystrokes = 1000;

    // Every state that a line goes through while it is typed, three times: what is met for the first time is compiled first.
    private const int WarmingLines = 3;

    private static readonly ImmutableArray<MetadataReference> References = [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(StalwartServer).Assembly.Location)];

    /// <summary>Measures and prints a table; writes it between the marks of a page where there is one.</summary>
    /// <param name="page">The page; null for none.</param>
    /// <param name="foreign">Folders with C# of others.</param>
    public static async Task Report(string? page, IReadOnlyList<string> foreign)
    {
        var rows = new List<string>();
        await Warm();
        var program = AnalyzerCost.BuilderProgram(300, secure: true);
        rows.Add(Row("one file, 300 lines of builders, warm: median of 200", await Rounds([program], 200), 3, Median));
        var (typed, pauses) = await Typed(program);
        rows.Add(Row($"{Keystrokes:N0} keystrokes in it, warm: 99th percentile", typed, 100, static times => Percentile(times, 0.99)));
        rows.Add(Row("the same, pauses of the garbage collector left out", [.. typed.Zip(pauses, static (time, pause) => (Math.Max(0, time.Builders - pause), time.Texts))], 100, static times => Percentile(times, 0.99)));
        rows.Add(Row("the same: the slowest", typed, null, static times => times.Max()));
        foreach (var (name, source) in Loops())
            rows.Add(Row("a program that loops: " + name, await Rounds([source], 5), 300, Median));
        rows.Add(Row("4,600 files that never mention the library", await Rounds(OtherFiles(4600), 5), null, Median));
        foreach (var folder in foreign)
        {
            var sources = Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories).Where(static path => !path.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText).ToList();
            rows.Add(Row($"{Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))}: {sources.Count.ToString("N0", CultureInfo.InvariantCulture)} files, {sources.Sum(static text => text.AsSpan().Count('\n')).ToString("N0", CultureInfo.InvariantCulture)} lines of others", await Rounds(sources, 5), null, Median));
        }

        var table = "| what | builders | texts with TOML | bound for both |\n|---|---|---|---|\n" + string.Concat(rows.Select(static row => row + "\n"));
        Console.WriteLine(table);
        if (page is not null)
            RecordedPage.Write(page, "costs", table);
    }

    private static async Task Warm()
    {
        for (var i = 0; i < 200; i++)
            await Measure(Compile([AnalyzerCost.BuilderProgram(300)]));
    }

    private static async Task<List<(double Builders, double Texts)>> Rounds(IReadOnlyList<string> sources, int rounds)
    {
        var times = new List<(double, double)>();
        for (var i = 0; i < rounds + 1; i++)
        {
            var one = await Measure(Compile(sources));
            if (i > 0)
                times.Add(one);
        }

        return times;
    }

    // Somebody writes statements into the middle, and an editor analyses after each character.
    private static async Task<(List<(double Builders, double Texts)> Times, List<double> Pauses)> Typed(string program)
    {
        const string Line = "        server.AddListener(\"imap\", MailProtocol.Imap).Bind(\"[::]:143\").WithMaxConnections(100);\n";
        var compilation = Compile([program]);
        var tree = compilation.SyntaxTrees[0];
        var at = program.IndexOf('\n', program.Length / 2) + 1;
        var times = new List<(double, double)>();
        var pauses = new List<double>();
        var warming = WarmingLines * Line.Length;
        for (var i = 0; i < Keystrokes + warming; i++)
        {
            var next = tree.WithChangedText(tree.GetText().WithChanges(new TextChange(new TextSpan(at + i, 0), Line[i % Line.Length].ToString())));
            compilation = compilation.ReplaceSyntaxTree(tree, next);
            tree = next;
            var paused = GC.GetTotalPauseDuration();
            var one = await Measure(compilation);
            if (i < warming)
                continue;
            times.Add(one);
            pauses.Add((GC.GetTotalPauseDuration() - paused).TotalMilliseconds);
        }

        return (times, pauses);
    }

    private static IEnumerable<(string Name, string Source)> Loops()
    {
        yield return ("a million turns of arithmetic", Body("var x = 0L; for (var i = 0; i < 1000; i++) for (var j = 0; j < 1000; j++) x += i ^ j; server.Set(\"a\", x);"));
        yield return ("without an end", Body("var x = 1; while (x != 0) { x = x * 31 + 7; server.Set(\"a\", x); }"));
        yield return ("recursion", Body("static int F(int n) => n < 2 ? n : F(n - 1) + F(n - 2); server.Set(\"a\", F(30));"));
        yield return ("a text that doubles", Body("var t = \"x\"; for (var i = 0; i < 40; i++) t += t; server.Set(\"a\", t);"));
        yield return ("queries over each other", Body("var all = Enumerable.Range(0, 2000); server.Set(\"a\", all.SelectMany(a => all.Where(b => (a + b) % 3 == 0)).Count());"));
        yield return ("five hundred listeners, a choice for each", Body(string.Concat(Enumerable.Range(0, 500).Select(static i => string.Create(CultureInfo.InvariantCulture, $"if (Environment.GetEnvironmentVariable(\"L{i}\") is not null) server.AddListener(\"l{i}\", MailProtocol.Imap).Bind({20000 + i}).WithImplicitTls();\n")))));
    }

    private static string Body(string statements) =>
        "using System; using System.Linq; using StalwartHardening.Configuration; public static class P { public static void Write() { var server = StalwartServer.CreateBuilder(\"m\"); " + statements + " server.AddListener(\"imap\", MailProtocol.Imap).Bind(143); server.Build().WriteToml(\"x\"); } }";

    // Files as they are in programs that have nothing to do with mail, and builders of others among them.
    private static List<string> OtherFiles(int count)
    {
        var ordinary = AnalyzerCost.OrdinaryFiles();
        var files = new List<string>(count);
        for (var i = 0; i < count; i++)
        {
            var text = new StringBuilder(ordinary[i % ordinary.Count]);
            files.Add(text.Replace("Order" + (i % ordinary.Count).ToString(CultureInfo.InvariantCulture), "Order" + i.ToString(CultureInfo.InvariantCulture) + "X")
                .AppendLine(string.Create(CultureInfo.InvariantCulture, $"static class Lists{i} {{ public static int Sum() {{ var builder = System.Collections.Immutable.ImmutableArray.CreateBuilder<int>(); builder.Add({i}); return builder.ToImmutable().Length; }} }}")).ToString());
        }

        return files;
    }

    private static async Task<(double Builders, double Texts)> Measure(CSharpCompilation compilation)
    {
        DiagnosticAnalyzer[] analyzers = [new BuilderAnalyzer(), new ConfigurationLiteralAnalyzer()];
        // An editor and a build have bound the declarations for themselves.
        compilation.GetDeclarationDiagnostics();
        var run = compilation.WithAnalyzers([.. analyzers], new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), null, concurrentAnalysis: true, logAnalyzerExecutionTime: true));
        await run.GetAnalyzerDiagnosticsAsync();
        return ((await run.GetAnalyzerTelemetryInfoAsync(analyzers[0], default)).ExecutionTime.TotalMilliseconds, (await run.GetAnalyzerTelemetryInfoAsync(analyzers[1], default)).ExecutionTime.TotalMilliseconds);
    }

    private static CSharpCompilation Compile(IReadOnlyList<string> sources) => CSharpCompilation.Create(
        "Program",
        sources.Select(static (source, index) => CSharpSyntaxTree.ParseText(source, path: "/0/" + index.ToString(CultureInfo.InvariantCulture) + ".cs")),
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));

    private static string Row(string what, List<(double Builders, double Texts)> times, double? bound, Func<IEnumerable<double>, double> of) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {what} | {of(times.Select(static time => time.Builders)):0.##} ms | {of(times.Select(static time => time.Texts)):0.##} ms | {(bound is { } most ? $"{most:0} ms" : "–")} |");

    private static double Median(IEnumerable<double> times) => Percentile(times, 0.5);

    private static double Percentile(IEnumerable<double> times, double share)
    {
        List<double> ordered = [.. times.Order()];
        return ordered[Math.Min((int)(ordered.Count * share), ordered.Count - 1)];
    }
}
