namespace StalwartHardening.Tests.Rules.Reading;

/// <summary>How a comment that takes findings back is written, and what is said of one that is not.</summary>
public sealed class SuppressionFormTests() : RuleTest("SWH0009")
{
    private const string Listener = "[server.listener.imap]\nprotocol = \"imap\"\nbind = \"[::]:143\"";

    [Theory]
    [InlineData("swh:ignore", "it names no rule")]
    [InlineData("swh:ignore -- why", "it names no rule")]
    [InlineData("swh:ignore--why", "the only directive is 'swh:ignore'")]
    [InlineData("swh:ignored SWH1001 -- why", "the only directive is 'swh:ignore'")]
    [InlineData("swh:disable SWH1001 -- why", "the only directive is 'swh:ignore'")]
    [InlineData("swh:ignore SWH1001", "it gives no reason")]
    [InlineData("swh:ignore SWH1001 --", "it gives no reason")]
    [InlineData("swh:ignore SWH1001 why", "there is no rule 'why'")]
    [InlineData("swh:ignore SWH9999 -- why", "there is no rule 'SWH9999'")]
    [InlineData("swh:ignore SWH1002 -- why", "there is no finding of SWH1002")]
    [InlineData("swh:ignore SWH1001 SWH1002 -- why", "there is no finding of SWH1002")]
    public void A_comment_that_is_not_complete_is_said(string comment, string expected) =>
        Assert.Contains(expected, Assert.Single(Finds($"{Listener} ⟦# {comment}⟧\n")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("# swh:ignore SWH1001 -- why")]
    [InlineData("#swh:ignore SWH1001--why")]
    [InlineData("# swh:ignore\tSWH1001 -- why")]
    [InlineData("# swh:ignore swh1001 -- why -- and more")]
    [InlineData("# swh:ignore ,SWH1001, -- why")]
    public void A_complete_one_takes_its_finding_back(string comment)
    {
        FindsNothing($"{Listener} {comment}\n");
        Assert.DoesNotContain(Judged($"{Listener} {comment}\n"), static finding => finding.Rule.Id == "SWH1001");
        Assert.Contains(Judged(Listener + "\n"), static finding => finding.Rule.Id == "SWH1001");
    }
}
