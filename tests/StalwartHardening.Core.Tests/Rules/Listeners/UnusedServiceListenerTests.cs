using StalwartHardening.Rules;

namespace StalwartHardening.Tests.Rules.Listeners;

public class UnusedServiceListenerTests() : RuleTest("SWH1008")
{
    [Fact]
    public void Sieve_and_pop3_trigger_as_advice()
    {
        var findings = Finds("""
            [server.listener.sieve]
            bind = ⟦"[::]:4190"⟧
            protocol = "managesieve"
            [server.listener.pop3s]
            bind = ⟦"[::]:995"⟧
            protocol = "pop3"
            tls.implicit = true

            """);
        Assert.All(findings, finding => Assert.Equal(RuleSeverity.Info, finding.Severity));
    }

    [Theory]
    [InlineData("[server.listener.x]\nbind = \"127.0.0.1:4190\"\nprotocol = \"managesieve\"\n")]
    [InlineData("[server.listener.x]\nbind = \"[::]:995\"\nprotocol = \"pop3\"\n")]
    [InlineData("[server.listener.x]\nbind = \"[::]:4190\"\nprotocol = \"imap\"\ntls.implicit = true\n")]
    [InlineData("[server.listener.x]\nbind = \"[::]:993\"\nprotocol = \"imap\"\ntls.implicit = true\n")]
    public void Other_listeners_do_not_trigger(string text) => FindsNothing(text);

    [Fact]
    public void Allowed_ports_do_not_trigger() =>
        FindsNothing("[server.listener.x]\nbind = \"[::]:4190\"\nprotocol = \"managesieve\"\n", options: new JudgementOptions { AllowedPorts = [4190] });
}
