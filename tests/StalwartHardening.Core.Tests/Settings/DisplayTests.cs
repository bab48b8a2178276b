using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Settings;

public class DisplayTests
{
    [Theory]
    [InlineData("Domain", "a Domain")]
    [InlineData("AllowedIp", "an AllowedIp")]
    [InlineData("InMemoryStore", "an InMemoryStore")]
    [InlineData("MtaHook", "an MtaHook")]
    [InlineData("HttpLookup", "an HttpLookup")]
    [InlineData("UserRoles", "a UserRoles")]
    [InlineData("", "a ")]
    public void A_kind_of_object_has_its_article(string name, string expected) => Assert.Equal(expected, Display.WithArticle(name));
}
