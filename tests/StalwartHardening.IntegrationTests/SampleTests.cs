namespace StalwartHardening.Tests;

/// <summary>The samples, built against the package.</summary>
public class SampleTests(PackedAnalyzers packed)
{
    /// <summary>The findings of the quick start: rule and line. <c>.ci/run</c> compares the same list.</summary>
    internal static IReadOnlyList<string> QuickstartFindings { get; } = File.ReadAllLines(Repository.PathOf("samples", "Quickstart", "findings.txt"));

    [Fact]
    public async Task The_quick_start_has_exactly_its_findings()
    {
        var folder = packed.CopySample("Quickstart", "quickstart");
        var (command, findings) = await packed.BuildSample(folder);
        command.Succeeded();
        Assert.Equal(QuickstartFindings, findings.Select(finding => finding.ToString()));

        // And somebody who only looks at the console sees the warnings with file, line and rule.
        foreach (var finding in findings.Where(finding => finding.Level == "warning"))
            Assert.Matches($@"config\.toml\({finding.Line},\d+\): warning {finding.Rule}: ", command.Output);
    }

    [Theory]
    [InlineData("Hardened", "hardened")]
    [InlineData("HardenedFull", "hardened-full")]
    public async Task The_hardened_samples_are_clean_in_strict_mode(string sample, string folder)
    {
        var (command, findings) = await packed.BuildSample(packed.CopySample(sample, folder));
        command.Succeeded();
        Assert.Empty(findings);
    }

    [Fact]
    public async Task The_hardened_sample_is_really_looked_at()
    {
        var folder = packed.CopySample("Hardened", "softened");
        await File.AppendAllTextAsync(Path.Combine(folder, "config.toml"), "\n[server.listener.imap]\nbind = \"[::]:143\"\nprotocol = \"imap\"\n", TestContext.Current.CancellationToken);
        var (command, findings) = await packed.BuildSample(folder);
        Assert.NotEqual(0, command.ExitCode);
        Assert.Equal(
            ["Program.cs(2): note SWH0011", $"config.toml({File.ReadLines(Path.Combine(folder, "config.toml")).Count() - 1}): error SWH1001"],
            findings.Select(finding => finding.ToString()));
    }

    [Fact]
    public async Task The_quick_start_fails_the_build_in_strict_mode()
    {
        var folder = packed.CopySample("Quickstart", "quickstart-strict");
        var (command, findings) = await packed.BuildSample(folder, "-p:StalwartHardeningMode=strict");
        Assert.NotEqual(0, command.ExitCode);
        foreach (var rule in new[] { "SWH1001", "SWH1002", "SWH1003", "SWH1004", "SWH2001", "SWH3001" })
        {
            Assert.Contains(findings, finding => finding.Rule == rule && finding.Level == "error");
            Assert.Contains($": error {rule}: ", command.Output, StringComparison.Ordinal);
        }

        // Advice is louder there; a note that counts the findings of another file stays one, or everything would be said twice.
        Assert.Equal("SWH0011", Assert.Single(findings, finding => finding.Level == "note").Rule);
    }
}
