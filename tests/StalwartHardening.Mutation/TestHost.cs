using System.Diagnostics;
using System.Globalization;

namespace StalwartHardening.Mutation;

/// <summary>A class of tests: how long it takes beyond the start of the process, and which methods of Core it enters.</summary>
/// <param name="Host">The executable it is in.</param>
/// <param name="Name">The name of the class.</param>
/// <param name="Duration">How long its tests take when they run alone.</param>
/// <param name="Methods">The numbers of the methods.</param>
internal sealed record TestClass(string Host, string Name, TimeSpan Duration, HashSet<int> Methods);

/// <summary>Runs the tests of one executable against the woven assembly, each time in a process of its own.</summary>
internal sealed class TestHost(string executable, string coverageFile)
{
    /// <summary>Every class that passes with no mutant on, in time. Others are told to <paramref name="skipped"/>.</summary>
    public IReadOnlyList<TestClass> Discover(TimeSpan longest, Action<string> skipped)
    {
        var classes = new List<TestClass>();
        foreach (var name in Run(["-list", "classes"], 0, TimeSpan.FromMinutes(1)).Output.Split('\n').Select(static line => line.Trim()).Where(static line => line.StartsWith("StalwartHardening.", StringComparison.Ordinal)))
        {
            File.Delete(coverageFile);
            var watch = Stopwatch.StartNew();
            var (code, _) = Run(["-class", name], 0, longest);
            if (code == 0 && File.Exists(coverageFile))
                classes.Add(new(executable, name, watch.Elapsed, [.. File.ReadAllLines(coverageFile).Select(static line => int.Parse(line, CultureInfo.InvariantCulture))]));
            else
                skipped(name);
        }

        var start = classes.Count == 0 ? TimeSpan.Zero : classes.Min(static test => test.Duration);
        return [.. classes.Select(test => test with { Duration = test.Duration - start })];
    }

    /// <summary>Whether a test fails, or does not end, with the mutant on.</summary>
    public bool Kills(Mutant mutant, IReadOnlyList<TestClass> classes)
    {
        // Three times as long as without, and some for the machine.
        var timeout = TimeSpan.FromSeconds(20) + (classes.Aggregate(TimeSpan.Zero, static (sum, test) => sum + test.Duration) * 3);
        return Run([.. classes.SelectMany(static test => new[] { "-class", test.Name }), "-stopOnFail"], mutant.Id, timeout).Code != 0;
    }

    private (int Code, string Output) Run(string[] arguments, int mutant, TimeSpan timeout)
    {
        using var process = Process.Start(new ProcessStartInfo(executable, [.. arguments, "-noLogo"])
        {
            WorkingDirectory = Path.GetDirectoryName(executable),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["MUTANT"] = mutant.ToString(CultureInfo.InvariantCulture), ["MUTANT_COVERAGE"] = mutant == 0 ? coverageFile : "" },
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(timeout))
        {
            process.Kill(entireProcessTree: true);
            return (-1, "");
        }

        Task.WaitAll(output, errors);
        return (process.ExitCode, output.Result);
    }
}
