using System.Text;
using StalwartHardening.Rules;

namespace StalwartHardening.Tests.Rules;

/// <summary>What the package and the release tracking say about rules is what the rules say.</summary>
public class GeneratedFilesTests
{
    [Theory]
    [InlineData("none", "Nothing is reported.")]
    [InlineData("default", "Every rule as loud as it is by itself.")]
    [InlineData("recommended", "Advice is a warning too.")]
    [InlineData("strict", "What the package exists for fails the build; everything else is a warning.")]
    public void Presets_say_what_the_rules_say(string mode, string meaning)
    {
        var text = new StringBuilder()
            .Append("# Written from the rules: UPDATE_GENERATED=1 dotnet test. ").Append(meaning).Append('\n')
            .Append("is_global = true\n")
            .Append("global_level = -100\n");
        foreach (var rule in RuleCatalog.All)
        {
            text.Append("\n# ").Append(rule.Title).Append('\n')
                .Append(Option(mode, rule)).Append(" = ").Append(SeverityIn(mode, rule)).Append('\n');
        }

        GeneratedFile.AssertUpToDate(
            Repository.PathOf("src", "StalwartHardening.Analyzers.Package", "build", "config", $"stalwart-hardening.{mode}.globalconfig"),
            text.ToString());
    }

    [Fact]
    public void Release_tracking_says_what_the_rules_say()
    {
        var text = new StringBuilder("; Written from the rules: UPDATE_GENERATED=1 dotnet test\n\n### New Rules\n\n")
            .Append("Rule ID | Category | Severity | Notes\n")
            .Append("--------|----------|----------|-------\n");
        foreach (var rule in RuleCatalog.All)
        {
            text.Append(rule.Id).Append(" | ").Append(rule.Category).Append(" | ").Append(rule.Severity)
                .Append(" | [").Append(rule.Name).Append("](").Append(rule.HelpLink).Append(")\n");
        }

        GeneratedFile.AssertUpToDate(Repository.PathOf("src", "StalwartHardening.Analyzers", "AnalyzerReleases.Unshipped.md"), text.ToString());
    }

    [Fact]
    public void Strict_turns_at_least_one_rule_into_an_error_and_only_those_of_the_heart()
    {
        var errors = RuleCatalog.All.Where(rule => SeverityIn("strict", rule) == "error").ToList();
        Assert.NotEmpty(errors);
        Assert.All(errors, rule => Assert.True(rule.IsHeart));
    }

    // Our own options, so that a section for one file can say otherwise; where everything is off, the compiler's, so that nothing even runs.
    private static string Option(string mode, Rule rule) =>
        mode == "none" ? $"dotnet_diagnostic.{rule.Id}.severity" : HardeningOptions.SeverityPrefix + rule.Id;

    private static string SeverityIn(string mode, Rule rule)
    {
        Assert.True(Presets.TryParse(mode, out var preset));
        return Severities.Name(Presets.SeverityOf(preset, rule));
    }
}
