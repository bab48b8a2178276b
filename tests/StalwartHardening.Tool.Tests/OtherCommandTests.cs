using System.Text.Json;
using StalwartHardening.Rules;

namespace StalwartHardening.Tests;

public sealed class OtherCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private ToolResult Run(params string[] arguments) => ToolProcess.Run(_folder.Root, arguments);

    [Theory]
    [InlineData("check")]
    [InlineData("fix")]
    [InlineData("settings")]
    [InlineData("access")]
    [InlineData("accounts")]
    [InlineData("exposure")]
    [InlineData("diff")]
    [InlineData("import")]
    [InlineData("migrate")]
    [InlineData("rules")]
    [InlineData("explain")]
    [InlineData("init")]
    public void Every_command_explains_itself_without_its_arguments(string command)
    {
        var help = ToolProcess.Run(_folder.Root, command, "--help").Expect(0).Output;
        Assert.Contains("stalwart-harden " + command, help, StringComparison.Ordinal);
        Assert.Contains("Exit codes:", help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("diff")]
    [InlineData("import")]
    [InlineData("migrate")]
    public void Examples_stand_in_the_help_as_they_are_typed(string command)
    {
        var help = ToolProcess.Run(_folder.Root, command, "--help").Expect(0).Output;
        Assert.Contains($"Examples:\n  stalwart-harden {command} ", help, StringComparison.Ordinal);
        Assert.DoesNotContain("Examples:", ToolProcess.Run(_folder.Root, "--help").Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_are_those_of_the_server_for_every_file_of_the_corpus()
    {
        var corpus = Repository.SharedOrSkip("corpus");
        var count = 0;
        foreach (var file in Directory.GetFiles(corpus, "*.toml").Order(StringComparer.Ordinal).Where((_, index) => index % 6 == 0))
        {
            var expectedFile = Path.Combine(corpus, "flattened", Path.GetFileNameWithoutExtension(file) + ".json");
            if (!File.Exists(expectedFile))
                continue;
            using var expected = JsonDocument.Parse(File.ReadAllText(expectedFile));
            using var actual = JsonDocument.Parse(Run("settings", file, "-f", "json", "--show-secrets", "--no-config").Expect(0).Output);
            if (expected.RootElement.TryGetProperty("keys", out var keys))
                Assert.Equal(Members(keys), Members(actual.RootElement));
            else
                Assert.Equal(Members(expected.RootElement.GetProperty("partial_keys")), Members(actual.RootElement.GetProperty("settings")));
            count++;
        }

        Assert.True(count > 15);
    }

    [Fact]
    public void Settings_written_as_toml_are_read_back_the_same()
    {
        _folder.Write("config.toml", "a.b = \"x\"\nlist = [1, 'two']\nt = '''\nline \"one\"\nback\\slash'''\nm = \"%{env:X}%\"\n");
        _folder.Write("flat.toml", Run("settings", "config.toml", "-f", "toml").Expect(0).Output);
        Assert.Equal(Run("settings", "config.toml", "-f", "json").Output, Run("settings", "flat.toml", "-f", "json").Output);
    }

    [Fact]
    public void Settings_show_an_error_with_its_line_and_what_came_before()
    {
        _folder.Write("config.toml", "a = 1\nb = = 2\nc = 3\n");
        using var json = JsonDocument.Parse(Run("settings", "config.toml", "-f", "json").Expect(0).Output);
        Assert.Equal(2, json.RootElement.GetProperty("error").GetProperty("line").GetInt32());
        Assert.Equal(["a=1"], Members(json.RootElement.GetProperty("settings")));
    }

    [Fact]
    public void Settings_say_what_holds_by_default()
    {
        _folder.Write("config.toml", "[server.listener.http]\nbind = \"[::]:8080\"\nprotocol = \"http\"\n[server.http]\nallowed-endpoint = \"404\"\n");
        var output = Run("settings", "config.toml").Expect(0).Output;
        Assert.Contains("SWH0003", output, StringComparison.Ordinal);
        Assert.Matches(@"http\.allowed-endpoint +200", output);
    }

    [Fact]
    public void Access_batches_answer_as_the_server_does()
    {
        var vectors = Repository.PathOf("tests", "StalwartHardening.Core.Tests", "Vectors", "expressions.jsonl");
        var answers = Run("access", "--batch", vectors).Expect(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var lines = File.ReadAllLines(vectors);
        Assert.Equal(lines.Length, answers.Length);
        for (var i = 0; i < lines.Length; i++)
        {
            using var expected = JsonDocument.Parse(lines[i]);
            using var actual = JsonDocument.Parse(answers[i]);
            foreach (var name in (string[])["id", "parse_error", "result", "raw"])
                Assert.Equal(expected.RootElement.GetProperty(name).ToString(), actual.RootElement.GetProperty(name).ToString());
        }
    }

    [Theory]
    [InlineData("/api/principal", "203.0.113.9", "refused with 404", "refused", 0)]
    [InlineData("/api/principal", "203.0.113.9", "refused with 404", "allowed", 1)]
    [InlineData("/api/principal", "127.0.0.1", "let through", "allowed", 0)]
    [InlineData("/jmap", "203.0.113.9", "let through", "200", 0)]
    public void Access_decides_one_request(string path, string remote, string decision, string expected, int exitCode)
    {
        _folder.Write("config.toml", Run("init", "--hostname", "mail.example.org").Output);
        var result = Run("access", "config.toml", "--path", path, "--remote-ip", remote, "--expect", expected).Expect(exitCode);
        Assert.Contains($"on listener 'https': {decision}\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("config.toml:", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--hostname", "mail.example.org")]
    [InlineData("--hostname", "mail.example.org", "--protocols", "imap,pop3,sieve,http", "--store", "sqlite", "--acme-contact", "postmaster@example.org")]
    [InlineData("--hostname", "mail.example.org", "--protocols", "imap")]
    public void Init_writes_what_has_no_finding_at_all(params string[] arguments)
    {
        Run(["init", "-o", "config.toml", .. arguments]).Expect(0);
        var result = Run("check", "config.toml", "--preset", "strict", "--min-severity", "info");
        Assert.True(result.ExitCode == 0, result.Output);
        Run(["init", "-o", "config.toml", .. arguments]).Expect(2);
    }

    [Theory]
    [InlineData("--hostname", "mail.example.org")]
    [InlineData("--hostname", "example.org", "--acme-contact", "postmaster@example.org")]
    [InlineData("--hostname", "mail.example.org", "--protocols", "imap")]
    [InlineData("--hostname", "mail.example.org", "--protocols", "imap,pop3,sieve,http")]
    public void Init_writes_a_plan_that_has_no_finding_at_all_and_can_be_applied_twice(params string[] arguments)
    {
        Run(["init", "--plan", "-o", "plan.ndjson", .. arguments]).Expect(0);
        string[] wanted = arguments.Contains("imap,pop3,sieve,http") ? ["--allowed-ports", "995,4190"] : [];
        foreach (var state in (string[])["fresh", "existing"])
        {
            var result = Run(["check", "plan.ndjson", "--preset", "strict", "--min-severity", "info", "--server-state", state, .. wanted]);
            Assert.True(result.ExitCode == 0, result.Output);
        }

        // Applied twice, the plan leaves what it left: nothing is made a second time.
        using var once = JsonDocument.Parse(Run("settings", "plan.ndjson", "--format", "state").Expect(0).Output);
        Assert.True(once.RootElement.GetProperty("exit_ok").GetBoolean());
        _folder.Write("twice.ndjson", _folder.Read("plan.ndjson") + _folder.Read("plan.ndjson"));
        using var twice = JsonDocument.Parse(Run("settings", "twice.ndjson", "--format", "state").Expect(0).Output);
        Assert.Equal(once.RootElement.GetProperty("objects").GetProperty("NetworkListener").GetRawText(), twice.RootElement.GetProperty("objects").GetProperty("NetworkListener").GetRawText());
        Run(["init", "--plan", "-o", "plan.ndjson", .. arguments]).Expect(2);
    }

    [Theory]
    [InlineData("--store", "sqlite", "config.json")]
    [InlineData("--path", "/data", "config.json")]
    [InlineData("--first-set-up", "--plan", "STALWART_RECOVERY_ADMIN")]
    public void Init_says_what_does_not_go_into_a_plan(string option, string value, string reason) =>
        Assert.Contains(reason, Run("init", "--plan", "--hostname", "mail.example.org", option, value).Expect(2).Error, StringComparison.Ordinal);

    [Fact]
    public void Administrators_of_a_plan_to_begin_with_use_no_mail()
    {
        _folder.Write("plan.ndjson", Run("init", "--plan", "--hostname", "mail.example.org").Output
            + """{"@type":"upsert","object":"Domain","value":{"d":{"name":"example.org"}}}""" + "\n" + """{"@type":"create","object":"Account","value":{"a":{"@type":"User","name":"ops","domainId":"#d","roles":{"@type":"Admin"}}}}""" + "\n");
        using var json = JsonDocument.Parse(Run("accounts", "plan.ndjson", "-f", "json").Expect(0).Output);
        var account = json.RootElement.GetProperty("accounts")[0];
        Assert.True(account.GetProperty("is_admin").GetBoolean());
        Assert.False(account.GetProperty("imap").GetBoolean() || account.GetProperty("any_jmap").GetBoolean() || account.GetProperty("any_dav").GetBoolean());
    }

    [Theory]
    [InlineData("mail\"example")]
    [InlineData("")]
    [InlineData("a\nb")]
    public void Init_refuses_what_would_break_the_file(string hostname) => Run("init", "--hostname", hostname).Expect(2);

    [Fact]
    public void The_set_up_administrator_is_reported()
    {
        _folder.Write("config.toml", Run("init", "--hostname", "mail.example.org", "--first-set-up").Expect(0).Output);
        Assert.Contains("SWH3001", Run("check", "config.toml").Expect(1).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_are_listed_and_explained()
    {
        using var json = JsonDocument.Parse(Run("rules", "-f", "json").Expect(0).Output);
        Assert.Equal(RuleCatalog.All.Select(rule => rule.Id), json.RootElement.EnumerateArray().Select(rule => rule.GetProperty("id").GetString()));
        var markdown = Run("rules", "-f", "md").Expect(0).Output;
        Assert.All(RuleCatalog.All, rule => Assert.Contains(rule.HelpLink, markdown, StringComparison.Ordinal));
        Assert.Contains(RuleCatalog.Find("SWH2003")!.Why, Run("explain", "swh2003").Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("'SWH9'", Run("explain", "SWH9").Expect(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_is_a_version() => Assert.True(Version.TryParse(Run("--version").Expect(0).Output, out _));

    private static List<string> Members(JsonElement json) => [.. json.EnumerateObject().Select(member => member.Name + "=" + member.Value.GetString()).Order(StringComparer.Ordinal)];
}
