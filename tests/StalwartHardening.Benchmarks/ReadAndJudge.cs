using BenchmarkDotNet.Attributes;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Settings;
using StalwartHardening.Toml;
using Tomlyn.Parsing;

namespace StalwartHardening.Benchmarks;

/// <summary>Reading, modelling and judging with all rules, beside a TOML parser that only parses the same text.</summary>
[MemoryDiagnoser]
public class ReadAndJudge
{
    private string _text = "";

    [Params("quickstart", "10 KB", "100 KB", "1 MB")]
    public string Text { get; set; } = "";

    [GlobalSetup]
    public void Setup() => _text = Text switch
    {
        "quickstart" => Configurations.Quickstart,
        "10 KB" => Configurations.OfSize(10_000),
        "100 KB" => Configurations.OfSize(100_000),
        _ => Configurations.OfSize(1_000_000),
    };

    [Benchmark(Baseline = true)]
    public int TomlynEvents() => ParseWithTomlyn(_text);

    [Benchmark]
    public int ReadOnly() => ServerTomlReader.Read(_text, ServerVersion.Newest).Count;

    [Benchmark]
    public int ReadModelAndJudge() => ConfigurationJudge.Judge(Generation.ReadFile(_text, ServerVersion.Newest), JudgementOptions.Default).Count;

    internal static int ParseWithTomlyn(string text)
    {
        var parser = TomlParser.Create(text, new TomlParserOptions());
        var events = 0;
        while (parser.MoveNext())
            events++;
        return events;
    }
}
