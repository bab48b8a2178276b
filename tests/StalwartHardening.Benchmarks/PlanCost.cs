using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using StalwartHardening.Generations;
using StalwartHardening.Mutation;
using StalwartHardening.Plans;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Benchmarks;

/// <summary>Reading, running and judging plans, beside a parser that makes a document of each line (<see cref="JsonDocument"/>), in turn; the best of many rounds.</summary>
internal static class PlanCost
{
    private const int Rounds = 40;

    /// <summary>Measures and prints a table; writes it between the marks of a page where there is one.</summary>
    /// <param name="page">The page; null for none.</param>
    public static void Report(string? page)
    {
        var table = new StringBuilder("| plan | parse to documents | scan | read, run and judge by all rules | ratio to parsing twice |\n|---|---|---|---|---|\n");
        foreach (var (name, size, repeat) in (ReadOnlySpan<(string, int, int)>)[("3 KB", 3_000, 300), ("100 KB", 100_000, 10), ("1 MB", 1_000_000, 1), ("10 MB", 10_000_000, 1)])
            table.Append(Row(name, OfSize(size), repeat, size > 1_000_000 ? 5 : Rounds));
        Console.WriteLine(table);
        if (page is not null)
            RecordedPage.Write(page, "plans", table.ToString());
    }

    // The hardened sample, and accounts up to the size.
    private static string OfSize(int characters)
    {
        var plan = new StringBuilder(Configurations.HardenedPlan);
        for (var number = 0; plan.Length < characters; number++)
            plan.Append(CultureInfo.InvariantCulture, $"{{\"@type\":\"upsert\",\"object\":\"Account\",\"matchOn\":[\"name\"],\"value\":{{\"user{number}\":{{\"@type\":\"User\",\"name\":\"user{number}\",\"domainId\":\"#domain\",\"roles\":{{\"@type\":\"User\"}},\"description\":\"Somebody who reads mail\"}}}}}}\n");
        return plan.ToString();
    }

    private static string Row(string name, string text, int repeat, int rounds)
    {
        if (ConfigurationReader.Read(text, new ReadingTarget(ServerVersion.Newest)) is { Refusals: [var refusal, ..] })
            throw new InvalidOperationException($"The plan is refused, so that most of it would not be measured: {refusal.Message}");
        double parse = double.MaxValue, scan = double.MaxValue, judge = double.MaxValue;
        for (var round = 0; round < rounds; round++)
        {
            parse = Math.Min(parse, Time(Parse));
            scan = Math.Min(scan, Time(static text => _ = PlanText.Read(text, 0)));
            judge = Math.Min(judge, Time(static text => _ = ConfigurationJudge.Judge(ConfigurationReader.Read(text, new ReadingTarget(ServerVersion.Newest)), JudgementOptions.Default)));
        }

        return string.Create(CultureInfo.InvariantCulture, $"| {name} | {Shown(parse)} | {Shown(scan)} | {Shown(judge)} | {judge / (2 * parse):0.0} |\n");

        double Time(Action<string> action)
        {
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < repeat; i++)
                action(text);
            return watch.Elapsed.TotalMicroseconds / repeat;
        }
    }

    private static void Parse(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.IsEmpty)
                continue;
            using var document = JsonDocument.Parse(line.ToString());
        }
    }

    private static string Shown(double microseconds) => microseconds < 1000
        ? microseconds.ToString("0", CultureInfo.InvariantCulture) + " µs"
        : (microseconds / 1000).ToString("0.#", CultureInfo.InvariantCulture) + " ms";
}
