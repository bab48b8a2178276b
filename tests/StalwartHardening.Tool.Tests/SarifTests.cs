using System.Text.Json;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;

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

    [Theory]
    [InlineData("", "\n")]
    [InlineData("", "\r\n")]
    [InlineData("\uFEFF", "\n")]
    public void Fixes_end_their_finding_where_they_are_applied(string mark, string lineBreak)
    {
        // The mark is part of no line.
        var text = ("server.http.hsts = true\n" + Configuration).Replace("\n", lineBreak, StringComparison.Ordinal);
        _folder.Write("config.toml", mark + text);
        using var json = JsonDocument.Parse(ToolProcess.Run(_folder.Root, "check", "config.toml", "-f", "sarif", "--min-severity", "info").Expect(1).Output);
        var fixes = 0;
        var descriptions = new List<string>();
        foreach (var result in json.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray())
        {
            foreach (var fix in result.TryGetProperty("fixes", out var list) ? list.EnumerateArray().ToList() : [])
            {
                descriptions.Add(fix.GetProperty("description").GetProperty("text").GetString()!);
                var change = Assert.Single(fix.GetProperty("artifactChanges").EnumerateArray().ToList());
                Assert.Equal("config.toml", change.GetProperty("artifactLocation").GetProperty("uri").GetString());
                var fixedText = Apply(text, change.GetProperty("replacements"));
                var rule = result.GetProperty("ruleId").GetString()!;
                Assert.True(Count(fixedText, rule) < Count(text, rule), $"{rule} is still there:\n{fixedText}");
                fixes++;
            }
        }

        Assert.True(fixes >= 3, $"There are {fixes} fixes.");
        Assert.Contains(descriptions, text => text.Contains(". Safe: ", StringComparison.Ordinal));
        Assert.Contains(descriptions, text => text.Contains(". To be reviewed", StringComparison.Ordinal));
    }

    private static string Apply(string text, JsonElement replacements)
    {
        foreach (var replacement in replacements.EnumerateArray().Reverse())
        {
            var region = replacement.GetProperty("deletedRegion");
            var start = Offset(text, region.GetProperty("startLine").GetInt32(), region.GetProperty("startColumn").GetInt32());
            var end = Offset(text, region.GetProperty("endLine").GetInt32(), region.GetProperty("endColumn").GetInt32());
            text = text[..start] + (replacement.TryGetProperty("insertedContent", out var content) ? content.GetProperty("text").GetString() : "") + text[end..];
        }

        return text;
    }

    private static int Offset(string text, int line, int column)
    {
        var start = 0;
        for (; line > 1; line--)
            start = text.IndexOf('\n', start) + 1;
        return start + column - 1;
    }

    private static int Count(string text, string rule) =>
        ConfigurationJudge.Judge(Generation.ReadFile(text, ServerVersion.Newest), JudgementOptions.Default).Count(finding => finding.Rule.Id == rule);

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
