using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Server.Listeners;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Server;

/// <summary>Listeners as the server makes them of its settings.</summary>
public class ListenerTests
{
    private const string Head = "[server.listener.x]\nprotocol = \"imap\"\nbind = \"[::]:993\"\n";

    [Fact]
    public void A_listener_exists_through_its_protocol_alone()
    {
        var listeners = Of("[server.listener.a]\nbind = \"[::]:1\"\n[server.listener.b]\nprotocol = \"smtp\"\n[server.listener.c]\nprotocol = \"gopher\"\n").Listeners;
        Assert.Equal("b", Assert.Single(listeners).Id);
    }

    [Theory]
    [InlineData("[server.listener.HTTP]\nprotocol = \"http\"\n", "http")]
    [InlineData("[server.listener.\"HTTP\"]\nprotocol = \"http\"\n", "HTTP")]
    [InlineData("server.listener.HTTP.protocol = \"http\"\n", "HTTP")]
    [InlineData("server.listener.a.b.protocol = \"http\"\n", "a.b")]
    [InlineData("[[server.listener]]\nprotocol = \"http\"\n", "0000")]
    public void Its_name_is_what_the_server_calls_it(string text, string id) => Assert.Equal(id, Assert.Single(Of(text).Listeners).Id);

    [Fact]
    public void Listeners_whose_names_begin_alike_do_not_share_settings()
    {
        var listeners = Of("[server.listener.a]\nprotocol = \"imap\"\nbind = \"[::]:1\"\ntls.implicit = true\n[server.listener.\"a.b\"]\nprotocol = \"imap\"\nbind = \"[::]:2\"\n[server.listener.ab]\nprotocol = \"imap\"\nbind = \"[::]:3\"\n").Listeners;
        Assert.Equal(["a.b", "a", "ab"], listeners.Select(listener => listener.Id));
        Assert.Equal([2, 1, 3], listeners.Select(listener => Assert.Single(listener.BindAddresses).Port!.Value));
        Assert.Equal([false, true, false], listeners.Select(listener => listener.UsesImplicitTls!.Value));
    }

    [Theory]
    [InlineData("", "0.15", false)]
    [InlineData("tls.implicit = true\n", "0.15", true)]
    [InlineData("tls.implicit = true\ntls.enable = false\n", "0.15", false)]
    [InlineData("tls.implicit = \"yes\"\n", "0.15", false)]
    [InlineData("tls.implicit = \"%{env:X}%\"\n", "0.15", null)]
    [InlineData("tls.enable = false\ntls.implicit = \"%{env:X}%\"\n", "0.15", false)]
    [InlineData("[server.tls]\nenable = true\nimplicit = true\n", "0.15", false)]
    [InlineData("[server.tls]\nenable = true\n", "0.6", true)]
    [InlineData("[server.tls]\nenable = true\nimplicit = false\n", "0.6", false)]
    [InlineData("", "0.6", false)]
    public void Implicit_tls_follows_the_version(string text, string version, bool? expected) =>
        Assert.Equal(expected, Assert.Single(Of(Head + text, version).Listeners).UsesImplicitTls);

    [Theory]
    [InlineData("", "10.0.0.1")]
    [InlineData("proxy.trusted-networks = [\"10.0.0.2\", \"10.0.0.3\"]\n", "10.0.0.2 10.0.0.3")]
    [InlineData("proxy.trusted-networks = \"10.0.0.4\"\n", "10.0.0.4")]
    [InlineData("proxy.trusted-networks = []\n", "10.0.0.1")]
    public void Proxy_networks_are_its_own_or_the_servers(string text, string expected)
    {
        const string ServerWide = "[server.proxy]\ntrusted-networks = \"10.0.0.1\"\n";
        Assert.Equal(expected, string.Join(' ', Assert.Single(Of(Head + text + ServerWide).Listeners).ProxyNetworks.Select(network => network.Value)));
    }

    [Fact]
    public void A_single_proxy_network_at_the_listener_was_ignored_until_0_9_1() =>
        Assert.Empty(Assert.Single(Of(Head + "proxy.trusted-networks = \"10.0.0.4\"\n", "0.9.1").Listeners).ProxyNetworks);

    [Theory]
    [InlineData("%{env:BIND}%", BindAddressState.Unknown, null, null)]
    [InlineData("[::]:%{env:PORT}%", BindAddressState.Unknown, false, null)]
    [InlineData("%{env:IP}%:993", BindAddressState.Unknown, null, 993)]
    [InlineData("127.0.0.1:%{env:PORT}%", BindAddressState.Unknown, true, null)]
    [InlineData("[::]:9%{env:PORT}%", BindAddressState.Unknown, false, null)]
    [InlineData("[::]:%{file:/port}%", BindAddressState.Invalid, null, null)]
    [InlineData("[::]:%{env:PORT", BindAddressState.Invalid, null, null)]
    [InlineData("[::]:993", BindAddressState.Valid, false, 993)]
    public void Only_the_unknown_part_of_an_address_is_unknown(string address, Enum state, bool? isLoopback, int? port)
    {
        var bind = Assert.Single(Assert.Single(Of($"[server.listener.x]\nprotocol = \"imap\"\nbind = \"{address}\"\n").Listeners).BindAddresses);
        Assert.Equal((state, isLoopback, port), (bind.State, bind.IsLoopback, bind.Port));
    }

    [Theory]
    [InlineData("0.0.0.0:25", false)]
    [InlineData("127.255.255.254:25", true)]
    [InlineData("[::1]:25", true)]
    [InlineData("[0:0:0:0:0:0:0:1]:25", true)]
    [InlineData("[::ffff:127.0.0.1]:25", true)]
    [InlineData("[::ffff:7f00:1]:25", true)]
    [InlineData("[::2]:25", false)]
    [InlineData("[2001:db8::1]:25", false)]
    public void Loopback_is_what_only_the_machine_reaches(string address, bool expected) =>
        Assert.Equal(expected, BindAddress.Parse(new Setting("k", address, default, default), SettingsGeneration.Instance.FeaturesOf(ServerVersion.Newest)).IsLoopback);

    private static ServerConfiguration Of(string text, string version = "0.15")
    {
        Assert.True(ServerVersion.TryParse(version, out var target));
        return Generation.ReadFile(text, target, TestContext.Current.CancellationToken);
    }
}
