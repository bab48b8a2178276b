namespace StalwartHardening.Tests.Rules;

/// <summary>What holds for servers of 0.5 and 0.6 and for no other.</summary>
public sealed class OldServerTests
{
    private const string Http = "[server.listener.h]\nbind = \"[::]:8080\"\nprotocol = \"http\"\n";

    private static string[] Messages(string id, string text, string version) =>
        [.. RuleTest.Judged(text, version).Where(finding => finding.Rule.Id == id).Select(finding => finding.Message)];

    [Theory]
    [InlineData("0.6", "jmap.rate-limit.use-forwarded")]
    [InlineData("0.11", "server.http.use-x-forwarded")]
    [InlineData("0.15", "http.use-x-forwarded")]
    public void Client_addresses_come_from_headers_under_the_name_of_the_version(string version, string name)
    {
        const string All = "jmap.rate-limit.use-forwarded = true\nserver.http.use-x-forwarded = true\nhttp.use-x-forwarded = true\n" + Http;
        Assert.StartsWith($"'{name}'", Assert.Single(Messages("SWH2006", All, version)), StringComparison.Ordinal);
        Assert.Empty(Messages("SWH2006", All.Replace(name + " = true", name + " = false", StringComparison.Ordinal), version));
    }

    [Theory]
    [InlineData("0.6", "refuses to start")]
    [InlineData("0.15", "skips this listener")]
    public void A_mistake_in_a_listener_stopped_the_server(string version, string consequence)
    {
        Assert.Contains(consequence, Assert.Single(Messages("SWH0002", Http + "[server.listener.x]\nbind = \"[::]:1\"\nprotocol = \"gopher\"\n", version)), StringComparison.Ordinal);
        Assert.Equal(version == "0.6", Assert.Single(Messages("SWH0002", Http.Replace("[::]:8080", "nowhere", StringComparison.Ordinal), version)).Contains("refuses to start", StringComparison.Ordinal));
        Assert.Equal(version == "0.6", Assert.Single(Messages("SWH0007", "[server.listener.x]\nprotocol = \"smtp\"\n", version)).Contains("refuses to start", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0.6", false)]
    [InlineData("0.15", true)]
    public void Without_the_line_TLS_was_off(string version, bool mayBeRemoved) =>
        Assert.Equal(mayBeRemoved, Assert.Single(Messages("SWH1007", "[server.listener.x]\nbind = \"[::]:25\"\nprotocol = \"smtp\"\ntls.enable = false\n", version)).Contains("or remove the line", StringComparison.Ordinal));

    [Fact]
    public void Letters_are_those_of_the_server()
    {
        // Letters beyond the first plane, of circles and squares, and the newest; punctuation and symbols are none.
        foreach (var letter in (string[])["é", "Ⓐ", "🅰", "𝒜", "\u0301x", "७"])
        {
            var problems = RuleTest.Judged($"a = {letter}\n").Count(finding => finding.Rule.Id == "SWH0001");
            Assert.Equal(letter[0] == '\u0301' ? 1 : 0, problems);
        }

        foreach (var symbol in (string[])["€", "😀", "\ud835x", "±"])
            Assert.Contains(RuleTest.Judged($"a = {symbol}\n"), finding => finding.Rule.Id == "SWH0001");
        Assert.DoesNotContain(RuleTest.Judged("a = !ENV𝒜\n", "0.6"), finding => finding.Rule.Id == "SWH0001");
    }
}
