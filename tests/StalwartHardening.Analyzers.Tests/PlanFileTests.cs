using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace StalwartHardening.Tests;

/// <summary>Plans among the files of a project: known by what they say, judged for the server that the project says they are for.</summary>
public class PlanFileTests
{
    private const string Plan = """
        {"@type":"reconcile","object":"NetworkListener","matchOn":["name"],"value":{"imap":{"name":"imap","protocol":"imap","bind":{"[::]:143":true},"useTls":true,"tlsImplicit":false}}}

        """;

    // A fresh server has an HTTP listener on 8080, which this plan leaves alone.
    private const string Addition = """
        {"@type":"upsert","object":"NetworkListener","matchOn":["name"],"value":{"smtp":{"name":"smtp","protocol":"smtp","bind":{"[::]:25":true},"useTls":true,"tlsImplicit":false}}}

        """;

    [Theory]
    [InlineData("/0/plan.ndjson")]
    [InlineData("/0/PLAN.NDJSON")]
    [InlineData("/0/plan.jsonl")]
    [InlineData("/0/plan.json")]
    [InlineData("/0/plan.ndjson.j2")]
    [InlineData("/0/not-what-it-seems.toml")]
    public async Task A_plan_is_judged_whatever_kind_of_json_its_name_promises(string path)
    {
        var finding = Assert.Single(await Judge(path, Plan), finding => finding.Id == "SWH1001");
        Assert.Equal(DiagnosticSeverity.Warning, finding.Severity);
        Assert.Equal("\"[::]:143\"", Plan.Substring(finding.Location.SourceSpan.Start, finding.Location.SourceSpan.Length));
        Assert.Equal(path, finding.Location.GetLineSpan().Path);
    }

    [Theory]
    [InlineData("{\"Logging\":{\"LogLevel\":{\"Default\":\"Information\"}},\"AllowedHosts\":\"*\"}")]
    [InlineData("{\"$schema\":\"http://json-schema.org/schema\",\"type\":\"object\",\"value\":{\"object\":{\"type\":\"object\"}}}")]
    [InlineData("{\"@context\":\"https://schema.org\",\"@type\":\"Person\",\"name\":\"object\",\"value\":1}")]
    [InlineData("{\"object\":\"list\",\"data\":[{\"object\":\"charge\",\"value\":143}]}")]
    [InlineData("[{\"op\":\"update\",\"object\":3},{\"value\":\"[::]:143\"}]")]
    [InlineData("{ this is no JSON at all \"@type\": \"object\"")]
    [InlineData("")]
    public async Task Json_of_others_does_not_trigger(string text)
    {
        Assert.Empty(await Judge("/0/settings.json", text));
        Assert.Empty(await Judge("/0/events.ndjson", text));
    }

    [Fact]
    public async Task What_the_server_is_before_the_run_comes_from_options_items_and_the_project()
    {
        Assert.Contains("SWH1004", Ids(await Judge("/0/plan.ndjson", Addition)));
        Assert.Contains("SWH1004", Ids(await Judge("/0/plan.ndjson", Addition, ("stalwart_hardening.server_state", "fresh"))));
        Assert.DoesNotContain("SWH1004", Ids(await Judge("/0/plan.ndjson", Addition, ("stalwart_hardening.server_state", "existing"))));
        Assert.DoesNotContain("SWH1004", Ids(await Judge("/0/plan.ndjson", Addition, ("build_property.StalwartHardeningServerState", "existing"))));
        Assert.DoesNotContain("SWH1004", Ids(await Judge("/0/plan.ndjson", Addition, ("build_metadata.AdditionalFiles.ServerState", "recovery_first"))));
    }

    [Fact]
    public async Task The_nearest_word_about_the_server_counts()
    {
        Assert.DoesNotContain("SWH1004", Ids(await Judge("/0/plan.ndjson", Addition, ("stalwart_hardening.server_state", "existing"), ("build_property.StalwartHardeningServerState", "fresh"))));
        Assert.DoesNotContain("SWH1004", Ids(await Judge("/0/plan.ndjson", Addition, ("build_metadata.AdditionalFiles.ServerState", "existing"), ("stalwart_hardening.server_state", "fresh"))));
    }

    [Theory]
    [InlineData("0.16")]
    [InlineData("0.16.7")]
    [InlineData("0.15")]
    public async Task A_target_version_of_either_generation_is_taken(string version)
    {
        var ids = Ids(await Judge("/0/plan.ndjson", Plan, ("stalwart_hardening.target_version", version)));
        Assert.Contains("SWH1001", ids);
        Assert.DoesNotContain("SWH0013", ids);
    }

    [Fact]
    public async Task Older_tools_and_servers_refuse_what_newer_ones_take()
    {
        var newest = Ids(await Judge("/0/plan.ndjson", Plan));
        Assert.DoesNotContain("SWH0001", newest);
        // 'reconcile' is new in stalwart-cli 1.0.8.
        Assert.Contains("SWH0001", Ids(await Judge("/0/plan.ndjson", Plan, ("stalwart_hardening.cli_version", "1.0.1"))));
        Assert.Contains("SWH0001", Ids(await Judge("/0/plan.ndjson", Plan, ("build_property.StalwartHardeningCliVersion", "1.0.1"))));
    }

