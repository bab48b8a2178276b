using StalwartHardening.Rules;

namespace StalwartHardening.Tests.Rules.Listeners;

public class ObsoleteTlsSettingsTests() : RuleTest("SWH1009")
{
    private const string Listener = "[server.listener.imaptls]\nbind = \"[::]:993\"\nprotocol = \"imap\"\ntls.implicit = true\n";

    [Theory]
    [InlineData("tls.disable-protocols = [⟦\"TLSv1.3\"⟧]\n", RuleSeverity.Info)]
    [InlineData("tls.disable-protocols = [\"TLSv1.2\", ⟦\"0x0304\"⟧]\n", RuleSeverity.Warning)]
    [InlineData("tls.disable-protocols = ⟦\"TLSv1.2\"⟧\n", RuleSeverity.Info)]
    [InlineData("tls.ignore-client-order = ⟦false⟧\n", RuleSeverity.Info)]
    [InlineData("tls.disable-protocols = [\"TLSv1.2\"]\ntls.disable-ciphers = [⟦\"TLS13_AES_256_GCM_SHA384\"⟧, \"TLS13_AES_128_GCM_SHA256\", \"TLS13_CHACHA20_POLY1305_SHA256\"]\n", RuleSeverity.Warning)]
    [InlineData("[server.tls]\ndisable-protocols = ⟦\"TLSv1.3\"⟧\n", RuleSeverity.Info)]
    public void What_weakens_TLS_triggers(string marked, Enum severity) => Assert.Equal(severity, Assert.Single(Finds(Listener + marked)).Severity);

    [Theory]
    [InlineData("tls.disable-protocols = [\"TLSv1.2\"]\n")]
    [InlineData("tls.disable-ciphers = [\"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\"]\n")]
    [InlineData("tls.ignore-client-order = true\n")]
    [InlineData("tls.disable-protocols = [\"%{env:P}%\"]\n")]
    [InlineData("tls.disable-protocols = []\n")]
    public void What_leaves_the_better_ones_does_not_trigger(string text) => FindsNothing(Listener + text);
}
