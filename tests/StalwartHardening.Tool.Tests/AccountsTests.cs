using System.Text.Json;
using System.Text.Json.Nodes;
using StalwartHardening.Tests.Plans;

namespace StalwartHardening.Tests;

/// <summary><c>accounts</c>: who may do what, of both generations.</summary>
public sealed class AccountsTests : IDisposable
{
    private const int PermissionCases = 112;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private JsonArray Accounts(string name, string text, params string[] options)
    {
        _folder.Write(name, text);
        var result = InProcessTool.Run(["accounts", Path.Combine(_folder.Root, name), "--format", "json", "--no-config", .. options]).Expect(0);
        return JsonNode.Parse(result.Output)!["accounts"]!.AsArray();
    }

    [Fact]
    public void Every_account_of_a_plan_may_do_what_the_server_lets_it()
    {
        var deviations = new List<string>();
        var count = 0;
        foreach (var line in File.ReadLines(Repository.PathOf("tests", "StalwartHardening.Core.Tests", "Vectors", "permission-cases.jsonl")))
        {
            count++;
            var vector = JsonNode.Parse(line)!.AsObject();
            var id = vector["id"]!.GetValue<string>();
            var accounts = Accounts("plan.ndjson", PermissionPlan.Of(vector), "--server-state", "fresh", "--edition", vector["edition"]?.GetValue<string>() ?? "enterprise");
            if (vector["expect"] is not JsonObject expect)
            {
                if (accounts.Any(account => account!["authenticate"]!.GetValue<bool>()))
                    deviations.Add($"{id}: not refused");
                continue;
            }

            // An API key is among the credentials of its account, after it.
            var found = accounts[^1]!;
            Assert.Equal(vector["credential"] is null ? 1 : 2, accounts.Count);
            foreach (var (name, value) in expect)
            {
                if (!JsonNode.DeepEquals(value, found[name]) && !(vector["credential"] is not null && found[name] is null))
                    deviations.Add($"{id} ({vector["why"]}): {name} is {found[name]} instead of {value}");
            }

            Assert.NotEqual("", found["through"]!.GetValue<string>());
        }

        Assert.True(deviations.Count == 0, string.Join('\n', deviations.Take(30)));
        Assert.Equal(PermissionCases, count);
    }

    [Fact]
    public void What_depends_on_an_unknown_server_is_not_known()
    {
        const string Plan =
            """
            {"@type":"create","object":"Account","value":{"a":{"@type":"User","name":"ops","domainId":"d1","roles":{"@type":"Admin"}},"b":{"@type":"User","name":"cut","domainId":"d1","roles":{"@type":"Admin"},"permissions":{"@type":"Replace","enabledPermissions":{"authenticate":true,"sysAccountGet":true},"disabledPermissions":{}}},"c":{"@type":"User","name":"less","domainId":"d1","roles":{"@type":"Admin"},"permissions":{"@type":"Merge","enabledPermissions":{},"disabledPermissions":{"imapAuthenticate":true}}}}}

            """;
        var accounts = Accounts("plan.ndjson", Plan, "--server-state", "existing");
        Assert.Equal(["ops", "cut", "less"], accounts.Select(account => account!["name"]!.GetValue<string>()));
        Assert.Null(accounts[0]!["imap"]);
        Assert.Null(accounts[0]!["permissions_total"]);
        Assert.False(accounts[1]!["imap"]!.GetValue<bool>());
        Assert.True(accounts[1]!["is_admin"]!.GetValue<bool>());
        Assert.Equal(2, accounts[1]!["permissions_total"]!.GetValue<int>());
        Assert.False(accounts[2]!["imap"]!.GetValue<bool>());
        Assert.Null(accounts[2]!["pop3"]);
    }

    [Fact]
    public void A_snapshot_of_chosen_types_is_of_a_server_with_roles()
    {
        const string Snapshot =
            """
            {"@type":"upsert","object":"Domain","matchOn":["name"],"value":{"domain-b":{"name":"example.org","aliases":{},"isEnabled":true,"description":null,"logo":null,"certificateManagement":{"@type":"Manual"},"dkimManagement":{"@type":"Manual"},"dnsManagement":{"@type":"Manual"},"subAddressing":{"@type":"Enabled"},"allowRelaying":false,"catchAllAddress":null,"directoryId":null,"memberTenantId":null,"reportAddressUri":null}}}
            {"@type":"upsert","object":"Account","value":{"account-b":{"@type":"User","name":"admin","domainId":"#domain-b","aliases":{},"description":null,"credentials":{},"encryptionAtRest":{"@type":"Disabled"},"memberGroupIds":{},"memberTenantId":null,"roles":{"@type":"Admin"},"permissions":{"@type":"Inherit"},"quotas":{},"locale":"en-US","timeZone":null}}}

            """;
        var account = Assert.Single(Accounts("snapshot.ndjson", Snapshot))!;
        Assert.True(account["is_admin"]!.GetValue<bool>());
        Assert.True(account["imap"]!.GetValue<bool>());
        Assert.Null(Assert.Single(Accounts("snapshot.ndjson", Snapshot, "--server-state", "existing"))!["is_admin"]);
    }

