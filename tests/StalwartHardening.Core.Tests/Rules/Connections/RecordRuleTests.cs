using System.Security.Cryptography;
using StalwartHardening.Rules;
using StalwartHardening.Server.Records;

namespace StalwartHardening.Tests.Rules.Connections;

public class UnauthenticatedMetricsTests() : RuleTest("SWH6005")
{
    private const string Https = "[server.listener.https]\nbind = \"[::]:443\"\nprotocol = \"http\"\ntls.implicit = true\n";

    [Theory]
    [InlineData("[metrics.prometheus]\nenable = ⟦true⟧\n")]
    [InlineData("[metrics.prometheus]\nenable = ⟦true⟧\nauth.username = \"x\"\n")]
    [InlineData("[http]\nallowed-endpoint = 200\n[metrics.prometheus]\nenable = ⟦true⟧\n")]
    public void Metrics_for_anybody_trigger(string marked) => Finds(Https + marked);

    [Theory]
    [InlineData("[metrics.prometheus]\nenable = true\nauth.username = \"x\"\nauth.secret = \"%{env:M}%\"\n")]
    [InlineData("[metrics.prometheus]\nenable = false\n")]
    [InlineData("[metrics.prometheus]\nenable = \"%{env:M}%\"\n")]
    [InlineData("[metrics.prometheus]\nenable = true\n[http]\nallowed-endpoint = \"if_then(starts_with(url_path, '/jmap'), 200, 404)\"\n")]
    public void Others_do_not_trigger(string text) => FindsNothing(Https + text);

    [Fact]
    public void The_fix_asks_for_a_password_from_the_environment() =>
        Assert.Equal(
            Https + "[metrics.prometheus]\nenable = true\nauth.username = \"prometheus\"\nauth.secret = \"%{env:STALWART_METRICS_SECRET}%\"\n",
            Fixed(Https + "[metrics.prometheus]\nenable = true\n"));

    [Fact]
    public void Nobody_elsewhere_reaches_a_loopback_listener() => FindsNothing("[server.listener.http]\nbind = \"127.0.0.1:8080\"\nprotocol = \"http\"\n[metrics.prometheus]\nenable = true\n");
}

public class InsufficientLoggingTests() : RuleTest("SWH6006")
{
    [Theory]
    [InlineData("[tracer.a]\ntype = \"log\"\nenable = ⟦false⟧\n")]
    [InlineData("[tracer.a]\ntype = \"log\"\nenable = ⟦false⟧\n[tracer.b]\ntype = \"stdout\"\nenable = false\n")]
    public void Switching_the_last_log_off_triggers(string marked)
    {
        Assert.Contains("switches the last log off", Assert.Single(Finds(marked)).Message, StringComparison.Ordinal);
        Assert.Contains("enable = true", Fixed(Marks.Take(marked).Text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[tracer.a]\ntype = \"log\"\nenable = false\n[tracer.b]\ntype = \"stdout\"\n")]
    [InlineData("[tracer.a]\ntype = \"log\"\nenable = \"%{env:LOG}%\"\n")]
    [InlineData("[tracer.a]\nenable = false\n")]
    public void Where_one_log_is_left_or_none_is_meant_nothing_triggers(string text) => FindsNothing(text);

    [Theory]
    [InlineData("[tracer.log]\ntype = \"log\"\nlevel = ⟦\"trace\"⟧\n", RuleSeverity.Warning)]
    [InlineData("[tracer.a]\ntype = \"stdout\"\nlevel = \"info\"\n[tracer.b]\ntype = \"log\"\nlevel = ⟦\"TRACE\"⟧\n", RuleSeverity.Warning)]
    [InlineData("[tracing.level]\n\"imap.raw-input\" = ⟦\"info\"⟧\n", RuleSeverity.Warning)]
    [InlineData("[tracer.log]\ntype = \"log\"\nlevel = ⟦\"error\"⟧\n", RuleSeverity.Info)]
    [InlineData("[tracer.log]\ntype = \"log\"\ndisabled-events = [\"store.*\", ⟦\"auth.*\"⟧]\n", RuleSeverity.Info)]
    public void Too_much_and_too_little_trigger(string marked, Enum severity) => Assert.Equal(severity, Assert.Single(Finds(marked)).Severity);

    [Theory]
    [InlineData("[tracer.log]\ntype = \"log\"\nlevel = \"info\"\n")]
    [InlineData("[tracer.log]\ntype = \"log\"\nlevel = \"debug\"\n")]
    [InlineData("[tracer.log]\ntype = \"log\"\nlevel = \"trace\"\nenable = false\n[tracer.out]\ntype = \"stdout\"\n")]
    [InlineData("[tracer.log]\ntype = \"log\"\nlevel = \"%{env:LEVEL}%\"\n")]
    [InlineData("[tracer.a]\ntype = \"stdout\"\nlevel = \"error\"\n[tracer.b]\ntype = \"log\"\nlevel = \"info\"\n")]
    [InlineData("[tracing.level]\n\"imap.raw-input\" = \"trace\"\n")]
    public void Usual_logs_do_not_trigger(string text) => FindsNothing(text);
}

public class WeakDkimKeyTests() : RuleTest("SWH6004")
{
    private static string Pem(int bits, bool isPkcs8)
    {
        using var rsa = RSA.Create(bits);
        return isPkcs8 ? rsa.ExportPkcs8PrivateKeyPem() : rsa.ExportRSAPrivateKeyPem();
    }

