using BenchmarkDotNet.Attributes;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Settings;
using StalwartHardening.Toml;
using Tomlyn;

namespace StalwartHardening.Benchmarks;

/// <summary>The same over a folder of real configurations, named by the environment variable STALWART_CORPUS.</summary>
[MemoryDiagnoser]
public class Corpus
{
    private string[] _texts = [];

    [GlobalSetup]
    public void Setup()
    {
        var folder = Environment.GetEnvironmentVariable("STALWART_CORPUS") ?? throw new InvalidOperationException("Set STALWART_CORPUS to a folder with .toml files.");
        _texts = [.. Directory.GetFiles(folder, "*.toml").Order(StringComparer.Ordinal).Select(File.ReadAllText)];
    }

    [Benchmark(Baseline = true)]
    public int TomlynEvents()
    {
        var events = 0;
        foreach (var text in _texts)
        {
            try
            {
                events += ReadAndJudge.ParseWithTomlyn(text);
            }
            catch (TomlException)
            {
                // Not standard TOML: the parser stops early, which only helps its time.
            }
        }

        return events;
    }

    [Benchmark]
    public int ReadModelAndJudge()
    {
        var findings = 0;
        foreach (var text in _texts)
            findings += ConfigurationJudge.Judge(Generation.ReadFile(text, ServerVersion.Newest), JudgementOptions.Default).Count;
        return findings;
    }
}
