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

    private static readonly string[] s_suites13 = ["TLS13_AES_256_GCM_SHA384", "TLS13_AES_128_GCM_SHA256", "TLS13_CHACHA20_POLY1305_SHA256"];

    private static readonly string[] s_suites12 =
    [
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    ];

    public static TheoryData<bool, bool, string[]> EveryChoice()
    {
        string[][] suites = [[], s_suites13, s_suites12, [.. s_suites12, .. s_suites13], [.. s_suites12.Skip(1), .. s_suites13], [.. s_suites12, .. s_suites13.Skip(1)]];
        bool[] both = [false, true];
        return [.. from without12 in both from without13 in both from some in suites select (without12, without13, some)];
    }

    // Where both versions are disabled the server keeps both (config/server/listener.rs, 0.15.5).
    [Theory]
    [MemberData(nameof(EveryChoice))]
    public void A_version_without_a_cipher_suite_is_no_version(bool without12, bool without13, string[] suites)
    {
        var left12 = (!without12 || without13) && s_suites12.Except(suites).Any();
        var left13 = (!without13 || without12) && s_suites13.Except(suites).Any();
        string[] versions = [.. without12 ? ["TLSv1.2"] : Array.Empty<string>(), .. without13 ? ["TLSv1.3"] : Array.Empty<string>()];
        var text = Listener + $"tls.disable-protocols = [{List(versions)}]\ntls.disable-ciphers = [{List(suites)}]\n";
        Assert.Equal(!left12 && !left13, Judged(text).Any(static finding => finding.Rule.Id == "SWH1009" && finding.Message.Contains("leaves no cipher suite", StringComparison.Ordinal)));

        static string List(string[] items) => string.Join(", ", items.Select(static item => $"\"{item}\""));
    }
}
