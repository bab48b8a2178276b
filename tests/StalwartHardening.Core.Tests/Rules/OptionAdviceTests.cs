using StalwartHardening.Rules;

namespace StalwartHardening.Tests.Rules;

/// <summary>Advice to set an option, in the words of the host that shows it.</summary>
public class OptionAdviceTests
{
    private const string Advice = "Set 'stalwart_hardening.allowed_ports = 143, 587' and `stalwart_hardening.http_access_control = in_database`. Not stalwart_hardening.x = y.";

    [Theory]
    [InlineData(AdviceHost.Compiler, "Set 'stalwart_hardening.allowed_ports = 143, 587' in a .globalconfig and `stalwart_hardening.http_access_control = in_database` in a .globalconfig. Not stalwart_hardening.x = y.")]
    [InlineData(AdviceHost.Tool, "Set 'allowed_ports = \"143, 587\"' in stalwart-harden.toml (or '--allowed-ports 143,587') and `http_access_control = \"in_database\"` in stalwart-harden.toml (or `--http-access-control in_database`). Not stalwart_hardening.x = y.")]
    [InlineData(AdviceHost.Program, "Set 'new JudgementOptions { AllowedPorts = { 143, 587 } }' and `new JudgementOptions { HttpAccessControl = HttpAccessControl.InDatabase }`. Not stalwart_hardening.x = y.")]
    public void An_option_is_said_as_its_host_has_it(Enum host, string expected) => Assert.Equal(expected, OptionAdvice.Say(Advice, (AdviceHost)host));

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
}
