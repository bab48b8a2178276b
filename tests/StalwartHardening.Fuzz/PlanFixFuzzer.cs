using StalwartHardening.Server;
using StalwartHardening.Tests.Plans;

namespace StalwartHardening.Fuzz;

/// <summary>Every fix of every finding in a random plan, each on its own, held to the promises of <c>docs/fixes.md</c>.</summary>
internal sealed class PlanFixFuzzer : Fuzzer
{
    // Most plans say nothing of the server they are for.
    private static readonly ServerState?[] s_states = [null, ServerState.Fresh, null, ServerState.Existing, ServerState.RecoveryFirst];

    public override string Name => "plan-fixes";

    public override int Weight => 20;

    public override string Create(Random random) => random.Next(2) == 0 ? RandomPlan.Create(random) : RandomPlan.CreateCorrect(random);

    public override void Try(string input)
    {
        var properties = new PlanRemedyProperties(CancellationToken.None);
        properties.Check("The plan", input, s_states[input.Length % s_states.Length]);
        Demand(properties.Failures.Length == 0, properties.Failures);
    }
}
