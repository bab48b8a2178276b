using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using StalwartHardening.Mutation;

// Mutates Core and runs tests that reach each mutant: how many mistakes would they notice?
if (args is ["--worker", var tests])
{
    await TestWorker.RunAsync(tests);
    return 0;
}

if (args.Contains("--help"))
{
    Console.WriteLine("""
        Usage: dotnet run --project tests/StalwartHardening.Mutation -- [options]

          --per-folder N   mutants for each folder of Core (20)
          --folder NAME    only this folder, such as Server/Access
          --seed N         which mutants are chosen
          --tests LIST     the projects whose tests run (Core,Tool)
          --jobs N         how many mutants are tried at the same time (1)
          --seconds N      tests for each mutant, as long as they take without it; at least three (20)
          --record FILE    the page to write the score into, docs/trust.md
          --stopped LOG    record what a run has printed, to its end or until it was stopped
          --explain FILE   only write what survivors.tsv says of the survivors on the page

        Build the solution first.
        """);
    return 0;
}

var root = Directory.GetCurrentDirectory();
if (!Directory.Exists(Path.Combine(root, "src", "StalwartHardening.Core")))
{
    Console.Error.WriteLine("Run this at the root of the repository.");
    return 2;
}

var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
foreach (var line in File.ReadLines(Path.Combine(root, "tests", "StalwartHardening.Mutation", "survivors.tsv")).Where(static line => line.Length > 0))
{
    var cells = line.Split('\t');
    reasons[string.Join('\t', cells[..3])] = cells[3];
}

if (Value("--explain") is { } explained)
{
    RecordedPage.Write(explained, "mutation", MutationReport.Explain(RecordedPage.Read(explained, "mutation"), reasons));
    return 0;
}

if (Value("--stopped") is { } log)
{
    var printed = File.ReadLines(log).ToList();
    var tried = printed.Select(MutationReport.ReadResult).OfType<MutationResult>().ToList();
    var told = printed.First(static line => line.Contains(" mutants; ", StringComparison.Ordinal)).Split(' ');
    var text = MutationReport.Write(tried, int.Parse(told[2], CultureInfo.InvariantCulture), reasons, int.Parse(Value("--seed") ?? "1", CultureInfo.InvariantCulture), (Value("--tests") ?? "Core,Tool").Split(','), int.Parse(Value("--seconds") ?? "20", CultureInfo.InvariantCulture));
    if (int.Parse(told[0], CultureInfo.InvariantCulture) - tried.Count is > 0 and var left)
        text = $"Stopped before {left} more of the sample were tried: " + text;
    Console.WriteLine(text);
    if (Value("--record") is { } target)
        RecordedPage.Write(target, "mutation", text);
    return 0;
}

var seed = int.Parse(Value("--seed") ?? "1", CultureInfo.InvariantCulture);
var perFolder = int.Parse(Value("--per-folder") ?? "20", CultureInfo.InvariantCulture);
var seconds = int.Parse(Value("--seconds") ?? "20", CultureInfo.InvariantCulture);
var folder = Value("--folder");
var projects = (Value("--tests") ?? "Core,Tool").Split(',');

var sources = CoreSources.Load(root);
var woven = Path.Combine(root, "artifacts", "mutation", "StalwartHardening.Core.dll");
Directory.CreateDirectory(Path.GetDirectoryName(woven)!);
var (mutants, uncompiled) = WovenCore.Write(sources, woven, perFolder, new Random(seed), mutant => folder is null || mutant.Folder == folder);
Console.WriteLine($"{mutants.Count} mutants; {uncompiled} do not compile");

var cases = new List<TestCase>();
var hosts = new List<TestHost>();
foreach (var project in projects)
{
    var name = $"StalwartHardening.{project}.Tests";
    var built = Path.Combine(root, "tests", name, "bin", "Debug", "net10.0");
    var copy = Path.Combine(root, "tests", name, "bin", "Mutation", "net10.0");
    CopyFolder(built, copy);
    File.Copy(woven, Path.Combine(copy, "StalwartHardening.Core.dll"), overwrite: true);
    File.Copy(typeof(TestWorker).Assembly.Location, Path.Combine(copy, "StalwartHardening.Mutation.dll"), overwrite: true);
    var host = new TestHost(name, copy);
    hosts.Add(host);
    var found = await CoverageCache.GetOrDiscoverAsync(Path.GetDirectoryName(woven)!, built, host, TimeSpan.FromSeconds(Math.Max(30, seconds)), static name => Console.WriteLine("not used: " + name));
    host.WarmUpWith(found);
    host.Dispose();
    cases.AddRange(found);
}

Console.WriteLine($"{cases.Count} tests");

// One of each folder after the other: a run that is stopped has tried as many of each.
var waiting = new ConcurrentQueue<Mutant>(mutants.GroupBy(static mutant => mutant.Folder).SelectMany(static folder => folder.Select(static (mutant, place) => (mutant, place))).OrderBy(static tried => tried.place).Select(static tried => tried.mutant));
var results = new ConcurrentBag<MutationResult>();
await Task.WhenAll(Enumerable.Range(0, int.Parse(Value("--jobs") ?? "1", CultureInfo.InvariantCulture)).Select(_ => Task.Run(HuntAsync)));

var report = MutationReport.Write(results, uncompiled, reasons, seed, projects, seconds);
Console.WriteLine(report);
if (Value("--record") is { } page)
    RecordedPage.Write(page, "mutation", report);
return 0;

async Task HuntAsync()
{
    var own = hosts.ToDictionary(static host => host, static host => host.Another());
    var hunt = new MutantHunt([.. cases.Select(test => test with { Host = own[test.Host] })], TimeSpan.FromSeconds(seconds));
    while (waiting.TryDequeue(out var mutant))
    {
        var watch = Stopwatch.StartNew();
        var result = await hunt.RunAsync(mutant);
        results.Add(result);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Outcome,-9} {watch.Elapsed.TotalSeconds,5:0.0} s {mutant} {result.Killer}"));
    }

    foreach (var host in own.Values)
        host.Dispose();
}

string? Value(string option) => Array.IndexOf(args, option) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

static void CopyFolder(string from, string to)
{
    if (Directory.Exists(to))
        Directory.Delete(to, recursive: true);
    foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
    {
        var copy = Path.Combine(to, Path.GetRelativePath(from, file));
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        File.Copy(file, copy);
    }
}
