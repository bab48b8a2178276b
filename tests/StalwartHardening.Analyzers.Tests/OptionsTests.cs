using Microsoft.CodeAnalysis.Text;
using Microsoft.CodeAnalysis;

namespace StalwartHardening.Tests;

/// <summary>What people write into .globalconfig and .editorconfig reaches the rules, and mistakes in it come to light.</summary>
public class OptionsTests
{
    private const string Named = "[/0/config.toml]\nbuild_metadata.AdditionalFiles.StalwartConfiguration = true\n";

    private static string Submission(string mark = "SWH1003", string first = "[server.listener.submission]") => $$"""
        {{first}}
        bind = {{(mark.Length == 0 ? "\"[::]:587\"" : "{|" + mark + ":\"[::]:587\"|}")}}
        protocol = "smtp"

        """;

    [Fact]
    public Task Without_options_everything_is_reported() => AnalyzerTest.Judge(Submission());

    [Theory]
    [InlineData("stalwart_hardening.allowed_ports = 587\n")]
    [InlineData("stalwart_hardening.allowed_ports = 25, 587 4190\n")]
    [InlineData("stalwart_hardening.severity.SWH1003 = none\n")]
    [InlineData("dotnet_diagnostic.SWH1003.severity = none\n")]
    public Task Global_options_silence(string config) => AnalyzerTest.Judge(Submission(mark: ""), globalConfig: config);

    [Theory]
    [InlineData("stalwart_hardening.allowed_ports = 587\n")]
    [InlineData("STALWART_HARDENING.ALLOWED_PORTS = 587\n")]
    [InlineData("stalwart_hardening.severity.swh1003 = none\n")]
    public Task Sections_for_toml_silence(string config) => AnalyzerTest.Judge(Submission(mark: ""), editorConfig: "[*.toml]\n" + config);

    [Fact]
    public Task A_section_wins_over_the_global_option() => AnalyzerTest.Judge(
        Submission(mark: ""),
        globalConfig: "stalwart_hardening.allowed_ports = 25\n",
        editorConfig: "[*.toml]\nstalwart_hardening.allowed_ports = 587\n");

    [Fact]
    public Task The_severity_of_the_compiler_has_the_last_word() => AnalyzerTest.Judge(
        Submission(mark: ""),
        globalConfig: "stalwart_hardening.severity.SWH1003 = error\ndotnet_diagnostic.SWH1003.severity = none\n");

    [Theory]
    [InlineData("error", DiagnosticSeverity.Error)]
    [InlineData("warning", DiagnosticSeverity.Warning)]
    [InlineData("suggestion", DiagnosticSeverity.Info)]
    [InlineData("info", DiagnosticSeverity.Info)]
    public async Task Our_severity_is_the_severity_of_the_finding(string option, DiagnosticSeverity expected)
    {
        var findings = await Compiler.Judge(Submission(mark: ""), ("stalwart_hardening.severity.SWH1003", option));
        var finding = Assert.Single(findings);
        Assert.Equal(expected, finding.Severity);
    }

    [Theory]
    [InlineData("stalwart_hardening.target_version", "0.17", "0.5 to 0.16")]
    [InlineData("stalwart_hardening.allowed_ports", "imap", "1 to 65535")]
    [InlineData("stalwart_hardening.allowed_ports", "99999", "1 to 65535")]
    [InlineData("stalwart_hardening.http_access_control", "database", "in_file or in_database")]
    [InlineData("stalwart_hardening.severity.SWH1003", "loud", "none, info, suggestion, warning or error")]
    [InlineData("stalwart_hardening.severity.SWH9999", "none", "the id of a rule")]
    [InlineData("stalwart_hardening.allowed_port", "587", "allowed_ports")]
    public async Task An_option_that_cannot_be_understood_is_reported_with_key_value_and_what_is_allowed(string key, string value, string allowed)
    {
        var findings = await Compiler.Judge(Submission(mark: ""), (key, value));
        var problem = Assert.Single(findings, finding => finding.Id == "SWH0013");
        var message = problem.GetMessage(null);
        Assert.Contains($"'{key.ToLowerInvariant()}'", message.ToLowerInvariant(), StringComparison.Ordinal);
        Assert.Contains($"'{value}'", message, StringComparison.Ordinal);
        Assert.Contains(allowed, message, StringComparison.Ordinal);
        Assert.Contains(findings, finding => finding.Id == "SWH1003");
    }

    [Fact]
    public async Task An_option_for_many_files_is_reported_once()
    {
        var compilation = Compiler.Create(
            [.. new[] { ("/0/package.toml", "name = \"other\"\n"), ("/0/a.toml", Submission(mark: "")), ("/0/b.toml", Submission(mark: "")), ("/0/c.toml", Submission(mark: "")) }
                .Select(file => new Compiler.TextFile(file.Item1, SourceText.From(file.Item2)))],
            ("stalwart_hardening.allowed_ports", "imap"),
            ("stalwart_hardening.target_version", "0.99"));
        var findings = await compilation.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, findings.Count(finding => finding.Id == "SWH0013"));
        Assert.All(findings.Where(finding => finding.Id == "SWH0013"), finding => Assert.Equal("/0/a.toml", finding.Location.GetLineSpan().Path));
        Assert.Equal(3, findings.Count(finding => finding.Id == "SWH1003"));
    }

    [Fact]
    public async Task The_target_version_of_the_item_wins_and_is_named_when_it_is_wrong()
    {
        var findings = await Compiler.Judge(
            Submission(mark: ""),
            ("stalwart_hardening.target_version", "0.14"),
            ("build_metadata.AdditionalFiles.TargetVersion", "2.0"));
        Assert.Contains("Invalid value '2.0' for the option 'TargetVersion'", Assert.Single(findings, finding => finding.Id == "SWH0013").GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public Task The_target_version_of_the_item_wins_over_the_options() => AnalyzerTest.Judge(
        """
        server.http.allowed-endpoint = "if_then(starts_with(url_path, '/jmap'), 200, 404)"
        [server.listener.https]
        bind = {|SWH2008:"[::]:443"|}
        protocol = "http"
        tls.implicit = true

        """,
        globalConfig: "stalwart_hardening.target_version = 0.15\n" + Named + "build_metadata.AdditionalFiles.TargetVersion = 0.11\n");

    [Fact]
    public Task The_target_version_of_a_section_decides() => AnalyzerTest.Judge(
        """
        {|SWH0003:server.http.allowed-endpoint|} = "if_then(starts_with(url_path, '/jmap'), 200, 404)"
        [server.listener.https]
        bind = {|SWH2001:{|SWH2008:{|SWH7001:"[::]:443"|}|}|}
        protocol = "http"
        tls.implicit = true

        """,
        globalConfig: "stalwart_hardening.target_version = 0.11\n",
        editorConfig: "[*.toml]\nstalwart_hardening.target_version = 0.12\n");

    [Fact]
    public Task A_comment_silences_one_finding() => AnalyzerTest.Judge("""
        [server.listener.submission]
        bind = "[::]:587"    # swh:ignore SWH1003 -- phones that only speak STARTTLS
        protocol = "smtp"

        """);
}
