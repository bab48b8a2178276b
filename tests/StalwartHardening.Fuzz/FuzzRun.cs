using System.Globalization;
using System.IO.MemoryMappedFiles;

namespace StalwartHardening.Fuzz;

/// <summary>Tries inputs on all processors, and makes the first that fails as small as it gets.</summary>
internal sealed class FuzzRun(Fuzzer fuzzer, int seed, long count, string directory)
{
    // The stack of a thread in somebody's compiler may be small.
    private const int StackSize = 512 << 10;
    private const int MaxAttemptsToShrink = 3000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Lock _lock = new();
    private long _next;
    private long _failedAt = long.MaxValue;
    private Exception? _failure;

    /// <summary>How many inputs were tried.</summary>
    public long Tried { get; private set; }

    /// <summary>Tries all inputs; false where one failed.</summary>
    public bool Execute(TextWriter output)
    {
        Directory.CreateDirectory(directory);
        var threads = new Thread[Environment.ProcessorCount];
        var current = new long[threads.Length];
        using var done = new CountdownEvent(threads.Length);
        // A stack that overflows ends the process at once: what each thread was at is in a file by then.
        using var file = MemoryMappedFile.CreateFromFile(Path.Combine(directory, fuzzer.Name + ".current"), FileMode.Create, null, threads.Length * sizeof(long));
        using var places = file.CreateViewAccessor();
        for (var i = 0; i < threads.Length; i++)
        {
            var number = i;
            threads[i] = new Thread(
                () =>
                {
                    Work(index =>
                    {
                        Volatile.Write(ref current[number], index);
                        places.Write(number * sizeof(long), index);
                    });
                    done.Signal();
                },
                StackSize) { IsBackground = true };
            threads[i].Start();
        }

        var before = new long[threads.Length];
        while (!done.Wait(Patience))
        {
            for (var i = 0; i < threads.Length; i++)
            {
                var now = Volatile.Read(ref current[i]);
                if (now == before[i] && threads[i].IsAlive)
                {
                    Write(now, Create(now), "does not end", output);
                    return false;
                }

                before[i] = now;
            }
        }

        Tried = Math.Min(_next, count);
        if (_failure is null)
            return true;
        Write(_failedAt, Shrunk(Create(_failedAt), _failure), _failure.ToString(), output);
        return false;
    }

    private string Create(long index) => fuzzer.Create(new Random(unchecked((seed * 486187739) + (int)index)));

    private void Work(Action<long> begins)
    {
        while (Interlocked.Increment(ref _next) - 1 is var index && index < count && index < Volatile.Read(ref _failedAt))
        {
            begins(index);
            if (Failure(Create(index)) is not { } failure)
                continue;
            lock (_lock)
            {
                if (index < _failedAt)
                    (_failedAt, _failure) = (index, failure);
            }
        }
    }

#pragma warning disable CA1031 // Every exception is what is looked for.
    private Exception? Failure(string input)
    {
        try
        {
            fuzzer.Try(input);
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }
#pragma warning restore CA1031

    // Takes away halves, quarters, and at last single characters, as long as it fails in the same way.
    private string Shrunk(string input, Exception failure)
    {
        var attempts = 0;
        for (var size = input.Length / 2; size > 0 && attempts < MaxAttemptsToShrink; size /= 2)
        {
            for (var at = 0; at + size <= input.Length && attempts < MaxAttemptsToShrink;)
            {
                attempts++;
                var shorter = input.Remove(at, size);
                if (Failure(shorter) is { } other && IsSame(failure, other))
                    input = shorter;
                else
                    at += size;
            }
        }

        return input;
    }

    private static bool IsSame(Exception one, Exception other) =>
        one.GetType() == other.GetType() && (one is BrokenPromiseException ? one.Message == other.Message : one.TargetSite == other.TargetSite);

    private void Write(long index, string input, string problem, TextWriter output)
    {
        var path = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{fuzzer.Name}-{seed}-{index}.txt"));
        File.WriteAllText(path, input);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{fuzzer.Name}: input {index} of seed {seed}, made smaller in {path}:"));
        output.WriteLine(problem);
    }
}
