using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Analyzers.AdditionalFiles;
using StalwartHardening.Analyzers.Literals;

namespace StalwartHardening.Tests;

/// <summary>What the option file of a project says is meant to stay, builds do not report; what is wrong in it they say.</summary>
public class OptionFileTests
{
    private const string Plan = """
        {"@type":"reconcile","object":"NetworkListener","matchOn":["name"],"value":{"imap":{"name":"imap","protocol":"imap","bind":{"[::]:143":true}},"pop":{"name":"pop","protocol":"pop3","bind":{"[::]:110":true}}}}

        """;

    private const string Toml = "[server.listener.imap]\nbind = \"[::]:143\"\nprotocol = \"imap\"\n";

    [Fact]
    public async Task What_is_meant_to_stay_is_not_reported()
    {
        Assert.Equal(["SWH1001", "SWH1002"], await Judge(("/0/plan.ndjson", Plan)));
        Assert.Equal(["SWH1002"], await Judge(("/0/plan.ndjson", Plan), ("/0/stalwart-harden.toml", Ignore("SWH1001", "NetworkListener/imap"))));
        Assert.Equal([], await Judge(("/0/config.toml", Toml), ("/0/stalwart-harden.toml", Ignore("SWH1001", "server.listener.imap"))));
        Assert.Equal([], await Judge(("/0/config.toml", Toml), ("/0/stalwart-harden.toml", Ignore("SWH1001", null))));
    }

    [Theory]
    [InlineData("/0/stalwart-harden.toml", "/0/mail/plan.ndjson", true)]
    [InlineData("C:\\0\\stalwart-harden.toml", "C:\\0\\mail\\plan.ndjson", true)]
    [InlineData("stalwart-harden.toml", "mail/plan.ndjson", true)]
    [InlineData("/0/mail/stalwart-harden.toml", "/0/plan.ndjson", false)]
    [InlineData("/0/mail/stalwart-harden.toml", "/0/mailbox/plan.ndjson", false)]
    [InlineData("/0/old-stalwart-harden.toml", "/0/plan.ndjson", false)]
    public async Task It_holds_for_its_folder_and_those_below(string options, string plan, bool holds) =>
        Assert.Equal(holds, !(await Judge((plan, Plan), (options, Ignore("SWH1001", null)))).Contains("SWH1001"));

    [Fact]
    public async Task The_nearest_holds_alone()
    {
        var ids = await Judge(("/0/mail/plan.ndjson", Plan), ("/0/stalwart-harden.toml", Ignore("SWH1001", null)), ("/0/mail/stalwart-harden.toml", Ignore("SWH1002", null)));
        Assert.Equal(["SWH1001"], ids);
    }

    [Fact]
    public async Task An_entry_that_nothing_needs_is_reported_where_it_is()
    {
        var text = "# kept for the phones\n" + Ignore("SWH1001", "NetworkListener/imap") + Ignore("SWH1001", "NetworkListener/im");
        var finding = Assert.Single(await Diagnostics(("/0/plan.ndjson", Plan), ("/0/stalwart-harden.toml", text)), static finding => finding.Id != "SWH1002");
        Assert.Equal(("SWH0009", "/0/stalwart-harden.toml", 7), (finding.Id, finding.Location.GetLineSpan().Path, finding.Location.GetLineSpan().StartLinePosition.Line));
        Assert.Contains("there is no finding of SWH1001 at 'NetworkListener/im' in the checked files", finding.GetMessage(null), StringComparison.Ordinal);
        // Where the project has no configuration the entries are for others.
        Assert.Empty(await Judge(("/0/stalwart-harden.toml", text)));
        Assert.Equal(["SWH0009", "SWH0009"], await Judge(("/0/config.toml", "[server]\nhostname = \"mail.example.org\"\n[server.listener.imaps]\nbind = \"[::]:993\"\nprotocol = \"imap\"\ntls.implicit = true\n"), ("/0/stalwart-harden.toml", text)));
    }

    [Theory]
    [InlineData("[[ignore]]\nrule = \"SWH1001\"\n", 1)]
    [InlineData("[[ignore]]\nrule = \"SWH1001\"\nreason = \"why\"\nwhere = \"NetworkListener/imap\"\n", 3)]
    [InlineData("preset = \"loud\"\n", 0)]
    [InlineData("preset = \n", 0)]
    public async Task What_is_wrong_in_it_is_said_there_and_hides_nothing(string text, int line)
    {
        var findings = await Diagnostics(("/0/plan.ndjson", Plan), ("/0/stalwart-harden.toml", text));
        var wrong = Assert.Single(findings, static finding => finding.Id == "SWH0013");
        Assert.Equal(("/0/stalwart-harden.toml", line), (wrong.Location.GetLineSpan().Path, wrong.Location.GetLineSpan().StartLinePosition.Line));
        Assert.Contains(findings, static finding => finding.Id == "SWH1001");
    }