    [Theory]
    [InlineData("stalwart_hardening.server_state", "new", "fresh, existing or recovery_first")]
    [InlineData("build_metadata.AdditionalFiles.ServerState", "new", "'ServerState'")]
    [InlineData("build_property.StalwartHardeningServerState", "new", "'StalwartHardeningServerState'")]
    [InlineData("build_property.StalwartHardeningTargetVersion", "2", "'StalwartHardeningTargetVersion'")]
    [InlineData("build_property.StalwartHardeningCliVersion", "2", "'StalwartHardeningCliVersion'")]
    public async Task What_cannot_be_understood_is_reported_under_the_name_it_was_written_with(string key, string value, string expected) =>
        Assert.Contains(expected, Assert.Single(await Judge("/0/plan.ndjson", Plan, (key, value)), finding => finding.Id == "SWH0013").GetMessage(null), StringComparison.Ordinal);

    [Fact]
    public async Task Json_that_the_project_names_and_that_is_no_plan_is_refused_in_words_about_json()
    {
        var finding = Assert.Single(
            await Judge("/0/plan.ndjson", "{\"@type\":\"upsert\",\"object\":\"Domain\",\"value\":{\n", ("build_metadata.AdditionalFiles.StalwartConfiguration", "true")),
            finding => finding.Id == "SWH0001");
        Assert.DoesNotContain("table", finding.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_byte_order_mark_is_seen_although_the_compiler_takes_it_away()
    {
        var bytes = new UTF8Encoding(true).GetPreamble().Concat(Encoding.UTF8.GetBytes(Plan)).ToArray();
        using var stream = new MemoryStream(bytes);
        var findings = await Compiler.Judge(new Compiler.TextFile("/0/plan.ndjson", SourceText.From(stream)));
        Assert.Contains("byte-order mark", Assert.Single(findings, finding => finding.Id == "SWH0001").GetMessage(null), StringComparison.Ordinal);
        Assert.Contains(findings, finding => finding.Id == "SWH1001");
    }

    [Fact]
    public async Task A_literal_that_names_a_plan_says_how_many_findings_it_has()
    {
        var compilation = Compiler.Create(
            "class C { void M() { System.IO.File.ReadAllText(\"deploy/plan.ndjson\"); } }",
            new StalwartHardening.Analyzers.AdditionalFiles.ConfigurationReferenceAnalyzer(),
            new Compiler.TextFile("/0/deploy/plan.ndjson", SourceText.From(Plan)));
        var finding = Assert.Single(await compilation.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken));
        Assert.Equal("SWH0011", finding.Id);
        Assert.Contains("plan.ndjson", finding.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plans_of_one_run_are_judged_by_what_the_last_leaves_behind()
    {
        const string Closing = """

            {"@type":"destroy","object":"NetworkListener","value":{"name":"imap"}}
            {"@type":"update","object":"Http","value":{"usePermissiveCors":true}}

            """;
        Compiler.TextFile[] files = [new("/0/base.ndjson", SourceText.From(Plan, Encoding.UTF8.WithoutMark())), new("/0/closing.ndjson", SourceText.From(Closing, Encoding.UTF8.WithoutMark()))];
        var apart = await Judge(files, ("build_metadata.AdditionalFiles.StalwartConfiguration", "true"));
        Assert.Contains("SWH1001", Ids(apart));
        var findings = await Judge(files, ("build_metadata.AdditionalFiles.StalwartConfiguration", "true"), ("build_metadata.AdditionalFiles.Run", "production"));
        Assert.DoesNotContain("SWH1001", Ids(findings));
        var finding = Assert.Single(findings, finding => finding.Id == "SWH2007");
        Assert.Equal(("/0/closing.ndjson", 2), (finding.Location.GetLineSpan().Path, finding.Location.GetLineSpan().StartLinePosition.Line));
        var reversed = await Judge([files[1], files[0]], ("build_metadata.AdditionalFiles.StalwartConfiguration", "true"), ("build_metadata.AdditionalFiles.Run", "production"));
        Assert.Equal("/0/base.ndjson", Assert.Single(reversed, finding => finding.Id == "SWH1001").Location.GetLineSpan().Path);
    }

    private static Task<System.Collections.Immutable.ImmutableArray<Diagnostic>> Judge(Compiler.TextFile[] files, params (string, string)[] options) =>
        Compiler.Create([.. files], options).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);

    private static List<string> Ids(IEnumerable<Diagnostic> findings) => [.. findings.Select(finding => finding.Id)];

    private static Task<System.Collections.Immutable.ImmutableArray<Diagnostic>> Judge(string path, string text, params (string, string)[] options) =>
        Compiler.Judge(new Compiler.TextFile(path, SourceText.From(text, Encoding.UTF8.WithoutMark())), options);
}
