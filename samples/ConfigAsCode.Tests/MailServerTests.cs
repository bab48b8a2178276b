using StalwartHardening.Testing;
using Xunit;

/// <summary>What a team's tests say about its mail server. The second shows what a failing one reports.</summary>
public sealed class MailServerTests
{
    [Fact]
    public void The_mail_server_is_hardened() => HardeningAssert.NoFindings(HardenedServer.Create());

    [Fact]
    public void The_insecure_one_is_not()
    {
        var exception = Assert.Throws<FindingsException>(() => HardeningAssert.NoFindings(InsecureServer.Create()));
        Assert.Contains("InsecureServer.cs(12): warning SWH1001", exception.Message);
    }
}
