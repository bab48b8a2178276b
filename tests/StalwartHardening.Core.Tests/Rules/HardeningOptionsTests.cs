using StalwartHardening.Rules;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Rules;

public class HardeningOptionsTests
{
    private static readonly Rule Administrators = RuleCatalog.Find("SWH3003")!;

    [Fact]
    public void Nothing_set_is_the_default()
    {
        var options = HardeningOptions.Read(_ => null, []);
        Assert.Equal(ServerVersion.Newest, options.Judgement.TargetVersion);
        Assert.Empty(options.Judgement.AllowedPorts);
        Assert.Equal(HttpAccessControlPlace.Unsaid, options.Judgement.HttpAccessControl);
        Assert.Empty(options.Judgement.Problems);
        Assert.All(RuleCatalog.All, rule => Assert.Null(options.SeverityOf(rule)));
    }

    [Theory]
    [InlineData("143,587")]
    [InlineData(" 143  587 ")]
    [InlineData("143,\t587,")]
    public void Ports_are_separated_by_commas_or_blanks(string text) =>
        Assert.Equal([143, 587], Read(("allowed_ports", text)).Judgement.AllowedPorts);

    [Fact]
    public void Ports_beside_one_that_is_not_understood_still_count()
    {
        var judgement = Read(("allowed_ports", "143, imap, 587")).Judgement;
        Assert.Equal([143, 587], judgement.AllowedPorts);
        Assert.Equal("imap", Assert.Single(judgement.Problems).Value);
    }

    [Theory]
    [InlineData("in_file", HttpAccessControlPlace.InFile)]
    [InlineData("IN_DATABASE", HttpAccessControlPlace.InDatabase)]
    [InlineData("", HttpAccessControlPlace.Unsaid)]
    public void The_place_of_access_control_is_understood(string text, HttpAccessControlPlace expected)
    {
        var judgement = Read(("http_access_control", text)).Judgement;
        Assert.Equal(expected, judgement.HttpAccessControl);
        Assert.Empty(judgement.Problems);
    }

    [Theory]
    [InlineData("error", RuleSeverity.Info)]
    [InlineData("warning", RuleSeverity.Info)]
    [InlineData("none", RuleSeverity.None)]
    public void A_finding_that_is_only_possible_gets_no_louder_with_its_rule(string decided, RuleSeverity expected)
    {
        var options = Read(("severity.SWH3003", decided));
        Assert.Equal(expected, options.SeverityOf(new Finding(Administrators, default, "") { SeverityOverride = RuleSeverity.Info }));
    }

    [Fact]
    public void A_certain_finding_is_as_loud_as_was_decided_for_its_rule()
    {
        var finding = new Finding(Administrators, default, "");
        Assert.Equal(RuleSeverity.Error, Read(("severity.SWH3003", "error")).SeverityOf(finding));
        Assert.Equal(Administrators.Severity, Read().SeverityOf(finding));
    }

    [Fact]
    public void Names_of_other_programs_are_no_problem() =>
        Assert.Empty(HardeningOptions.Read(_ => null, ["build_property.TargetFramework", "dotnet_diagnostic.CA1000.severity"]).Judgement.Problems);

    private static HardeningOptions Read(params (string Name, string Value)[] options)
    {
        var values = options.ToDictionary(option => HardeningOptions.Prefix + option.Name, option => option.Value, StringComparer.OrdinalIgnoreCase);
        return HardeningOptions.Read(name => values.TryGetValue(name, out var value) ? value : null, values.Keys);
    }
}
