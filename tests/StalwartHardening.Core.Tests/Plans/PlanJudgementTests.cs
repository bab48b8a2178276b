using System.Globalization;
using System.Text;
using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Plans;

/// <summary>What the rules find in plans: the server after the run, with the defaults that survive it.</summary>
public sealed class PlanJudgementTests
{
    private const string FourListeners =
        """
        {"@type":"reconcile","object":"NetworkListener","value":{"smtp":{"name":"smtp","bind":{"[::]:25":true},"protocol":"smtp"},"submissions":{"name":"submissions","bind":{"[::]:465":true},"protocol":"smtp","tlsImplicit":true},"imaps":{"name":"imaps","bind":{"[::]:993":true},"protocol":"imap","tlsImplicit":true},"https":{"name":"https","bind":{"[::]:443":true},"protocol":"http","tlsImplicit":true}}}

        """;

    private const string Rules = """{"@type":"update","object":"Http","value":{"enableHsts":true,"allowedEndpoints":{"match":{"0":{"if":"starts_with(path, '/jmap')","then":"200"}},"else":"404"}}}""";

    [Theory]
    [InlineData("", "[::]:143", "imap", "", "SWH1001")]
    [InlineData("", "[::]:110", "pop3", "", "SWH1002")]
    [InlineData("", "[::]:587", "smtp", "", "SWH1003")]
    [InlineData("x:", "0.0.0.0:8080", "http", "", "SWH1004")]
    [InlineData("", "[::]:1143", "imap", "", "SWH1005")]
    [InlineData("", "[::]:443", "http", "", "SWH1006")]
    [InlineData("", "[::]:465", "smtp", ",\"tlsImplicit\":true,\"useTls\":false", "SWH1007")]
    [InlineData("", "[::]:4190", "manageSieve", "", "SWH1008")]
    public void A_listener_of_a_plan_is_judged_like_any_other(string prefix, string address, string protocol, string more, string rule)
    {
        var plan = FourListeners.Replace("NetworkListener", prefix + "NetworkListener", StringComparison.Ordinal)
            .Replace("\"https\":{", $"\"odd\":{{\"name\":\"odd\",\"bind\":{{\"{address}\":true}},\"protocol\":\"{protocol}\"{more}}},\"https\":{{", StringComparison.Ordinal) + Rules;
        var finding = Assert.Single(Judge(plan), finding => finding.Rule.Id == rule);
        Assert.StartsWith("NetworkListener/odd/", finding.SettingKey, StringComparison.Ordinal);
        Assert.Contains(plan.Substring(finding.Span.Start, finding.Span.Length), new[] { $"\"{address}\"", "false" });
    }

    [Fact]
    public void A_default_that_survives_is_found_at_the_operation_that_should_have_ended_it()
    {
        var plan = FourListeners.Replace("reconcile", "upsert", StringComparison.Ordinal) + Rules;
        var finding = Assert.Single(Judge(plan), static finding => finding.Rule.Id == "SWH1004");
        Assert.Equal("\"NetworkListener\"", plan.Substring(finding.Span.Start, finding.Span.Length));
    }

    [Fact]
    public void A_plan_that_leaves_nothing_open_has_no_warning()
    {
        Assert.DoesNotContain(Judge(FourListeners + Rules), static finding => finding.Severity >= RuleSeverity.Warning);
    }

    [Theory]
    [InlineData("""{"@type":"update","object":"Http","value":{"allowedEndpoints":{"else":"200"}}}""")]
    [InlineData("""{"@type":"update","object":"x:Http","value":{"allowedEndpoints/else":"200"}}""")]
    [InlineData("""{"@type":"update","object":"Http","value":{"allowedEndpoints":{"match":{},"else":"200"}}}""")]
    public void Access_rules_that_say_the_default_are_written_all_the_same(string rules)
    {
        var findings = Judge(FourListeners + rules);
        var finding = Assert.Single(findings, static finding => finding.Rule.Id == "SWH2002");
        Assert.Equal("\"200\"", (FourListeners + rules).Substring(finding.Span.Start, finding.Span.Length));
        Assert.DoesNotContain(findings, static finding => finding.Rule.Id == "SWH2001");
    }

