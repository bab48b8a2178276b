using StalwartHardening.Expressions;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Rules.Reading;
using StalwartHardening.Server;
using StalwartHardening.Server.Access;
using StalwartHardening.Server.Exposure;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Expressions;

/// <summary>
/// Whatever a policy is made of, judging it takes no more steps than grow with its length, little memory and little stack. Counted, not timed:
/// a step takes some ten nanoseconds.
/// </summary>
public sealed class WorkBoundTests
{
    private const int StepsOfAnyJudgement = 1_200_000;
    private const int StepsOfAnyMap = 1_400_000;
    private const int StepsPerCharacter = 30;
    private const long MaxBytes = 64L << 20;
    private const long BytesPerCharacter = 1 << 10;
    private const int SmallStack = 256 << 10;

    // The sizes of a text that a person, a program and an attacker would write.
    private static readonly int[] Sizes = [1 << 10, 4 << 10, 16 << 10, 63 << 10];

    public static TheoryData<string> Shapes => [.. HostilePolicies.Shapes.Keys];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Work_grows_no_faster_than_the_policy(string shape)
    {
        foreach (var size in Sizes)
            AssertBounded($"{shape}, {size} characters", HostilePolicies.Shapes[shape](new Random(size), size));
    }

    [Fact]
    public void Work_on_policies_of_several_shapes_grows_no_faster_than_they()
    {
        var shapes = HostilePolicies.Shapes.Where(static shape => shape.Value(new Random(0), 1000).StartsWith('[')).ToArray();
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var size = (1 << 10) << random.Next(6);
            var parts = Enumerable.Range(0, random.Next(2, 6)).Select(_ => shapes[random.Next(shapes.Length)]).ToArray();
            var rules = string.Concat(parts.Select(shape => shape.Value(random, size / parts.Length)[1..].Replace("{ else = '200' }]", "")).Select(static text => text.TrimEnd().EndsWith(',') ? text : text + ", "));
            AssertBounded($"seed {seed}: {string.Join("; ", parts.Select(static shape => shape.Key))}", "[" + rules + "{ else = '200' }]");
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void No_value_grows_without_end(string shape)
    {
        foreach (var size in Sizes)
        {
            var server = Generation.ReadServer(HostilePolicies.Document(HostilePolicies.Shapes[shape](new Random(size), size)), ServerVersion.Newest);
            var budget = new StepBudget(StepsOfAnyJudgement);
            var state = server.HttpAccess.Block.Evaluate(server.HttpAccess.ContextOf(new HttpRequest { Target = "/api/principal" }), budget, out var value);
            Assert.True(budget.Spent <= StepsOfAnyJudgement + 1);
            if (state == EvaluationState.Done && value is { } result)
                Assert.True(result.Size <= StepBudget.MaxValueSize, shape);
        }
    }

    [Fact]
    public void Doubling_ends_at_the_largest_value_even_with_all_the_time_in_the_world()
    {
        var rules = string.Concat(Enumerable.Repeat("{ if = '''!matches('(.*)', $0 + $0 + 'ab') ''', then = '''404 ''' }, ", 64));
        var server = Generation.ReadServer(HostilePolicies.Document("[" + rules + "{ else = '200' }]"), ServerVersion.Newest);
        var budget = new StepBudget(long.MaxValue);
        Assert.Equal(EvaluationState.Unknown, server.HttpAccess.Block.Evaluate(server.HttpAccess.ContextOf(new HttpRequest()), budget, out _));
        Assert.False(budget.IsSpent);
    }

    [Fact]
    public void The_place_where_judging_stopped_is_said_once()
    {
        var server = Generation.ReadServer(HostilePolicies.Document(HostilePolicies.Shapes["text that doubles from rule to rule"](new Random(1), 2_000)), ServerVersion.Newest);
        var finding = Assert.Single(ConfigurationJudge.Judge(server, JudgementOptions.Default, TestContext.Current.CancellationToken), static finding => finding.Rule.Id == LostSight.RuleId);
        Assert.Equal(RuleSeverity.Info, finding.Severity);
        Assert.Equal(server.HttpAccess.SpentAt!.Value.Key, finding.SettingKey);
        Assert.Matches("^http[.]allowed-endpoint[.][0-9]+[.]if$", finding.SettingKey);
        Assert.Equal(server.HttpAccess.SpentAt!.Value.ValueSpan, finding.Span);
        Assert.StartsWith("Access rules are too expensive to evaluate from here on", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_policy_that_is_judged_whole_nothing_is_said()
    {
        var server = Generation.ReadServer(HostilePolicies.Document("[{ if = \"starts_with(url_path, '/api')\", then = '404' }, { else = '200' }]"), ServerVersion.Newest);
        Assert.DoesNotContain(ConfigurationJudge.Judge(server, JudgementOptions.Default, TestContext.Current.CancellationToken), static finding => finding.Rule.Id == LostSight.RuleId);
        Assert.Null(server.HttpAccess.SpentAt);
    }

    [Fact]
    public void Verdicts_are_the_same_every_time_however_often_somebody_asks()
    {
        var document = HostilePolicies.Document(HostilePolicies.Shapes["patterns with repetitions"](new Random(1), 8_000));
        var server = Generation.ReadServer(document, ServerVersion.Newest);
        var first = ConfigurationJudge.Judge(server, JudgementOptions.Default, TestContext.Current.CancellationToken).Select(Say).ToArray();
        Assert.Contains(first, static said => said.StartsWith(LostSight.RuleId, StringComparison.Ordinal));
        Assert.Equal(first, ConfigurationJudge.Judge(server, JudgementOptions.Default, TestContext.Current.CancellationToken).Select(Say));
        Assert.Equal(first, ConfigurationJudge.Judge(Generation.ReadServer(document, ServerVersion.Newest), JudgementOptions.Default, TestContext.Current.CancellationToken).Select(Say));

        static string Say(Finding finding) => finding.Rule.Id + finding.Span + finding.Message;
    }

    // What once took from a second to forever, or ended the process.
    public static TheoryData<string, string> Seen => new()
    {
        { "25 rules whose text doubles", Rules(25, static _ => "!matches('(.*)', $0 + $0 + 'ab')", "404 ") },
        { "2,200 times not", Rules(1, static _ => new string('!', 2_200) + "is_tls", "404") },
        { "17,000 times not", Rules(1, static _ => new string('!', 17_000) + "is_tls", "404") },
        { "2,200 times or", Rules(1, static _ => Joined(2_200, " || ", "is_tls"), "404") },
        { "17,000 times or", Rules(1, static _ => Joined(17_000, " || ", "is_tls"), "404") },
        { "400 rules that take the status from a capture", Rules(400, static i => $"matches('^/(x{i})$', url)", "$1") },
        { "1,600 rules of several kinds", Rules(1_600, static i => (i % 4) switch { 0 => $"url == '/x{i}'", 1 => $"starts_with(url_path, '/y{i}')", 2 => $"listener == 'l{i}' || is_tls", _ => $"matches('^/z({i})', url)" }, "$1") },
        { "25 patterns", Rules(25, static i => $"matches('^(/[a-z]+)*/x{i}$', url)", "404") },
        { "or nested to the right, 62 KB", Rules(1, static _ => string.Concat(Enumerable.Repeat("is_tls || (", 5_300)) + "is_tls" + new string(')', 5_300), "404") },
        { "a chain of plus, 23 KB", Rules(1, static _ => Joined(3_800, " + ", "url") + " == 'x'", "404") },
        { "a chain of plus, 94 KB", Rules(1, static _ => Joined(15_600, " + ", "url") + " == 'x'", "404") },
        { "and between or, 5.7 KB", Rules(1, static _ => string.Concat(Enumerable.Repeat("(is_tls || url == 'a') && (", 200)) + "is_tls" + new string(')', 200), "404") },
    };

    [Theory]
    [MemberData(nameof(Seen))]
    public void What_once_took_too_long_is_bounded(string what, string rules) => AssertBounded(what, rules);

    private static string Joined(int count, string joint, string part) => string.Join(joint, Enumerable.Repeat(part, count));

    private static string Rules(int count, Func<int, string> condition, string then) =>
        "[" + string.Concat(Enumerable.Range(0, count).Select(i => "{ if = '''" + condition(i) + " ''', then = '''" + then + "''' }, ")) + "{ else = '200' }]";

    [Fact]
    public void Many_listeners_do_not_make_a_policy_more_expensive()
    {
        var policy = HostilePolicies.Shapes["text that doubles from rule to rule"](new Random(1), 8_000);
        var listeners = string.Concat(Enumerable.Range(0, 200).Select(static i => $"[server.listener.h{i}]\nbind = ['[::]:{9000 + i}']\nprotocol = 'http'\ntls.implicit = true\n"));
        AssertBounded("200 listeners", policy, listeners);
    }

    private static void AssertBounded(string what, string rules, string more = "")
    {
        var document = HostilePolicies.Document(rules, more);
        (long Judging, long Map, long Bytes, int Length) work = default;
        Exception? thrown = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    var before = GC.GetAllocatedBytesForCurrentThread();
                    var server = Generation.ReadServer(document, ServerVersion.Newest);
                    ConfigurationJudge.Judge(server, JudgementOptions.Default, CancellationToken.None);
                    var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
                    var judging = server.HttpAccess.Meter.Steps;
                    ExposureMap.From(server, CancellationToken.None);
                    work = (judging, server.HttpAccess.Meter.Steps - judging, bytes, server.HttpAccess.Block.Length);
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
        Assert.True(work.Judging <= StepsOfAnyJudgement + ((long)StepsPerCharacter * work.Length), $"{what}: judging took {work.Judging} steps for {work.Length} characters");
        Assert.True(work.Map <= StepsOfAnyMap + ((long)StepsPerCharacter * work.Length), $"{what}: the map took {work.Map} steps for {work.Length} characters");
        Assert.True(work.Bytes <= Math.Max(MaxBytes, BytesPerCharacter * work.Length), $"{what}: {work.Bytes} bytes");
    }
}
