using System.Text.Json;
using System.Xml.Linq;

namespace StalwartHardening.Tests;

public sealed class CheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private ToolResult Check(params string[] arguments) => ToolProcess.Run(_folder.Root, ["check", .. arguments]);

    [Fact]
    public void A_finding_shows_the_line_the_reason_and_the_remedy()
    {
        _folder.Write("config.toml", TemporaryFolder.Cleartext);
        var result = Check("config.toml").Expect(1);
        Assert.StartsWith(
            "warning[SWH1001]: Listener 'imap' accepts cleartext IMAP on [::]:143;", result.Output, StringComparison.Ordinal);
        Assert.Contains(
            " --> config.toml:2:8\n  |\n2 | bind = \"[::]:143\"\n  |        ^^^^^^^^^^\n  |\n  = why: ", result.Output, StringComparison.Ordinal);
        Assert.Contains("\n  = do: Serve IMAP on port 993", result.Output, StringComparison.Ordinal);
        Assert.Contains("\n1 finding in 1 file (1 warning).\n", result.Output, StringComparison.Ordinal);
        Assert.Empty(result.Error);
    }

    [Fact]
    public void A_hardened_file_has_exit_code_0()
    {
        _folder.Write("config.toml", TemporaryFolder.Hardened);
        Assert.Equal("No findings in 1 file.\n", Check("config.toml").Expect(0).Output);
    }

    [Fact]
    public void Standard_input_is_judged()
    {
        var result = ToolProcess.RunWithInput(_folder.Root, TemporaryFolder.Cleartext, "check", "-", "--stdin-name", "etc/mail.toml").Expect(1);
        Assert.Contains("--> etc/mail.toml:2:8", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_gives_what_looks_like_a_configuration()
    {
        _folder.Write("a/config.toml", TemporaryFolder.Cleartext);
        _folder.Write("a/Cargo.toml", "[package]\nname = \"x\"\n");
        _folder.Write("node_modules/config.toml", TemporaryFolder.Cleartext);
        Assert.Contains("\n1 finding in 1 file (1 warning).\n", Check().Expect(1).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_named_twice_is_judged_once()
    {
        _folder.Write("config.toml", TemporaryFolder.Cleartext);
        File.CreateSymbolicLink(Path.Combine(_folder.Root, "link.toml"), "config.toml");
        var result = Check("config.toml", "./config.toml", "*.toml", ".", "link.toml").Expect(1);
        Assert.Contains("\n1 finding in 1 file (1 warning).\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_threshold_decides_what_is_reported()
    {
        _folder.Write("config.toml", TemporaryFolder.Cleartext);
        Assert.Contains("1 below the threshold", Check("config.toml", "--min-severity", "error").Expect(0).Output, StringComparison.Ordinal);
        Check("config.toml", "--min-severity", "error", "--preset", "strict").Expect(1);
        Check("config.toml", "--preset", "none", "--min-severity", "info").Expect(0);
        Check("config.toml", "--allowed-ports", "143").Expect(0);
        Check("config.toml", "--only", "SWH2").Expect(0);
        Check("config.toml", "--only", "CleartextImapListener").Expect(1);
    }

    [Theory]
    [InlineData("--min-severity", "loud")]
    [InlineData("--only", "SWH9999")]
    [InlineData("--target-version", "1.0")]
    [InlineData("--allowed-ports", "many")]
    [InlineData("--http-access-control", "somewhere")]
    [InlineData("--preset", "paranoid")]
    [InlineData("--format", "pdf")]
    [InlineData("--config", "missing.toml")]
    [InlineData("--baseline", "missing.json")]
    [InlineData("--colour", "always")]
    public void Wrong_usage_has_exit_code_2_and_names_the_value(string option, string value)
    {
        _folder.Write("config.toml", TemporaryFolder.Cleartext);
        var result = Check("config.toml", option, value).Expect(2);
        Assert.Empty(result.Output);
        Assert.Contains(option == "--colour" ? option : value, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_baseline_hides_what_was_there_wherever_it_moves()
    {
        _folder.Write("config.toml", TemporaryFolder.Cleartext);
        Check("config.toml", "--write-baseline", "known.json").Expect(0);
        Check("config.toml", "--baseline", "known.json").Expect(0);
        _folder.Write("config.toml", "# a comment\n\n" + TemporaryFolder.Cleartext);
        Assert.Contains("1 known from the baseline", Check("config.toml", "--baseline", "known.json").Expect(0).Output, StringComparison.Ordinal);
        _folder.Write("config.toml", TemporaryFolder.Cleartext + "[server.listener.pop]\nbind = \"[::]:110\"\nprotocol = \"pop3\"\n");
        var result = Check("config.toml", "--baseline", "known.json").Expect(1);
        Assert.Contains("SWH1002", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("SWH1001", result.Output, StringComparison.Ordinal);

        // Writing again while one is in force loses nothing.
        Check("config.toml", "--baseline", "known.json", "--write-baseline", "known.json").Expect(0);
        Check("config.toml", "--baseline", "known.json").Expect(0);
        _folder.Write("config.toml", TemporaryFolder.Hardened);
        Assert.Contains("2 entries of the baseline no longer found", Check("config.toml", "--baseline", "known.json").Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_are_read_beside_the_file()
    {
        _folder.Write("mail/config.toml", TemporaryFolder.Cleartext);
        _folder.Write("mail/stalwart-harden.toml", "allowed_ports = [143]");
        Check("mail/config.toml").Expect(0);
        Check("mail/config.toml", "--no-config").Expect(1);
        _folder.Write("mail/stalwart-harden.toml", "[severity]\nSWH1001 = \"none\"\n");
        Check("mail/config.toml").Expect(0);
        _folder.Write("mail/stalwart-harden.toml", "alowed_ports = [143]\n");
        Assert.Contains("alowed_ports", Check("mail/config.toml").Expect(2).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".editorconfig", "[*.toml]\nstalwart_hardening.allowed_ports = 143\n", 0)]
    [InlineData(".editorconfig", "[{config,other}.toml]\ndotnet_diagnostic.SWH1001.severity = none\n", 0)]
    [InlineData(".editorconfig", "[other.toml]\ndotnet_diagnostic.SWH1001.severity = none\n", 1)]
    [InlineData(".editorconfig", "[*.toml]\ndotnet_diagnostic.SWH1001.severity = suggestion\n", 0)]
    [InlineData(".globalconfig", "is_global = true\nstalwart_hardening.severity.SWH1001 = none\n", 0)]
    [InlineData(".globalconfig", "is_global = true\nstalwart_hardening.severity.SWH1001 = loud\n", 1)]
    public void The_analyzers_options_hold_here_too(string name, string text, int exitCode)
    {
        _folder.Write("config.toml", TemporaryFolder.Cleartext);
        _folder.Write(name, text);
        Check("config.toml").Expect(exitCode);
    }

    [Fact]
    public void Json_says_what_its_documentation_says()
    {
        _folder.Write("config.toml", TemporaryFolder.Cleartext);
        using var json = JsonDocument.Parse(Check("config.toml", "missing.toml", "-f", "json").Expect(3).Output);
        var root = json.RootElement;
        Assert.Equal("stalwart-harden", root.GetProperty("format").GetString());
        Assert.Equal(1, root.GetProperty("version").GetInt32());
        var finding = root.GetProperty("files")[0].GetProperty("findings")[0];
        Assert.Equal("SWH1001", finding.GetProperty("rule").GetString());
        Assert.Equal("warning", finding.GetProperty("severity").GetString());
        Assert.Equal("server.listener.imap.bind", finding.GetProperty("setting").GetString());
        Assert.Equal((2, 8, 2, 18), (finding.GetProperty("line").GetInt32(), finding.GetProperty("column").GetInt32(), finding.GetProperty("endLine").GetInt32(), finding.GetProperty("endColumn").GetInt32()));
        Assert.Equal("missing.toml", root.GetProperty("summary").GetProperty("problems")[0].GetProperty("path").GetString());
    }

    [Fact]
    public void Git_hub_annotations_are_escaped()
    {
        _folder.Write("a,b.toml", TemporaryFolder.Cleartext);
        Assert.StartsWith("::warning file=a%2Cb.toml,line=2,endLine=2,col=8,endColumn=18,title=SWH1001 Close the cleartext IMAP port 143::Listener 'imap'", Check("a,b.toml", "-f", "github").Expect(1).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Git_lab_fingerprints_differ_between_files()
    {
        _folder.Write("a.toml", TemporaryFolder.Cleartext);
        _folder.Write("b.toml", TemporaryFolder.Cleartext);
        using var json = JsonDocument.Parse(Check("a.toml", "b.toml", "-f", "gitlab").Expect(1).Output);
        Assert.Equal(2, json.RootElement.EnumerateArray().Select(entry => entry.GetProperty("fingerprint").GetString()).Distinct().Count());
        Assert.All(json.RootElement.EnumerateArray(), entry => Assert.Equal(2, entry.GetProperty("location").GetProperty("lines").GetProperty("begin").GetInt32()));
    }

    [Fact]
    public void J_unit_counts_files_without_findings_as_passed()
    {
        _folder.Write("a.toml", TemporaryFolder.Cleartext);
        _folder.Write("b.toml", TemporaryFolder.Hardened);
        var suites = XDocument.Parse(Check("a.toml", "b.toml", "-f", "junit").Expect(1).Output).Root!.Elements("testsuite").ToList();
        Assert.Equal(["1", "0"], suites.Select(suite => suite.Attribute("failures")!.Value));
        Assert.Equal("1", suites[1].Attribute("tests")!.Value);
    }

    [Fact]
    public void Many_files_come_out_in_the_same_order_every_time()
    {
        for (var i = 0; i < 300; i++)
            _folder.Write($"{i:000}.toml", TemporaryFolder.Cleartext);
        foreach (var format in (string[])["text", "json", "sarif", "github", "gitlab", "junit"])
        {
            var first = Check(".", "-f", format).Expect(1).Output;
            Assert.Equal(first, Check(".", "-f", format).Expect(1).Output);
            Assert.True(first.IndexOf("001.toml", StringComparison.Ordinal) < first.IndexOf("299.toml", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Output_goes_to_a_file_where_one_is_named()
    {
        _folder.Write("config.toml", TemporaryFolder.Cleartext);
        Assert.Empty(Check("config.toml", "-f", "json", "-o", "out.json").Expect(1).Output);
        using var json = JsonDocument.Parse(_folder.Read("out.json"));
        Assert.Equal(1, json.RootElement.GetProperty("summary").GetProperty("findings").GetInt32());
        Check("config.toml", "-o", "no/such/folder.txt").Expect(2);
    }

    [Fact]
    public void Control_characters_do_not_reach_the_terminal()
    {
        _folder.Write("config.toml", "[server.listener.imap]\nbind = \"[::]:143\" # \e[2J \u202E\nprotocol = \"imap\"\n");
        var output = Check("config.toml").Expect(1).Output;
        Assert.DoesNotContain('\e', output);
        Assert.DoesNotContain('\u202E', output);
    }

    [Fact]
    public void Help_states_the_exit_codes()
    {
        foreach (var arguments in (string[][])[["--help"], ["check", "--help"], ["fix", "--help"], ["access", "--help"]])
        {
            var output = ToolProcess.Run(_folder.Root, arguments).Expect(0).Output;
            Assert.Contains("Exit codes:\n  0    ", output, StringComparison.Ordinal);
            Assert.Contains("\n  2    wrong usage", output, StringComparison.Ordinal);
            Assert.Contains("that cannot be read", output, StringComparison.Ordinal);
        }
    }
}
