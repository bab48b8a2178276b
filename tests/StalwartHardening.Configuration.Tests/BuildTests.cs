using System.Net;
using StalwartHardening.Configuration;
using StalwartHardening.Server;
using StalwartHardening.Server.Accounts;
using StalwartHardening.Server.Listeners;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests;

public sealed class BuildTests
{
    public static TheoryData<string, string, string> Refused => new()
    {
        { "unknown protocol", "server.listener.x.protocol", "AddListener" },
        { "bad address", "server.listener.x.bind.0000", "Bind" },
        { "no address", "server.listener.x", "AddListener" },
        { "macro too late", "server.listener.x.bind.0000", "Bind" },
        { "declared twice", "server.listener.x", "AddListener" },
        { "no such store", "storage.data", "UseFor" },
        { "no such directory", "storage.directory", "Set" },
        { "no status", "http.access-rule.otherwise", "Otherwise" },
        { "inexpressible network", "http.access-rule.0000.from.0000", "From" },
        { "macro in the API", "principal.ops.secrets.0000", "WithPassword" },
        { "odd switch", "server.listener.x.tls.implicit", "Set" },
        { "endless macro", "x", "Set" },
        { "unwritable key", "a\nb", "Set" },
        { "unwritable value", "x", "Set" },
        { "two kinds of TLS", "server.listener.x.tls.implicit", "WithStartTls" },
        { "TLS on and off", "server.listener.x.tls.enable", "DisableTls" },
        { "no TLS to be implicit", "server.listener.x.tls.implicit", "WithImplicitTls" },
        { "bans and none", "server.auto-ban.auth.rate", "DisableBans" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_the_server_would_refuse_is_refused_with_its_setting_and_call(string what, string setting, string call)
    {
        var server = StalwartServer.CreateBuilder("mail.example.org");
        switch (what)
        {
            case "unknown protocol": server.AddListener("x", (Configuration.MailProtocol)99).Bind(25); break;
            case "bad address": server.AddListener("x", Configuration.MailProtocol.Smtp).Bind("localhost:25"); break;
            case "no address": server.AddListener("x", Configuration.MailProtocol.Smtp); break;
            case "macro too late": server.AddListener("x", Configuration.MailProtocol.Smtp).Bind(Macro.FromFile("/etc/port")); break;
            case "declared twice": server.AddListener("x", Configuration.MailProtocol.Smtp).Bind(25); server.AddListener("x", Configuration.MailProtocol.Smtp).Bind(26); break;
            case "no such store": server.AddStore("s", StoreType.RocksDb).UseFor(StorageRoles.Data); server.Set("storage.data", "t").AddStore("u", StoreType.RocksDb).UseFor(StorageRoles.None); server.Set("store.s.type", "rocksdb"); call = "Set"; break;
            case "no such directory": server.Set("storage.directory", "none"); break;
            case "no status": server.Http.AccessRules.Otherwise(7); break;
            case "inexpressible network": server.Http.AccessRules.Allow(Endpoints.Jmap).From("2001:db8::/33"); break;
            case "macro in the API": server.AddAdministrator("ops").WithPassword(Configuration.Secret.FromEnvironment("X")); break;
            case "odd switch": server.AddListener("x", Configuration.MailProtocol.Smtp).Bind(25).Set("tls.implicit", "yes"); break;
            case "endless macro": server.Set("x", "a}%b%{env:X"); break;
            case "unwritable key": server.Set("a\nb", "1"); break;
            case "two kinds of TLS": server.AddListener("x", Configuration.MailProtocol.Imap).Bind(993).WithImplicitTls().WithStartTls(); break;
            case "TLS on and off": server.AddListener("x", Configuration.MailProtocol.Imap).Bind(143).WithStartTls().DisableTls(); break;
            case "no TLS to be implicit": server.AddListener("x", Configuration.MailProtocol.Imap).Bind(143).WithImplicitTls().DisableTls(); break;
            case "bans and none": server.Authentication.BanAfterFailures(10, TimeSpan.FromDays(1)).DisableBans(); break;
            case "unwritable value": server.Set("x", "'''\\\"\"\""); break;
        }

        var exception = Assert.Throws<InvalidServerException>(server.Build);
        Assert.Contains(exception.Problems, problem => problem.StartsWith($"'{setting}' ({call})", StringComparison.Ordinal) || (problem.Contains(setting, StringComparison.Ordinal) && problem.Contains(call, StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_set_by_its_name_or_again_by_the_same_method_replaces()
    {
        var server = StalwartServer.CreateBuilder("mail.example.org");
        server.AddListener("x", Configuration.MailProtocol.Imap).Bind(993).Set("tls.implicit", false).WithImplicitTls().WithImplicitTls();
        server.Authentication.WithMaxFailures(2).WithMaxFailures(3);
        var settings = server.Build().Settings;
        Assert.Equal(("true", "3"), (settings["server.listener.x.tls.implicit"], settings["imap.auth.max-failures"]));
    }

    [Fact]
    public void The_text_is_what_the_server_and_TOML_tools_read_alike()
    {
        var server = StalwartServer.CreateBuilder("mail.example.org");
        server.AddListener("https", Configuration.MailProtocol.Http).Bind(new IPEndPoint(IPAddress.IPv6Any, 443)).WithImplicitTls();
        server.NeverBan("10.0.0.0/8").Set("regex", @"^\d+\.$").Set("mixed", "\"it's\"");
        var toml = server.Build().ToToml();
        Assert.Empty(ServerTomlReader.Read(toml, ServerVersion.Newest, TestContext.Current.CancellationToken).Problems);
        Assert.False(Tomlyn.Parsing.SyntaxParser.Parse(toml).HasErrors);
        Assert.Contains("server.listener.https.bind = [\"[::]:443\"]", toml, StringComparison.Ordinal);
        Assert.Contains(@"regex = '''^\d+\.$'''", toml, StringComparison.Ordinal);
    }

    [Fact]
    public void An_administrator_gets_no_mail_permissions_but_those_of_its_services()
    {
        var server = StalwartServer.CreateBuilder("mail.example.org");
        server.AddAdministrator("ops").AllowServices(Configuration.MailServices.Imap);
        var json = Assert.Single(server.Build().Principals).Json;
        using var document = System.Text.Json.JsonDocument.Parse(json);
        var disabled = document.RootElement.GetProperty("disabledPermissions").EnumerateArray().Select(static element => element.GetString()).ToHashSet();
        Assert.DoesNotContain("imap-authenticate", disabled);
        Assert.Superset(new HashSet<string?>(["pop3-authenticate", "sieve-authenticate", "jmap-email-get", "dav-cal-get", "dav-card-get", "dav-file-get"]), disabled);
        Assert.Equal("admin", document.RootElement.GetProperty("roles")[0].GetString());
    }

    [Fact]
    public void ParseToml_reads_as_the_server_does() =>
        Assert.Equal("b", StalwartServer.ParseToml("a = 'b'\n").Settings["a"]);

    [Fact]
    public void ParseToml_refuses_what_the_server_refuses() =>
        Assert.Throws<FormatException>(static () => StalwartServer.ParseToml("a = 'b'"));
}