    [Fact]
    public async Task It_is_no_configuration_even_where_the_project_names_it() =>
        Assert.Empty(await Compiler.Create([new Compiler.TextFile("/0/stalwart-harden.toml", SourceText.From("allowed_ports = [143]\n", Encoding.UTF8.WithoutMark()))], ("build_metadata.AdditionalFiles.StalwartConfiguration", "true")).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("/0/src/Program.cs", "NetworkListener/imap", false)]
    [InlineData("/0/src/Program.cs", "NetworkListener/other", true)]
    [InlineData("/1/Program.cs", "NetworkListener/imap", true)]
    public async Task It_holds_for_the_configurations_that_a_program_holds(string path, string at, bool isFound)
    {
        var source = "class C { // lang=ndjson\nconst string Plan = \"\"\"\n" + Plan.Replace("\"bind\"", "\"tlsImplicit\":false,\"bind\"", StringComparison.Ordinal) + "\"\"\"; }";
        var options = new Compiler.TextFile("/0/stalwart-harden.toml", SourceText.From(Ignore("SWH1001", at), Encoding.UTF8.WithoutMark()));
        var findings = await Compiler.CreateAt(path, source, new ConfigurationLiteralAnalyzer(), options).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.Contains(findings, static finding => finding.Id == "SWH1002");
        Assert.Equal(isFound, findings.Any(static finding => finding.Id == "SWH1001"));
    }

    /// <summary>An entry that no file needs may be for a program.</summary>
    [Theory]
    [InlineData("class C { const string Plan = \"{\\\"@type\\\":\\\"upsert\\\",\\\"object\\\":\\\"NetworkListener\\\"}\"; }", 0)]
    [InlineData("using StalwartHardening.Configuration; class C { }", 0)]
    [InlineData("class C { }", 1)]
    public async Task In_a_program_that_may_say_what_a_server_is_no_entry_is_called_unused(string source, int times)
    {
        var options = new Compiler.TextFile("/0/stalwart-harden.toml", SourceText.From(Ignore("SWH1001", "NetworkListener/other"), Encoding.UTF8.WithoutMark()));
        var plan = new Compiler.TextFile("/0/plan.ndjson", SourceText.From(Plan, Encoding.UTF8.WithoutMark()));
        var findings = await Compiler.CreateAt("/0/Program.cs", source, new ConfigurationFileAnalyzer(), [("build_metadata.AdditionalFiles.StalwartConfiguration", "true")], plan, options).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.Equal(times, findings.Count(static finding => finding.Id == "SWH0009"));
    }

    [Fact]
    public async Task The_file_of_the_first_plan_of_a_run_holds_for_all()
    {
        const string Other = "{\"@type\":\"update\",\"object\":\"Http\",\"value\":{\"usePermissiveCors\":true}}\n";
        ImmutableArray<AdditionalText> files =
        [
            .. new[] { ("/0/a/base.ndjson", Plan), ("/0/b/more.ndjson", Other), ("/0/a/stalwart-harden.toml", Ignore("SWH2007", null)), ("/0/b/stalwart-harden.toml", Ignore("SWH1001", null)) }
                .Select(static file => new Compiler.TextFile(file.Item1, SourceText.From(file.Item2, Encoding.UTF8.WithoutMark()))),
        ];
        var findings = await Compiler.Create(files, ("build_metadata.AdditionalFiles.StalwartConfiguration", "true"), ("build_metadata.AdditionalFiles.Run", "production")).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        Assert.Contains(findings, static finding => finding.Id == "SWH1001");
        Assert.Equal("", string.Join("\n", findings.Where(static finding => finding.Id is "SWH2007" or "SWH0009")));
    }

    private static string Ignore(string rule, string? at) => $"[[ignore]]\nrule = \"{rule}\"\n" + (at is null ? "" : $"at = \"{at}\"\n") + "reason = \"phones of the field staff\"\n\n";

    private static async Task<IEnumerable<string>> Judge(params (string Path, string Text)[] files) =>
        (await Diagnostics(files)).Select(static finding => finding.Id).Where(static id => id is not ("SWH2001" or "SWH1008")).Order(StringComparer.Ordinal);

    private static async Task<ImmutableArray<Diagnostic>> Diagnostics(params (string Path, string Text)[] files) =>
        [.. (await Compiler.Create([.. files.Select(static file => new Compiler.TextFile(file.Path, SourceText.From(file.Text, Encoding.UTF8.WithoutMark())))]).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken))
            .Where(static finding => finding.Severity != DiagnosticSeverity.Info)];
}
