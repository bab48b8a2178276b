using StalwartHardening.Edits;
using StalwartHardening.Fixing;
using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Plans;

/// <summary>Several plans that are applied one after the other, kept in one string.</summary>
public sealed class JoinedPlanTests
{
    private static string Join(params string[] texts) => string.Join(PlanText.Separator, texts);

    [Fact]
    public void Each_plan_is_applied_to_what_the_one_before_it_leaves_behind()
    {
        const string First = """{"@type":"upsert","object":"NetworkListener","value":{"a":{"name":"imap","bind":{"[::]:143":true},"protocol":"imap"}}}""";
        const string Second = """{"@type":"destroy","object":"NetworkListener","value":{"name":"imap"}}""";
        Assert.True(Server(Join(First, "\n")).Document.TryGet("NetworkListener/imap/protocol", out _));
        Assert.False(Server(Join(First, Second)).Document.TryGet("NetworkListener/imap/protocol", out _));

        // In one plan the destroy runs first.
        Assert.True(Server(First + "\n" + Second, isJoined: false).Document.TryGet("NetworkListener/imap/protocol", out _));
    }

    [Fact]
    public void Client_ids_are_those_of_their_own_plan()
    {
        const string Role = """{"@type":"upsert","object":"Role","value":{"r":{"description":"ops"}}}""";
        const string Use = """{"@type":"update","object":"Role","id":"#r","value":{"enabledPermissions":{"authenticate":true}}}""";
        var run = Run(Join(Role + "\n" + Use, Role, Use));
        var problem = Assert.Single(run.Problems, problem => problem.IsReached);
        Assert.Equal((PlanProblemKind.UnresolvedReference, 1), (problem.Kind, problem.Line));
    }

    [Fact]
    public void Lines_are_counted_in_each_plan_and_places_in_all()
    {
        const string Good = """{"@type":"update","object":"Http","value":{"enableHsts":true}}""";
        var text = Join(Good + "\n", "\n" + Good + "\r\n" + Good.Replace("enableHsts", "enableHstz", StringComparison.Ordinal));
        var problem = Assert.Single(Run(text).Problems);
        Assert.Equal(3, problem.Line);
        Assert.Equal("\"enableHstz\"", text.Substring(problem.Span.Start, problem.Span.Length));
    }

    [Fact]
    public void What_one_plan_fails_at_keeps_the_next_from_running()
    {
        const string Bad = """{"@type":"update","object":"Http","value":{"nope":true}}""";
        const string Good = """{"@type":"update","object":"Http","value":{"enableHsts":true}}""";
        Assert.Empty(Run(Join(Bad, Good)).State.Objects("Http"));
        Assert.Single(Run(Join(Good, Bad)).State.Objects("Http"));
        Assert.Single(Run(Join("{", Good)).Problems);
    }

    [Fact]
    public void Joining_one_plan_changes_nothing()
    {
        foreach (var text in Plans(11, 60))
        {
            var alone = TestPlan.Read(text, new PlanRunOptions());
            var joined = TestPlan.Read(text, new PlanRunOptions { IsJoined = true });
            Assert.Equal(alone.Document.InTextOrder.ToArray(), joined.Document.InTextOrder.ToArray());
            Assert.Equal(alone.Run.Problems, joined.Run.Problems);
        }
    }

    [Fact]
    public void Every_part_of_joined_plans_reads_as_it_does_alone()
    {
        var texts = Plans(12, 20);
        var joined = Join(texts);
        var parts = PlanText.ReadJoined(joined, TestContext.Current.CancellationToken);
        Assert.Equal(texts.Length, parts.Count);
        for (var i = 0; i < texts.Length; i++)
        {
            var alone = TestPlan.Text(texts[i]);
            Assert.Equal(alone.Problems.Select(problem => (problem.Line, problem.Message, problem.Span.Start)), parts[i].Problems.Select(problem => (problem.Line, problem.Message, problem.Span.Start - parts[i].Start)));
            Assert.Equal(alone.Lines.Select(line => (line.Number, line.SpansLines)), parts[i].Lines.Select(line => (line.Number, line.SpansLines)));
        }
    }

    [Fact]
    public void A_remedy_is_written_into_the_plan_that_it_concerns()
    {
        const string First = """{"@type":"reconcile","object":"NetworkListener","value":{"a":{"name":"imaps","bind":{"[::]:993":true},"protocol":"imap","tlsImplicit":true},"w":{"name":"https","bind":{"[::]:443":true},"protocol":"http","tlsImplicit":true}}}""";
        const string Second = """{"@type":"upsert","object":"NetworkListener","value":{"b":{"name":"imap","bind":{"[::]:143":true},"protocol":"imap"}}}""";
        var text = Join(First + "\n", Second);
        var server = Server(text);
        var options = new JudgementOptions { IsJoined = true };
        var finding = Assert.Single(ConfigurationJudge.Judge(server, options, TestContext.Current.CancellationToken), finding => finding.Rule.Id == "SWH1001");
        Assert.True(finding.Span.Start > First.Length);
        foreach (var remedy in finding.Rule.Remedies(server, finding))
        {
            var changes = RemedyApplication.Apply(server, options, finding, remedy, cancellationToken: TestContext.Current.CancellationToken);
            Assert.NotNull(changes);
            Assert.NotEmpty(changes);
            var fixedText = TextChange.Apply(text, changes);
            Assert.Equal(2, fixedText.Split(PlanText.Separator).Length);
            Assert.Equal(First + "\n", fixedText.Split(PlanText.Separator)[0]);
        }
    }

    private static string[] Plans(int seed, int count) => [.. Enumerable.Range(0, count).Select(i => RandomPlan.Create(new Random((seed * 1000) + i)))];

    private static ServerConfiguration Server(string text, bool isJoined = true) =>
        ConfigurationReader.Read(text, new ReadingTarget(ServerVersion.Newest) { IsJoined = isJoined }, TestContext.Current.CancellationToken);

    private static PlanRun Run(string joined) => TestPlan.Read(joined, new PlanRunOptions { IsJoined = true }).Run;
}
