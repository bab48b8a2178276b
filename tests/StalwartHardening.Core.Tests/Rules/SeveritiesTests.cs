using StalwartHardening.Rules;

namespace StalwartHardening.Tests.Rules;

/// <summary>Severities by their names, the compiler's among them.</summary>
public sealed class SeveritiesTests
{
    [Theory]
    [InlineData("none", RuleSeverity.None)]
    [InlineData("info", RuleSeverity.Info)]
    [InlineData("suggestion", RuleSeverity.Info)]
    [InlineData("warning", RuleSeverity.Warning)]
    [InlineData(" Error ", RuleSeverity.Error)]
    [InlineData("silent", null)]
    [InlineData("", null)]
    public void A_severity_has_a_name(string text, Enum? expected) => Assert.Equal(expected, Severities.TryParse(text, out var severity) ? severity : null);

    // The compiler's info is what a rule is by itself there.
    [Theory]
    [InlineData("silent", RuleSeverity.None)]
    [InlineData("refactoring", RuleSeverity.None)]
    [InlineData("none", RuleSeverity.None)]
    [InlineData("info", null)]
    [InlineData("suggestion", RuleSeverity.Info)]
    [InlineData("warning", RuleSeverity.Warning)]
    [InlineData("ERROR", RuleSeverity.Error)]
    [InlineData("default", null)]
    [InlineData("loud", null)]
    public void The_compiler_has_names_of_its_own(string text, Enum? expected) => Assert.Equal(expected, Severities.FromCompiler(text));
}
