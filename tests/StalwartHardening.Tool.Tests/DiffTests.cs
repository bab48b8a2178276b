using System.Text.Json;

namespace StalwartHardening.Tests;

/// <summary><c>diff</c>, run as users run it.</summary>
public sealed class DiffTests : IDisposable
{
    private const string Old = "[server.listener.imaptls]\nbind = [\"[::]:993\"]\nprotocol = \"imap\"\ntls.implicit = true\n";
    private const string New = Old + "[server.listener.imap]\nbind = [\"[::]:143\"]\nprotocol = \"imap\"\n[oauth]\nkey = \"swordfish-swordfish\"\n";
    private const string Plan = "{\"@type\":\"reconcile\",\"object\":\"NetworkListener\",\"matchOn\":[\"name\"],\"value\":{\"a\":{\"name\":\"imaptls\",\"bind\":{\"[::]:993\":true},\"protocol\":\"imap\",\"tlsImplicit\":true}}}\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private ToolResult Run(params string[] arguments) => ToolProcess.Run(_folder.Root, arguments);

    [Fact]
    public void Two_files_are_compared_by_settings_and_by_what_they_open()
    {
        _folder.Write("old.toml", Old);
        _folder.Write("new.toml", New);
        var output = Run("diff", "old.toml", "new.toml").Expect(0).Output;
        Assert.Contains("+ server.listener.imap.protocol = imap", output, StringComparison.Ordinal);
        Assert.Contains("+ server.listener.imap.bind[[::]:143]", output, StringComparison.Ordinal);
        Assert.Contains("Opens\n  + IMAP on [::]:143", output, StringComparison.Ordinal);
        Assert.DoesNotContain("swordfish", output, StringComparison.Ordinal);
        Assert.Contains("Closes\n  - IMAP on [::]:143", Run("diff", "new.toml", "old.toml").Expect(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "old.toml", "new.toml", "--exit-code")]
    [InlineData(1, "old.toml", "new.toml", "--exit-code", "opens")]
    [InlineData(1, "new.toml", "old.toml", "--exit-code", "any")]
    [InlineData(0, "new.toml", "old.toml", "--exit-code", "opens")]
    [InlineData(0, "old.toml", "same.toml", "--exit-code")]
    [InlineData(2, "old.toml", "same.toml", "--exit-code", "sometimes")]
    [InlineData(3, "old.toml", "missing.toml")]
    public void The_exit_code_says_what_was_asked(int expected, params string[] arguments)
    {
        _folder.Write("old.toml", Old);
        _folder.Write("new.toml", New);
        _folder.Write("same.toml", "# the same\n" + Old.Replace("[\"[::]:993\"]", "\"[::]:993\"", StringComparison.Ordinal).Replace("bind = \"[::]:993\"", "bind.0007 = \"[::]:993\"", StringComparison.Ordinal));
        Run(["diff", .. arguments]).Expect(expected);
    }

    [Theory]
    [InlineData("{\"@type\":\"update\",\"object\":\"Htp\",\"value\":{}}\n", 1)]
    [InlineData(Plan + "{\"@type\":\"update\",\"object\":\"Http\",\"value\":{\"allowedEndpoints\":{\"else\":\"starts_with(url_path, '/')\"}}}\n", 2)]
    [InlineData(Plan + "{\"@type\":\"update\",\"object\":\"Domain\",\"id\":\"#nobody\",\"value\":{\"description\":\"x\"}}\n", 2)]
    [InlineData(Plan + "no operation\n", 2)]
    public void A_plan_that_the_server_refuses_never_passes(string refused, int line)
    {
        _folder.Write("plan.ndjson", Plan);
        _folder.Write("old.toml", Old);
        _folder.Write("refused.ndjson", refused);
        foreach (var arguments in (string[][])[["plan.ndjson", "refused.ndjson"], ["refused.ndjson", "plan.ndjson"], ["refused.ndjson", "refused.ndjson"], ["old.toml", "refused.ndjson"]])
        {
            foreach (var kind in (string[])["any", "opens"])
                Assert.Contains(FormattableString.Invariant($"'refused.ndjson': the plan is not applied as a whole (line {line}: "), Run(["diff", .. arguments, "--exit-code", kind]).Expect(3).Error, StringComparison.Ordinal);
            Run(["diff", .. arguments]).Expect(0);
        }
    }

    [Fact]
    public void A_file_on_which_the_server_does_not_start_never_passes_and_says_why()
    {
        _folder.Write("old.toml", Old);
        _folder.Write("broken.toml", Old + "[oauth]\nkey = \"swordfish-swordfish\"\nport = \n");
        var result = Run("diff", "old.toml", "broken.toml", "--exit-code", "opens").Expect(3);
        Assert.Contains("'broken.toml': the server refuses to start on this file (line 7: ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("swordfish", result.Error, StringComparison.Ordinal);
        Assert.Contains("cannot import 'broken.toml': the server does not start on it (line 7: ", Run("import", "broken.toml").Expect(3).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_compared_with_a_plan_as_the_plan_that_it_becomes()
    {
        _folder.Write("old.toml", Old);
        _folder.Write("plan.ndjson", Plan);
        using var report = JsonDocument.Parse(Run("diff", "old.toml", "plan.ndjson", "-f", "json").Expect(0).Output);
        Assert.Equal(["OidcProvider/anonymousClientRegistration", "SenderAuth/arcVerify/else"], report.RootElement.GetProperty("settings").EnumerateArray().Select(static setting => setting.GetProperty("key").GetString()));
        Assert.Equal("true", report.RootElement.GetProperty("settings")[0].GetProperty("after").GetString());
        Assert.Equal(0, report.RootElement.GetProperty("opened").GetArrayLength());
        Assert.Contains("migrate", report.RootElement.GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("empty.ndjson", "", "it is empty", "import", "compare")]
    [InlineData("page.ndjson", "<html><body>502 Bad Gateway</body></html>\n", "it holds no setting that the server knows", "migrate", "compare")]
    [InlineData("other.json", "{\"a\":1}\n", "it holds no operation", "migrate", "import", "compare")]
    [InlineData("other.toml", "[package]\nname = \"mail\"\n", "it holds no setting that the server knows", "migrate", "import", "compare")]
    public void What_holds_no_configuration_is_refused(string name, string text, string reason, params string[] verbs)
    {
        _folder.Write("old.toml", Old);
        _folder.Write(name, text);
        foreach (var verb in verbs)
        {
            var output = Path.Combine(_folder.Root, "made");
            var results = verb == "compare"
                ? (ToolResult[])[Run("diff", "old.toml", name, "--exit-code", "opens"), Run("diff", name, "old.toml")]
                : [Run(verb, name, "-o", output)];
            foreach (var result in results)
                Assert.Contains($"cannot {verb} '{name}': {reason}.", result.Expect(3).Error, StringComparison.Ordinal);
            Assert.False(File.Exists(output));
        }
    }

    [Fact]
    public void A_plan_of_what_a_snapshot_shows_is_applied_as_a_whole()
    {
        // A snapshot leaves the key out, and the server itself named the provider.
        const string provider = """{"@type":"upsert","object":"AcmeProvider","matchOn":["description"],"value":{"acmeprovider-b":{"description":"https://acme.example/directory (1)","directory":"https://acme.example/directory","challengeType":"TlsAlpn01","contact":{"mailto:a@example.org":true},"renewBefore":"R23","maxRetries":10,"reuseKey":false}}}""";
        const string domain = """{"@type":"upsert","object":"Domain","matchOn":["name"],"value":{"domain-b":{"name":"example.org","description":null,"isEnabled":true,"allowRelaying":false,"certificateManagement":{"@type":"Manual"},"dkimManagement":{"@type":"Manual"},"dnsManagement":{"@type":"Manual"},"subAddressing":{"@type":"Enabled"},"aliases":{},"logo":null,"directoryId":null,"catchAllAddress":null}}}""";
        const string signature = """{"@type":"upsert","object":"DkimSignature","matchOn":["selector"],"value":{"dkimsignature-b":{"@type":"Dkim1RsaSha256","selector":"s1","domainId":"#domain-b","stage":"active","report":true,"canonicalization":"relaxed/relaxed","expire":null,"auid":null,"thirdParty":null,"headers":{"From":true}KEY}}}""";
        _folder.Write("snapshot.ndjson", string.Join('\n', provider, domain, signature.Replace("KEY", ",\"privateKey\":{\"@type\":\"Text\"}", StringComparison.Ordinal)) + "\n");
        _folder.Write("plan.ndjson", string.Join('\n', provider, domain, signature.Replace("KEY", "", StringComparison.Ordinal)).Replace("domain-b", "example", StringComparison.Ordinal) + "\n");
        var result = Run("diff", "snapshot.ndjson", "plan.ndjson", "--exit-code").Expect(0);
        Assert.Contains("Nothing differs.", result.Output, StringComparison.Ordinal);
        Assert.Equal("", result.Error);
    }

    [Fact]
    public void A_plan_is_run_on_the_server_that_a_snapshot_describes()
    {
        _folder.Write("snapshot.ndjson", "{\"@type\":\"upsert\",\"object\":\"NetworkListener\",\"matchOn\":[\"name\"],\"value\":{\"networklistener-a\":{\"name\":\"imaptls\",\"bind\":{\"[::]:993\":true},\"maxConnections\":8192,\"overrideProxyTrustedNetworks\":{},\"protocol\":\"imap\",\"socketBacklog\":1024,\"socketNoDelay\":true,\"socketReceiveBufferSize\":null,\"socketReuseAddress\":true,\"socketReusePort\":true,\"socketSendBufferSize\":null,\"socketTosV4\":null,\"socketTtl\":null,\"tlsDisableCipherSuites\":{},\"tlsDisableProtocols\":{},\"tlsIgnoreClientOrder\":true,\"tlsImplicit\":true,\"tlsTimeout\":60000,\"useTls\":true}}}\n{\"@type\":\"update\",\"object\":\"Http\",\"value\":{\"allowedEndpoints\":{\"else\":\"200\",\"match\":{}},\"enableHsts\":true,\"rateLimitAnonymous\":{\"count\":100,\"period\":60000},\"rateLimitAuthenticated\":{\"count\":1000,\"period\":60000},\"redirectRoot\":\"/account\",\"responseHeaders\":{},\"usePermissiveCors\":false,\"useXForwarded\":false}}\n");
        _folder.Write("plan.ndjson", Plan);
        _folder.Write("hsts.ndjson", Plan + "{\"@type\":\"update\",\"object\":\"Http\",\"value\":{\"enableHsts\":false}}\n");
        Assert.Contains("Nothing differs", Run("diff", "snapshot.ndjson", "plan.ndjson", "--exit-code").Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains("~ Http/enableHsts: true -> false", Run("diff", "snapshot.ndjson", "hsts.ndjson", "--exit-code").Expect(1).Output, StringComparison.Ordinal);
        Assert.Contains("~ Http/enableHsts: false -> true", Run("diff", "hsts.ndjson", "snapshot.ndjson", "--exit-code").Expect(1).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_may_do_more_is_said()
    {
        const string account = "{\"@type\":\"upsert\",\"object\":\"Domain\",\"matchOn\":[\"name\"],\"value\":{\"d\":{\"name\":\"example.org\"}}}\n{\"@type\":\"upsert\",\"object\":\"Account\",\"matchOn\":[\"emailAddress\"],\"value\":{\"a\":{\"@type\":\"User\",\"name\":\"john\",\"domainId\":\"#d\",\"emailAddress\":\"john@example.org\",\"roles\":{\"@type\":\"ROLE\"},\"credentials\":{\"0\":{\"@type\":\"Password\",\"secret\":\"correct horse battery staple\"}}}}}\n";
        _folder.Write("old.ndjson", account.Replace("ROLE", "User", StringComparison.Ordinal));
        _folder.Write("new.ndjson", account.Replace("ROLE", "Admin", StringComparison.Ordinal));
        var output = Run("diff", "old.ndjson", "new.ndjson", "--exit-code", "opens").Expect(1).Output;
        Assert.Contains("+ may administer", output, StringComparison.Ordinal);
        Assert.DoesNotContain("staple", output, StringComparison.Ordinal);
        Assert.Contains("- may no longer administer", Run("diff", "new.ndjson", "old.ndjson").Expect(0).Output, StringComparison.Ordinal);
    }
}
