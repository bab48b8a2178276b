using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using StalwartHardening.Analyzers.Builders;
using StalwartHardening.Analyzers.Literals;
using StalwartHardening.Configuration;

namespace StalwartHardening.Benchmarks;

/// <summary>
/// What the analyzers of C# cost in the figure that the compiler's report shows (<c>-reportanalyzer</c>): the time inside their
/// actions. BenchmarkDotNet measures whole calls and cannot see it, so this counts rounds by itself: the first round of a process
/// is the cold one, the median of the last half is the warm one.
/// </summary>
internal static class AnalyzerCost
{
    // Enough for the runtime to have compiled everything for good in the later half.
    private const int Rounds = 160;

    private static readonly string[] Protocols = ["Smtp", "Imap", "Http", "ManageSieve"];

    public static async Task Report()
    {
        // What comes first would be measured with code that the runtime has not yet compiled for good.
        await Measure(withLibrary: true, [BuilderProgram(300)]);
        await Report("builder program, 300 lines, nothing to report", withLibrary: true, [BuilderProgram(300, secure: true)]);
        await Report("builder program, 300 lines", withLibrary: true, [BuilderProgram(300)]);
        await Report("2,000 files without the library", withLibrary: false, OrdinaryFiles());
        await Report("2,000 files that reference the library and never mention it", withLibrary: true, OrdinaryFiles());
    }

    /// <summary>A server of so many lines, in the ways people write one: chains, a helper, a loop, constants, rules for HTTP.</summary>
    internal static string BuilderProgram(int lines, bool secure = false)
    {
        var text = new StringBuilder(
            """
            using System;
            using StalwartHardening.Configuration;

            public static class Server
            {
                private const string Any = "[::]";
                private static readonly int[] Submission = { 465, 1465 };

                public static void Write(string path)
                {
                    var server = StalwartServer.CreateBuilder("mail.example.org");
                    server.AddStore("rocksdb", StoreType.RocksDb).WithPath("/var/lib/stalwart").UseFor(StorageRoles.All);
                    server.AddInternalDirectory("internal", "rocksdb").UseForLogin();
                    foreach (var port in Submission)
                        server.AddListener("submissions" + port, MailProtocol.Smtp).Bind(port).WithImplicitTls();
                    server.Http.AccessRules.Allow(Endpoints.Jmap);
                    server.Http.AccessRules.Otherwise(404);

            """);
        var own = 14 + 6;
        for (var line = own; line < lines; line++)
        {
            var number = line.ToString(CultureInfo.InvariantCulture);
            var protocol = Protocols[line % Protocols.Length];
            text.Append("        ").AppendLine((line % 5) switch
            {
                0 => $"server.AddListener(\"l{number}\", MailProtocol.{protocol}).Bind(Any + \":\" + {20000 + line}).WithImplicitTls();",
                1 => $"server.AddListener(\"l{number}\", MailProtocol.{protocol}, l => l.Bind($\"127.0.0.1:{{{20000 + line}}}\").WithMaxConnections({line}));",
                2 => $"Add(server, \"l{number}\", {20000 + line});",
                3 => $"server.AddAccount(\"user{number}\").WithEmail(\"user{number}@example.org\").AllowServices(MailServices.Imap | MailServices.Jmap);",
                _ when secure || line % 20 != 4 => $"server.Set(\"x.y{number}\", {line} * 60L);",
                _ => $"server.AddListener(\"l{number}\", MailProtocol.Imap).Bind(\"[::]:{20000 + line}\");",
            });
        }

        return text.Append(
            """
                    server.Build().WriteToml(path);
                }

                private static void Add(StalwartServerBuilder server, string id, int port) =>
                    server.AddListener(id, MailProtocol.Imap).Bind(port).WithImplicitTls();
            }
            """).ToString();
    }

    /// <summary>2,000 files of a program that has nothing to do with mail servers, with the texts such programs hold.</summary>
    internal static IReadOnlyList<string> OrdinaryFiles()
    {
        var files = new List<string>(2000);
        for (var i = 0; i < 2000; i++)
        {
            var number = i.ToString(CultureInfo.InvariantCulture);
            files.Add(
                $$"""
                using System;
                using System.Collections.Generic;

                namespace Shop.Orders;

                public sealed class Order{{number}}
                {
                    private readonly List<string> _lines = new();

                    public string Name { get; set; } = "order {{number}}";

                    public int Add(string article, int count)
                    {
                        if (count < 1)
                            throw new ArgumentException("The count has to be positive.", nameof(count));
                        for (var i = 0; i < count; i++)
                            _lines.Add($"{article}: {i} of {count}");
                        Console.WriteLine("Server=db{{number}}.example.org;Database=shop;Timeout=" + count);
                        return _lines.Count;
                    }
                }
                """);
        }

        return files;
    }

    private static async Task Report(string what, bool withLibrary, IReadOnlyList<string> sources)
    {
        var (times, findings) = await Measure(withLibrary, sources);
        Console.WriteLine($"{what}: {sources.Sum(static source => source.AsSpan().Count('\n') + 1)} lines, {findings} findings");
        string[] names = ["builders", "texts with TOML", "trivial IOperation analyzer", "idle analyzer"];
        var trivial = Median(times, 2);
        for (var i = 0; i < names.Length; i++)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {names[i],-28} cold {times[0][i].TotalMilliseconds,9:F3} ms   warm {Median(times, i),8:F3} ms   ratio to trivial {Median(times, i) / trivial:F2}"));
    }

    private static async Task<(List<TimeSpan[]> Times, int Findings)> Measure(bool withLibrary, IReadOnlyList<string> sources)
    {
        var rounds = sources.Count > 100 ? 12 : Rounds;
        var times = new List<TimeSpan[]>();
        var findings = 0;
        for (var round = 0; round < rounds; round++)
        {
            DiagnosticAnalyzer[] analyzers = [new BuilderAnalyzer(), new ConfigurationLiteralAnalyzer(), new TrivialOperationAnalyzer(), new IdleAnalyzer()];
            var compilation = Compile(sources, withLibrary);

            // A build has read its references and bound its declarations for itself; that is no analyzer's time.
            if (compilation.GetDiagnostics().FirstOrDefault(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) is { } error)
                throw new InvalidOperationException("The program that is measured does not compile: " + error);
            var run = compilation.WithAnalyzers([.. analyzers], new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), null, concurrentAnalysis: true, logAnalyzerExecutionTime: true));
            findings = (await run.GetAnalyzerDiagnosticsAsync()).Length;
            var own = new TimeSpan[analyzers.Length];
            for (var i = 0; i < analyzers.Length; i++)
                own[i] = (await run.GetAnalyzerTelemetryInfoAsync(analyzers[i], default)).ExecutionTime;
            times.Add(own);
        }

        return (times, findings);
    }

    private static double Median(List<TimeSpan[]> times, int analyzer)
    {
        var warm = times.Skip(times.Count / 2).Select(time => time[analyzer].TotalMilliseconds).Order().ToList();
        return warm[warm.Count / 2];
    }

    private static CSharpCompilation Compile(IReadOnlyList<string> sources, bool withLibrary)
    {
        ImmutableArray<MetadataReference> references = withLibrary
            ? [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(StalwartServer).Assembly.Location)]
            : [.. Net100.References.All];
        return CSharpCompilation.Create(
            "Program",
            sources.Select(static (source, index) => CSharpSyntaxTree.ParseText(source, path: "/0/" + index.ToString(CultureInfo.InvariantCulture) + ".cs")),
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
    }
}
