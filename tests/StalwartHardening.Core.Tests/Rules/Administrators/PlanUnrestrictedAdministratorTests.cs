using StalwartHardening.Rules;
using StalwartHardening.Server;

namespace StalwartHardening.Tests.Rules.Administrators;

public class PlanUnrestrictedAdministratorTests() : PlanRuleTest("SWH3004")
{
    private const string Domain = "{\"@type\":\"create\",\"object\":\"Domain\",\"value\":{\"d\":{\"name\":\"example.org\"}}}\n";

    [Fact]
    public void One_who_may_do_everything_but_mail_is_information()
    {
        var finding = Assert.Single(Finds(Domain + Account("{⟦\"@type\"⟧:\"Custom\",\"roleIds\":{\"e\":true}}".Replace("⟦\"@type\"⟧:\"Custom\"", "\"@type\":⟦\"Custom\"⟧", StringComparison.Ordinal))));
        Assert.Equal(RuleSeverity.Info, finding.Severity);
        Assert.Contains("'boss' holds every permission", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    // It can use mail too: SWH3003.
    [InlineData("{\"@type\":\"Admin\"}")]
    [InlineData("{\"@type\":\"User\"}")]
    public void Others_are_told_elsewhere_or_not(string roles) => FindsNothing(Domain + Account(roles));

    [Fact]
    public void A_narrow_role_is_fine() => FindsNothing(
        Domain
        + "{\"@type\":\"create\",\"object\":\"Role\",\"value\":{\"r\":{\"description\":\"Helpdesk\",\"enabledPermissions\":{\"authenticate\":true,\"sysAccountGet\":true}}}}\n"
        + Account("{\"@type\":\"Custom\",\"roleIds\":{\"#r\":true}}"));

    private static string Account(string roles) =>
        "{\"@type\":\"create\",\"object\":\"Account\",\"value\":{\"a\":{\"@type\":\"User\",\"name\":\"boss\",\"domainId\":\"#d\",\"roles\":" + roles + "}}}\n";
}