    [Fact]
    public void A_default_that_a_snapshot_prints_is_no_access_rule_of_anybody()
    {
        var plan = (PlanReading)ConfigurationReader.Read("""{"@type":"update","object":"Http","value":{"enableHsts":true}}""", Target(ServerState.Fresh), TestContext.Current.CancellationToken).Document.Origin!;
        var snapshot = PlanStateWriter.WriteSnapshot(plan.Run.State);
        Assert.Contains("\"allowedEndpoints\":{\"else\":\"200\"", snapshot, StringComparison.Ordinal);
        var findings = Judge(snapshot);
        Assert.Equal(RuleSeverity.Info, Assert.Single(findings, static finding => finding.Rule.Id == "SWH2001").Severity);
        Assert.DoesNotContain(findings, static finding => finding.Rule.Id == "SWH2002");
    }

    [Fact]
    public void What_an_operation_writes_as_it_is_already_is_found_where_it_is_written()
    {
        const string Plan = """{"@type":"upsert","object":"NetworkListener","value":{"a":{"name":"http","bind":{"[::]:8080":true},"protocol":"http"}}}""";
        var finding = Assert.Single(Judge(Plan), static finding => finding.Rule.Id == "SWH1004");
        Assert.Equal("\"[::]:8080\"", Plan.Substring(finding.Span.Start, finding.Span.Length));
    }

    [Theory]
    [InlineData("""{"@type":"update" "object":"Http","value":{}}""", 18)]
    [InlineData("""{"@type":"update","object":"Http","value":{"enableHsts":true}""", 61)]
    [InlineData("""{ "foo": [1,2""", 13)]
    [InlineData("""[{"@type":"update" 1}]""", 19)]
    public void Text_that_tries_to_be_JSON_is_answered_as_a_plan(string text, int at)
    {
        var finding = Assert.Single(Judge(text));
        Assert.Equal("SWH0001", finding.Rule.Id);
        Assert.Equal(at, finding.Span.Start);
        Assert.DoesNotContain("[table]", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[server]\nhostname = \"a\"\n")]
    [InlineData("{{ header }}\n[server]\n")]
    [InlineData("{# note #}\n[server]\n")]
    [InlineData("\"server.hostname\" = \"a\"\n")]
    public void TOML_and_templates_of_it_stay_TOML(string text) =>
        Assert.False(ConfigurationReader.Read(text, Target(), TestContext.Current.CancellationToken).IsPlan);

