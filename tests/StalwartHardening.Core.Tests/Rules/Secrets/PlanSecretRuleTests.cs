using StalwartHardening.Rules;
using StalwartHardening.Server;

namespace StalwartHardening.Tests.Rules.Secrets;

public class PlanPlainTextSecretTests() : PlanRuleTest("SWH4001")
{
    private const string Relay = "{\"@type\":\"Relay\",\"name\":\"r\",\"address\":\"mail.example.net\",\"authUsername\":\"u\",\"authSecret\":";

    [Fact]
    public void A_literal_secret_is_found_without_its_value()
    {
        var finding = Assert.Single(Finds(Create("MtaRoute", Relay + "{\"@type\":\"Value\",\"secret\":⟦\"kXq83hhz0Q\"⟧}}")));
        Assert.Equal(RuleSeverity.Warning, finding.Severity);
        Assert.Contains("'MtaRoute/r/authSecret/secret'", finding.Message, StringComparison.Ordinal);
        Assert.Contains("EnvironmentVariable", finding.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("kXq83hhz0Q", finding.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("%{", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"@type\":\"EnvironmentVariable\",\"variableName\":\"RELAY_SECRET\"}")]
    [InlineData("{\"@type\":\"File\",\"filePath\":\"/run/secrets/relay\"}")]
    [InlineData("{\"@type\":\"None\"}")]
    [InlineData("{\"@type\":\"Value\",\"secret\":\"****\"}")]
    [InlineData("{\"@type\":\"Value\",\"secret\":\"${RELAY_SECRET}\"}")]
    [InlineData("{\"@type\":\"Value\",\"secret\":\"{{ relay_secret }}\"}")]
    [InlineData("{\"@type\":\"Value\",\"secret\":\"__RELAY_SECRET__\"}")]
    public void What_stands_elsewhere_or_is_masked_is_none(string secret) => FindsNothing(Create("MtaRoute", Relay + secret + "}"));

    [Fact]
    public void A_private_key_is_a_secret() =>
        Finds(Create("Certificate", "{\"certificate\":{\"@type\":\"Text\",\"value\":\"-----BEGIN CERTIFICATE-----\\nAA==\\n-----END CERTIFICATE-----\\n\"},\"privateKey\":{\"@type\":\"Text\",\"secret\":⟦\"-----BEGIN PRIVATE KEY-----\\nAA==\\n-----END PRIVATE KEY-----\\n\"⟧}}"));

    [Fact]
    public void A_password_in_an_address_is_a_secret() =>
        Finds(Update("InMemoryStore", "{\"@type\":\"Redis\",\"url\":⟦\"rediss://:kXq83hhz0Q@redis.example.net\"⟧}"));

    [Fact]
    public void A_password_in_a_member_of_a_set_is_one_and_shown_nowhere()
    {
        var finding = Assert.Single(Finds(Update("InMemoryStore", "{\"@type\":\"RedisCluster\",\"urls\":{⟦\"redis://:kXq83hhz0Q@redis.example.net\"⟧:true}}")));
        Assert.Equal("InMemoryStore/urls", finding.SettingKey);
        Assert.DoesNotContain("kXq83hhz0Q", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_server_hashes_passwords_of_accounts() =>
        Assert.Equal(RuleSeverity.Info, Assert.Single(Finds(PlanAccount.With("⟦\"kXq83hhz0Q-Zz\"⟧"))).Severity);

    [Theory]
    [InlineData("\"$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2g\"")]
    [InlineData("\"$1$saltsalt$PzqXS6lfm9ERkdLbZ1vJC0\"")]
    [InlineData("\"${PASSWORD}\"")]
    public void Hashes_and_placeholders_are_no_plain_text(string secret) => FindsNothing(PlanAccount.With(secret));
}

public class PlanWeakHashTests() : PlanRuleTest("SWH4002")
{
    [Theory]
    [InlineData("⟦\"$1$saltsalt$PzqXS6lfm9ERkdLbZ1vJC0\"⟧")]
    [InlineData("⟦\"{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=\"⟧")]
    [InlineData("⟦\"{SSHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=\"⟧")]
    public void Weak_hashes_trigger(string secret) => Finds(PlanAccount.With(secret));

    [Theory]
    [InlineData("\"$6$saltsalt$hash\"")]
    [InlineData("\"kXq83hhz0Q-Zz\"")]
    public void Others_do_not(string secret) => FindsNothing(PlanAccount.With(secret));
}

public class PlanWellKnownSecretTests() : PlanRuleTest("SWH4003")
{
    [Fact]
    public void A_word_to_be_replaced_triggers() =>
        Finds(Update("Enterprise", "{\"licenseKey\":{\"@type\":\"Value\",\"secret\":⟦\"REPLACE_WITH_KEY\"⟧}}"));

    [Fact]
    public void A_short_signing_key_triggers() => Finds(Update("OidcProvider", Keys("⟦\"jh3k2\"⟧")));

    [Fact]
    public void A_long_one_does_not() => FindsNothing(Update("OidcProvider", Keys("\"jh3k2kj4h5kj23h4kj23hk4jh23\"")));

    [Fact]
    public void A_password_that_everybody_knows_triggers() => Finds(PlanAccount.With("⟦\"changeme\"⟧"));

    private static string Keys(string key) =>
        "{\"anonymousClientRegistration\":false,\"signatureKey\":{\"@type\":\"Text\",\"secret\":" + key + "},\"encryptionKey\":{\"@type\":\"File\",\"filePath\":\"/k\"}}";
}

/// <summary>A plan with one account.</summary>
internal static class PlanAccount
{
    public static string With(string secret) =>
        "{\"@type\":\"create\",\"object\":\"Domain\",\"value\":{\"d\":{\"name\":\"example.org\"}}}\n"
        + "{\"@type\":\"create\",\"object\":\"Account\",\"value\":{\"a\":{\"@type\":\"User\",\"name\":\"jane\",\"domainId\":\"#d\",\"credentials\":{\"0\":{\"@type\":\"Password\",\"secret\":" + secret + "}}}}}\n";
}
