using StalwartHardening.Edits;
using StalwartHardening.Fixing;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Plans;

/// <summary>Fixes of plans that are refused, or that do not do what they say.</summary>
public sealed class PlanRepairTests
{
    private const string Domain = """{"@type":"upsert","object":"Domain","value":{"d":{"name":"example.org"}}}""" + "\n";

    private static readonly ReadingTarget s_target = new(ServerVersion.Newest);
    private static readonly JudgementOptions s_options = new() { TargetVersion = ServerVersion.Newest };

    [Theory]
    // The name of 0.15 for the path; what is in quotes is no variable, and a longer name is another one.
    [InlineData("SWH0002", """{"@type":"update","object":"Http","value":{"allowedEndpoints":{"match":{},"else":"if_then(url_path == '/url_path', 200, 404)"}}}""", """{"@type":"update","object":"Http","value":{"allowedEndpoints":{"match":{},"else":"if_then(path == '/url_path', 200, 404)"}}}""")]
    [InlineData("SWH0002", """{"@type":"update","object":"Http","value":{"allowedEndpoints":{"match":{"0":{"if":"starts_with(url_path, '/jmap') || url_path == '/x'","then":"200"}},"else":"404"}}}""", """{"@type":"update","object":"Http","value":{"allowedEndpoints":{"match":{"0":{"if":"starts_with(path, '/jmap') || path == '/x'","then":"200"}},"else":"404"}}}""")]
    // Arrays, in the author's own spacing.
    [InlineData("SWH0002", """{"@type":"upsert","object":"NetworkListener","value":{"a":{"name":"a","bind":["[::]:993","[::]:993"],"protocol":"imap","tlsImplicit":true}}}""", """{"@type":"upsert","object":"NetworkListener","value":{"a":{"name":"a","bind":{"[::]:993":true},"protocol":"imap","tlsImplicit":true}}}""")]
    [InlineData("SWH0002", """{"@type": "upsert", "object": "NetworkListener", "value": {"a": {"name": "a", "bind": [ "[::]:993" , "[::1]:993"], "protocol": "imap"}}}""", """{"@type": "upsert", "object": "NetworkListener", "value": {"a": {"name": "a", "bind": {"[::]:993": true, "[::1]:993": true}, "protocol": "imap"}}}""")]
    [InlineData("SWH0002", """{"@type":"update","object":"SystemSettings","value":{"mailExchangers":[{"hostname":"mx.example.org","priority":10}]}}""", """{"@type":"update","object":"SystemSettings","value":{"mailExchangers":{"0":{"hostname":"mx.example.org","priority":10}}}}""")]
    [InlineData("SWH0002", """{"@type":"update","object":"SystemSettings","value":{"proxyTrustedNetworks":[]}}""", """{"@type":"update","object":"SystemSettings","value":{"proxyTrustedNetworks":{}}}""")]
    // Names and words with one that is near.
    [InlineData("SWH0004", """{"@type":"update","object":"Http","value":{"enableHSTS":true}}""", """{"@type":"update","object":"Http","value":{"enableHsts":true}}""")]
    [InlineData("SWH0004", """{"@type":"update","object":"Htpp","value":{"enableHsts":true}}""", """{"@type":"update","object":"Http","value":{"enableHsts":true}}""")]
    [InlineData("SWH0004", """{"@type":"updat","object":"Http","value":{"enableHsts":true}}""", """{"@type":"update","object":"Http","value":{"enableHsts":true}}""")]
    [InlineData("SWH0004", """{"@type":"upsert","object":"NetworkListener","matchon":["name"],"value":{"a":{"name":"a","bind":{"[::]:993":true},"protocol":"imap"}}}""", """{"@type":"upsert","object":"NetworkListener","matchOn":["name"],"value":{"a":{"name":"a","bind":{"[::]:993":true},"protocol":"imap"}}}""")]
    [InlineData("SWH0002", """{"@type":"upsert","object":"NetworkListener","value":{"a":{"name":"a","bind":{"[::]:4190":true},"protocol":"managesieve"}}}""", """{"@type":"upsert","object":"NetworkListener","value":{"a":{"name":"a","bind":{"[::]:4190":true},"protocol":"manageSieve"}}}""")]
    // What the tool reads line by line, as jq prints it or as one array.
    [InlineData("SWH0001", "{\n  \"@type\": \"update\",\r\n\t\"object\": \"Http\",\n\n  \"value\": { \"enableHsts\": true }\n}", "{\"@type\": \"update\",\"object\": \"Http\",\"value\": { \"enableHsts\": true }}")]
    [InlineData("SWH0001", "[\n  {\"@type\":\"update\",\n   \"object\":\"Http\",\"value\":{\"enableHsts\":true}},\n  {\"@type\":\"destroy\",\"object\":\"NetworkListener\",\"value\":{\"name\":\"http\"}}\n]", "{\"@type\":\"update\",\"object\":\"Http\",\"value\":{\"enableHsts\":true}}\n{\"@type\":\"destroy\",\"object\":\"NetworkListener\",\"value\":{\"name\":\"http\"}}")]
    // What objects are matched on.
    [InlineData("SWH0001", Domain + """{"@type":"reconcile","object":"Account","value":{"a":{"@type":"User","name":"ann","domainId":"#d"}}}""", Domain + """{"@type":"reconcile","object":"Account","matchOn":["name"],"value":{"a":{"@type":"User","name":"ann","domainId":"#d"}}}""")]
    [InlineData("SWH0012", Domain + """{"@type":"upsert","object":"Account","matchOn":"*","value":{"a":{"@type":"User","name":"ann","domainId":"#d"}}}""", Domain + """{"@type":"upsert","object":"Account","matchOn":["name"],"value":{"a":{"@type":"User","name":"ann","domainId":"#d"}}}""")]
    public void Repairs(string rule, string plan, string expected)
    {
        foreach (var (before, after) in new[] { ("", ""), ("", "\n"), ("""{"@type":"update","object":"SystemSettings","value":{"defaultHostname":"mail.example.org"}}""" + "\n", "\n") })
        {
            var text = before + plan + after;
            var server = ConfigurationReader.Read(text, s_target, TestContext.Current.CancellationToken);
            var findings = ConfigurationJudge.Judge(server, s_options, TestContext.Current.CancellationToken);
            var finding = findings.First(finding => finding.Rule.Id == rule && finding.Subject is not Surprise { IsAdvice: true });
            var remedy = finding.Remedies(server).First();
            var changes = RemedyApplication.Apply(server, s_options, finding, remedy, cancellationToken: TestContext.Current.CancellationToken);
            Assert.NotNull(changes);
            Assert.Equal(before + expected + after, TextChange.Apply(text, changes));
            Assert.Contains(" (", remedy.Title, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_byte_order_mark_goes()
    {
        const string Plan = "\uFEFF" + Domain;
        var server = ConfigurationReader.Read(Plan, s_target, TestContext.Current.CancellationToken);
        var finding = Assert.Single(ConfigurationJudge.Judge(server, s_options, TestContext.Current.CancellationToken), static finding => finding.Rule.Id == "SWH0001");
        var changes = RemedyApplication.Apply(server, s_options, finding, finding.Remedies(server).First(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(Domain, TextChange.Apply(Plan, changes!));
    }

    /// <summary>Where several things may have been meant, or nothing is near, nobody guesses.</summary>
    [Theory]
    [InlineData("""{"@type":"update","object":"Http","value":{"allowedEndpoints":{"else":"nonsense ("}}}""")]
    [InlineData("""{"@type":"update","object":"Http","value":{"xyzzy":true}}""")]
    [InlineData("""{"@type":"upsert","object":"NetworkListener","value":{"a":{"name":"a","bind":[["[::]:993"]],"protocol":"imap"}}}""")]
    [InlineData("""{"@type":"reconcile","object":"Account","value":{"a":{"@type":"User","name":"ann","domainId":"b"},"c":{"@type":"User","name":"ann","domainId":"d"}}}""")]
    public void LeavesAlone(string plan)
    {
        var server = ConfigurationReader.Read(plan, s_target, TestContext.Current.CancellationToken);
        var refused = ConfigurationJudge.Judge(server, s_options, TestContext.Current.CancellationToken).Where(finding => finding.Rule.Id is "SWH0001" or "SWH0002" or "SWH0004").ToList();
        Assert.NotEmpty(refused);
        Assert.All(refused, finding => Assert.Empty(finding.Remedies(server)));
    }

    [Fact]
    public void A_plan_that_runs_on_shows_what_was_hidden_and_is_mended_all_the_same()
    {
        const string Plan =
            """
            {"@type":"update","object":"Http","value":{"allowedEndpoints":{"match":{},"else":"if_then(starts_with(url_path, '/jmap'), 200, 404)"}}}
            {"@type":"reconcile","object":"NetworkListener","value":{"imap":{"name":"imap","bind":["[::]:143"],"protocol":"imap"}}}

            """;
        var mended = RemedyApplication.FixAll(Plan, s_options, static (_, remedies) => remedies.FirstOrDefault(), ConfigurationReader.SyntaxOf(Plan, s_target, TestContext.Current.CancellationToken), cancellationToken: TestContext.Current.CancellationToken);
        var left = ConfigurationJudge.Judge(ConfigurationReader.Read(mended, s_target, TestContext.Current.CancellationToken), s_options, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(left, static finding => finding.Severity != RuleSeverity.Info);
        Assert.Contains("starts_with(path, '/jmap')", mended, StringComparison.Ordinal);
        Assert.Contains("[::]:993", mended, StringComparison.Ordinal);
    }
}
