using StalwartHardening.Rules;

namespace StalwartHardening.Tests.Rules;

/// <summary>No message repeats a secret, whatever is wrong around it.</summary>
public class SecrecyTests
{
    [Theory]
    [InlineData("secret = \"hunter2\"\nsecret.x = \"hunter3\"\n")]
    [InlineData("secret = hunter2_\n")]
    [InlineData("secret \"hunter2\"\n")]
    [InlineData("secret hunter2\n")]
    [InlineData("secret = {hunter2, hunter2}\n")]
    [InlineData("secret = 'hunter2\\n'\n")]
    [InlineData("secret = \"hunter2\n")]
    [InlineData("secret = \"\"\"hunter2\n")]
    [InlineData("secret = hunter2 hunter2\n")]
    [InlineData("secret = \"hunter2\\q\"\nuser = \"admin\"\n")]
    [InlineData("user = \"admin\"\nsecret = \"hunter2\"\nsecret = \"hunter2\"\n")]
    public void A_secret_is_in_no_message(string lines) =>
        Assert.All(
            RuleTest.Judged("[authentication.fallback-admin]\n" + lines + "[server.listener.x]\nprotocol = \"imap\"\nbind = \"[::]:143\"\n"),
            finding => Assert.DoesNotContain("hunter", finding.Message, StringComparison.Ordinal));

    [Fact]
    public void The_texts_of_the_test_do_cause_findings() =>
        Assert.True(RuleTest.Judged("[authentication.fallback-admin]\nsecret \"hunter2\"\n").Count > 0);
}
