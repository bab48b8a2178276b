using System.Text.Json;

namespace StalwartHardening.Tests;

/// <summary>Plans, snapshots and the settings of TOML go through the same commands; what a text is, its content says.</summary>
public sealed class PlanTests : IDisposable
{
    private const string Submission =
        """
        {"@type":"upsert","object":"NetworkListener","matchOn":["name"],"value":{"s":{"name":"submission","bind":{"[::]:587":true},"protocol":"smtp","useTls":true}}}

        """;

    private const string OnlySecure =
        """
        {"@type":"reconcile","object":"NetworkListener","matchOn":["name"],"value":{"a":{"name":"imaps","bind":{"[::]:993":true},"protocol":"imap","tlsImplicit":true}}}

        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private ToolResult Run(params string[] arguments) => ToolProcess.Run(_folder.Root, arguments);

    [Theory]
    [InlineData("plan.ndjson")]
    [InlineData("plan.json")]
    [InlineData("plan.txt")]
    [InlineData("plan.toml")]
    public void A_plan_is_known_by_what_it_says(string name)
    {
        _folder.Write(name, Submission);
        var result = Run("check", name).Expect(1);
        Assert.Contains("warning[SWH1003]: Listener 'submission'", result.Output, StringComparison.Ordinal);
        Assert.Contains($" --> {name}:1:", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("refuses to start", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_gives_its_plans_and_leaves_the_json_of_others_alone()
    {
        _folder.Write("deploy/plan.ndjson", Submission);
        _folder.Write("deploy/snapshot.json", OnlySecure);
        _folder.Write("package.json", "{\"name\": \"x\", \"object\": 1, \"value\": {\"@type\": \"y\"}}");
        _folder.Write("broken.json", "{");
        File.WriteAllBytes(Path.Combine(_folder.Root, "binary.json"), [0, 1, 2]);
        var result = Run("check").Expect(1);
        Assert.Contains(" in 2 files ", result.Output, StringComparison.Ordinal);
        Assert.Contains("deploy/plan.ndjson", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("package.json", result.Output, StringComparison.Ordinal);
        Assert.Empty(result.Error);
        Assert.Equal(result.Output.Split("\nFixes ")[0], Run("check", "*.json", "deploy/*json").Expect(1).Output.Split("\nFixes ")[0]);
    }

    [Fact]
    public void What_survives_depends_on_the_server_before_the_run()
    {
        _folder.Write("plan.ndjson", Submission);
        Assert.Contains("http", Run("settings", "plan.ndjson", "--format", "state", "--server-state", "fresh").Expect(0).Output, StringComparison.Ordinal);
        using var first = JsonDocument.Parse(Run("settings", "plan.ndjson", "--format", "state", "--server-state", "recovery-first").Expect(0).Output);
        Assert.Equal(["submission"], first.RootElement.GetProperty("objects").GetProperty("NetworkListener").EnumerateObject().Select(member => member.Name));
        _folder.Write("stalwart-harden.toml", "server_state = \"recovery_first\"\n");
        using var second = JsonDocument.Parse(Run("settings", "plan.ndjson", "--format", "state").Expect(0).Output);
        Assert.Equal(first.RootElement.GetRawText(), second.RootElement.GetRawText());
        Assert.Contains("fresh, existing or recovery_first", Run("check", "plan.ndjson", "--server-state", "new").Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("stalwart-cli", Run("check", "plan.ndjson", "--cli-version", "0.16").Expect(2).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.16")]
    [InlineData("0.16.7")]
    public void A_file_of_toml_is_nothing_to_a_server_of_today(string version)
    {
        _folder.Write("config.toml", TemporaryFolder.Hardened);
        var result = Run("check", "config.toml", "--target-version", version).Expect(1);
        Assert.Contains($"SWH0001]: Server {version} reads no TOML", result.Output, StringComparison.Ordinal);
        Assert.Contains(" --> config.toml:", result.Output, StringComparison.Ordinal);
        _folder.Write("plan.ndjson", OnlySecure);
        Assert.DoesNotContain("SWH0001", Run("check", "plan.ndjson", "--target-version", version).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_finding_can_be_ignored_in_the_option_file()
    {
        _folder.Write("plan.ndjson", Submission);
        _folder.Write("stalwart-harden.toml", "[[ignore]]\nrule = \"SWH1003\"\nat = \"NetworkListener/submission\"\nreason = \"old phones\"\n\n[[ignore]]\nrule = \"SWH1003\"\nat = \"NetworkListener/sub\"\nreason = \"a part of a name is no name\"\n");
        var result = Run("check", "plan.ndjson");
        Assert.DoesNotContain("SWH1003", result.Output, StringComparison.Ordinal);
        Assert.Contains("stalwart-harden.toml(7): SWH0009: there is no finding of SWH1003 at 'NetworkListener/sub'", result.Error, StringComparison.Ordinal);
        _folder.Write("stalwart-harden.toml", "[[ignore]]\nrule = \"SWH1003\"\n");
        Assert.Contains("needs a reason", Run("check", "plan.ndjson").Expect(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_change_opens_is_shown_between_plans_and_from_toml_to_a_plan()
    {
        _folder.Write("old.ndjson", OnlySecure);
        _folder.Write("new.ndjson", Submission);
        _folder.Write("config.toml", TemporaryFolder.Hardened);
        Assert.Contains("submission", Run("exposure", "new.ndjson", "--diff", "old.ndjson", "--exit-code").Expect(1).Output, StringComparison.Ordinal);
        Assert.Contains("submission", Run("exposure", "new.ndjson", "--diff", "config.toml", "--exit-code").Expect(1).Output, StringComparison.Ordinal);
        Run("exposure", "old.ndjson", "--diff", "old.ndjson", "--exit-code").Expect(0);
    }

    [Fact]
    public void Access_is_decided_by_a_plan()
    {
        const string Rules = """{"@type":"update","object":"Http","value":{"allowedEndpoints":{"match":{"0":{"if":"path == '/jmap'","then":"200"}},"else":"403"}}}""" + "\n";
        _folder.Write("plan.ndjson", Rules);
        Run("access", "plan.ndjson", "--path", "/jmap", "--expect", "allowed").Expect(0);
        Run("access", "plan.ndjson", "--path", "/api", "--expect", "403").Expect(0);
    }

    [Fact]
    public void Secrets_of_a_plan_are_shown_nowhere()
    {
        const string Secret = "hunter2hunter2";
        const string Plan =
            """
            {"@type":"create","object":"Account","value":{"a":{"@type":"User","name":"a","domainId":"#none","credentials":{"0":{"@type":"Password","secret":"hunter2hunter2"}},"unknown":1}}}
            {"@type":"update","object":"DataStore","value":{"@type":"PostgreSql","authSecret":{"@type":"Value","secret":"hunter2hunter2"},"host":1}}
            {"@type":"update","object":"Http","value":{"secret":"hunter2hunter2" oops

            """;
        _folder.Write("plan.ndjson", Plan);
        foreach (var format in new[] { "text", "json", "sarif", "github", "gitlab", "junit" })
        {
            var result = Run("check", "plan.ndjson", "--format", format, "--min-severity", "info");
            Assert.DoesNotContain(Secret, result.Output + result.Error, StringComparison.Ordinal);
        }

        foreach (var format in new[] { "table", "json", "state" })
            Assert.DoesNotContain(Secret, Run("settings", "plan.ndjson", "--format", format).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, Run("fix", "plan.ndjson").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_samples_are_what_they_claim_to_be()
    {
        var folder = Repository.PathOf("samples", "PlanQuickstart");
        var found = InProcessTool.Run("check", Path.Combine(folder, "plan.ndjson"), "--no-config", "--min-severity", "info", "--format", "json").Expect(1).Output;
        using var json = JsonDocument.Parse(found);
        var lines = json.RootElement.GetProperty("files")[0].GetProperty("findings").EnumerateArray()
            .Select(finding => $"plan.ndjson({finding.GetProperty("line")}): {(finding.GetProperty("severity").GetString() is "info" ? "note" : finding.GetProperty("severity").GetString())} {finding.GetProperty("rule")}");
        Assert.Equal(File.ReadAllLines(Path.Combine(folder, "findings.txt")).Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));
        foreach (var state in (string[])["fresh", "existing"])
            InProcessTool.Run("check", Repository.PathOf("samples", "PlanHardened", "plan.ndjson"), "--no-config", "--preset", "strict", "--min-severity", "info", "--server-state", state).Expect(0);
    }

    [Fact]
    public void Fixing_a_plan_says_that_it_offers_nothing_or_writes_a_plan()
    {
        _folder.Write("plan.ndjson", Submission);
        var result = Run("fix", "plan.ndjson", "--all");
        Assert.True(result.ExitCode == 1, result.Error);
        Assert.Contains("plan", result.Output + result.Error, StringComparison.Ordinal);
    }
}
