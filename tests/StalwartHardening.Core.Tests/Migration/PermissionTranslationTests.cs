using StalwartHardening.Migration;
using StalwartHardening.Plans;

namespace StalwartHardening.Tests.Migration;

/// <summary>Permissions of 0.15 by the names of 0.16.</summary>
public sealed class PermissionTranslationTests
{
    [Theory]
    [InlineData("imap-authenticate", "imapAuthenticate")]
    [InlineData("imapAuthenticate", "imapAuthenticate")]
    [InlineData("impersonate", "impersonate")]
    [InlineData("individual-list", "sysAccountQuery")]
    [InlineData("individual-get", "sysAccountGet")]
    [InlineData("group-create", "sysAccountCreate")]
    [InlineData("principal-update", "sysAccountUpdate")]
    [InlineData("mailing-list-delete", "sysMailingListDestroy")]
    [InlineData("domain-update", "sysDomainUpdate")]
    [InlineData("message-queue-list", "sysQueuedMessageQuery")]
    [InlineData("oauth-client-create", "sysOAuthClientCreate")]
    [InlineData("logs-view", "sysLogGet")]
    [InlineData("individual-frobnicate", null)]
    [InlineData("nothing-list", null)]
    [InlineData("nothing", null)]
    public void A_permission_has_the_name_of_its_object(string old, string? expected) => Assert.Equal(expected, PermissionTranslation.Of(old));

    [Fact]
    public void A_permission_of_0_16_stays_what_it_is() =>
        Assert.All(PlanSchema.Instance.FindEnum("Permission")!.Values, static name => Assert.Equal(name, PermissionTranslation.Of(name)));

    [Fact]
    public void Every_permission_of_a_mail_service_belongs_to_one()
    {
        var jmap = PermissionTranslation.OfServices(static service => service == "jmap").ToList();
        var calendars = PermissionTranslation.OfServices(static service => service == "calendars").ToList();
        Assert.Contains("jmapEmailGet", jmap);
        Assert.DoesNotContain(jmap, static permission => permission.StartsWith("jmapCalendar", StringComparison.Ordinal) || permission.StartsWith("jmapFileNode", StringComparison.Ordinal));
        Assert.Contains(calendars, static permission => permission.StartsWith("davCal", StringComparison.Ordinal));
        Assert.Contains(calendars, static permission => permission.StartsWith("jmapCalendar", StringComparison.Ordinal));
        Assert.All(PermissionTranslation.OfServices(static service => service == "managesieve"), static permission => Assert.StartsWith("sieve", permission, StringComparison.Ordinal));
        Assert.Empty(PermissionTranslation.OfServices(static _ => false));
    }
}
