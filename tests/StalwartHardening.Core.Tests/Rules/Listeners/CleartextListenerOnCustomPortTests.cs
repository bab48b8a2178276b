using StalwartHardening.Rules;

namespace StalwartHardening.Tests.Rules.Listeners;

public class CleartextListenerOnCustomPortTests() : RuleTest("SWH1005")
{
    [Theory]
    [InlineData("imap", 1143)]
    [InlineData("pop3", 1110)]
    [InlineData("http", 80)]
    [InlineData("https", 8888)]
    [InlineData("imap", 110)]
    public void Cleartext_on_another_port_triggers(string protocol, int port)
    {
        var finding = Assert.Single(Finds($"[server.listener.x]\nbind = [⟦\"[::]:{port}\"⟧, \"127.0.0.1:{port}\"]\nprotocol = \"{protocol}\"\n"));
        Assert.Contains($"[::]:{port}", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("imap", 143)]
    [InlineData("pop3", 110)]
    [InlineData("http", 8080)]
    [InlineData("imap", 993)]
    [InlineData("http", 443)]
    [InlineData("http", 8443)]
    public void A_port_with_a_rule_of_its_own_does_not_trigger(string protocol, int port) =>
        FindsNothing($"[server.listener.x]\nbind = \"[::]:{port}\"\nprotocol = \"{protocol}\"\n");

    [Theory]
    [InlineData("smtp", 25)]
    [InlineData("smtp", 2525)]
    [InlineData("lmtp", 24)]
    [InlineData("managesieve", 4190)]
    public void Smtp_lmtp_and_sieve_do_not_trigger(string protocol, int port) =>
        FindsNothing($"[server.listener.x]\nbind = \"[::]:{port}\"\nprotocol = \"{protocol}\"\n");

    [Fact]
    public void Implicit_tls_or_loopback_does_not_trigger()
    {
        FindsNothing("[server.listener.x]\nbind = \"[::]:1143\"\nprotocol = \"imap\"\ntls.implicit = true\n");
        FindsNothing("[server.listener.x]\nbind = \"127.0.0.1:1143\"\nprotocol = \"imap\"\n");
    }

    [Fact]
    public void An_unknown_port_is_in_clear_text_whichever_it_is() =>
        Finds("[server.listener.x]\nbind = ⟦\"[::]:%{env:PORT}%\"⟧\nprotocol = \"imap\"\n");

    [Fact]
    public void An_unknown_port_does_not_trigger_where_it_may_be_an_allowed_one() =>
        FindsNothing("[server.listener.x]\nbind = \"[::]:%{env:PORT}%\"\nprotocol = \"imap\"\n", options: new JudgementOptions { AllowedPorts = [1143] });

    [Fact]
    public void An_allowed_port_does_not_trigger() =>
        FindsNothing("[server.listener.x]\nbind = \"[::]:80\"\nprotocol = \"http\"\n", options: new JudgementOptions { AllowedPorts = [25, 80] });
}
