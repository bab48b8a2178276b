using System.Globalization;
using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace StalwartHardening.Mutation;

/// <summary>
/// The inside of a process that holds one assembly of tests and runs chosen ones, one after the other, with a mutant on. It reads a command a line and answers with a line:
/// <c>list</c> (a line for each case, then an empty one), <c>cover ID…</c> (a line where a case begins and where it ends, then an empty one) and <c>run MUTANT ID…</c>.
/// </summary>
internal sealed class TestWorker
{
    /// <summary>What an answer begins with that names a test which the assembly does not have.</summary>
    public const string Unknown = "unknown ";

    private readonly Dictionary<string, ITestCase> _cases = [];
    private readonly ITestFrameworkExecutor _executor;
    private readonly ITestFrameworkDiscoverer _discoverer;
    private readonly TextWriter _answers;
    private readonly FieldInfo _active;
    private readonly FieldInfo _isWatched;
    private readonly List<int> _entered;
    private readonly HashSet<int> _once;
    private readonly Action _forget;

    private TestWorker(Assembly tests, TextWriter answers)
    {
        var framework = new XunitTestFramework();
        (_discoverer, _executor, _answers) = (framework.GetDiscoverer(tests), framework.GetExecutor(tests), answers);
        var type = Assembly.Load("StalwartHardening.Core").GetType("MutantSwitch", throwOnError: true)!;
        _active = Field("Active");
        _isWatched = Field("IsWatched");
        _entered = (List<int>)Field("Entered").GetValue(null)!;
        _once = (HashSet<int>)Field("Once").GetValue(null)!;
        _forget = type.GetMethod("Forget", BindingFlags.Static | BindingFlags.NonPublic)!.CreateDelegate<Action>();

        FieldInfo Field(string name) => type.GetField(name, BindingFlags.Static | BindingFlags.NonPublic)!;
    }

    /// <summary>Answers until the input ends.</summary>
    public static async Task RunAsync(string tests)
    {
        var answers = Console.Out;
        Console.SetOut(TextWriter.Null);
        Console.SetError(TextWriter.Null);
        Xunit.TestContext.SetForInitialization(diagnosticMessageSink: null, diagnosticMessages: false, internalDiagnosticMessages: false);
        var worker = new TestWorker(Assembly.Load(tests), answers);
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (words[0])
            {
                case "list":
                    await worker.ListAsync();
                    break;
                case "cover":
                    await worker.CoverAsync(words[1..]);
                    break;
                default:
                    await worker.RunAsync(int.Parse(words[1], CultureInfo.InvariantCulture), words[2..]);
                    break;
            }
        }
    }

    private async Task ListAsync()
    {
        await _discoverer.Find(
            found =>
            {
                if (_cases.TryAdd(found.UniqueID, found))
                    Answer($"{found.UniqueID}\t{found.TestClassName}\t{found.TestMethodName}");
                return new(true);
            },
            new Options(),
            types: null,
            CancellationToken.None);
        Answer("");
    }

    // What a class needs before its first case counts as entered by that case.
    private async Task CoverAsync(string[] ids)
    {
        _isWatched.SetValue(null, true);
        await RunAsync(ids, message =>
        {
            if (message is ITestCaseStarting starting)
                Answer(starting.TestCaseUniqueID);
            if (message is not ITestCaseFinished finished)
                return true;
            var blocks = _entered.ToArray().Order().Select(block => _once.Contains(block) ? $"{block}*" : $"{block}");
            Answer(string.Create(CultureInfo.InvariantCulture, $"{finished.TestCaseUniqueID}\t{finished.ExecutionTime}\t{(finished.TestsFailed == 0 && finished.TestsTotal > finished.TestsSkipped + finished.TestsNotRun ? "passed" : "unused")}\t{string.Join(',', blocks)}"));
            _forget();
            return true;
        });
        _isWatched.SetValue(null, false);
        Answer("");
    }

    private async Task RunAsync(int mutant, string[] ids)
    {
        string? failed = null;
        // A test that does not run would let every mutant survive.
        if (Array.Find(ids, id => !_cases.ContainsKey(id)) is { } unknown)
        {
            Answer(Unknown + unknown);
            return;
        }

        _active.SetValue(null, mutant);
        // For the programs that a test starts.
        Environment.SetEnvironmentVariable("MUTANT", mutant.ToString(CultureInfo.InvariantCulture));
        await RunAsync(ids, message =>
        {
            if (message is ITestFailed failure)
                failed ??= failure.TestCaseUniqueID;
            else if (message is IErrorMessage)
                failed ??= ids[0];
            return failed is null;
        });
        _active.SetValue(null, 0);
        Answer(failed ?? "passed");
    }

    private async Task RunAsync(string[] ids, Func<IMessageSinkMessage, bool> listener) =>
        await _executor.RunTestCases([.. ids.Select(id => _cases[id])], new Sink(listener), new Options(), CancellationToken.None);

    private void Answer(string line)
    {
        _answers.WriteLine(line);
        _answers.Flush();
    }

    private sealed class Sink(Func<IMessageSinkMessage, bool> listener) : IMessageSink
    {
        public bool OnMessage(IMessageSinkMessage message) => listener(message);
    }

    /// <summary>One after the other, each message at once.</summary>
    private sealed class Options : ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
    {
        private readonly Dictionary<string, object?> _values = new()
        {
            ["xunit.discovery.SynchronousMessageReporting"] = true,
            ["xunit.discovery.PreEnumerateTheories"] = true,
            ["xunit.execution.SynchronousMessageReporting"] = true,
            ["xunit.execution.DisableParallelization"] = true,
        };

        public TValue? GetValue<TValue>(string name) => _values.TryGetValue(name, out var value) && value is TValue typed ? typed : default;

        public void SetValue<TValue>(string name, TValue value) => _values[name] = value;

        public string ToJson() => "{}";
    }
}