    [Fact]
    public void Accounts_of_toml_follow_the_class_of_their_directory()
    {
        const string Text =
            """
            authentication.fallback-admin.user = "root"
            authentication.fallback-admin.secret = "$6$x$y"
            authentication.master.user = "master"
            authentication.master.secret = "%{env:MASTER}%"
            storage.directory = "people"
            directory.people.type = "memory"
            directory.people.principals.0.name = "ann"
            directory.people.principals.0.class = "admin"
            directory.people.principals.0.secret = "x"
            directory.people.principals.1.name = "bob"
            directory.people.principals.1.secret = "x"
            directory.people.principals.2.name = "all"
            directory.people.principals.2.class = "group"
            directory.other.type = "memory"
            directory.other.principals.0.name = "nobody"
            directory.other.principals.0.secret = "x"

            """;
        var accounts = Accounts("config.toml", Text);
        Assert.Equal(["root", "master", "ann", "bob", "all"], accounts.Select(account => account!["name"]!.GetValue<string>()));
        Assert.Equal(["fallback_administrator", "master_user", "user", "user", "group"], accounts.Select(account => account!["kind"]!.GetValue<string>()));
        Assert.Equal([true, true, true, false, false], accounts.Select(account => account!["is_admin"]!.GetValue<bool>()));
        Assert.Equal([true, true, true, true, false], accounts.Select(account => account!["imap"]!.GetValue<bool>()));
        Assert.Equal([true, true, true, false, false], accounts.Select(account => account!["impersonate"]!.GetValue<bool>()));
        Assert.Equal([1, 3, 7, 10, 12], accounts.Select(account => account!["line"]!.GetValue<int>()));
        Assert.Contains("class 'admin'", accounts[2]!["through"]!.GetValue<string>(), StringComparison.Ordinal);

        // What a version does not speak nobody can use.
        var old = Accounts("config.toml", Text, "--target-version", "0.11");
        Assert.Equal([false, false, false, false, false], old.Select(account => account!["dav_files"]!.GetValue<bool>()));
        Assert.True(old[0]!["jmap_mail"]!.GetValue<bool>());
        Assert.False(old[0]!["jmap_calendars"]!.GetValue<bool>());
    }

    [Fact]
    public void The_table_says_the_same_in_words()
    {
        _folder.Write("plan.ndjson", """{"@type":"create","object":"Domain","value":{"d":{"name":"example.org"}}}""" + "\n" + """{"@type":"create","object":"Account","value":{"a":{"@type":"User","name":"ops","domainId":"#d","roles":{"@type":"Admin"},"permissions":{"@type":"Merge","enabledPermissions":{},"disabledPermissions":{"imapAuthenticate":true,"jmapEmailGet":true}}}}}""" + "\n");
        var table = ToolProcess.RunWithInput(_folder.Root, File.ReadAllText(Path.Combine(_folder.Root, "plan.ndjson")), "accounts", "-").Expect(0).Output;
        Assert.Equal(table, ToolProcess.Run(_folder.Root, "accounts", "plan.ndjson").Expect(0).Output);
        Assert.Matches(@"(?m)^ops +yes +no +yes +yes +part +yes +yes +yes *$", table);
        Assert.Contains("through roles 'System Administrator', 'User'", table, StringComparison.Ordinal);
        Assert.Contains("JMAP: only submission, contacts, calendars, files, sieve", table, StringComparison.Ordinal);
        Assert.Contains("STALWART_RECOVERY_ADMIN", table, StringComparison.Ordinal);
        Assert.Contains("tells of no account", ToolProcess.RunWithInput(_folder.Root, "server.hostname = \"x\"\n", "accounts", "-").Expect(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing.toml", 3)]
    [InlineData(".", 3)]
    public void What_cannot_be_read_is_said(string name, int code) => ToolProcess.Run(_folder.Root, "accounts", name).Expect(code);

    [Fact]
    public void A_plan_that_stops_half_way_says_so()
    {
        _folder.Write("plan.ndjson", """{"@type":"create","object":"Account","value":{"a":{"@type":"User","name":"ops","domainId":"#none"}}}""" + "\n");
        var result = ToolProcess.Run(_folder.Root, "accounts", "plan.ndjson", "-f", "json").Expect(0);
        Assert.Contains("is not applied as a whole (line 1)", result.Error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal(0, json.RootElement.GetProperty("accounts").GetArrayLength());
    }
}
