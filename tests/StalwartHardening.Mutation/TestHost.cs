using System.Diagnostics;
using System.Globalization;

namespace StalwartHardening.Mutation;

/// <summary>One test, or one row of a theory: how long it takes, and which blocks of Core it enters.</summary>
/// <param name="Host">What runs it.</param>
/// <param name="Id">Its number in its assembly.</param>
/// <param name="Class">The full name of its class.</param>
/// <param name="Duration">How long it takes with no mutant on.</param>
/// <param name="Blocks">The numbers of the blocks, in order.</param>
internal sealed record TestCase(TestHost Host, string Id, string Class, TimeSpan Duration, int[] Blocks)
{
    /// <summary>Whether it enters a block.</summary>
    public bool Enters(int block) => Array.BinarySearch(Blocks, block) >= 0;
}

/// <summary>Runs tests of one assembly against the woven Core, in one process that stays as long as no mutant hangs or ends it.</summary>
/// <param name="tests">The name of the assembly.</param>
/// <param name="folder">A copy of its output, with the woven Core.</param>
internal sealed class TestHost(string tests, string folder) : IDisposable
{
    private Process? _process;
    private string[] _warmUp = [];

    /// <summary>The name of the assembly.</summary>
    public string Name => tests;

    /// <summary>The blocks that run once in a process, when a type is first used.</summary>
    public HashSet<int> Once { get; } = [];

    /// <summary>Another process of the same tests, for what is tried at the same time.</summary>
    public TestHost Another()
    {
        var other = new TestHost(tests, folder) { _warmUp = _warmUp };
        other.Once.UnionWith(Once);
        return other;
    }

    /// <summary>What each test enters: the cases that pass in time. How many do not is told to <paramref name="skipped"/>.</summary>
    public async Task<IReadOnlyList<TestCase>> DiscoverAsync(TimeSpan longest, Action<string> skipped)
    {
        var found = new Dictionary<string, (string Class, string Method)>();
        var cases = new List<TestCase>();
        Restart();
        await foreach (var cells in RowsAsync("list", TimeSpan.FromMinutes(2)))
            found.Add(cells[0], (cells[1], cells[2]));
        var left = found.Keys.ToList();
        while (left.Count > 0)
        {
            var running = "";
            try
            {
                await foreach (var cells in RowsAsync("cover " + string.Join(' ', left), longest))
                {
                    running = cells[0];
                    if (cells.Length == 1)
                        continue;
                    left.Remove(running);
                    var (type, method) = found[running];
                    if (cells[2] != "passed")
                    {
                        skipped($"{type}.{method} does not pass");
                        continue;
                    }

                    var blocks = cells[3].Split(',', StringSplitOptions.RemoveEmptyEntries);
                    Once.UnionWith(blocks.Where(static block => block[^1] == '*').Select(static block => int.Parse(block.TrimEnd('*'), CultureInfo.InvariantCulture)));
                    cases.Add(new(this, running, type, TimeSpan.FromSeconds(double.Parse(cells[1], CultureInfo.InvariantCulture)), [.. blocks.Select(static block => int.Parse(block.TrimEnd('*'), CultureInfo.InvariantCulture))]));
                    if (cases.Count % 500 == 0)
                        Console.WriteLine($"{cases.Count} of {found.Count} tests of {tests} followed");
                }

                break;
            }
            catch (TimeoutException)
            {
                if (!left.Remove(running))
                    throw;
                skipped($"{found[running].Class}.{found[running].Method} takes too long");
                Restart();
                await foreach (var _ in RowsAsync("list", TimeSpan.FromMinutes(2)))
                {
                }
            }
        }

        return cases;
    }

    /// <summary>Runs these once in each process before the first mutant, so that what a process keeps is made without one.</summary>
    public void WarmUpWith(IEnumerable<TestCase> cases) =>
        _warmUp = [.. cases.GroupBy(static test => test.Class).Select(static tests => tests.MinBy(static test => test.Duration)!).Where(static test => test.Duration.TotalSeconds < 1).Select(static test => test.Id)];

