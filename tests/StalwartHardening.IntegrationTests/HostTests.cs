namespace StalwartHardening.Tests;

/// <summary>The dlls of the package in compilers old and new.</summary>
public class HostTests(PackedAnalyzers packed)
{
    [Theory]
    [InlineData("4.8.0", "net8.0")]
    [InlineData("4.14.0", "net8.0")]
    [InlineData("5.0.0", "net10.0")]
    [InlineData("5.9.0", "net10.0")]
    public async Task Every_compiler_loads_the_package_and_finds_the_same(string version, string framework)
    {
        var project = Repository.PathOf("tests", "hosts", "CompilerHost");
        (await Dotnet.Run(project, "build", "-v:q", "-c", "Release", $"-p:HostRoslynVersion={version}")).Succeeded();
        var host = Directory
            .GetFiles(Repository.PathOf("tests", "hosts", "bin", version, "Release", framework), "CompilerHost.dll", SearchOption.AllDirectories)
            .Single(path => !path.Contains("ref", StringComparison.Ordinal));
        var program = framework == "net8.0" ? Path.ChangeExtension(host, OperatingSystem.IsWindows() ? ".exe" : null)! : "dotnet";

        // A file that is not standard TOML wakes Tomlyn up, which not every host can load; that must not disturb the rest.
        var broken = Path.Combine(packed.Root, $"broken-{version}.toml");
        await File.WriteAllTextAsync(
            broken, "[server.listener.imap]\nbind = [ \"[::]:143\" ]\nprotocol = imap\n[server.listener.imap] x = 1\noops\n", TestContext.Current.CancellationToken);
        string[] arguments =
        [
            .. (program == "dotnet" ? new[] { host } : []),
            Path.Combine(packed.Unpacked, "analyzers", "dotnet", "cs"),
            Repository.PathOf("samples", "Quickstart", "config.toml"),
            Repository.PathOf("samples", "Hardened", "config.toml"),
            broken,
        ];
        var run = (await Dotnet.Run(program, packed.Root, arguments)).Succeeded();
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Contains($"Roslyn {version}", lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain(lines, line => line.StartsWith("FAILED", StringComparison.Ordinal));
        Assert.DoesNotContain("AD0001", run.Output, StringComparison.Ordinal);
        var quickstart = lines.Where(line => line.StartsWith("SWH", StringComparison.Ordinal) && line.Contains(" config.toml:", StringComparison.Ordinal));
        Assert.Equal(
            SampleTests.QuickstartFindings.Where(finding => finding.StartsWith("config.toml", StringComparison.Ordinal)).Select(RuleAndLine).Order(StringComparer.Ordinal),
            quickstart.Select(line => line[..line.LastIndexOf(':')]).Order(StringComparer.Ordinal));
        Assert.Contains(lines, line => line.StartsWith($"SWH1001 broken-{version}.toml:2:", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith($"SWH0001 broken-{version}.toml:5:", StringComparison.Ordinal));
    }

    // "config.toml(20): warning SWH1001" as the host says it.
    private static string RuleAndLine(string finding)
    {
        var parts = finding.Split('(', ')', ':', ' ');
        return $"{parts[^1]} {parts[0]}:{parts[1]}";
    }
}
