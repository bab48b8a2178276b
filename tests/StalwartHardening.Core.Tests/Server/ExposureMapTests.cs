using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Server.Access;
using StalwartHardening.Server.Exposure;
using StalwartHardening.Server.Listeners;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Server;

/// <summary>What a map says of a server: who reaches what, and what a change opens and closes.</summary>
public sealed class ExposureMapTests
{
    private const string Https = "[server.listener.https]\nbind = \"[::]:443\"\nprotocol = \"http\"\ntls.implicit = true\n";

    private static ServerConfiguration Server(string text) =>
        Generation.ReadFile(text, ServerVersion.Newest, TestContext.Current.CancellationToken);

    private static ExposureMap Map(string text) => ExposureMap.From(Server(text), TestContext.Current.CancellationToken);

    private static ExposedEndpoints Group(ExposureMap map, HttpEndpointGroup group) => map.Listeners[0].Endpoints.Single(endpoints => endpoints.Group == group);

    [Theory]
    [InlineData("[::]:143", ExposureReach.Everybody)]
    [InlineData("0.0.0.0:143", ExposureReach.Everybody)]
    [InlineData("8.8.8.8:143", ExposureReach.Everybody)]
    [InlineData("[2a01:4f8::1]:143", ExposureReach.Everybody)]
    [InlineData("10.0.0.5:143", ExposureReach.PrivateNetwork)]
    [InlineData("[fd00::1]:143", ExposureReach.PrivateNetwork)]
    [InlineData("127.0.0.1:143", ExposureReach.Machine)]
    [InlineData("[::1]:143", ExposureReach.Machine)]
    [InlineData("localhost:143", ExposureReach.Nobody)]
    [InlineData("%{env:IP}%:143", ExposureReach.Unknown)]
    public void An_address_is_reached_by_those_it_is_bound_for(string address, Enum reach) =>
        Assert.Equal(reach, Map($"[server.listener.imap]\nbind = \"{address}\"\nprotocol = \"imap\"\n").Listeners[0].Reach);

    [Theory]
    [InlineData("imap", "", ConnectionEncryption.StartTls, PasswordTransport.ClearText)]
    [InlineData("imap", "tls.implicit = true", ConnectionEncryption.Implicit, PasswordTransport.Encrypted)]
    [InlineData("imap", "tls.enable = false", ConnectionEncryption.None, PasswordTransport.ClearText)]
    [InlineData("imap", "tls.implicit = \"%{env:T}%\"", ConnectionEncryption.Unknown, PasswordTransport.Unknown)]
    [InlineData("pop3", "", ConnectionEncryption.StartTls, PasswordTransport.AfterStartTls)]
    [InlineData("pop3", "tls.enable = false", ConnectionEncryption.None, PasswordTransport.None)]
    [InlineData("pop3", "[imap.auth]\nallow-plain-text = true", ConnectionEncryption.StartTls, PasswordTransport.ClearText)]
    [InlineData("managesieve", "", ConnectionEncryption.StartTls, PasswordTransport.AfterStartTls)]
    [InlineData("http", "", ConnectionEncryption.None, PasswordTransport.ClearText)]
    [InlineData("lmtp", "", ConnectionEncryption.StartTls, PasswordTransport.None)]
    [InlineData("smtp", "", ConnectionEncryption.StartTls, PasswordTransport.AfterStartTls)]
    [InlineData("smtp", "tls.implicit = true", ConnectionEncryption.Implicit, PasswordTransport.Encrypted)]
    [InlineData("smtp", "[session.auth]\nmechanisms = \"[plain]\"", ConnectionEncryption.StartTls, PasswordTransport.AsConfigured)]
    public void A_listener_says_how_connections_and_passwords_are_protected(string protocol, string more, Enum encryption, Enum passwords)
    {
        var listener = Map($"[server.listener.x]\nbind = \"[::]:4000\"\nprotocol = \"{protocol}\"\n{more}\n").Listeners[0];
        Assert.Equal(encryption, listener.Encryption);
        Assert.Equal(passwords, listener.Passwords);
    }

    [Fact]
    public void Port_25_takes_no_passwords_by_default() =>
        Assert.Equal(PasswordTransport.None, Map("[server.listener.smtp]\nbind = \"[::]:25\"\nprotocol = \"smtp\"\n").Listeners[0].Passwords);