    /// <summary>The case that fails, or does not end, with the mutant on; null where all pass.</summary>
    public async Task<TestCase?> KillerAsync(int mutant, IReadOnlyList<TestCase> cases)
    {
        await ReadyAsync();
        var failed = await RunAsync(mutant, cases);
        if (failed is null)
            return null;
        // A process that an earlier mutant has spoilt would fail without this one, too.
        if (_process is null || await RunAsync(0, [failed]) is null)
            return failed;
        Restart();
        await ReadyAsync();
        return await RunAsync(mutant, cases);
    }

    /// <summary>As <see cref="KillerAsync"/>, in a process that has never run without the mutant.</summary>
    public async Task<TestCase?> FreshKillerAsync(int mutant, IReadOnlyList<TestCase> cases)
    {
        Restart(mutant);
        try
        {
            await foreach (var _ in RowsAsync("list", TimeSpan.FromMinutes(2)))
            {
            }
        }
        catch (TimeoutException)
        {
            return cases[0];
        }

        var failed = await RunAsync(mutant, cases);
        Dispose();
        return failed;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_process is { HasExited: false })
            _process.Kill(entireProcessTree: true);
        _process?.Dispose();
        _process = null;
    }

    private async Task ReadyAsync()
    {
        if (_process is { HasExited: false })
            return;
        Restart();
        await foreach (var _ in RowsAsync("list", TimeSpan.FromMinutes(2)))
        {
        }

        Send("run 0 " + string.Join(' ', _warmUp));
        await ReadAsync(TimeSpan.FromMinutes(2));
    }

    private async Task<TestCase?> RunAsync(int mutant, IReadOnlyList<TestCase> cases)
    {
        Send(string.Create(CultureInfo.InvariantCulture, $"run {mutant} ") + string.Join(' ', cases.Select(static test => test.Id)));
        try
        {
            // Many times as long as without the mutant.
            var answer = await ReadAsync(TimeSpan.FromSeconds(8) + (cases.Aggregate(TimeSpan.Zero, static (sum, test) => sum + test.Duration) * 5));
            if (answer.StartsWith(TestWorker.Unknown, StringComparison.Ordinal))
                throw new InvalidOperationException("What is known of the tests is not of these: remove artifacts/mutation.");
            return answer == "passed" ? null : cases.FirstOrDefault(test => test.Id == answer) ?? cases[0];
        }
        catch (TimeoutException)
        {
            return cases[0];
        }
    }

    private async IAsyncEnumerable<string[]> RowsAsync(string command, TimeSpan longest)
    {
        Send(command);
        while (await ReadAsync(longest) is { Length: > 0 } line)
            yield return line.Split('\t');
    }

    private void Send(string line)
    {
        try
        {
            _process!.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It has ended, which the answer that does not come will show.
        }
    }

    // A process that ends, or works longer than it may, is stopped.
    private async Task<string> ReadAsync(TimeSpan longest)
    {
        var process = _process!;
        var start = process.HasExited ? TimeSpan.Zero : process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        var answer = process.StandardOutput.ReadLineAsync();
        while (!answer.IsCompleted)
        {
            await Task.WhenAny(answer, Task.Delay(100));
            if (!answer.IsCompleted && !process.HasExited && (process.TotalProcessorTime - start > longest || watch.Elapsed > longest * 4))
                process.Kill(entireProcessTree: true);
        }

        if (await answer is { } line)
            return line;
        Dispose();
        throw new TimeoutException();
    }

    private void Restart(int mutant = 0)
    {
        Dispose();
        var start = new ProcessStartInfo("dotnet", ["exec", "--depsfile", Path.Combine(folder, tests + ".deps.json"), "--runtimeconfig", Path.Combine(folder, tests + ".runtimeconfig.json"), Path.Combine(folder, "StalwartHardening.Mutation.dll"), "--worker", tests])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["MUTANT"] = mutant.ToString(CultureInfo.InvariantCulture), ["DOTNET_GCHeapHardLimit"] = "0x60000000", ["DOTNET_gcConcurrent"] = "0" },
        };
        _process = Process.Start(start)!;
    }
}
