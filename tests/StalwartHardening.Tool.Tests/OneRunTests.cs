using System.Text.Json;

namespace StalwartHardening.Tests;

/// <summary>Several plans that are applied one after the other are one server; what is said of it is at the right file and line.</summary>
public sealed class OneRunTests : IDisposable
{
    private const string Listeners =
        """
        {"@type":"upsert","object":"Domain","value":{"d":{"name":"example.org"}}}
        {"@type":"upsert","object":"NetworkListener","value":{"a":{"name":"imap","bind":{"[::]:143":true},"protocol":"imap"},"s":{"name":"submission","bind":{"[::]:587":true}}}}
        """;

    private const string Closing =
        """

        {"@type":"destroy","object":"NetworkListener","value":{"name":"submission"}}
        {"@type":"destroy","object":"NetworkListener","value":{"name":"http"}}
        {"@type":"update","object":"Http","value":{"usePermissiveCors":true}}

        """;

    private const string Account =
        """
        {"@type":"upsert","object":"Domain","value":{"d":{"name":"example.org"}}}
        {"@type":"create","object":"Account","value":{"u":{"@type":"User","name":"ann","domainId":"#d","roles":{"@type":"Admin"}}}}

        """;

    private readonly TemporaryFolder _folder = new();

    public OneRunTests()
    {
        _folder.Write("a.ndjson", Listeners);
        _folder.Write("b.ndjson", Closing);
        _folder.Write("c.ndjson", Account);
    }

    public void Dispose() => _folder.Dispose();

    private ToolResult Run(params string[] arguments) => ToolProcess.Run(_folder.Root, arguments);

    [Fact]
    public void Only_the_server_after_the_last_plan_counts()
    {
        var apart = Run("check", "a.ndjson", "b.ndjson", "--quiet").Expect(1).Output;
        Assert.Contains("a.ndjson:2:151: warning[SWH1003]", apart, StringComparison.Ordinal);
        var lines = Run("check", "a.ndjson", "b.ndjson", "--one-run", "--quiet").Expect(1).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["a.ndjson:2:82: warning[SWH1001]", "b.ndjson:4:64: warning[SWH2007]"], lines.Select(line => line[..(line.IndexOf(']', line.IndexOf("[SWH", StringComparison.Ordinal)) + 1)]));

        // In the other order the listener is there again.
        Assert.Contains("a.ndjson:2:151: warning[SWH1003]", Run("check", "b.ndjson", "a.ndjson", "--one-run", "--quiet").Expect(1).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text", " --> b.ndjson:4:64")]
    [InlineData("json", "\"path\": \"b.ndjson\"")]
    [InlineData("sarif", "\"uri\": \"b.ndjson\"")]
    [InlineData("github", "file=b.ndjson,line=4")]
    [InlineData("junit", "b.ndjson")]
    [InlineData("gitlab", "\"path\": \"b.ndjson\"")]
    public void Every_format_names_the_file(string format, string expected)
    {
        var output = Run("check", "a.ndjson", "b.ndjson", "--one-run", "--format", format).Expect(1).Output;
        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.DoesNotContain("a.ndjson, b.ndjson", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001E', output);
    }

    [Fact]
    public void Each_file_is_fixed_where_it_is_wrong()
    {
        var shown = Run("fix", "a.ndjson", "b.ndjson", "--one-run", "--all").Expect(1).Output;
        Assert.Contains("--- a.ndjson\n+++ a.ndjson\n@@ -1,2 +1,3 @@", shown, StringComparison.Ordinal);
        Assert.Contains("--- b.ndjson\n+++ b.ndjson\n@@ -1,4 +1,4 @@", shown, StringComparison.Ordinal);
        Run("fix", "a.ndjson", "b.ndjson", "--one-run", "--all", "--write").Expect(0);
        Assert.Equal(Closing.Replace("true}", "false}", StringComparison.Ordinal), _folder.Read("b.ndjson"));
        Assert.DoesNotContain("143", _folder.Read("a.ndjson"), StringComparison.Ordinal);
        Assert.Contains("[::]:587", _folder.Read("a.ndjson"), StringComparison.Ordinal);
        Run("check", "a.ndjson", "b.ndjson", "--one-run").Expect(0);
    }

    [Fact]
    public void What_is_asked_about_is_shown_in_its_file()
    {
        var result = ToolProcess.RunWithInput(_folder.Root, "n\ny\n", "fix", "a.ndjson", "b.ndjson", "--one-run", "--review").Expect(1);
        Assert.Contains("b.ndjson:4:64: warning[SWH2007]", result.Output, StringComparison.Ordinal);
        Assert.Equal(Listeners, _folder.Read("a.ndjson"));
        Assert.Equal(Closing.Replace("true}", "false}", StringComparison.Ordinal), _folder.Read("b.ndjson"));
    }

    [Fact]
    public void Commands_about_one_server_take_all_its_plans()
    {
        Assert.Contains("b.ndjson:4", Run("settings", "a.ndjson", "b.ndjson").Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("(b.ndjson, line 4)", Run("exposure", "a.ndjson", "b.ndjson").Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("~ Http/usePermissiveCors: false -> true", Run("diff", "a.ndjson", "a.ndjson", "b.ndjson").Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("let through", Run("access", "a.ndjson", "b.ndjson", "--path", "/jmap").Expect(0).Output, StringComparison.Ordinal);
        using var accounts = JsonDocument.Parse(Run("accounts", "a.ndjson", "c.ndjson", "--format", "json").Expect(0).Output);
        var account = Assert.Single(accounts.RootElement.GetProperty("accounts").EnumerateArray());
        Assert.Equal(("c.ndjson", 2), (account.GetProperty("file").GetString(), account.GetProperty("line").GetInt32()));
        Assert.True(account.GetProperty("is_admin").GetBoolean());
    }

    [Fact]
    public void What_is_refused_is_in_its_file()
    {
        _folder.Write("bad.ndjson", "\n{\"@type\":\"update\",\"object\":\"Http\",\"value\":{\"nope\":true}}\n");
        using var state = JsonDocument.Parse(Run("settings", "a.ndjson", "bad.ndjson", "b.ndjson", "--format", "state").Expect(0).Output);
        var error = Assert.Single(state.RootElement.GetProperty("errors").EnumerateArray());
        Assert.Equal(("bad.ndjson", 2, "apply", "invalidPatch"), (error.GetProperty("file").GetString(), error.GetProperty("line").GetInt32(), error.GetProperty("stage").GetString(), error.GetProperty("kind").GetString()));
        Assert.True(state.RootElement.GetProperty("objects").GetProperty("NetworkListener").TryGetProperty("submission", out _));
        Assert.Contains("(line 2 of 'bad.ndjson')", Run("accounts", "a.ndjson", "bad.ndjson").Expect(0).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_lacks_a_plan_is_not_judged()
    {
        var result = Run("check", "a.ndjson", "missing.ndjson", "--one-run").Expect(3);
        Assert.DoesNotContain("SWH", result.Output, StringComparison.Ordinal);
        _folder.Write("config.toml", TemporaryFolder.Cleartext);
        Assert.Contains("'config.toml' is TOML", Run("check", "a.ndjson", "config.toml", "--one-run").Expect(3).Error, StringComparison.Ordinal);
        _folder.Write("odd.ndjson", "\u001E");
        Assert.Contains("record separator", Run("settings", "a.ndjson", "odd.ndjson").Expect(3).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void One_plan_is_no_run() =>
        Assert.Equal(Run("check", "a.ndjson", "--quiet").Output, Run("check", "a.ndjson", "--one-run", "--quiet").Output);
}
