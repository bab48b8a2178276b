namespace StalwartHardening.Tests;

/// <summary><c>import</c>, run as users run it.</summary>
public sealed class ImportTests : IDisposable
{
    private const string Configuration = "# admin secret: letmein\n[server.listener.imap]\nbind = [\"[::]:143\"]\nprotocol = \"imap\"\n[oauth]\nkey = \"swordfish-swordfish\"\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private ToolResult Run(params string[] arguments) => ToolProcess.Run(_folder.Root, arguments);

    [Fact]
    public void A_program_is_written_that_holds_no_secret()
    {
        _folder.Write("config.toml", Configuration);
        var result = Run("import", "config.toml", "-o", "Program.cs").Expect(0);
        var program = File.ReadAllText(Path.Combine(_folder.Root, "Program.cs"));
        Assert.Contains("server.AddListener(\"imap\", MailProtocol.Imap)", program, StringComparison.Ordinal);
        Assert.Contains("Macro.FromEnvironment(\"OAUTH_KEY\")", program, StringComparison.Ordinal);
        Assert.Contains("OAUTH_KEY", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("swordfish", program + result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("letmein", program, StringComparison.Ordinal);
        Assert.Equal(program, Run("import", "config.toml").Expect(0).Output);
    }

    [Fact]
    public void A_file_that_is_there_stays_unless_somebody_insists()
    {
        _folder.Write("config.toml", Configuration);
        _folder.Write("Program.cs", "// mine\n");
        Run("import", "config.toml", "-o", "Program.cs").Expect(2);
        Assert.Equal("// mine\n", File.ReadAllText(Path.Combine(_folder.Root, "Program.cs")));
        Run("import", "config.toml", "-o", "Program.cs", "--force").Expect(0);
    }

    [Theory]
    [InlineData("broken.toml", "line 1")]
    [InlineData("plan.ndjson", "it is a template")]
    [InlineData(".", "directory")]
    [InlineData("missing.toml", "missing.toml")]
    public void What_cannot_be_imported_is_said(string argument, string expected)
    {
        _folder.Write("broken.toml", "a = = 1\n");
        _folder.Write("plan.ndjson", "{\"@type\":\"update\",\"object\":\"Http\",\"value\":{\"permissiveCors\":true,\"forwardedUrl\":\"${URL}\"}}\n");
        Assert.Contains(expected, Run("import", argument).Expect(3).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_becomes_a_program_and_the_command_says_what_else_it_takes()
    {
        _folder.Write(
            "plan.ndjson",
            """
            {"@type":"upsert","object":"Account","matchOn":["name"],"value":{"a":{"@type":"User","name":"ops","credentials":{"0":{"@type":"Password","secret":"swordfish"}}}}}
            {"@type":"update","object":"Account","id":"b","value":{"description":"who"}}
            """ + "\n");
        var run = Run("import", "plan.ndjson", "-o", "Program.cs").Expect(0);
        Assert.Contains("ACCOUNT_OPS_CREDENTIALS_SECRET", run.Error, StringComparison.Ordinal);
        Assert.Contains("written as JSON, because typed objects cannot say it: line 2.", run.Error, StringComparison.Ordinal);
        var program = File.ReadAllText(Path.Combine(_folder.Root, "Program.cs"));
        Assert.Contains("plan.Upsert(new Account.User", program, StringComparison.Ordinal);
        Assert.DoesNotContain("swordfish", program + run.Error, StringComparison.Ordinal);
    }
}
