using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Server.Exposure;
using StalwartHardening.Settings;
using StalwartHardening.Tests;
using StalwartHardening.Tests.Remedies;
using StalwartHardening.Toml;

namespace StalwartHardening.Fuzz;

/// <summary>Texts in the server's dialect, and almost: read and judged for four versions.</summary>
internal sealed class ReaderFuzzer : Fuzzer
{
    private static readonly ServerVersion[] Versions = [new(5, 0), new(6, 0), new(12, 0), ServerVersion.Newest];

    public override string Name => "readers";

    public override string Create(Random random) => Text(random);

    /// <summary>A configuration, more or less.</summary>
    public static string Text(Random random) =>
        Mutation.Of(random.Next(3) == 0 ? RandomConfiguration.Create(random.Next()) : UntidyToml.Create(random), random, random.Next(6));

    public override void Try(string input)
    {
        // One version an input: which one is a matter of the text.
        var version = Versions[input.Length % Versions.Length];
        var document = ServerTomlReader.Read(input, version);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (ref readonly var setting in document.InTextOrder)
        {
            Demand(keys.Add(setting.Key), "a key is there twice");
            DemandInside(input, setting.KeySpan);
            DemandInside(input, setting.ValueSpan);
        }

        for (var i = 1; i < document.Count; i++)
            Demand(SettingPath.Compare(document[i - 1].Key.AsSpan(), document[i].Key.AsSpan()) < 0, "keys are out of order");
        foreach (var problem in document.Problems)
            DemandInside(input, problem.Span);
        var options = JudgementOptions.Default with { TargetVersion = version };
        var server = Generation.ReadServer(document, version);
        foreach (var finding in ConfigurationJudge.Judge(server, options))
        {
            DemandInside(input, finding.Span);
            Demand(finding.Message.Length > 0, "a finding says nothing");
        }

        ExposureMap.From(server, CancellationToken.None);
    }

    /// <summary>A place lies in the text.</summary>
    public static void DemandInside(string text, SourceSpan span) => Demand(span.Start >= 0 && span.Length >= 0 && span.End <= text.Length, "a place lies outside the text");
}