    [Theory]
    [InlineData("", "User or Admin")]
    [InlineData("""{"@type":"update","object":"Authentication","value":{"defaultUserRoleIds":{"#r":true}}}""", "Admin")]
    [InlineData("""{"@type":"update","object":"Authentication","value":{"defaultUserRoleIds":{"#r":true},"defaultAdminRoleIds":{"#r":true}}}""", null)]
    public void A_role_made_before_the_first_boot_costs_the_built_in_ones(string more, string? lacking)
    {
        var plan = """{"@type":"upsert","object":"Role","value":{"r":{"description":"Ops","enabledPermissions":{"authenticate":true}}}}""" + "\n" + more;
        var remarks = Judge(plan, ServerState.RecoveryFirst).Where(static finding => finding.Message.Contains("four built-in roles", StringComparison.Ordinal)).ToList();
        if (lacking is null)
            Assert.Empty(remarks);
        else
            Assert.Contains($"the role {lacking} have no permissions", Assert.Single(remarks).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Judge(plan), static finding => finding.Message.Contains("four built-in roles", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_said_of_listeners_that_nobody_knows()
    {
        var plan = """{"@type":"upsert","object":"NetworkListener","value":{"imap":{"name":"imap","bind":{"[::]:143":true}}}}""";
        Assert.DoesNotContain(Judge(plan, ServerState.Existing), static finding => finding.Rule.Category == RuleCategory.Listeners);
    }

    [Fact]
    public void Defaults_do_not_come_where_the_plan_runs_before_the_first_boot()
    {
        var plan = FourListeners.Replace("reconcile", "create", StringComparison.Ordinal) + Rules;
        Assert.Contains(Judge(plan, ServerState.Fresh), static finding => finding.Rule.Id == "SWH0002");
        Assert.DoesNotContain(Judge(plan, ServerState.RecoveryFirst), static finding => finding.Severity >= RuleSeverity.Warning);
    }

    [Theory]
    [InlineData("""{"else":"200"}""", "SWH2002")]
    [InlineData("""{"else":"'deny'"}""", "SWH2003")]
    [InlineData("""{"match":{"0":{"if":"contains(url, '/jmap')","then":"200"}},"else":"404"}""", "SWH2005")]
    [InlineData("""{"match":{"0":{"if":"starts_with(url_path, '/jmap')","then":"200"}},"else":"404"}""", "SWH0002")]
    [InlineData("""{"match":[],"else":"404"}""", "SWH0002")]
    public void Access_rules_are_read_in_the_language_of_objects(string expression, string rule)
    {
        var plan = FourListeners + """{"@type":"update","object":"Http","value":{"enableHsts":true,"allowedEndpoints":""" + expression + "}}";
        var finding = Assert.Single(Judge(plan), finding => finding.Severity >= RuleSeverity.Warning && finding.Rule.Id == rule);
        Assert.DoesNotContain("url_path", rule == "SWH2005" ? finding.Message : "", StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_access_rules_are_advice_where_everything_open_asks_for_a_log_in()
    {
        var metrics = """{"@type":"update","object":"Metrics","value":{"prometheus":{"@type":"Enabled"}}}""";
        Assert.Equal(RuleSeverity.Info, Assert.Single(Judge(FourListeners), static finding => finding.Rule.Id == "SWH2001").Severity);
        Assert.Equal(RuleSeverity.Warning, Assert.Single(Judge(FourListeners + metrics), static finding => finding.Rule.Id == "SWH2001").Severity);
        var form = """{"@type":"update","object":"HttpForm","value":{"enable":true}}""";
        Assert.Equal(RuleSeverity.Warning, Assert.Single(Judge(FourListeners + form), static finding => finding.Rule.Id == "SWH2001").Severity);
    }

    [Theory]
    [InlineData("\"roles\":{\"@type\":\"Admin\"}", true)]
    [InlineData("\"roles\":{\"@type\":\"User\"}", false)]
    [InlineData("\"roles\":{\"@type\":\"Admin\"},\"permissions\":{\"@type\":\"Replace\",\"enabledPermissions\":{\"authenticate\":true,\"sysAccountGet\":true}}", false)]
    [InlineData("\"roles\":{\"@type\":\"User\"},\"permissions\":{\"@type\":\"Merge\",\"enabledPermissions\":{\"sysAccountUpdate\":true}}", true)]
    public void Administrators_are_judged_by_the_permissions_that_the_server_computes(string rights, bool isFound)
    {
        var plan = FourListeners + Rules + "\n"
            + """{"@type":"create","object":"Domain","value":{"d":{"name":"example.org"}}}""" + "\n"
            + """{"@type":"create","object":"Account","value":{"a":{"@type":"User","name":"ops","domainId":"#d",""" + rights + "}}}";
        var findings = Judge(plan);
        Assert.DoesNotContain(findings, static finding => finding.Rule.Id is "SWH0001" or "SWH0002" or "SWH0004");
        Assert.Equal(isFound, findings.Any(static finding => finding.Rule.Id == "SWH3003"));
    }

    [Theory]
    [InlineData("""{"@type":"update","object":"Http","value":{"enableHst":true}}""", "SWH0004", "enableHsts", "The run stops here")]
    [InlineData("""{"@type":"destroy","object":"Http"}""", "SWH0001", "Http", "Nothing of the plan is applied")]
    [InlineData("""{"@type":"update","object":"Http","value":{"enableHsts":"yes"}}""", "SWH0002", "enableHsts", "one operation has been applied")]
    public void What_is_refused_says_what_has_been_applied_by_then(string line, string rule, string what, string consequence)
    {
        var finding = Assert.Single(Judge(FourListeners.Trim() + "\n" + line), finding => finding.Rule.Id == rule);
        Assert.Contains(what, finding.Message, StringComparison.Ordinal);
        Assert.Contains(consequence, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_that_stops_does_not_close_what_reconcile_owes()
    {
        var plan = FourListeners.Trim() + "\n" + """{"@type":"update","object":"Http","value":{"enableHsts":"yes"}}""";
        Assert.Contains(Judge(plan), static finding => finding.Rule.Id == "SWH1004");
        Assert.Contains("every NetworkListener that the plan does not list stays", Assert.Single(Judge(plan), static finding => finding.Rule.Id == "SWH0002").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"@type":"update","object":"Calendar","value":{"nope":1}}""")]
    [InlineData("""{"@type":"update","object":"SystemSettings","value":{"proxyTrustedNetworks":{"0.0.0.0/0":true}}}""")]
    [InlineData("""{"@type":"create","object":"Account","value":{"a":{"@type":"User","name":"jane","domainId":"#nobody"}}}""")]
    [InlineData("# rendered by a template")]
    [InlineData("""{"@type":"destroy","object":"Http"}""")]
    [InlineData("""{"@type":"update","object":"Calendar","comment":"why","value":{}}""")]
    public void What_a_mistake_keeps_from_running_is_judged_too(string mistake)
    {
        var plan = mistake + "\n"
            + """{"@type":"upsert","object":"NetworkListener","value":{"imap":{"name":"imap","bind":{"[::]:143":true},"protocol":"imap"}}}""" + "\n"
            + """{"@type":"update","object":"Http","value":{"usePermissiveCors":true}}""";
        var findings = Judge(plan);
        var server = ConfigurationReader.Read(plan, Target(), TestContext.Current.CancellationToken);
        foreach (var (rule, text) in (ReadOnlySpan<(string, string)>)[("SWH1001", "\"[::]:143\""), ("SWH2007", "true")])
        {
            var finding = Assert.Single(findings, finding => finding.Rule.Id == rule);
            Assert.Equal(text, plan.Substring(finding.Span.Start, finding.Span.Length));
            Assert.True(finding.IsBeforeRepair);
            Assert.Empty(finding.Remedies(server));
        }

        // Of the server as the run leaves it is said what was said before.
        Assert.Contains(findings, static finding => finding.Rule.Id == "SWH1004" && !finding.IsBeforeRepair);
    }

    [Theory]
    [InlineData("""{"@type":"create","object":"NetworkListener","value":{"imap":{"name":"imap","bind":["[::]:143"],"protocol":"imap"}}}""", "SWH1001")]
    [InlineData("""{"@type":"create","object":"NetworkListener","value":{"imap":{"name":"imap","bind":{"[::]:993":true},"protocol":"imap","tlsImplicit":"true"}}}""", "")]
    [InlineData("""{"@type":"create","object":"NetworkListener","value":{"imap":{"name":"imap","bind":{"[::]:993":true},"protocol":"imap","tlsImplicit":false,"note":"x"}}}""", "SWH1006")]
    [InlineData("""{"@type":"update","object":"Http","value":{"allowedEndpoints":{"else":"url_path"},"usePermissiveCors":true}}""", "SWH2007")]
    public void What_a_mistake_means_is_taken_from_what_is_written(string line, string rule) =>
        Assert.Equal(rule.Length == 0 ? [] : [rule], Judge(line).Where(static finding => finding.IsBeforeRepair).Select(static finding => finding.Rule.Id));

    [Fact]
    public void A_mistake_anywhere_hides_nothing_that_is_written()
    {
        const string Mistake = """{"@type":"update","object":"Calendar","value":{"nope":1}}""";
        var compared = 0;
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var plan = RandomPlan.CreateCorrect(random);
            if (ConfigurationReader.Read(plan, Target(ServerState.Fresh), TestContext.Current.CancellationToken).Document.Origin is not PlanReading { Run.IsSuccess: true, Kind: PlanTextKind.Plan } reading)
                continue;
            var lines = plan.Split('\n').ToList();
            lines.Insert(random.Next(lines.Count), Mistake);
            var actual = Judge(string.Join('\n', lines), ServerState.Fresh).Select(static finding => finding.Rule.Id + " " + finding.SettingKey).ToHashSet(StringComparer.Ordinal);
            foreach (var finding in Judge(plan, ServerState.Fresh))
            {
                // What is written nowhere is said once, of the server as the run leaves it.
                if (finding.Rule.Category == RuleCategory.Reading || finding.Rule.IsAboutAbsence || reading.IsSurvivingDefault(finding.SettingKey))
                    continue;
                compared++;
                Assert.True(actual.Contains(finding.Rule.Id + " " + finding.SettingKey), $"seed {seed}: {finding} is lost in\n{string.Join('\n', lines)}");
            }
        }

        Assert.True(compared > 300, $"only {compared} findings compared");
    }

    [Fact]
    public void The_content_says_what_a_text_is()
    {
        Assert.Equal(PlanTextKind.Plan, PlanIdentification.Of("# render me\n" + FourListeners));
        Assert.Equal(PlanTextKind.NotOurs, PlanIdentification.Of("#!/bin/sh\nset -e\nstalwart-cli apply - <<PLAN\n" + FourListeners + "PLAN\n"));
        Assert.Equal(PlanTextKind.NotOurs, PlanIdentification.Of("""{"name":"package","version":"1.0.0","object":"value","value":1}"""));
        Assert.Equal(new ServerVersion(15, ServerVersion.AnyPatch), ConfigurationReader.Read("[server.listener.imap]\nprotocol = \"imap\"\n", Target(), TestContext.Current.CancellationToken).Version);
    }

    [Fact]
    public void Ids_read_off_a_server_mean_a_plan_for_that_server()
    {
        var plan = """{"@type":"update","object":"Account","id":"k7","value":{"description":"x"}}""";
        Assert.DoesNotContain(Judge(plan), static finding => finding.Rule.Id == "SWH0002");
        Assert.Contains(Judge(plan, ServerState.Fresh), static finding => finding.Rule.Id == "SWH0002");
    }

    [Fact]
    public void Order_and_spelling_change_nothing_where_the_run_does_not_ask()
    {
        var plan = FourListeners.Trim() + "\n" + Rules;
        var swapped = Rules + "\n" + FourListeners.Trim();
        var paths = FourListeners.Trim() + "\n"
            + """{"@type":"update","object":"x:Http","value":{"enableHsts":true,"allowedEndpoints/match":{"0":{"if":"starts_with(path, '/jmap')","then":"200"}},"allowedEndpoints/else":"404"}}""";
        var expected = Summary(Judge(plan));
        Assert.Equal(expected, Summary(Judge(swapped)));
        Assert.Equal(expected, Summary(Judge(paths)));
    }

    [Fact]
    public void Real_plans_have_the_recorded_findings()
    {
        var actual = new StringBuilder();
        foreach (var file in Directory.GetFiles(Repository.SharedOrSkip("corpus16")).Order(StringComparer.Ordinal))
        {
            var text = File.ReadAllText(file);
            var server = ConfigurationReader.Read(text, Target(), TestContext.Current.CancellationToken);
            if (server.Document.Origin is not PlanReading)
                continue;
            foreach (var finding in ConfigurationJudge.Judge(server, JudgementOptions.Default, TestContext.Current.CancellationToken))
            {
                Assert.InRange(finding.Span.End, 0, text.Length);
                var line = text.AsSpan(0, finding.Span.Start).Count('\n') + 1;
                actual.Append(Path.GetFileName(file).AsSpan(0, 3)).Append(CultureInfo.InvariantCulture, $" {line,3} {finding.Rule.Id} {finding.Severity}").Append('\n');
            }
        }

        var path = Repository.PathOf("tests", "StalwartHardening.Core.Tests", "Plans", "PlanFindings.txt");
        var expected = File.Exists(path) ? File.ReadAllLines(path) : [];
        if (Environment.GetEnvironmentVariable("UPDATE_GENERATED") == "1")
        {
            // What somebody has said of a finding stays with it.
            var reasons = expected.Where(static line => line.Contains(Reason, StringComparison.Ordinal)).ToLookup(WithoutReason);
            expected = [.. expected.TakeWhile(static line => line.StartsWith('#')), .. actual.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => reasons[line].FirstOrDefault() ?? line)];
            File.WriteAllLines(path, expected);
        }

        Assert.Equal(string.Join("\n", expected.SkipWhile(static line => line.StartsWith('#')).Select(WithoutReason)) + "\n", actual.ToString());
    }

    [Theory]
    [InlineData("upsert", "{\"@type\":\"Stdout\",\"level\":\"info\",\"enable\":true}", "'t' leaves out 'ansi', so every run makes another one")]
    [InlineData("reconcile", "{\"@type\":\"Stdout\",\"level\":\"info\",\"ansi\":false}", "so every run deletes the one that is there and makes another")]
    [InlineData("upsert", "{\"@type\":\"Stdout\",\"enable\":true,\"ansi\":false,\"buffered\":true,\"eventsPolicy\":\"exclude\",\"level\":\"info\",\"lossy\":false,\"multiline\":false}", null)]
    public void A_partial_body_that_is_compared_whole_is_told_from_a_whole_one(string verb, string body, string? expected)
    {
        var said = Judge("{\"@type\":\"" + verb + "\",\"object\":\"Tracer\",\"matchOn\":\"*\",\"value\":{\"t\":" + body + "}}\n").Where(static finding => finding.Rule.Id == "SWH0012" && finding.Message.Contains("every single value", StringComparison.Ordinal)).Select(static finding => finding.Message).SingleOrDefault();
        if (expected is null)
            Assert.Null(said);
        else
            Assert.Contains(expected, said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_partial_account_cannot_be_made_twice() =>
        Assert.Contains(Judge("{\"@type\":\"upsert\",\"object\":\"Domain\",\"value\":{\"d\":{\"name\":\"example.org\"}}}\n{\"@type\":\"upsert\",\"object\":\"Account\",\"value\":{\"u\":{\"@type\":\"User\",\"name\":\"ann\",\"domainId\":\"#d\"}}}\n"), static finding => finding.Message.Contains("the next run tries to make it again, and fails", StringComparison.Ordinal));

    private const string Reason = "  # ";

    private static string WithoutReason(string line) => line.Split(Reason)[0];

    private static ReadingTarget Target(ServerState? state = null) => new(ServerVersion.Newest, state);

    private static IReadOnlyList<Finding> Judge(string plan, ServerState? state = null) =>
        ConfigurationJudge.Judge(ConfigurationReader.Read(plan, Target(state), TestContext.Current.CancellationToken), JudgementOptions.Default, TestContext.Current.CancellationToken);

    private static IEnumerable<string> Summary(IEnumerable<Finding> findings) =>
        findings.Select(static finding => finding.Rule.Id + " " + finding.SettingKey).Where(static line => !line.StartsWith("SWH0012", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
