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
    public void The_place_of_access_control_is_understood(string text, Enum expected)
    {
        var judgement = Read(("http_access_control", text)).Judgement;
        Assert.Equal(expected, judgement.HttpAccessControl);
        Assert.Empty(judgement.Problems);
    }

    [Theory]
    [InlineData("error", RuleSeverity.Info)]
    [InlineData("warning", RuleSeverity.Info)]
    [InlineData("none", RuleSeverity.None)]
    public void A_finding_that_is_only_possible_gets_no_louder_with_its_rule(string decided, Enum expected)
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

    [Theory]
    [InlineData("1.0", int.MaxValue)]
    [InlineData("v1.0.3", 3)]
    [InlineData("1.0.0", 0)]
    [InlineData("1.0.x", int.MaxValue)]
    [InlineData("1.0.*", int.MaxValue)]
    [InlineData("1.1.0", int.MaxValue)]
    [InlineData("1.12.x", int.MaxValue)]
    [InlineData("", int.MaxValue)]
    public void The_tool_that_applies_plans_is_known_by_its_patch(string text, int expected)
    {
        var judgement = Read(("cli_version", text)).Judgement;
        Assert.Equal(expected, judgement.ToolPatch);
        Assert.Empty(judgement.Problems);
    }

    [Theory]
    [InlineData("cli_version", "2.0.1")]
    [InlineData("cli_version", "1")]
    [InlineData("cli_version", "1.0.3.4")]
    [InlineData("cli_version", "1.0.y")]
    [InlineData("cli_version", "1.-1")]
    [InlineData("allowed_ports", "0")]
    [InlineData("allowed_ports", "65536")]
    [InlineData("allowed_ports", "-1")]
    [InlineData("admin_from", "nowhere")]
    [InlineData("http_access_control", "somewhere")]
    [InlineData("server_state", "odd")]
    [InlineData("target_version", "newest")]
    [InlineData("severity.SWH3003", "loud")]
    [InlineData("severity.SWH9999", "none")]
    [InlineData("no_such_option", "1")]
    public void What_is_not_understood_is_said_by_name_and_value(string name, string value)
    {
        var problem = Assert.Single(Read((name, value)).Judgement.Problems);
        Assert.Equal((HardeningOptions.Prefix + name, value), (problem.Option, problem.Value));
    }

    [Theory]
    [InlineData("allowed_ports", "1,65535")]
    [InlineData("admin_from", "203.0.113.0/24 2001:db8::/32")]
    [InlineData("server_state", "recovery-first")]
    [InlineData("server_state", "Fresh")]
    [InlineData("server_state", "existing")]
    [InlineData("target_version", "0.13.1")]
    [InlineData("severity.SWH3003", "none")]
    [InlineData("SEVERITY.swh3003", "none")]
    [InlineData("Admin_From", "")]
    public void What_is_understood_is_no_problem(string name, string value) => Assert.Empty(Read((name, value)).Judgement.Problems);

    [Fact]
    public void Networks_and_ports_are_kept_in_order()
    {
        Assert.Equal(["203.0.113.0/24", "10.0.0.1"], Read(("admin_from", "203.0.113.0/24, x 10.0.0.1")).Judgement.AdministrationNetworks);
        Assert.Equal([1, 65535], Read(("allowed_ports", "1 0 65535 65536")).Judgement.AllowedPorts);
    }

    private static HardeningOptions Read(params (string Name, string Value)[] options)
    {
        var values = options.ToDictionary(option => HardeningOptions.Prefix + option.Name, option => option.Value, StringComparer.OrdinalIgnoreCase);
        return HardeningOptions.Read(name => values.TryGetValue(name, out var value) ? value : null, values.Keys);
    }
}
