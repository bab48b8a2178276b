namespace StalwartHardening.Tests.Fixing;

/// <summary>No fix takes the last way to administer a server unless somebody asks for exactly that.</summary>
public sealed class LockoutTests : IDisposable
{
    private const string Https = "[server.listener.https]\nbind = \"[::]:443\"\nprotocol = \"http\"\ntls.implicit = true\n";
    private const string Fallback = "[authentication.fallback-admin]\nuser = \"admin\"\nsecret = \"%{env:ADMIN}%\"\n";
    private const string Operator = "[storage]\ndirectory = \"d\"\n[directory.d]\ntype = \"memory\"\n[[directory.d.principals]]\nname = \"ops\"\nclass = \"admin\"\nsecret = \"%{env:OPS}%\"\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private ToolResult Fix(params string[] arguments) => ToolProcess.Run(_folder.Root, ["fix", "config.toml", .. arguments]);

    private static int Place(string text, string what) => text.AsSpan(0, text.IndexOf(what, StringComparison.Ordinal)).Count('\n') + 1;

    [Fact]
    public void The_quick_start_stays_as_it_is_until_somebody_says_who_administers_it()
    {
        var text = File.ReadAllText(Repository.PathOf("samples", "Quickstart", "config.toml"));
        _folder.Write("config.toml", text);
        var refused = Fix("--write", "--all").Expect(4);
        Assert.Equal(text, _folder.Read("config.toml"));
        Assert.Contains($"config.toml:{Place(text, "\"[::]:443\"")}:8: the fix for SWH2001", refused.Error, StringComparison.Ordinal);
        Assert.Contains($"config.toml:{Place(text, "user = ")}:8: the fix for SWH3001", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--admin-from 10.0.0.0/8", refused.Error, StringComparison.Ordinal);
        Assert.Contains("nothing was written", refused.Error, StringComparison.Ordinal);

        var kept = Fix("--write", "--all", "--keep-access", "--admin-from", "10.0.0.0/8").Expect(1);
        Assert.Contains("administration    those whom access control names, through HTTP on [::]:443", kept.Output, StringComparison.Ordinal);
        Assert.Contains("administrators    'admin' (fallback administrator)", kept.Output, StringComparison.Ordinal);
        Assert.True(kept.Output.IndexOf("once fixed", StringComparison.Ordinal) < kept.Output.IndexOf("config.toml: fixed", StringComparison.Ordinal));
        Assert.Contains("authentication.fallback-admin", _folder.Read("config.toml"), StringComparison.Ordinal);
        foreach (var (address, outcome) in (IEnumerable<(string, string)>)[("10.1.2.3", "allowed"), ("203.0.113.9", "refused")])
            ToolProcess.Run(_folder.Root, "access", "config.toml", "--path", "/api/principal", "--remote-ip", address, "--expect", outcome).Expect(0);
    }

