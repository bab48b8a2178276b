using System.Text.Json;
using System.Text.RegularExpressions;

namespace StalwartHardening.Tests;

/// <summary>A report begins with what matters, says a cause once, and ends with what to type.</summary>
public sealed partial class ReportTests : IDisposable
{
    private const string DeadKey = "server.tls.implicit = true\n";
    private const string Imap = "[server.listener.imap]\nbind = [\"[::]:143\", \"0.0.0.0:143\"]\nprotocol = \"imap\"\ntls.enable = false\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private ToolResult Run(params string[] arguments) => ToolProcess.Run(_folder.Root, arguments);

    [Fact]
    public void What_keeps_the_server_from_starting_comes_first_then_the_heart()
    {
        _folder.Write("config.toml", DeadKey + Imap + "[broken\n");
        var rules = Heads().Matches(Run("check", "config.toml").Expect(1).Output).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal("SWH0001", rules[0]);
        Assert.True(rules.IndexOf("SWH1001") < rules.IndexOf("SWH0012"));
    }

    [Theory]
    [InlineData("SWH0002", "{\"@type\":\"update\",\"object\":\"Imap\",\"value\":{\"maxAuthFailures\":\"x\"}}")]
    [InlineData("SWH0004", "{\"@type\":\"update\",\"object\":\"Htp\",\"value\":{}}")]
    [InlineData("SWH0004", "{\"@type\":\"update\",\"object\":\"Http\",\"value\":{\"enableHts\":true}}")]
    [InlineData("SWH0001", "{\"@type\":\"update\",\"object\":\"Domain\",\"value\":{}}")]
    public void A_refused_plan_says_so_before_what_it_leaves_open(string id, string refused)
    {
        _folder.Write("plan.ndjson", "{\"@type\":\"update\",\"object\":\"Http\",\"value\":{\"usePermissiveCors\":true}}\n" + refused + "\n");
        foreach (var arguments in (string[][])[[], ["--quiet"]])
        {
            var output = Run(["check", "plan.ndjson", .. arguments]).Expect(1).Output;
            Assert.Equal(id, AnyHead().Match(output).Groups[1].Value);
            Assert.Contains("SWH1004", output, StringComparison.Ordinal);
        }

        using var map = JsonDocument.Parse(Run("exposure", "plan.ndjson", "--format", "json").Expect(0).Output);
        Assert.Equal(id, map.RootElement.GetProperty("actions")[0].GetProperty("rule").GetString());
    }

