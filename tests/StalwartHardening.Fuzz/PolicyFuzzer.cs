using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Server.Exposure;
using StalwartHardening.Settings;
using StalwartHardening.Tests.Expressions;

namespace StalwartHardening.Fuzz;

/// <summary>Policies of every shape that is written to be slow, in small: judged within their budget, and drawn.</summary>
internal sealed class PolicyFuzzer : Fuzzer
{
    private const int StepsOfAnyJudgement = 1_200_000;
    private const int StepsPerCharacter = 30;

    public override string Name => "policies";

    public override int Weight => 20;

    public override string Create(Random random)
    {
        var shape = HostilePolicies.Shapes.ElementAt(random.Next(HostilePolicies.Shapes.Count)).Value;
        return Mutation.Of(shape(random, 60 + random.Next(400)), random, random.Next(3)).Replace('\n', ' ');
    }

    public override void Try(string input)
    {
        var server = Generation.ReadServer(HostilePolicies.Document(input), ServerVersion.Newest);
        ConfigurationJudge.Judge(server, JudgementOptions.Default, CancellationToken.None);
        Demand(server.HttpAccess.Meter.Steps <= StepsOfAnyJudgement + ((long)StepsPerCharacter * server.HttpAccess.Block.Length), "judging took more steps than there are");
        ExposureMap.From(server, CancellationToken.None);
        if (input.Length < 300)
            ExpressionFuzzer.TryPolicy(input);
    }
}