    [Fact]
    public void Who_asks_for_it_is_locked_out()
    {
        _folder.Write("config.toml", Https + Fallback);
        Assert.Contains("nobody from another machine", Fix("--write", "--all", "--allow-lockout").Expect(0).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("fallback-admin", _folder.Read("config.toml"), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_administrator_makes_the_first_one_dispensable()
    {
        _folder.Write("config.toml", Https + Operator + Fallback);
        var result = Fix("--write", "--all", "--only", "SWH3001").Expect(0);
        Assert.Contains("administrators    'ops'\n", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("fallback-admin", _folder.Read("config.toml"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_nobody_could_reach_before_is_no_way_in()
    {
        _folder.Write("config.toml", TemporaryFolder.Cleartext + Fallback);
        Fix("--write", "--all").Expect(0);
        Assert.Equal("", string.Concat(_folder.Read("config.toml").Split('\n').Where(line => line.Contains("fallback", StringComparison.Ordinal))));
    }

    [Fact]
    public void A_plain_port_that_is_the_only_way_in_stays()
    {
        var text = Https.Replace("443", "8080", StringComparison.Ordinal).Replace("tls.implicit = true\n", "", StringComparison.Ordinal);
        _folder.Write("config.toml", text);
        var result = Fix("--write", "--all", "--only", "SWH1004").Expect(4);
        Assert.Contains("config.toml:2:8: the fix for SWH1004", result.Error, StringComparison.Ordinal);
        Assert.Equal(text, _folder.Read("config.toml"));
        Fix("--write", "--all", "--only", "SWH1004", "--allow-lockout").Expect(0);
        Assert.Contains("[::1]:8080", _folder.Read("config.toml"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dropped_alias_that_comes_into_force_counts_too()
    {
        // The safe fix: access control under its old name is not in force; under its new one it refuses the management API.
        _folder.Write("config.toml", Https + "[server.http]\nallowed-endpoint = \"if_then(starts_with(url_path, '/jmap'), 200, 404)\"\n");
        var result = Fix("--write").Expect(4);
        Assert.Contains("SWH0003", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_write_the_refusal_is_announced()
    {
        _folder.Write("config.toml", Https + Fallback);
        var result = Fix("--all").Expect(1);
        Assert.StartsWith("--- config.toml\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("--write will refuse them", result.Error, StringComparison.Ordinal);
        Assert.Contains("config.toml, once fixed:\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Standard_input_passes_through_unchanged_where_its_fixes_are_refused()
    {
        var text = Https + Fallback;
        Assert.Equal(text, ToolProcess.RunWithInput(_folder.Root, text, "fix", "-", "--write", "--all").Expect(4).Output);
    }

    [Fact]
    public void Review_does_not_offer_what_locks_out_unless_it_is_allowed()
    {
        _folder.Write("config.toml", Https + Fallback);
        var result = ToolProcess.RunWithInput(_folder.Root, "y\ny\ny\ny\ny\ny\n", "fix", "config.toml", "--review", "--only", "SWH3001").Expect(1);
        Assert.Contains("takes the last administrator that the file shows, so it is left out", result.Output, StringComparison.Ordinal);
        Assert.Contains("user = \"admin\"", _folder.Read("config.toml"), StringComparison.Ordinal);
        ToolProcess.RunWithInput(_folder.Root, "y\n", "fix", "config.toml", "--review", "--allow-lockout", "--only", "SWH3001").Expect(0);
        Assert.DoesNotContain("user = \"admin\"", _folder.Read("config.toml"), StringComparison.Ordinal);
    }

    [Fact]
    public void Networks_can_stand_in_the_option_file_and_have_to_be_networks()
    {
        _folder.Write("config.toml", Https);
        _folder.Write("stalwart-harden.toml", "admin_from = [\"10.0.0.0/8\", \"192.0.2.7\"]\n");
        Fix("--write", "--all").Expect(0);
        Assert.Contains("starts_with(remote_ip, '10.') || remote_ip == '192.0.2.7' ||", _folder.Read("config.toml"), StringComparison.Ordinal);
        Assert.Contains("--admin-from: invalid value 'home'", Fix("--no-config", "--admin-from", "home").Expect(2).Error, StringComparison.Ordinal);
        Fix("--allow-lockout", "--keep-access").Expect(2);
    }

    [Fact]
    public void The_last_listener_of_a_plan_stays_too()
    {
        // On a server of objects the management goes through JMAP, which the allow-list leaves open.
        const string Plan = "{\"@type\":\"reconcile\",\"object\":\"NetworkListener\",\"matchOn\":[\"name\"],\"value\":{\"a\":{\"name\":\"web\",\"bind\":{\"[::]:8080\":true},\"protocol\":\"http\"}}}\n";
        _folder.Write("config.toml", Plan);
        var result = Fix("--write", "--all", "--only", "SWH1004").Expect(4);
        Assert.Contains("the fix for SWH1004", result.Error, StringComparison.Ordinal);
        Assert.Equal(Plan, _folder.Read("config.toml"));
        Fix("--write", "--all", "--only", "SWH1004", "--keep-access").Expect(1);
        Fix("--write", "--all", "--only", "SWH1004", "--allow-lockout").Expect(0);
    }
}
