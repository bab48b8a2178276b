using System.Text.Json;

namespace StalwartHardening.Tests;

public sealed class SarifTests : IDisposable
{
    private const string Configuration = TemporaryFolder.Cleartext
        + "[server.listener.https]\nbind = [\"[::]:443\"]\nprotocol = \"http\"\ntls.implicit = true\n"
        + "[http]\nallowed-endpoint = \"200\"\n[http]\nallowed-endpoint = \"404\"\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Write()
    {
        _folder.Write("a b/config.toml", Configuration);
        return ToolProcess.Run(_folder.Root, "check", "a b/config.toml", "missing.toml", "-f", "sarif", "--min-severity", "info").Expect(3).Output;
    }

    [Fact]
    public void Results_point_into_the_file_and_carry_their_way_in()
    {
        using var json = JsonDocument.Parse(Write());
        var run = json.RootElement.GetProperty("runs")[0];
        var results = run.GetProperty("results").EnumerateArray().ToList();
        Assert.Contains(results, result => result.GetProperty("ruleId").GetString() == "SWH1001");
        Assert.Contains(results, result => result.TryGetProperty("codeFlows", out _));
        Assert.Contains(results, result => result.TryGetProperty("relatedLocations", out _));
        Assert.All(results, result => Assert.Equal("a%20b/config.toml", result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString()));
        Assert.False(run.GetProperty("invocations")[0].GetProperty("executionSuccessful").GetBoolean());
    }

    [Fact]
    public void The_validator_of_the_format_has_no_objection()
    {
        var multitool = FindMultitool();
        Assert.SkipWhen(multitool is null, "Needs npm's @microsoft/sarif-multitool: npm install @microsoft/sarif-multitool, and SARIF_MULTITOOL=<path of Sarif.Multitool>.");
        _folder.Write("out.sarif", Write());
        var output = ToolProcess.Shell(_folder.Root, $"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 '{multitool}' validate out.sarif 2>&1").Output;
        Assert.Contains("Analysis completed successfully", output, StringComparison.Ordinal);
        Assert.DoesNotContain(": error ", output, StringComparison.Ordinal);
    }

    private static string? FindMultitool()
    {
        var named = Environment.GetEnvironmentVariable("SARIF_MULTITOOL");
        if (named is not null)
            return File.Exists(named) ? named : null;
        var local = Repository.PathOf("tests", "peers", "node_modules", "@microsoft", "sarif-multitool-linux", "Sarif.Multitool");
        return OperatingSystem.IsLinux() && File.Exists(local) ? local : null;
    }
}