    [Theory]
    [InlineData(1024, true)]
    [InlineData(1024, false)]
    [InlineData(1536, true)]
    public void A_short_key_triggers(int bits, bool isPkcs8)
    {
        var pem = Pem(bits, isPkcs8);
        Assert.Equal(bits, RsaKeySize.OfPem(pem));
        var finding = Assert.Single(Finds($"[signature.r]\nalgorithm = \"rsa-sha256\"\nprivate-key = ⟦\"\"\"\n{pem}\n\"\"\"⟧\n"));
        Assert.Contains($"{bits} bits", finding.Message, StringComparison.Ordinal);
        Assert.Equal(RuleSeverity.Warning, finding.Severity);
    }

    [Theory]
    [InlineData("[signature.r]\nalgorithm = ⟦\"rsa-sha1\"⟧\n", RuleSeverity.Warning)]
    [InlineData("[signature.r]\nprivate-key = ⟦\"%{file:/k}%\"⟧\n", RuleSeverity.Warning)]
    [InlineData("[signature.r]\nalgorithm = \"rsa-sha256\"\nset-body-length = ⟦true⟧\n", RuleSeverity.Info)]
    [InlineData("[auth.dkim]\nsign = ⟦false⟧\n", RuleSeverity.Info)]
    public void What_signs_badly_triggers(string marked, Enum severity) => Assert.Equal(severity, Assert.Single(Finds(marked)).Severity);

    [Fact]
    public void A_long_key_does_not_trigger() => FindsNothing($"[signature.r]\nalgorithm = \"rsa-sha256\"\nprivate-key = \"\"\"\n{Pem(2048, true)}\n\"\"\"\n");

    [Theory]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMAA\n-----END PRIVATE KEY-----")]
    [InlineData("-----BEGIN PRIVATE KEY-----\n%%%\n-----END PRIVATE KEY-----")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMIIIIIII\n-----END")]
    [InlineData("-----BEGIN ")]
    [InlineData("")]
    public void What_is_no_key_has_no_size(string text) => Assert.Null(RsaKeySize.OfPem(text));

    [Theory]
    // PKCS #1: a sequence of the version and the modulus.
    [InlineData("30 08 02 01 00 02 03 01 00 01", 17)]
    [InlineData("30 07 02 01 00 02 02 01 00", 9)]
    [InlineData("30 07 02 01 00 02 02 00 FF", 8)]
    [InlineData("30 07 02 01 00 02 02 00 00", 0)]
    [InlineData("30 06 02 01 00 02 01 05", null)]
    // PKCS #8: the algorithm between, the key inside.
    [InlineData("30 0F 02 01 00 30 00 04 08 30 06 02 00 02 02 01 00", 9)]
    [InlineData("30 0F 02 01 00 30 00 04 08 30 06 02 00 04 02 01 00", null)]
    [InlineData("30 0F 02 01 00 30 00 02 08 30 06 02 00 02 02 01 00", null)]
    [InlineData("30 0F 02 01 00 30 00 04 08 02 06 02 00 02 02 01 00", null)]
    // Lengths of one to three bytes.
    [InlineData("30 81 08 02 01 00 02 03 01 00 01", 17)]
    [InlineData("30 82 00 08 02 01 00 02 03 01 00 01", 17)]
    [InlineData("30 83 00 00 08 02 01 00 02 03 01 00 01", 17)]
    [InlineData("30 84 00 00 00 08 02 01 00 02 03 01 00 01", null)]
    [InlineData("30 80 02 01 00 02 03 01 00 01", null)]
    [InlineData("30 09 02 01 00 02 03 01 00 01", null)]
    [InlineData("30 82 00", null)]
    [InlineData("30 03 02 01 00", null)]
    [InlineData("30 00", null)]
    [InlineData("30", null)]
    [InlineData("31 08 02 01 00 02 03 01 00 01", null)]
    public void The_size_of_a_key_is_read_from_its_bytes(string bytes, int? bits) =>
        Assert.Equal(bits, RsaKeySize.OfPem($"-----BEGIN X-----\n{Convert.ToBase64String(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)))}\n-----END X-----"));

    // 0x80 says that the length is told at the end, which no key does; 128 bytes would follow otherwise.
    [Theory]
    [InlineData("3080", null)]
    [InlineData("308180", 984)]
    public void A_length_that_is_not_told_is_none(string head, int? bits) =>
        Assert.Equal(bits, RsaKeySize.OfPem($"-----BEGIN X-----\n{Convert.ToBase64String(Convert.FromHexString(head + "020100027B" + new string('F', 246)))}\n-----END X-----"));
}
