using System.Globalization;
using StalwartHardening.Server;

namespace StalwartHardening.Tests.Plans;

/// <summary>Fixes in random plans: listeners, HTTP settings, roles and accounts in every way of writing them.</summary>
public sealed class PlanFixPropertyTests
{
    // Most plans say nothing of the server they are for.
    private static readonly ServerState?[] s_states = [null, ServerState.Fresh, null, ServerState.Existing, ServerState.RecoveryFirst];

    /// <summary>Every remedy of every finding does what it says and nothing else. <c>PLAN_FIX_COUNT</c> and <c>PLAN_FIX_SEED</c> choose others.</summary>
    [Fact]
    public void EveryFixOfARandomPlanHolds()
    {
        var count = Number("PLAN_FIX_COUNT") ?? 300;
        var seed = Number("PLAN_FIX_SEED") ?? 20261127;
        var output = TestContext.Current.TestOutputHelper!;
        output.WriteLine($"PLAN_FIX_SEED={seed}");
        var properties = new PlanRemedyProperties(TestContext.Current.CancellationToken);
        for (var i = 0; i < count && properties.Failures.Length == 0; i++)
            properties.Check($"seed {seed + i}", RandomPlan.Create(new Random(seed + i)), s_states[i % s_states.Length]);
        properties.Report(output.WriteLine);
        Assert.True(properties.Failures.Length == 0, properties.Failures);
        Assert.True(properties.Applied > count / 2);

        // In plans that run, what is not offered is rare; in plans that stop there is little to prove anything by.
        Assert.True(properties.Refused.Count * 20 < properties.Applied, $"{properties.Refused.Count} not offered");
        Assert.True(properties.Repaired > count / 40, $"{properties.Repaired} repairs");
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
