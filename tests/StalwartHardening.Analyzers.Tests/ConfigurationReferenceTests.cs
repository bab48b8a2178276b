using System.Text;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Analyzers.AdditionalFiles;

namespace StalwartHardening.Tests;

/// <summary>What is said at calls that name a configuration file.</summary>
public class ConfigurationReferenceTests
{
    private const string Insecure = "[server.listener.imap]\nbind = \"[::]:143\"\nprotocol = \"imap\"\n";
    private const string Secure = "[server.listener.imaptls]\nbind = \"[::]:993\"\nprotocol = \"imap\"\ntls.implicit = true\n";

    private static Task Judge(string call, string globalConfig, params (string Path, string Text)[] files)
    {
        var test = new CSharpAnalyzerTest<ConfigurationReferenceAnalyzer, DefaultVerifier>
        {
            TestCode = "using System.IO;\nclass C { object M() => " + call + "; }",
            ReferenceAssemblies = new ReferenceAssemblies("net10.0"),
        };
        test.TestBehaviors |= TestBehaviors.SkipSuppressionCheck;
        test.TestState.AdditionalReferences.AddRange(Net100.References.All);
        foreach (var (path, text) in files)
            test.TestState.AdditionalFiles.Add((path, SourceText.From(text, Encoding.UTF8.WithoutMark())));
        if (globalConfig.Length > 0)
            test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\n" + globalConfig));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("""typeof(C).Assembly.GetManifestResourceStream({|SWH0011:"Shop.mail.config.toml"|})""")]
    [InlineData("""typeof(C).Assembly.GetManifestResourceStream({|SWH0011:"config.toml"|})""")]
    [InlineData("""File.ReadAllText({|SWH0011:"mail/config.toml"|})""")]
    [InlineData("""File.ReadAllText({|SWH0011:@"..\mail\config.toml"|})""")]
    [InlineData("""new StreamReader({|SWH0011:"config.toml"|})""")]
    public Task A_call_that_names_a_file_with_findings_triggers(string call) => Judge(call, "", ("/0/mail/config.toml", Insecure));

    [Theory]
    [InlineData("""File.ReadAllText("mail/other.toml")""")]
    [InlineData("""File.ReadAllText("mail/myconfig.toml")""")]
    [InlineData("""File.ReadAllText("config.toml.bak")""")]
    [InlineData("""File.ReadAllText(".toml")""")]
    [InlineData(""" "config.toml" """)]
    public Task A_name_of_something_else_does_not_trigger(string call) => Judge(call, "", ("/0/mail/config.toml", Insecure));

    [Fact]
    public Task A_file_without_findings_does_not_trigger() => Judge("""File.ReadAllText("config.toml")""", "", ("/0/config.toml", Secure));

    [Fact]
    public Task Findings_that_are_silenced_do_not_count() =>
        Judge("""File.ReadAllText("config.toml")""", "stalwart_hardening.allowed_ports = 143\n", ("/0/config.toml", Insecure));

    [Fact]
    public Task A_name_that_may_mean_two_files_does_not_trigger() =>
        Judge("""File.ReadAllText("config.toml")""", "", ("/0/a/config.toml", Insecure), ("/0/b/config.toml", Insecure));

    [Fact]
    public Task The_file_whose_folders_match_is_meant() =>
        Judge("""File.ReadAllText("b/config.toml") + File.ReadAllText({|SWH0011:"a/config.toml"|})""", "", ("/0/a/config.toml", Insecure), ("/0/b/config.toml", Secure));

    [Fact]
    public async Task The_message_counts_the_findings()
    {
        var file = new Compiler.TextFile("/0/config.toml", SourceText.From(Insecure + "[server.listener.imap2]\nbind = \"[::]:143\"\nprotocol = \"imap\"\n[server.listener.sub]\nbind = \"[::]:587\"\nprotocol = \"smtp\"\n", Encoding.UTF8.WithoutMark()));
        var compilation = Compiler.Create("class C { void M(string s) => M(\"config.toml\"); }", new ConfigurationReferenceAnalyzer(), file);
        var diagnostic = Assert.Single(await compilation.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken));
        Assert.Equal(DiagnosticSeverity.Info, diagnostic.Severity);
        Assert.Equal("'config.toml' has 3 findings: SWH1001 (2 times), SWH1003. They are reported in the file.", diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }
}
