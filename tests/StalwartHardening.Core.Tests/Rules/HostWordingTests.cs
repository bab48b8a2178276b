using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Settings;
using StalwartHardening.Tests.Expressions;

namespace StalwartHardening.Tests.Rules;

/// <summary>What is judged outside of the rules' own texts: options, advice in the words of a host, the recovery administrator.</summary>
public class HostWordingTests
{
    private const string Advice = "Set 'stalwart_hardening.allowed_ports = 143, 587' and `stalwart_hardening.http_access_control = in_database`. Not stalwart_hardening.x = y.";

    [Theory]
    [InlineData(AdviceHost.Compiler, "Set 'stalwart_hardening.allowed_ports = 143, 587' in a .globalconfig and `stalwart_hardening.http_access_control = in_database` in a .globalconfig. Not stalwart_hardening.x = y.")]
    [InlineData(AdviceHost.Tool, "Set 'allowed_ports = \"143, 587\"' in stalwart-harden.toml (or '--allowed-ports 143,587') and `http_access_control = \"in_database\"` in stalwart-harden.toml (or `--http-access-control in_database`). Not stalwart_hardening.x = y.")]
    [InlineData(AdviceHost.Program, "Set 'new JudgementOptions { AllowedPorts = { 143, 587 } }' and `new JudgementOptions { HttpAccessControl = HttpAccessControl.InDatabase }`. Not stalwart_hardening.x = y.")]
    public void An_option_is_said_as_its_host_has_it(AdviceHost host, string expected) => Assert.Equal(expected, OptionAdvice.Say(Advice, host));

    [Theory]
    [InlineData("nothing to say")]
    [InlineData("stalwart_hardening.x = y")]
    [InlineData("'stalwart_hardening.x = y without its end")]
    [InlineData("'stalwart_hardening.x' = y")]
    [InlineData("'stalwart_hardening.x'")]
    public void Other_texts_stay(string text) => Assert.Equal(text, OptionAdvice.Say(text, AdviceHost.Tool));

    [Theory]
    [InlineData("'stalwart_hardening.target_version = 0.15'", "'new JudgementOptions { TargetVersion = new Version(\"0.15\") }'")]
    [InlineData("'stalwart_hardening.http_access_control = in_file'", "'new JudgementOptions { HttpAccessControl = HttpAccessControl.InConfiguration }'")]
    [InlineData("'stalwart_hardening.x = y'", "'stalwart_hardening.x = y'")]
    public void Programs_have_types_for_options(string text, string expected) => Assert.Equal(expected, OptionAdvice.Say(text, AdviceHost.Program));

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

    [Fact]
    public void Rules_that_cost_too_much_are_said_once_all_others_have_judged()
    {
        var server = Generation.ReadServer(HostilePolicies.Document(HostilePolicies.Shapes["text that doubles from rule to rule"](new Random(1), 2_000)), ServerVersion.Newest);
        Assert.Single(ConfigurationJudge.Judge(server, JudgementOptions.Default, TestContext.Current.CancellationToken), static finding => finding.Rule.Id == "SWH0014");
    }

    private static HardeningOptions Read(params (string Name, string Value)[] options)
    {
        var values = options.ToDictionary(static option => HardeningOptions.Prefix + option.Name, static option => option.Value, StringComparer.OrdinalIgnoreCase);
        return HardeningOptions.Read(name => values.TryGetValue(name, out var value) ? value : null, values.Keys);
    }
}
