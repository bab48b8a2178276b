using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace StalwartHardening.Tests;

/// <summary>Which of a project's files are judged.</summary>
public class RoutingTests
{
    private const string CleartextImap = """
        [server.listener.imap]
        bind = {|SWH1001:"[::]:143"|}
        protocol = "imap"

        """;

    private const string Unremarkable = "name = \"x\"\nname = \"y\"\n";

    [Fact]
    public Task A_finding_is_reported_where_it_stands() => AnalyzerTest.Judge(CleartextImap);

    [Theory]
    [InlineData("/0/mail/CONFIG.TOML")]
    [InlineData("/0/Cargo.toml")]
    public Task The_name_of_the_file_does_not_matter(string path) => AnalyzerTest.Judge(CleartextImap, path: path);

    [Fact]
    public Task A_file_that_is_not_toml_by_name_does_not_trigger() =>
        AnalyzerTest.Judge(CleartextImap.Replace("{|SWH1001:", "", StringComparison.Ordinal).Replace("|}", "", StringComparison.Ordinal), path: "/0/config.conf");

    [Fact]
    public Task A_file_of_another_program_does_not_trigger() => AnalyzerTest.Judge(Unremarkable);

    [Fact]
    public Task A_file_the_project_names_is_judged_whatever_it_looks_like() =>
        AnalyzerTest.Judge(
            "{|SWH0004:name|} = \"x\"\n{|SWH0006:name|} = \"y\"\n",
            globalConfig: "[/0/whatever.conf]\nbuild_metadata.AdditionalFiles.StalwartConfiguration = true\n",
            path: "/0/whatever.conf");

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# only a comment\n")]
    public Task A_named_file_without_settings_does_not_trigger(string text) =>
        AnalyzerTest.Judge(
            text,
            globalConfig: "[/0/config.toml]\nbuild_metadata.AdditionalFiles.StalwartConfiguration = true\n");

    [Fact]
    public Task Several_files_are_judged_side_by_side()
    {
        var test = new AnalyzerTest();
        for (var i = 0; i < 16; i++)
            test.TestState.AdditionalFiles.Add(($"/0/{i}/config.toml", SourceText.From(CleartextImap, Encoding.UTF8.WithoutMark())));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public Task A_broken_configuration_is_still_recognised_and_judged() => AnalyzerTest.Judge("""
        [server.listener.imap]
        bind = {|SWH1001:"[::]:143"|}
        protocol = "imap"
        oops = {|SWH0001:=|}

        """);
}
