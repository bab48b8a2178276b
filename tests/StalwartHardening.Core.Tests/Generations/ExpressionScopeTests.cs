using StalwartHardening.Generations;

namespace StalwartHardening.Tests.Generations;

/// <summary>Which variables the expressions of a plan's fields may use (<c>registry/src/schema/structs_impl.rs</c>, 0.16.18).</summary>
public sealed class ExpressionScopeTests
{
    // At the beginning of a session little is known of it; what is not listed is not there.
    [Theory]
    [InlineData("Http", "allowedEndpoints", "path url method headers")]
    [InlineData("MtaStageConnect", "script", "")]
    [InlineData("MtaStageEhlo", "require", "")]
    [InlineData("MtaInboundSession", "timeout", "")]
    [InlineData("SenderAuth", "spfEhloVerify", "")]
    [InlineData("SenderAuth", "spfFromVerify", "")]
    [InlineData("SenderAuth", "reverseIpVerify", "")]
    [InlineData("SenderAuth", "dkimVerify", "sender authenticated_as rcpt recipients helo_domain")]
    [InlineData("MtaStageAuth", "mustMatchSender", "sender authenticated_as")]
    [InlineData("MtaStageAuth", "require", "helo_domain")]
    [InlineData("MtaExtensions", "vrfy", "sender authenticated_as")]
    [InlineData("MtaStageMail", "rewrite", "sender authenticated_as")]
    [InlineData("MtaStageRcpt", "maxFailures", "sender authenticated_as")]
    [InlineData("MtaStageRcpt", "waitOnFail", "sender authenticated_as")]
    [InlineData("MtaStageRcpt", "maxRecipients", "sender authenticated_as")]
    [InlineData("MtaStageRcpt", "allowRelaying", "sender authenticated_as rcpt recipients helo_domain")]
    [InlineData("MtaStageData", "maxMessages", "sender authenticated_as rcpt recipients helo_domain")]
    [InlineData("MtaHook", "enable", "sender authenticated_as rcpt recipients helo_domain")]
    [InlineData("MtaMilter", "enable", "sender authenticated_as rcpt recipients helo_domain")]
    [InlineData("MtaInboundThrottle", "match", "sender authenticated_as rcpt recipients helo_domain")]
    [InlineData("MtaOutboundStrategy", "tls", "sender rcpt recipients retry_num mx")]
    [InlineData("MtaOutboundStrategy", "connection", "sender rcpt recipients retry_num mx")]
    [InlineData("MtaOutboundStrategy", "route", "sender rcpt recipients retry_num")]
    [InlineData("SomethingNew", "field", "path url method headers sender authenticated_as rcpt recipients helo_domain retry_num mx")]
    public void A_field_belongs_to_a_stage(string type, string field, string variables)
    {
        string[] all = ["path", "url", "method", "headers", "sender", "authenticated_as", "rcpt", "recipients", "helo_domain", "retry_num", "mx"];
        Assert.Equal(variables, string.Join(' ', all.Where(PlanExpressions.ScopeOf(type, field).Allows)));
    }
}
