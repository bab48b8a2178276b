using StalwartHardening.Fixing;
using StalwartHardening.Remedies;
using StalwartHardening.Rules;
using StalwartHardening.Settings;
using StalwartHardening.Tests;
using StalwartHardening.Tests.Remedies;
using StalwartHardening.Toml;

namespace StalwartHardening.Fuzz;

/// <summary>Everything fixed in texts and plans: it ends, once is enough, and what nobody asked for stays.</summary>
internal sealed class FixFuzzer : Fuzzer
{
    public override string Name => "fixes";

    public override int Weight => 20;

    public override string Create(Random random) => random.Next(4) switch
    {
        0 => PlanFuzzer.Text(random),
        1 => RandomConfiguration.Create(random.Next()),
        _ => Mutation.Of(UntidyToml.Create(random), random, random.Next(3)),
    };

    public override void Try(string input)
    {
        var safety = (input.Length % 3) switch { 0 => RemedySafety.Safe, 1 => RemedySafety.Review, _ => (RemedySafety?)null };
        var options = JudgementOptions.Default;
        var result = RemedyApplication.FixAll(input, options, RemedyChoices.First(safety));
        Demand(RemedyApplication.FixAll(result, options, RemedyChoices.First(safety)) == result, "once is not enough");
        Demand(input.StartsWith('\uFEFF') == result.StartsWith('\uFEFF'), "the byte-order mark is not what it was");
        if (!input.Contains('\r', StringComparison.Ordinal))
            Demand(!result.Contains('\r', StringComparison.Ordinal), "there are carriage returns now");
        if (result != input && !input.TrimStart().StartsWith('{'))
            Demand(ServerTomlReader.Read(result, ServerVersion.Newest).Problems.Count <= ServerTomlReader.Read(input, ServerVersion.Newest).Problems.Count, "there are more errors than before");
    }
}
