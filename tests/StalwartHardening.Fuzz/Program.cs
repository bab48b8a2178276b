using System.Diagnostics;
using System.Globalization;
using StalwartHardening.Fuzz;

Fuzzer[] all = [new ReaderFuzzer(), new PlanFuzzer(), new ExpressionFuzzer(), new PolicyFuzzer(), new FixFuzzer(), new PlanFixFuzzer(), new ProgramFuzzer(), new ReportFuzzer()];
var chosen = args.Length > 0 && args[0] != "all" ? all.Where(fuzzer => fuzzer.Name == args[0]).ToArray() : all;
if (args.Length == 0 || chosen.Length == 0)
{
    Console.Error.WriteLine($"Usage: dotnet run --project tests/StalwartHardening.Fuzz -c Release -- <all|{string.Join('|', all.Select(static fuzzer => fuzzer.Name))}> [--count N] [--seed N] [--file input] [--record docs/trust.md]");
    return 2;
}

if (Value("--file") is { } file)
{
    foreach (var fuzzer in chosen)
        fuzzer.Try(File.ReadAllText(file));
    Console.WriteLine("It holds.");
    return 0;
}

var count = long.Parse(Value("--count") ?? "20000", CultureInfo.InvariantCulture);
var seed = Value("--seed") is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : Random.Shared.Next();
var failed = false;
foreach (var fuzzer in chosen)
{
    var watch = Stopwatch.StartNew();
    var run = new FuzzRun(fuzzer, seed, Math.Max(1, count / fuzzer.Weight), Path.Combine("artifacts", "fuzz"));
    var holds = run.Execute(Console.Out);
    failed |= !holds;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{fuzzer.Name}: {run.Tried} inputs of seed {seed}, {(holds ? "no failure" : "FAILED")}, {watch.Elapsed.TotalSeconds:0.0} s"));
    if (holds && Value("--record") is { } record)
        FuzzRecord.Write(record, fuzzer.Name, run.Tried, seed);
}

return failed ? 1 : 0;

string? Value(string option) => Array.IndexOf(args, option) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
