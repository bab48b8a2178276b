using System.Diagnostics;
using System.Globalization;
using StalwartHardening.Mutation;

// Mutates Core and runs tests that reach each mutant: how many mistakes would they notice?
if (args.Contains("--help"))
{
    Console.WriteLine("""
        Usage: dotnet run --project tests/StalwartHardening.Mutation -- [options]

          --per-folder N   mutants for each folder of Core (20)
          --folder NAME    only this folder, such as Server/Access
          --seed N         which mutants are chosen
          --tests LIST     the projects whose tests run (Core,Tool,Configuration)
          --seconds N      tests for each mutant, as long as they take without it; at least three classes (10)
          --record FILE    the page to write the score into, docs/trust.md

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

var seed = int.Parse(Value("--seed") ?? "1", CultureInfo.InvariantCulture);
var perFolder = int.Parse(Value("--per-folder") ?? "20", CultureInfo.InvariantCulture);
var seconds = int.Parse(Value("--seconds") ?? "10", CultureInfo.InvariantCulture);
var folder = Value("--folder");
var projects = (Value("--tests") ?? "Core,Tool,Configuration").Split(',');

var sources = CoreSources.Load(root);
var woven = Path.Combine(root, "artifacts", "mutation", "StalwartHardening.Core.dll");
Directory.CreateDirectory(Path.GetDirectoryName(woven)!);
var mutants = WovenCore.Write(sources, woven, perFolder, new Random(seed), mutant => folder is null || mutant.Folder == folder);
Console.WriteLine($"{mutants.Count} mutants");

var classes = new List<TestClass>();
var hosts = new Dictionary<string, TestHost>();
foreach (var project in projects)
{
    var name = $"StalwartHardening.{project}.Tests";
    var built = Path.Combine(root, "tests", name, "bin", "Debug", "net10.0");
    var host = Path.Combine(root, "tests", name, "bin", "Mutation", "net10.0");
    CopyFolder(built, host);
    File.Copy(woven, Path.Combine(host, "StalwartHardening.Core.dll"), overwrite: true);
    var executable = Path.Combine(host, OperatingSystem.IsWindows() ? name + ".exe" : name);
    var tests = hosts[executable] = new TestHost(executable, Path.Combine(host, "coverage.txt"));
    classes.AddRange(CoverageCache.GetOrCreate(Path.GetDirectoryName(woven)!, built, executable, () => tests.Discover(TimeSpan.FromSeconds(Math.Max(60, seconds * 3)), static name => Console.WriteLine("not used: " + name))));
}

Console.WriteLine($"{classes.Count} classes of tests");

var results = new List<MutationResult>();
foreach (var mutant in mutants)
{
    var watch = Stopwatch.StartNew();
    var reaching = Reaching(mutant);
    var outcome = reaching.Count == 0 ? MutationOutcome.Unreached
        : reaching.GroupBy(static test => test.Host).Any(host => hosts[host.Key].Kills(mutant, [.. host])) ? MutationOutcome.Killed : MutationOutcome.Survived;
    results.Add(new(mutant, outcome));
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{outcome,-9} {watch.Elapsed.TotalSeconds,5:0.0} s {mutant}"));
}

var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
foreach (var line in File.ReadLines(Path.Combine(root, "tests", "StalwartHardening.Mutation", "survivors.tsv")).Where(static line => line.Length > 0))
{
    var cells = line.Split('\t');
    reasons[string.Join('\t', cells[..3])] = cells[3];
}

var report = MutationReport.Write(results, reasons, seed, projects);
Console.WriteLine(report);
if (Value("--record") is { } page)
    RecordedPage.Write(page, "mutation", report);
return 0;

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

// The classes that enter the mutant's method, as long as the time allows: those named after its file, those of its part of the house, the fastest.
IReadOnlyList<TestClass> Reaching(Mutant mutant)
{
    var file = Path.GetFileNameWithoutExtension(mutant.File).Split('.')[0];
    var part = "." + mutant.Folder.Split('/')[0] + ".";
    var chosen = new List<TestClass>();
    var sum = TimeSpan.Zero;
    foreach (var test in classes.Where(test => test.Methods.Contains(mutant.Method))
        .OrderByDescending(test => test.Name.Contains(file, StringComparison.Ordinal)).ThenByDescending(test => test.Name.Contains(part, StringComparison.Ordinal)).ThenBy(static test => test.Duration))
    {
        if (chosen.Count >= 3 && sum + test.Duration > TimeSpan.FromSeconds(seconds))
            continue;
        sum += test.Duration;
        chosen.Add(test);
    }

    return chosen;
}
