namespace StalwartHardening.Tests.Rules.Listeners;

public class ImplicitTlsPortWithoutImplicitTlsTests() : RuleTest("SWH1006")
{
    [Theory]
    [InlineData("smtp", 465)]
    [InlineData("imap", 993)]
    [InlineData("pop3", 995)]
    [InlineData("http", 443)]
    [InlineData("https", 443)]
    [InlineData("http", 8443)]
    public void Missing_implicit_tls_triggers_at_the_address(string protocol, int port) =>
        Finds($"[server.listener.x]\nbind = ⟦\"[::]:{port}\"⟧\nprotocol = \"{protocol}\"\n");

    [Fact]
    public void Implicit_tls_written_as_false_triggers_there() =>
        Finds("[server.listener.x]\nbind = [\"[::]:993\", \"0.0.0.0:993\"]\nprotocol = \"imap\"\ntls.implicit = ⟦false⟧\n");

    [Fact]
    public void The_server_wide_switch_changes_nothing() =>
        Finds("[server.tls]\nimplicit = true\nenable = true\n[server.listener.x]\nbind = ⟦\"[::]:465\"⟧\nprotocol = \"smtp\"\n");

    [Fact]
    public void An_invalid_switch_falls_back_and_triggers() =>
        Finds("[server.listener.x]\nbind = ⟦\"[::]:465\"⟧\nprotocol = \"smtp\"\ntls.implicit = \"yes\"\n");

    [Fact]
    public void One_listener_is_one_finding() =>
        Finds("[server.listener.x]\nbind = [⟦\"0.0.0.0:993\"⟧, \"[::]:993\"]\nprotocol = \"imap\"\n");

    [Theory]
    [InlineData("tls.implicit = true\n")]
    [InlineData("tls.implicit = \"%{env:X}%\"\n")]
    [InlineData("tls = { implicit = true, enable = false }\n")]
    public void Implicit_unknown_or_switched_off_tls_does_not_trigger(string tls) =>
        FindsNothing($"[server.listener.x]\nbind = \"[::]:993\"\nprotocol = \"imap\"\n{tls}");

    [Fact]
    public void Loopback_does_not_trigger() =>
        FindsNothing("[server.listener.x]\nbind = \"127.0.0.1:993\"\nprotocol = \"imap\"\n");

    [Theory]
    [InlineData("imap", 8443)]
    [InlineData("smtp", 25)]
    public void Another_port_does_not_trigger(string protocol, int port) =>
        FindsNothing($"[server.listener.x]\nbind = \"[::]:{port}\"\nprotocol = \"{protocol}\"\n");

    [Fact]
    public void Before_0_7_tls_itself_was_off() =>
        Assert.Contains("tls.enable = true", Assert.Single(Finds("[server.listener.x]\nbind = ⟦\"[::]:993\"⟧\nprotocol = \"imap\"\ntls.implicit = true\n", "0.6")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("tls.implicit = true\n", "Set 'tls.enable = true' for this listener")]
    [InlineData("", "Set 'tls.enable = true' for this listener")]
    [InlineData("tls.implicit = false\n", "Set 'tls.enable = true' and 'tls.implicit = true' for this listener")]
    public void Before_0_7_what_is_missing_is_named(string tls, string expected) =>
        Assert.Contains(expected, Assert.Single(Finds("[server.listener.x]\nbind = ⟦\"[::]:993\"⟧\nprotocol = \"imap\"\n" + tls, "0.6")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_switch_that_could_not_be_read_does_not_trigger() =>
        FindsNothing("[server.listener.x]\nbind = \"[::]:993\"\nprotocol = \"imap\"\ntls.implicit =\n");

    [Fact]
    public void Servers_before_0_7_read_the_server_wide_switches()
    {
        const string Text = "[server.listener.x]\nbind = \"[::]:993\"\nprotocol = \"imap\"\n[server.tls]\nenable = true\n";
        FindsNothing(Text, "0.6.0");
        Finds(Text.Replace("\"[::]:993\"", "⟦\"[::]:993\"⟧", StringComparison.Ordinal), "0.7.0");
        Finds("[server.listener.x]\nbind = ⟦\"[::]:993\"⟧\nprotocol = \"imap\"\n", "0.6.0");
    }
}
