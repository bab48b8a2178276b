using System.Globalization;
using StalwartHardening.Configuration;

namespace StalwartHardening.Tests;

/// <summary>The heart of the proof: whatever program one writes with the library, the reader sees what the program will write.</summary>
public sealed class GeneratedProgramTests
{
    private static readonly int Programs = ProgramCount.Of(600);

    [Fact]
    public void Reading_a_generated_program_gives_what_it_writes()
    {
        var seed = int.Parse(Environment.GetEnvironmentVariable("STALWART_HARDENING_SEED") ?? "20261123", CultureInfo.InvariantCulture);
        var written = 0;
        var refused = 0;
        var used = new HashSet<string>(StringComparer.Ordinal);
        var every = EveryMethod().ToList();
        for (var i = 0; (written < Programs || every.Exists(method => !used.Contains(method))) && i < Programs * 20; i++)
        {
            var (source, methods) = GeneratedProgram.Create(unchecked(seed + i));
            try
            {
                BuilderProgram.AssertSame(source);
                written++;
                used.UnionWith(methods);
            }
            catch (InvalidOperationException exception) when (exception.InnerException is InvalidServerException)
            {
                // Listeners without addresses, roles without stores: refusing is tested by itself.
                refused++;
            }
        }

        TestContext.Current.SendDiagnosticMessage($"{written} programs written and read, {refused} refused by Build, {used.Count} methods used.");
        Assert.True(written >= Programs, $"{written} programs");
        Assert.Equal([], every.Except(used));
        ProgramCount.Record("every method: the settings read from the source, and those written as TOML", written, seed);
    }

    private static IEnumerable<string> EveryMethod()
    {
        var seen = new HashSet<Type>();
        var open = new Queue<Type>([typeof(StalwartServerBuilder)]);
        while (open.TryDequeue(out var type))
        {
            if (!seen.Add(type))
                continue;
            foreach (var method in GeneratedProgram.Methods(type))
            {
                yield return type.Name + "." + method.Name + "/" + method.GetParameters().Length.ToString(CultureInfo.InvariantCulture);
                open.Enqueue(method.ReturnType);
            }

            foreach (var property in GeneratedProgram.Properties(type))
                open.Enqueue(property.PropertyType);
        }
    }
}