    [Fact]
    public void One_cause_is_one_finding_with_its_places()
    {
        _folder.Write("config.toml", Imap);
        var result = Run("check", "config.toml").Expect(1);
        Assert.Equal(["SWH1001"], Heads().Matches(result.Output).Select(match => match.Groups[1].Value));
        Assert.Contains("on [::]:143 and 0.0.0.0:143;", result.Output, StringComparison.Ordinal);
        Assert.Contains("--> config.toml:2:9", result.Output, StringComparison.Ordinal);
        Assert.Contains("::: config.toml:2:21", result.Output, StringComparison.Ordinal);
        Assert.Contains("::: config.toml:4:14", result.Output, StringComparison.Ordinal);
        // Nothing is lost: where the first rule is silent, the second speaks.
        Assert.Contains("SWH1007", Run("check", "config.toml", "--allowed-ports", "143").Expect(1).Output, StringComparison.Ordinal);
        _folder.Write("stalwart-harden.toml", "severity.SWH1001 = \"none\"\n");
        Assert.Contains("SWH1007", Run("check", "config.toml").Expect(1).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reason_stands_once_for_each_rule()
    {
        _folder.Write("config.toml", "[server.listener.a]\nbind = \"[::]:143\"\nprotocol = \"imap\"\n[server.listener.b]\nbind = \"[::]:143\"\nprotocol = \"imap\"\n");
        var output = Run("check", "config.toml").Expect(1).Output;
        Assert.Equal(2, Heads().Count(output));
        Assert.Equal(2, output.Split("= why: ").Length);
        Assert.Equal(2, output.Split("= do: ").Length);
    }

    [Fact]
    public void The_end_counts_and_says_what_to_type()
    {
        _folder.Write("my config.toml", "server.http.hsts = true\n" + TemporaryFolder.Cleartext + "[server.listener.sieve]\nbind = \"[::]:4190\"\nprotocol = \"managesieve\"\n");
        var result = Run("check", "my config.toml", "--min-severity", "info").Expect(1);
        Assert.Contains("3 findings in 1 file (2 warnings, 1 suggestion).\nFixes are available for all of them: 1 safe, 2 to review. Next: stalwart-harden fix 'my config.toml' --min-severity info --review\n", result.Output, StringComparison.Ordinal);
        // What was printed is what works.
        var command = result.Output.Split("Next: stalwart-harden ")[1].Trim();
        var fixedNow = ToolProcess.Shell(_folder.Root, $"yes | $TOOL {command}").Expect(0);
        Assert.Contains("Fixed 3 findings in 1 file.", fixedNow.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_follows_a_header_on_its_line_is_named()
    {
        _folder.Write("config.toml", "[server.listener.imap] protocol = \"imap\"\nbind = \"[::]:143\"\n");
        var output = Run("check", "config.toml").Expect(1).Output;
        Assert.Contains("the server ignores 'protocol = \"imap\"', which follows the bracket on its line", output, StringComparison.Ordinal);
        Assert.Contains("--> config.toml:1:24", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Quiet_statistics_and_exit_zero()
    {
        _folder.Write("config.toml", Imap);
        Assert.Matches("^config\\.toml:2:9: warning\\[SWH1001\\]: [^\\n]*\\n$", Run("check", "config.toml", "--quiet").Expect(1).Output);
        Assert.StartsWith("     1  SWH1001  ", Run("check", "config.toml", "--statistics").Expect(1).Output, StringComparison.Ordinal);
        Run("check", "config.toml", "--statistics", "--format", "json").Expect(2);
        Run("check", "config.toml", "--exit-zero").Expect(0);
        Run("check", "missing.toml", "--exit-zero").Expect(3);
        Run("fix", "config.toml", "--exit-zero").Expect(0);
        Assert.Empty(Run("fix", "config.toml", "--write", "--all", "--quiet").Expect(0).Output);
    }

    [Fact]
    public void A_dash_is_standard_input_and_output_everywhere()
    {
        foreach (var command in (string[])["check -", "fix -", "settings -", "access - --path /", "exposure -", "accounts -"])
        {
            var result = ToolProcess.RunWithInput(_folder.Root, Imap, command.Split(' '));
            Assert.InRange(result.ExitCode, 0, 1);
            Assert.NotEmpty(result.Output + result.Error);
        }

        _folder.Write("config.toml", Imap);
        Assert.StartsWith("{", Run("check", "config.toml", "--format", "json", "--output", "-").Expect(1).Output, StringComparison.Ordinal);
        Assert.Contains("\"SWH1001\"", Run("check", "config.toml", "--write-baseline", "-").Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("mail.example.org", Run("init", "--hostname", "mail.example.org", "--output", "-").Expect(0).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("-", Directory.GetFileSystemEntries(_folder.Root).Select(Path.GetFileName));
    }

    [Fact]
    public void No_two_findings_of_a_real_file_say_the_same_of_the_same_line()
    {
        var corpus = Repository.SharedOrSkip("corpus");
        foreach (var version in (string[])["0.15", "0.11", "0.6"])
        {
            var output = ToolProcess.Run(corpus, "check", ".", "--no-config", "--min-severity", "info", "--format", "json", "--target-version", version).Output;
            using var json = JsonDocument.Parse(output);
            foreach (var file in json.RootElement.GetProperty("files").EnumerateArray())
            {
                var said = file.GetProperty("findings").EnumerateArray().Select(finding => (finding.GetProperty("message").GetString(), finding.GetProperty("line").GetInt32())).ToList();
                Assert.Equal(said.Distinct(), said);
            }
        }
    }

    [GeneratedRegex(@"^(?:error|warning|info)\[(SWH\d{4})\]", RegexOptions.Multiline)]
    private static partial Regex Heads();

    [GeneratedRegex(@"(?:error|warning|info)\[(SWH\d{4})\]")]
    private static partial Regex AnyHead();
}
