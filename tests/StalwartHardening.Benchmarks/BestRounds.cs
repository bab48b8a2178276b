using System.Diagnostics;
using System.Globalization;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Benchmarks;

/// <summary>
/// The best of many short rounds, parser and rules in turn: for a machine that does other work at the same time, which makes means say
/// more about that work than about ours.
/// </summary>
internal static class BestRounds
{
    private const int Rounds = 60;

    public static void Report()
    {
        Console.WriteLine("| text | parse only (Tomlyn) | read | read, model and all rules | ratio to parse only | allocated |");
        Console.WriteLine("|---|---|---|---|---|---|");
        Report("quick start", [Configurations.Quickstart], repeat: 200);
        Report("10 KB of listeners", [Configurations.OfSize(10_000)], repeat: 30);
        Report("100 KB of listeners", [Configurations.OfSize(100_000)], repeat: 3);
        Report("1 MB of listeners", [Configurations.OfSize(1_000_000)], repeat: 1);
        if (Environment.GetEnvironmentVariable("STALWART_CORPUS") is { } folder)
            Report("real configurations", [.. Directory.GetFiles(folder, "*.toml").Order(StringComparer.Ordinal).Select(File.ReadAllText)], repeat: 1);
    }

    private static void Report(string name, string[] texts, int repeat)
    {
        var parse = double.MaxValue;
        var read = double.MaxValue;
        var judge = double.MaxValue;
        var allocated = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            parse = Math.Min(parse, Time(Parse));
            read = Math.Min(read, Time(static text => ServerTomlReader.Read(text, ServerVersion.Newest).Count));
            var before = GC.GetAllocatedBytesForCurrentThread();
            judge = Math.Min(judge, Time(static text => ConfigurationJudge.Judge(Generation.ReadFile(text, ServerVersion.Newest), JudgementOptions.Default).Count));
            allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / repeat;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {parse:0.0} µs | {read:0.0} µs | {judge:0.0} µs | {judge / parse:0.00} | {allocated / 1024} KB |"));

        double Time(Func<string, int> action)
        {
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < repeat; i++)
            {
                foreach (var text in texts)
                    _ = action(text);
            }

            return watch.Elapsed.TotalMicroseconds / repeat;
        }
    }

    private static int Parse(string text)
    {
        try
        {
            return ReadAndJudge.ParseWithTomlyn(text);
        }
        catch (Tomlyn.TomlException)
        {
            // Not standard TOML: the parser stops early, which only helps its time.
            return 0;
        }
    }
}
