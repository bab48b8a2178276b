using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Rules;

/// <summary>What is said of plans is said in their words; the tests of single rules on plans ask the same of each finding.</summary>
public sealed class PlanWordingTests
{
    [Theory]
    [InlineData("Set 'tls.implicit = true' for this listener.", "tls.implicit")]
    [InlineData("With `http.use-x-forwarded` any client …", "http.use-x-forwarded")]
    [InlineData("Take it from `%{env:NAME}%`.", "%{")]
    public void Names_of_toml_are_recognized(string text, string name) => Assert.Contains(name, PlanWording.NamesOfToml(text));

    [Theory]
    [InlineData("Set 'Http/enableHsts: true' on mail.example.org, says config.json of 0.16.7 (RFC 8314, 4.1).")]
    [InlineData("Say that it is wanted: `stalwart_hardening.allowed_ports = 4190, 995`.")]
    public void Words_of_plans_are_none(string text) => Assert.Empty(PlanWording.NamesOfToml(text));

    [Fact]
    public void Rules_speak_of_no_toml_to_the_authors_of_plans()
    {
        // Those that a plan can have; the others are about the text of TOML, or about C#.
        string[] never = ["SWH0003", "SWH0005", "SWH0006", "SWH0007", "SWH0008", "SWH0009", "SWH0010", "SWH0011", "SWH0013", "SWH0014", "SWH0015", "SWH3001"];
        foreach (var rule in RuleCatalog.All.Where(rule => !never.Contains(rule.Id)))
        {
            foreach (var text in (string[])[rule.WhyInPlan, rule.RemedyInPlan])
                Assert.True(!PlanWording.NamesOfToml(text).Any() && !text.Contains("url_path", StringComparison.Ordinal), $"{rule.Id}: {text}");
        }
    }

    [Fact]
    public void Findings_of_the_sample_speak_of_plans() => Judge(File.ReadAllText(Repository.PathOf("samples", "PlanQuickstart", "plan.ndjson")));

    [Fact]
    public void Findings_of_real_plans_speak_of_plans()
    {
        var count = 0;
        foreach (var file in Directory.GetFiles(Repository.SharedOrSkip("corpus16")))
            count += Judge(File.ReadAllText(file));
        Assert.True(count > 200);
    }

    [Fact]
    public void Findings_of_the_plans_that_the_server_was_asked_about_speak_of_plans()
    {
        var count = 0;
        foreach (var line in File.ReadLines(Repository.PathOf("tests", "StalwartHardening.Core.Tests", "Vectors", "plan-cases.jsonl")))
        {
            using var vector = System.Text.Json.JsonDocument.Parse(line);
            count += Judge(string.Join('\n', vector.RootElement.GetProperty("plan").EnumerateArray().Select(part => part.GetString())));
        }

        Assert.True(count > 500);
    }

    private static int Judge(string text)
    {
        var server = ConfigurationReader.Read(text, new ReadingTarget(ServerVersion.Newest), TestContext.Current.CancellationToken);
        if (server.Document.Origin is not PlanReading)
            return 0;
        var findings = ConfigurationJudge.Judge(server, JudgementOptions.Default, TestContext.Current.CancellationToken);
        foreach (var finding in findings)
            PlanWording.AssertSpeaksOfPlans(server, finding);
        return findings.Count;
    }
}
