using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Rules.Vulnerabilities;

public class VulnerableServerVersionTests() : RuleTest("SWH7001")
{
    private const string Imap = "[server.listener.imaptls]\nprotocol = \"imap\"\ntls.implicit = true\nbind = ";
    private const string Https = "[server.listener.https]\nprotocol = \"http\"\ntls.implicit = true\nbind = ";

    [Theory]
    [InlineData(Imap + "⟦\"[::]:993\"⟧\n", "0.12.5", "CVE-2025-61600")]
    [InlineData(Imap + "⟦\"[::]:993\"⟧\n", "0.15.4", "CVE-2026-26312")]
    [InlineData(Https + "⟦\"[::]:443\"⟧\n", "0.12.4", "CVE-2025-59045")]
    [InlineData(Https + "⟦\"[::]:443\"⟧\n", "0.14", "CVE-2026-26312")]
    public void An_affected_version_that_others_reach_triggers(string marked, string version, string id) =>
        Assert.Contains(Finds(marked, version), finding => finding.Message.Contains(id, StringComparison.Ordinal));

    [Theory]
    [InlineData(Imap + "\"[::]:993\"\n", "0.15.5")]
    [InlineData(Imap + "\"[::]:993\"\n", "0.15")]
    [InlineData(Imap + "\"127.0.0.1:993\"\n", "0.13.0")]
    [InlineData(Https + "\"[::]:443\"\n", "0.11.8")]
    [InlineData(Https + "\"[::]:443\"\n[http]\nallowed-endpoint = \"if_then(starts_with(url_path, '/.well-known/'), 200, 404)\"\n", "0.12.4")]
    public void A_version_that_is_fixed_or_out_of_reach_does_not_trigger(string text, string version) => FindsNothing(text, version);

    // Each is there from its first version to the one before its fix, for those who reach what it is in.
    [Fact]
    public void A_vulnerability_is_reached_through_its_services()
    {
        const string Refused = "[http]\nallowed-endpoint = 404\n";
        Assert.All(KnownVulnerabilities.All, static row =>
        {
            Assert.True(row.Affects(row.Since));
            Assert.False(row.Affects(row.Fixed));
            Assert.Equal(row.Services.Contains("imap"), IsReached(row, Imap + "\"[::]:993\"\n"));
            Assert.Equal(row.Services.Contains("jmap") || row.Services.Contains("caldav"), IsReached(row, Https + "\"[::]:443\"\n"));
            Assert.False(IsReached(row, Https + "\"[::]:443\"\n" + Refused));
            Assert.False(IsReached(row, Https + "\"127.0.0.1:443\"\n"));
            Assert.False(IsReached(row, "[server.listener.smtp]\nprotocol = \"smtp\"\nbind = \"[::]:25\"\n"));
        });

        static bool IsReached(Vulnerability row, string text) =>
            row.ReachedThrough(Generation.ReadServer(ServerTomlReader.Read(text, row.Since), row.Since)) is not null;
    }

    [Fact]
    public void Every_row_has_a_source() => Assert.All(KnownVulnerabilities.All, row =>
    {
        Assert.StartsWith("https://", row.Source, StringComparison.Ordinal);
        Assert.True(row.Since < row.Fixed);
        Assert.All(row.Services, service => Assert.Contains(service, new[] { "imap", "jmap", "caldav" }));
    });

    // Each fix that the release notes of 0.16 tell of is named on the coverage page, which says why no rule reports it.
    [Theory]
    [InlineData("0.16.2")]
    [InlineData("0.16.10")]
    [InlineData("0.16.14")]
    [InlineData("0.16.15")]
    [InlineData("0.16.17")]
    [InlineData("0.16.18")]
    public void Of_servers_from_0_16_on_nothing_is_made_up(string isFixed)
    {
        Assert.True(ServerVersion.TryParse(isFixed, out var version));
        Assert.DoesNotContain(KnownVulnerabilities.All, row => row.Affects(new ServerVersion(16, version.Patch - 1)));
        Assert.Contains(isFixed + " (", File.ReadAllText(Repository.PathOf("docs", "coverage.md")), StringComparison.Ordinal);
    }
}
