using StalwartHardening.Fixing;
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

    [Theory]
    [InlineData("imap")]
    [InlineData("smtp")]
    [InlineData("http")]
    public void A_port_that_nobody_knows_yet_does_not_trigger(string protocol) =>
        FindsNothing($"[server.listener.x]\nbind = \"[::]:%{{env:PORT}}%\"\nprotocol = \"{protocol}\"\n");

    [Theory]
    [InlineData(588, "", true)]
    [InlineData(2587, "", true)]
    [InlineData(25, "", false)]
    [InlineData(587, "", false)]
    [InlineData(465, "", false)]
    [InlineData(2587, "[session.auth]\nmechanisms = false\n", false)]
    [InlineData(2587, "[session.auth]\nmechanisms = [{ if = \"is_tls\", then = \"[plain, login]\" }, { else = false }]\n", true)]
    [InlineData(2587, "[session.auth]\nmechanisms = [{ if = \"local_port == 587\", then = \"[plain, login]\" }, { else = false }]\n", false)]
    public void Submission_triggers_where_log_in_is_offered_and_TLS_is_not_certain(int port, string rest, bool isFound)
    {
        var text = $"[server.listener.x]\nbind = ⟦\"[::]:{port}\"⟧\nprotocol = \"smtp\"\n" + rest;
        if (isFound)
            Assert.Contains("keep the client from encrypting", Assert.Single(Finds(text)).Message, StringComparison.Ordinal);
        else
            FindsNothing(Marks.Take(text).Text);
    }

    [Fact]
    public void Port_80_is_removed_or_bound_to_loopback()
    {
        const string Http = "[server.listener.x]\nbind = ⟦\"[::]:80\"⟧\nprotocol = \"http\"\n";
        const string Https = "[server.listener.y]\nbind = \"[::]:443\"\nprotocol = \"http\"\ntls.implicit = true\n";
        var finding = Assert.Single(Finds(Http + Https));
        Assert.DoesNotContain("tls.implicit", finding.Message, StringComparison.Ordinal);
        Assert.Equal(Https, RemedyApplication.FixAll(Marks.Take(Http + Https).Text, JudgementOptions.Default, (found, remedies) => found.Rule.Id == Id ? remedies.First() : null, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("[::1]:80", RemedyApplication.FixAll(Marks.Take(Http).Text, JudgementOptions.Default, (found, remedies) => found.Rule.Id == Id ? remedies.First() : null, cancellationToken: TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public void An_allowed_port_does_not_trigger() =>
        FindsNothing("[server.listener.x]\nbind = \"[::]:80\"\nprotocol = \"http\"\n", options: new JudgementOptions { AllowedPorts = [25, 80] });
}
