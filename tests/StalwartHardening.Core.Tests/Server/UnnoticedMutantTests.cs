using StalwartHardening.Edits;
using StalwartHardening.Expressions;
using StalwartHardening.Expressions.Abstract;
using StalwartHardening.Expressions.Functions;
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
    [InlineData("server.listener.'lo\"cal'.protocol = 'http'\nserver.listener.'lo\"cal'.bind = '127.0.0.1:8080'\n")]
    [InlineData("server.listener.\"lo'cal\".protocol = 'http'\nserver.listener.\"lo'cal\".bind = '127.0.0.1:8080'\n")]
    public void Other_listeners_are_not_named(string text) =>
        Assert.DoesNotContain("listener ==", HttpAllowList.Expression(Read(text + Https)), StringComparison.Ordinal);

    [Fact]
    public void Networks_of_administrators_get_through_and_what_is_none_is_left_out()
    {
        var set = Assert.IsType<SettingEdit.Set>(Assert.Single(HttpAllowList.Edits(Read(Https), ["10.0.0.0/8", "nowhere"])!));
        Assert.StartsWith("if_then(starts_with(remote_ip, '10.') || ", set.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("nowhere", set.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.2.3.4", true)]
    [InlineData("255.255.255.255", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("256.1.1.1", false)]
    [InlineData("1234.1.1.1", false)]
    [InlineData("01.1.1.1", false)]
    [InlineData("1.1.1", false)]
    [InlineData("1.1.1.1.1", false)]
    [InlineData("1.1.1.", false)]
    [InlineData("0001.1.1.1", false)]
    [InlineData("2001:db8::aF", true)]
    [InlineData("2001:db8::@", false)]
    [InlineData("2001:db8::g", false)]
    [InlineData("2001:db8::G", false)]
    [InlineData("2001:db8::/", false)]
    [InlineData("2001:db8::`", false)]
    [InlineData("2001:db8::<", false)]
    public void Addresses_are_read_as_in_rust(string text, bool expected)
    {
        Span<byte> bytes = stackalloc byte[16];
        Assert.Equal(expected, IpAddressText.TryParse(text, bytes, out _));
    }

    [Theory]
    [InlineData(false, "", 25, false, false)]
    [InlineData(true, "", 587, false, false)]
    [InlineData(true, "jane", 587, false, true)]
    [InlineData(false, "jane", 25, false, true)]
    public void Smtp_asks_for_log_in_everywhere_but_on_port_25_where_nothing_is_written(bool requiresLogin, string user, int port, bool isTls, bool mayRelay)
    {
        var smtp = Read(Https).Smtp;
        var session = new StalwartHardening.Server.Sessions.SmtpSession { AuthenticatedAs = user, LocalPort = port, IsTls = isTls };
        Assert.Equal(requiresLogin, smtp.RequiresLogin(session));
        Assert.Equal(mayRelay, smtp.MayRelay(session));
        Assert.False(smtp.OffersPasswords(session));
        Assert.Equal(port != 25, smtp.OffersPasswords(session with { IsTls = true }));
    }

    // Neither is made up: what a macro stands for, and what only the database knows.
    [Theory]
    [InlineData("session.auth.mechanisms = '%{env:M}%'\n")]
    [InlineData("session.auth.mechanisms = \"key_get('m', remote_ip)\"\n")]
    public void Ways_to_log_in_that_nobody_knows_are_not_known(string text)
    {
        var smtp = Read(Https + "[session]\n" + text.Replace("session.", "", StringComparison.Ordinal)).Smtp;
        Assert.Null(smtp.OffersPasswords(new StalwartHardening.Server.Sessions.SmtpSession { LocalPort = 587, IsTls = true }));
    }

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
    [InlineData("[::]:65535")]
    [InlineData("0.0.0.0:65535")]
    [InlineData("10.0.0.255:25")]
    [InlineData("[::]:0")]
    public void The_last_of_each_range_is_an_address(string bind) =>
        Assert.NotEqual(BindAddressState.Invalid, Assert.Single(Assert.Single(Read($"[server.listener.x]\nprotocol = 'smtp'\nbind = '{bind}'\n").Listeners).BindAddresses).State);

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

    [Fact]
    public void A_listener_that_never_starts_hides_no_other() =>
        Assert.Equal(["https"], Read("[server.listener.a]\nprotocol = 'gopher'\nbind = '[::]:70'\n" + Https).Listeners.Select(static listener => listener.Id));

    [Theory]
    [InlineData("-inf", double.NegativeInfinity)]
    [InlineData("inf", double.PositiveInfinity)]
    [InlineData("+Infinity", double.PositiveInfinity)]
    [InlineData("-1.5", -1.5)]
    [InlineData("+1.5", 1.5)]
    public void Signs_of_numbers_are_read(string text, double expected)
    {
        Assert.True(ServerNumber.TryParseFloat(text, out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData(5, -1, -5)]
    [InlineData(-1, 5, -5)]
    [InlineData(long.MinValue, -1, long.MaxValue)]
    [InlineData(-1, long.MinValue, long.MaxValue)]
    [InlineData(3, long.MinValue, long.MinValue)]
    [InlineData(long.MaxValue, 2, long.MaxValue)]
    public void Products_stop_at_the_limits(long left, long right, long expected) => Assert.Equal(expected, ServerNumber.SaturatingMultiply(left, right));

    [Theory]
    [InlineData("\u0130X", "i\u0307x")]
    [InlineData("\u0391\u03A3", "\u03B1\u03C2")]
    [InlineData("\u03A3\u0391", "\u03C3\u03B1")]
    [InlineData("\u0391\u03A3\u0391", "\u03B1\u03C3\u03B1")]
    public void Letters_that_change_their_number_or_place_are_lowered_as_in_rust(string text, string expected) => Assert.Equal(expected, LetterCase.Lower(text));

    [Theory]
    [InlineData("10.0.0.0/8", false)]
    [InlineData("127.0.0.0/8", false)]
    [InlineData("8.8.8.0/24", true)]
    [InlineData("172.16.0.0/12", false)]
    [InlineData("2600::/12", true)]
    [InlineData("11.0.0.0/8", true)]
    [InlineData("172.16.0.0/11", true)]
    [InlineData("fe80::/10", false)]
    [InlineData("::ffff:0.0.0.0/96", true)]
    public void Networks_hold_machines_of_the_internet_or_none(string text, bool expected)
    {
        Assert.True(IpNetwork.TryParse(text, out var network));
        Assert.Equal(expected, PublicAddress.MayBeIn(network));
    }

    [Theory]
    [InlineData("a\r\nb", "a|b")]
    [InlineData("a\r\nb\r", "a|b\r")]
    [InlineData("a\n\nb\n", "a||b")]
    [InlineData("\r\n", "")]
    public void Lines_end_as_in_rust(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', SplitFunctions.Lines([ExpressionValue.OfTexts([text]).Items[0]])!.Value.Items.Select(static item => item.Text)));

    private static ServerConfiguration Read(string text, string version = "0.15")
    {
        Assert.True(ServerVersion.TryParse(version, out var target));
        return Generation.ReadServer(ServerTomlReader.Read(text, target, TestContext.Current.CancellationToken), target);
    }
}
