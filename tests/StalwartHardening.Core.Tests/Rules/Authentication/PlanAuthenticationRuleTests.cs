using StalwartHardening.Rules;
using StalwartHardening.Server;

namespace StalwartHardening.Tests.Rules.Authentication;

public class PlanOpenRelayTests() : PlanRuleTest("SWH5002")
{
    [Theory]
    [InlineData("{\"match\":{},\"else\":⟦\"true\"⟧}")]
    [InlineData("{\"match\":{\"0\":{\"if\":\"sender_domain == 'example.org'\",\"then\":⟦\"true\"⟧}},\"else\":\"false\"}")]
    [InlineData("{\"match\":{\"0\":{\"if\":\"!is_empty(authenticated_as)\",\"then\":\"true\"}},\"else\":⟦\"is_local_domain(sender_domain) || true\"⟧}")]
    [InlineData("{\"match\":{\"0\":{\"if\":\"is_tls\",\"then\":⟦\"true\"⟧}},\"else\":\"false\"}")]
    public void Whatever_admits_a_stranger_triggers_with_a_session(string rule) =>
        Assert.Contains("'MtaStageRcpt/allowRelaying'", Assert.Single(Finds(Update("MtaStageRcpt", "{\"allowRelaying\":" + rule + "}"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"match\":{},\"else\":\"!is_empty(authenticated_as)\"}")]
    [InlineData("{\"match\":{},\"else\":\"false\"}")]
    [InlineData("{\"match\":{},\"else\":\"${RELAY}\"}")]
    [InlineData("{\"match\":{\"0\":{\"if\":\"remote_ip == '10.0.0.1'\",\"then\":\"true\"}},\"else\":\"false\"}")]
    [InlineData("{\"match\":{\"0\":{\"if\":\"!is_empty(authenticated_as) || remote_ip == '10.0.0.5'\",\"then\":\"true\"}},\"else\":\"false\"}")]
    public void What_admits_no_stranger_does_not(string rule) => FindsNothing(Update("MtaStageRcpt", "{\"allowRelaying\":" + rule + "}"));

    [Fact]
    public void On_an_existing_server_rules_may_come_before() => FindsNothing(Update("MtaStageRcpt", "{\"allowRelaying\":{\"else\":\"true\"}}"), ServerState.Existing);

    [Fact]
    public void The_default_is_safe() => FindsNothing(Update("MtaStageRcpt", "{\"maxRecipients\":{\"else\":\"50\"}}"));
}

public class PlanPlainTextAuthenticationTests() : PlanRuleTest("SWH5001")
{
    [Theory]
    [InlineData("{\"match\":{},\"else\":⟦\"[plain, login]\"⟧}")]
    [InlineData("{\"match\":{\"0\":{\"if\":\"local_port != 25\",\"then\":⟦\"[plain]\"⟧}},\"else\":\"false\"}")]
    public void Passwords_before_TLS_trigger(string rule) => Finds(Create("NetworkListener", "{\"name\":\"submission\",\"bind\":{\"[::]:587\":true}}") + Update("MtaStageAuth", "{\"saslMechanisms\":" + rule + "}"));

    [Theory]
    [InlineData("{\"match\":{\"0\":{\"if\":\"local_port != 25 && is_tls\",\"then\":\"[plain, login, oauthbearer, xoauth2]\"},\"1\":{\"if\":\"local_port != 25\",\"then\":\"[oauthbearer, xoauth2]\"}},\"else\":\"false\"}")]
    [InlineData("{\"match\":{},\"else\":\"[oauthbearer]\"}")]
    [InlineData("{\"match\":{},\"else\":\"false\"}")]
    [InlineData("{\"match\":{},\"else\":\"{{ mechanisms }}\"}")]
    public void Others_do_not(string rule) => FindsNothing(Create("NetworkListener", "{\"name\":\"submission\",\"bind\":{\"[::]:587\":true}}") + Update("MtaStageAuth", "{\"saslMechanisms\":" + rule + "}"));

    [Fact]
    public void Plain_text_in_IMAP_triggers() => Finds(Update("Imap", "{\"allowPlainTextAuth\":⟦true⟧}")
        + Create("NetworkListener", "{\"name\":\"imap\",\"bind\":{\"[::]:143\":true},\"protocol\":\"imap\"}"));

    [Fact]
    public void Without_such_a_listener_it_does_not() => FindsNothing(Update("Imap", "{\"allowPlainTextAuth\":true}")
        + "{\"@type\":\"reconcile\",\"object\":\"NetworkListener\",\"value\":{\"one\":{\"name\":\"imaps\",\"bind\":{\"[::]:993\":true},\"protocol\":\"imap\",\"tlsImplicit\":true}}}\n");
}

public class PlanSubmissionTests() : PlanRuleTest("SWH5004")
{
    [Fact]
    public void Submission_without_log_in_triggers() => Finds(Update("MtaStageAuth", "{\"require\":{\"match\":{},\"else\":⟦\"false\"⟧}}"));

    [Fact]
    public void Any_sender_is_information() =>
        Assert.Equal(RuleSeverity.Info, Assert.Single(Finds(Update("MtaStageAuth", "{\"mustMatchSender\":{\"match\":{},\"else\":⟦\"false\"⟧}}"))).Severity);

    [Theory]
    [InlineData("{\"require\":{\"match\":{},\"else\":\"local_port != 25\"}}")]
    [InlineData("{\"require\":{\"match\":{},\"else\":\"${REQUIRE}\"}}")]
    [InlineData("{\"mustMatchSender\":{\"match\":{\"0\":{\"if\":\"is_empty(sender) && authenticated_as == 'noreply@example.org'\",\"then\":\"false\"}},\"else\":\"true\"}}")]
    public void Others_do_not(string value) => FindsNothing(Update("MtaStageAuth", value));
}

public class PlanLimitTests() : PlanRuleTest("SWH5003")
{
    [Theory]
    [InlineData("Security", "{\"authBanRate\":⟦null⟧}", RuleSeverity.Warning)]
    [InlineData("Security", "{\"authBanRate\":{\"count\":⟦1000000⟧,\"period\":86400000}}", RuleSeverity.Warning)]
    [InlineData("Security", "{\"scanBanRate\":⟦null⟧}", RuleSeverity.Info)]
    [InlineData("Http", "{\"rateLimitAnonymous\":⟦null⟧}", RuleSeverity.Info)]
    [InlineData("Imap", "{\"maxAuthFailures\":⟦1000⟧}", RuleSeverity.Warning)]
    public void Limits_that_do_not_hold_trigger(string type, string value, Enum severity) =>
        Assert.Equal(severity, Assert.Single(Finds(Update(type, value))).Severity);

    [Theory]
    [InlineData("Security", "{\"authBanRate\":{\"count\":5,\"period\":60000}}")]
    [InlineData("Security", "{\"scanBanRate\":{\"count\":5,\"period\":60000}}")]
    [InlineData("Security", "{\"authBanPeriod\":null}")]
    [InlineData("Http", "{\"rateLimitAnonymous\":{\"count\":200,\"period\":60000}}")]
    [InlineData("Imap", "{\"maxAuthFailures\":5}")]
    public void Others_do_not(string type, string value) => FindsNothing(Update(type, value));

    [Fact]
    public void A_network_of_strangers_triggers() => Finds(Create("AllowedIp", "{\"address\":⟦\"31.0.0.0/8\"⟧}"));

    [Theory]
    [InlineData("10.0.0.0/8")]
    [InlineData("198.51.100.7")]
    public void Ones_own_does_not(string address) => FindsNothing(Create("AllowedIp", "{\"address\":\"" + address + "\"}"));
}

public class PlanRegistrationTests() : PlanRuleTest("SWH5005")
{
    private const string Keys = "\"signatureKey\":{\"@type\":\"File\",\"filePath\":\"/s\"},\"encryptionKey\":{\"@type\":\"File\",\"filePath\":\"/k\"}";

    [Fact]
    public void What_the_server_allows_by_itself_is_information() =>
        Assert.Equal(RuleSeverity.Info, Assert.Single(Finds(Update("OidcProvider", "{\"anonymousClientRegistration\":⟦true⟧," + Keys + "}"))).Severity);

    [Fact]
    public void A_default_is_said_where_the_provider_is_written()
    {
        var finding = Assert.Single(Finds("{\"@type\":\"update\",\"object\":⟦\"OidcProvider\"⟧,\"value\":{\"requireClientRegistration\":true," + Keys + "}}\n"));
        Assert.Equal(RuleSeverity.Info, finding.Severity);
        Assert.Contains("left at its default", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Turned_off_it_is_fine() => FindsNothing(Update("OidcProvider", "{\"anonymousClientRegistration\":false," + Keys + "}"));

    [Fact]
    public void A_plan_about_other_things_says_nothing_of_it() => FindsNothing(Create("Domain", "{\"name\":\"example.org\"}"));

    [Fact]
    public void On_an_existing_server_nobody_knows() => FindsNothing(Update("OidcProvider", "{\"requireClientRegistration\":true}"), ServerState.Existing);
}

public class PlanPasswordPolicyTests() : PlanRuleTest("SWH5008")
{
    [Theory]
    [InlineData("{\"passwordMinLength\":⟦7⟧}", "of 7 characters")]
    [InlineData("{\"passwordMinLength\":⟦1⟧}", "of one character")]
    [InlineData("{\"passwordMinStrength\":⟦\"zero\"⟧}", "among the first")]
    [InlineData("{\"passwordMinStrength\":⟦\"one\"⟧}", "among the first")]
    public void What_attackers_guess_triggers(string value, string words) =>
        Assert.Contains(words, Assert.Single(Finds(Update("Authentication", value))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_strength_that_limits_make_up_for_is_information() =>
        Assert.Equal(RuleSeverity.Info, Assert.Single(Finds(Update("Authentication", "{\"passwordMinStrength\":⟦\"two\"⟧}"))).Severity);

    [Fact]
    public void Each_demand_is_told() => Finds(Update("Authentication", "{\"passwordMinLength\":⟦4⟧,\"passwordMinStrength\":⟦\"zero\"⟧}"));

    [Theory]
    [InlineData("{\"passwordMinLength\":8}")]
    [InlineData("{\"passwordMinLength\":16,\"passwordMinStrength\":\"four\"}")]
    [InlineData("{\"passwordMinStrength\":\"three\"}")]
    [InlineData("{\"passwordMaxLength\":6}")]
    [InlineData("{\"passwordMinLength\":\"${LENGTH}\"}")]
    [InlineData("{\"passwordMinStrength\":\"${STRENGTH}\"}")]
    public void Others_do_not(string value) => FindsNothing(Update("Authentication", value));

    [Fact]
    public void What_a_later_operation_sets_counts() =>
        FindsNothing(Update("Authentication", "{\"passwordMinLength\":4}") + Update("Authentication", "{\"passwordMinLength\":12}"));

    [Theory]
    [InlineData("{\"passwordMinLength\":4}", "{\"passwordMinLength\":8}")]
    [InlineData("{\"passwordMinStrength\":\"one\"}", "{\"passwordMinStrength\":\"three\"}")]
    public void The_fix_takes_the_default(string before, string after) => Assert.Equal(Update("Authentication", after), Fixed(Update("Authentication", before)));
}

public class PlanDisclosureTests() : PlanRuleTest("SWH5006")
{
    [Fact]
    public void A_list_of_all_users_is_told() => Finds(Update("Sharing", "{\"allowDirectoryQueries\":⟦true⟧}"));

    [Fact]
    public void Strangers_who_may_ask_are_told() => Finds(Update("MtaExtensions", "{\"vrfy\":{\"match\":{},\"else\":⟦\"true\"⟧}}"));

    [Theory]
    [InlineData("Sharing", "{\"allowDirectoryQueries\":false}")]
    [InlineData("MtaExtensions", "{\"vrfy\":{\"match\":{},\"else\":\"!is_empty(authenticated_as)\"}}")]
    public void Others_are_not(string type, string value) => FindsNothing(Update(type, value));
}

public class PlanInboundCheckTests() : PlanRuleTest("SWH5007")
{
    [Theory]
    [InlineData("SenderAuth", "{\"dmarcVerify\":{\"match\":{},\"else\":⟦\"disable\"⟧}}")]
    [InlineData("SenderAuth", "{\"dkimStrict\":⟦false⟧}")]
    [InlineData("SpamSettings", "{\"enable\":⟦false⟧}")]
    [InlineData("MtaSts", "{\"mode\":⟦\"disable\"⟧}")]
    public void Checks_that_are_off_trigger(string type, string value) => Finds(Update(type, value));

    [Theory]
    [InlineData("SenderAuth", "{\"dmarcVerify\":{\"match\":{\"0\":{\"if\":\"local_port == 25\",\"then\":\"strict\"}},\"else\":\"disable\"}}")]
    [InlineData("SenderAuth", "{\"arcVerify\":{\"match\":{},\"else\":\"disable\"}}")]
    [InlineData("SpamSettings", "{\"enable\":\"${SPAM}\"}")]
    [InlineData("MtaSts", "{\"mode\":\"testing\"}")]
    public void Others_do_not(string type, string value) => FindsNothing(Update(type, value));
}
