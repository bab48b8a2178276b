using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Plans;

/// <summary>
/// Whatever a plan is made of, running and judging it takes no more than grows with its length, and little stack. Measured in bytes that are
/// allocated, and in roles that are looked at: never in time.
/// </summary>
public sealed class PlanWorkTests
{
    private const int SmallStack = 256 << 10;
    private const int Small = 250;
    private const int Growth = 4;

    // Tables double; what grows with the square of the size grows by sixteen.
    private const double MaxGrowth = Growth * 1.9;

    public static TheoryData<string> Shapes => [.. HostilePlans.Shapes.Keys];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Work_grows_no_faster_than_the_plan(string shape)
    {
        // What is loaded once is not counted.
        Judge(HostilePlans.Shapes[shape](3));
        var small = Judge(HostilePlans.Shapes[shape](Small));
        var large = Judge(HostilePlans.Shapes[shape](Small * Growth));
        // A map that grows by one in each operation is written anew each time.
        if (shape != "rules that grow one by one")
            Assert.True(large < small * MaxGrowth, $"{shape}: {small} bytes, and {large} for {Growth} times the text");
    }

    [Fact]
    public void A_chain_of_roles_as_long_as_the_plan_needs_no_stack()
    {
        var text = HostilePlans.Shapes["references to the operation before"](20_000);
        PlanState? state = null;
        OnSmallStack(() => state = TestPlan.Read(text, new PlanRunOptions()).Run.State);
        Assert.Equal(20_000, state!.Objects("Role").Count(static role => role.Label?.StartsWith('r') == true));
        OnSmallStack(() => Assert.Equal(AccountPermissions.MaxNamedRoles, AccountPermissions.From(state, state.Objects("Account")[^1]).Roles.Count));
        Assert.InRange(state.Roles.Steps, 20_000, 50_000);
    }

    [Fact]
    public void Each_role_is_looked_at_once_however_many_accounts_have_it()
    {
        var state = TestPlan.Read(HostilePlans.Shapes["roles that extend each other in a circle"](500), new PlanRunOptions()).Run.State;
        foreach (var account in state.Objects("Account"))
            Assert.True(AccountPermissions.From(state, account).Effective.Contains("imapAuthenticate"));
        Assert.InRange(state.Roles.Steps, 1_500, 2_000);
    }

    private static long Judge(string text)
    {
        var bytes = 0L;
        OnSmallStack(() =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var server = ConfigurationReader.Read(text, new ReadingTarget(ServerVersion.Newest), CancellationToken.None);
            ConfigurationJudge.Judge(server, JudgementOptions.Default, CancellationToken.None);
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        });
        return bytes;
    }

    private static void OnSmallStack(Action work)
    {
        Exception? thrown = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    work();
                }
                catch (Exception exception)
                {
                    thrown = exception;
                }
            },
            SmallStack);
        thread.Start();
        thread.Join();
        Assert.Null(thrown);
    }
}