    [Theory]
    [InlineData("", EndpointAccess.Everybody, EndpointAccess.Everybody)]
    [InlineData("http.allowed-endpoint = \"404\"", EndpointAccess.Nobody, EndpointAccess.Nobody)]
    [InlineData("http.allowed-endpoint = \"if_then(starts_with(url_path, '/jmap'), 200, 404)\"", EndpointAccess.Everybody, EndpointAccess.Nobody)]
    [InlineData("http.allowed-endpoint = \"if_then(starts_with(url_path, '/jmap') || remote_ip == '10.1.2.3', 200, 404)\"", EndpointAccess.Everybody, EndpointAccess.SomeClients)]
    [InlineData("http.allowed-endpoint = \"if_then(url_path == '/jmap/session' || url_path == '/api/logs', 200, 404)\"", EndpointAccess.Partly, EndpointAccess.Partly)]
    [InlineData("http.allowed-endpoint = \"if_then(key_exists('x', remote_ip), 200, 404)\"", EndpointAccess.Unknown, EndpointAccess.Unknown)]
    [InlineData("http.allowed-endpoint = \"404 404 (\"", EndpointAccess.Everybody, EndpointAccess.Everybody)]
    public void Endpoints_show_whom_access_control_lets_through(string setting, Enum jmap, Enum management)
    {
        var map = Map(setting + "\n" + Https);
        Assert.Equal(jmap, Group(map, HttpEndpointGroup.Jmap).Access);
        Assert.Equal(management, Group(map, HttpEndpointGroup.ManagementApi).Access);
    }

    [Fact]
    public void What_is_switched_off_is_not_on_the_map()
    {
        var off = Map(Https);
        Assert.DoesNotContain(off.Listeners[0].Endpoints, static endpoints => endpoints.Group is HttpEndpointGroup.Metrics or HttpEndpointGroup.Form);
        var on = Map("metrics.prometheus.enable = true\nform.enable = true\n" + Https);
        Assert.Equal(HttpEndpointNeed.Nothing, Group(on, HttpEndpointGroup.Metrics).Most);
        Assert.Equal(EndpointAccess.Everybody, Group(on, HttpEndpointGroup.Form).Access);
        var guarded = Map("metrics.prometheus.enable = true\nmetrics.prometheus.auth.username = \"m\"\nmetrics.prometheus.auth.secret = \"s\"\n" + Https);
        Assert.Equal(HttpEndpointNeed.Authentication, Group(guarded, HttpEndpointGroup.Metrics).Least);
    }

    [Fact]
    public void Requests_from_the_machine_itself_pass_access_control() =>
        Assert.Equal(EndpointAccess.Everybody, Group(Map("http.allowed-endpoint = \"404\"\n[server.listener.local]\nbind = \"127.0.0.1:8080\"\nprotocol = \"http\"\n"), HttpEndpointGroup.ManagementApi).Access);

    [Fact]
    public void Administrators_of_the_file_are_on_the_map()
    {
        var map = Map("""
            [authentication.fallback-admin]
            user = "admin"
            secret = "$6$x"
            [authentication.master]
            user = "%{env:MASTER}%"
            secret = "$6$x"
            [storage]
            directory = "mem"
            [directory.mem]
            type = "memory"
            principals = [ { name = "root", class = "admin", secret = "$6$x" }, { name = "joe", class = "individual", secret = "$6$x" } ]

            """);
        Assert.Equal(
            [new("admin", ExposedAdministratorKind.Fallback), new("", ExposedAdministratorKind.MasterUser), new("root", ExposedAdministratorKind.Directory)],
            map.Administrators);
    }

    [Fact]
    public void A_change_shows_what_it_opens_and_what_it_closes()
    {
        var old = Map("http.allowed-endpoint = \"404\"\n" + Https + "[server.listener.imap]\nbind = \"[::]:143\"\nprotocol = \"imap\"\n");
        var current = Map("http.allowed-endpoint = \"if_then(starts_with(url_path, '/jmap'), 200, 404)\"\nauthentication.fallback-admin = { user = \"admin\", secret = \"$6$x\" }\n" + Https);
        var difference = ExposureDifference.Between(old, current);
        Assert.Equal(["Fallback administrator 'admin'", "JMAP through HTTP on [::]:443"], difference.Opened.Select(static change => change.What));
        Assert.Equal("refused", difference.Opened[1].Before);
        Assert.Equal(["IMAP on [::]:143"], difference.Closed.Select(static change => change.What));
        var back = ExposureDifference.Between(current, old);
        Assert.Equal(difference.Opened.Select(static change => change.What), back.Closed.Select(static change => change.What));
        Assert.Equal(difference.Closed.Select(static change => change.What), back.Opened.Select(static change => change.What));
    }

    [Fact]
    public void Another_name_or_a_listener_of_the_machine_opens_nothing()
    {
        var difference = ExposureDifference.Between(Map(Https), Map(Https.Replace("https", "web", StringComparison.Ordinal)));
        Assert.Empty(difference.Opened);
        Assert.Empty(difference.Closed);
    }

