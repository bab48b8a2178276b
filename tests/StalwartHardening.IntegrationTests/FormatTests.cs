namespace StalwartHardening.Tests;

/// <summary><c>dotnet format analyzers</c>, as somebody uses it who has no editor open: every finding ended from the command line.</summary>
public class FormatTests(PackedAnalyzers packed)
{
    [Fact]
    public async Task A_server_in_code_has_no_finding_left()
    {
        await packed.PackConfiguration();
        var folder = packed.CopySample("ConfigAsCode", "config-as-code-format");
        var (before, findings) = await packed.BuildSample(folder);
        before.Succeeded();
        foreach (var rule in new[] { "SWH1001", "SWH1002", "SWH1003", "SWH1004", "SWH2001", "SWH3001", "SWH3003" })
            Assert.Contains(findings, finding => finding.Rule == rule);
        var hardened = await File.ReadAllTextAsync(Path.Combine(folder, "HardenedServer.cs"), TestContext.Current.CancellationToken);

        (await Format(folder)).Succeeded();

        var (after, left) = await packed.BuildSample(folder, "--no-incremental");
        after.Succeeded();
        Assert.DoesNotContain(left, static finding => finding.Level != "note");
        Assert.Equal(hardened, await File.ReadAllTextAsync(Path.Combine(folder, "HardenedServer.cs"), TestContext.Current.CancellationToken));
        // The program still runs, and what it writes now is what a hardened server is.
        (await Dotnet.Run(folder, "run", "--no-build", $"-p:UsePackedAnalyzers={packed.Version}", "--", folder)).Succeeded();
        var written = await File.ReadAllTextAsync(Path.Combine(folder, "insecure.toml"), TestContext.Current.CancellationToken);
        Assert.Contains(":993", written, StringComparison.Ordinal);
        Assert.DoesNotContain(":143", written, StringComparison.Ordinal);
        Assert.DoesNotContain("fallback-admin", written, StringComparison.Ordinal);

        // Once more there is nothing to do.
        (await Format(folder, "--verify-no-changes")).Succeeded();
    }

    [Fact]
    public async Task A_configuration_file_is_fixed_from_the_call_that_names_it()
    {
        var folder = packed.CopySample("Quickstart", "quickstart-format");
        (await packed.BuildSample(folder)).Command.Succeeded();
        // Notes are asked for by name: they count what is in the file.
        (await Format(folder, "--severity", "info", "--diagnostics", "SWH0011")).Succeeded();
        var (after, left) = await packed.BuildSample(folder, "--no-incremental");
        after.Succeeded();
        Assert.DoesNotContain(left, static finding => finding.Level == "warning");
    }

    // What a project gets as a property of the command line it gets here from the environment: "dotnet format" takes none.
    private async Task<CommandResult> Format(string folder, params string[] arguments) =>
        await Dotnet.Run("dotnet", folder, ["format", "analyzers", "--no-restore", .. arguments], ("UsePackedAnalyzers", packed.Version));
}
