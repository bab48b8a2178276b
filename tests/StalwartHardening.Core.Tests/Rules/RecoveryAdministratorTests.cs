using StalwartHardening.Rules;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Rules;

public class RecoveryAdministratorTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("  ", "")]
    [InlineData("admin:xK4-v0zz-ohNs", "SWH3001 'admin', SWH4001 value")]
    [InlineData(" admin:changeme ", "SWH3001 'admin', SWH4003 value")]
    [InlineData("admin:$6$salt$hash", "SWH3001 'admin'")]
    [InlineData("admin:", "SWH3001 'admin'")]
    [InlineData("admin:\uFFFC", "SWH3001 'admin'")]
    [InlineData("\uFFFC:xK4-v0zz-ohNs", "SWH3001 A, SWH4001 value")]
    [InlineData("\uFFFC", "SWH3001 A")]
    [InlineData(":xK4-v0zz-ohNs", "SWH3001 A, SWH4001 value")]
    [InlineData(":$6$salt$hash", "SWH3001 A")]
    [InlineData("xK4-v0zz-ohNs", "SWH3001 A, SWH4001 value")]
    public void The_recovery_administrator_is_judged_by_its_variable(string value, string expected)
    {
        var findings = RecoveryAdministrator.Judge(value, new SourceSpan(1, 2), new SourceSpan(10, 20), "the file");
        Assert.Equal(expected, string.Join(", ", findings.Select(static finding => finding.Rule.Id + (finding.Span.Start == 10 ? " value" : finding.Message.Contains("'admin'", StringComparison.Ordinal) ? " 'admin'" : finding.Message.StartsWith("A recovery", StringComparison.Ordinal) ? " A" : " ?"))));
        if (findings.Count > 0)
            Assert.Equal(findings.Count > 1, findings[0].Message.Contains("and the file holds it", StringComparison.Ordinal));
        Assert.All(findings, static finding => Assert.DoesNotContain("xK4", finding.Message, StringComparison.Ordinal));
    }
}
