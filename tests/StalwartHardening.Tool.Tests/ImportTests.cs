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
        Assert.Contains("written as JSON, because typed objects cannot express it: line 2.", run.Error, StringComparison.Ordinal);
        var program = File.ReadAllText(Path.Combine(_folder.Root, "Program.cs"));
        Assert.Contains("plan.Upsert(new Account.User", program, StringComparison.Ordinal);
        Assert.DoesNotContain("swordfish", program + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_commands_of_the_walk_through_work()
    {
        const string snapshot = """{"@type":"upsert","object":"NetworkListener","matchOn":["name"],"value":{"networklistener-b":{"name":"imap","bind":{"[::]:143":true},"protocol":"imap","tlsImplicit":false,"useTls":true,"maxConnections":8192,"overrideProxyTrustedNetworks":{},"socketBacklog":1024,"socketNoDelay":true,"tlsTimeout":60000}}}""";
        _folder.Write("snapshot.ndjson", snapshot + "\n");
        _folder.Write("MailServer/Program.cs", "Console.WriteLine();\n");

        // What the program writes is another test's business; here it is what the snapshot says.
        _folder.Write("plan.ndjson", snapshot.Replace("networklistener-b", "network-listener-imap", StringComparison.Ordinal) + "\n");
        var page = File.ReadAllText(Repository.PathOf("docs", "server-to-csharp.md"));
        var commands = page.Split("```sh\n")[1].Split("```")[0].Split('\n').Where(static line => line.StartsWith("stalwart-harden ", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, commands.Count);
        foreach (var command in commands)
            Run(command.Split(' ')[1..]).Expect(0);
        Assert.Contains("plan.Upsert(new NetworkListener", File.ReadAllText(Path.Combine(_folder.Root, "MailServer", "Program.cs")), StringComparison.Ordinal);
    }
}