    [Fact]
    public void A_service_that_moves_is_one_change()
    {
        var plain = Https.Replace(":443", ":8080", StringComparison.Ordinal).Replace("true", "false", StringComparison.Ordinal);
        var worse = ExposureDifference.Between(Map(Https), Map(plain));
        var change = Assert.Single(worse.Opened);
        Assert.Equal("HTTP on [::]:8080", change.What);
        Assert.StartsWith("HTTP on [::]:443, everybody, TLS", change.Before, StringComparison.Ordinal);
        Assert.Empty(worse.Closed);
        var better = ExposureDifference.Between(Map(plain), Map(Https));
        Assert.Single(better.Closed);
        Assert.Empty(better.Opened);
        var same = ExposureDifference.Between(Map(Https), Map(Https.Replace(":443", ":8443", StringComparison.Ordinal)));
        Assert.Empty(same.Opened.Concat(same.Closed));
        Assert.Equal("HTTP on [::]:8443", Assert.Single(same.Moved).What);
    }

    [Fact]
    public void Losing_implicit_TLS_opens_something()
    {
        var difference = ExposureDifference.Between(Map(Https), Map(Https.Replace("true", "false", StringComparison.Ordinal)));
        Assert.Contains("HTTP on [::]:443", difference.Opened.Select(static change => change.What));
        Assert.Empty(difference.Closed);
    }

    [Fact]
    public void What_changes_within_a_service_is_named_and_both_ways_are_told_apart()
    {
        var policies = (string[])["200", "404", "if_then(starts_with(url_path, '/jmap'), 200, 404)", "if_then(starts_with(url_path, '/.well-known/jmap'), 200, 404)", "if_then(url_path == '/.well-known/jmap' || url_path == '/.well-known/caldav', 200, 404)", "if_then(url_path == '/.well-known/carddav', 200, 404)", "if_then(starts_with(url_path, '/api'), 404, 200)", "if_then(remote_ip == '192.0.2.1', 200, 404)"];
        var maps = policies.SelectMany(static policy => (ExposureMap[])[Map($"http.allowed-endpoint = \"{policy}\"\n" + Https), Map($"http.allowed-endpoint = \"{policy}\"\n" + Https.Replace("[::]:", "[::1]:", StringComparison.Ordinal))]).ToList();
        foreach (var old in maps)
        {
            foreach (var current in maps)
            {
                var there = ExposureDifference.Between(old, current);
                var back = ExposureDifference.Between(current, old);
                Assert.All(there.Opened.Concat(there.Closed), static change => Assert.NotEqual(change.Before, change.After));
                Assert.Equal(there.Opened.Count, back.Closed.Count);
                if (ReferenceEquals(old, current))
                    Assert.Empty(there.Opened.Concat(there.Closed));
            }
        }

        // One path for another: as many as before, and yet something opens.
        var other = ExposureDifference.Between(maps[8], maps[10]);
        Assert.Equal("everybody, in part (/.well-known/carddav: refused)", Assert.Single(other.Opened).Before);
        Assert.Equal("everybody, in part (/.well-known/jmap: refused, /.well-known/caldav: refused)", Assert.Single(other.Closed).After);
    }

    [Fact]
    public void Every_real_configuration_has_a_map_that_agrees_with_access_control()
    {
        var count = 0;
        foreach (var file in Directory.EnumerateFiles(Repository.SharedOrSkip("corpus"), "*.toml", SearchOption.AllDirectories))
        {
            var server = Server(File.ReadAllText(file));
            var map = ExposureMap.From(server, TestContext.Current.CancellationToken);
            Assert.Equal(server.Listeners.Count, map.Listeners.Count);
            foreach (var listener in map.Listeners)
            {
                Assert.Equal(listener.Listener.IsReachableFromElsewhere, listener.Addresses.Any(static address => address.Reach is ExposureReach.PrivateNetwork or ExposureReach.Everybody));
                count += listener.Endpoints.Count;
            }

            var same = ExposureDifference.Between(map, ExposureMap.From(server, TestContext.Current.CancellationToken));
            Assert.Empty(same.Opened);
            Assert.Empty(same.Closed);
        }

        Assert.True(count > 500, $"Only {count} groups of endpoints.");
    }

    [Fact]
    public void An_account_that_administers_is_an_administrator_and_a_role_is_none() =>
        Assert.Equal(
            ["ops"],
            Map("[principal.ops]\nname = 'ops'\nroles = ['chief']\n[principal.ann]\nname = 'ann'\nroles = ['user']\n[principal.chief]\nname = 'chief'\ntype = 'role'\nroles = ['admin']\n").Administrators.Select(static administrator => administrator.Name));
}
