using StalwartHardening.Generations;
using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Server.Listeners;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Server;

/// <summary>Decisions that once could be turned round without a test that noticed.</summary>
public sealed class UnnoticedMutantTests
{
    private const string Https = "[server.listener.https]\nprotocol = 'http'\nbind = '[::]:443'\ntls.implicit = true\n";

    [Theory]
    [InlineData(Https, true)]
    [InlineData("[server.listener.http]\nprotocol = 'http'\nbind = '[::]:8080'\n", false)]
    [InlineData("[server.listener.https]\nprotocol = 'http'\nbind = '127.0.0.1:443'\ntls.implicit = true\n", false)]
    [InlineData("[server.listener.imaptls]\nprotocol = 'imap'\nbind = '[::]:993'\ntls.implicit = true\n", false)]
    [InlineData("[server.listener.https]\nprotocol = 'http'\nbind = '[::]:443'\ntls.implicit = '%{env:TLS}%'\n", false)]
    [InlineData("[server.listener.http]\nprotocol = 'http'\nbind = '[::]:8080'\n" + Https, true)]
    public void Https_is_http_with_tls_that_others_reach(string text, bool expected) => Assert.Equal(expected, ListenerRemedies.HasHttps(Read(text)));

    [Theory]
    [InlineData("127.0.0.1:8080", true)]
    [InlineData("[::1]:8080", true)]
    [InlineData("[::]:8080", false)]
    [InlineData("%{env:BIND}%", false)]
    [InlineData("127.0.0.1:8080', '[::]:8081", false)]
    [InlineData("[::]:8081', '127.0.0.1:8080", false)]
    public void A_listener_stays_open_whole_where_only_the_machine_reaches_it(string bind, bool expected) =>
        Assert.Equal(expected, HttpAllowList.Expression(Read($"[server.listener.local]\nprotocol = 'http'\nbind = ['{bind}']\n" + Https)).Contains("listener == 'local'", StringComparison.Ordinal));

    [Theory]
    [InlineData("[server.listener.local]\nprotocol = 'imap'\nbind = '127.0.0.1:143'\n")]
    [InlineData("[server.listener.local]\nprotocol = 'http'\n")]
    [InlineData("server.listener.\"lo'cal\".protocol = 'http'\nserver.listener.\"lo'cal\".bind = '127.0.0.1:8080'\n")]
    public void Other_listeners_are_not_named(string text) =>
        Assert.DoesNotContain("listener ==", HttpAllowList.Expression(Read(text + Https)), StringComparison.Ordinal);

    [Theory]
    [InlineData("[::1:25")]
    [InlineData("[::]25")]
    [InlineData("[::]x:25")]
    [InlineData("[]:25")]
    [InlineData("[10.0.0.1]:25")]
    [InlineData("::]:25")]
    [InlineData("[::]:")]
    [InlineData("[::]:65536")]
    [InlineData("10.0.0.1")]
    [InlineData("10.0.0.256:25")]
    [InlineData("mail.example.org:25")]
    public void What_is_no_address_is_refused_and_reaches_nobody(string bind)
    {
        var listener = Assert.Single(Read($"[server.listener.x]\nprotocol = 'smtp'\nbind = '{bind}'\n").Listeners);
        var address = Assert.Single(listener.BindAddresses);
        Assert.Equal(BindAddressState.Invalid, address.State);
        Assert.False(address.IsReachableFromElsewhere);
        Assert.False(listener.IsReachableFromElsewhere);
    }

    [Theory]
    [InlineData("0.6.0", "")]
    [InlineData("0.7.0", "10.0.0.1 10.0.0.2")]
    [InlineData("0.15", "10.0.0.1 10.0.0.2")]
    public void Trusted_networks_of_a_listener_came_with_0_7(string version, string expected)
    {
        var listener = Assert.Single(Read("[server.listener.x]\nprotocol = 'smtp'\nbind = '[::]:25'\nproxy.trusted-networks = ['10.0.0.1', '10.0.0.2']\n", version).Listeners);
        Assert.Equal(expected, string.Join(' ', listener.ProxyNetworks.Select(static network => network.Value)));
    }

    [Theory]
    [InlineData("tls.implicit = 'true\n", null)]
    [InlineData("tls.implicit = [\n", null)]
    [InlineData("tls.implicit = '%{env:TLS}%'\n", null)]
    [InlineData("tls.implicit = true\n", true)]
    [InlineData("", false)]
    public void Tls_that_cannot_be_read_is_not_known(string line, bool? expected) =>
        Assert.Equal(expected, Assert.Single(Read("[server.listener.x]\nprotocol = 'imap'\nbind = '[::]:993'\n" + line + "[server.listener.x.socket]\nbacklog = 1\n").Listeners).UsesImplicitTls);

    private static ServerConfiguration Read(string text, string version = "0.15")
    {
        Assert.True(ServerVersion.TryParse(version, out var target));
        return Generation.ReadServer(ServerTomlReader.Read(text, target, TestContext.Current.CancellationToken), target);
    }
}
