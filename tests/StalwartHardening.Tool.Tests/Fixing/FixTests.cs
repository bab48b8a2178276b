namespace StalwartHardening.Tests.Fixing;

public sealed class FixTests : IDisposable
{
    // A safe fix (SWH0003), one to be reviewed (SWH1001).
    private const string Mixed = "server.http.hsts = true\n" + TemporaryFolder.Cleartext;

    // With a second to be reviewed (SWH3001).
    private const string WithAdministrator = TemporaryFolder.Cleartext + "[authentication.fallback-admin]\nuser = \"admin\"\nsecret = \"Zx9-marker\"\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private ToolResult Fix(params string[] arguments) => ToolProcess.Run(_folder.Root, ["fix", .. arguments]);

    private ToolResult FixWith(string input, params string[] arguments) => ToolProcess.RunWithInput(_folder.Root, input, ["fix", .. arguments]);

    [Fact]
    public void Without_write_the_difference_is_printed_and_nothing_changes()
    {
        _folder.Write("config.toml", Mixed);
        var result = Fix("config.toml").Expect(1);
        Assert.Equal(
            """
            --- config.toml
            +++ config.toml
            @@ -1,4 +1,4 @@
            -server.http.hsts = true
            +http.hsts = true
             [server.listener.imap]
             bind = "[::]:143"
             protocol = "imap"

            """.ReplaceLineEndings("\n"),
            result.Output);
        Assert.Contains("can fix SWH0003", result.Error, StringComparison.Ordinal);
        Assert.Contains("review fix: Move IMAP of listener 'imap' from 143 to 993 with implicit TLS (cuts off clients that use port 143)", result.Error, StringComparison.Ordinal);
        Assert.Equal(Mixed, _folder.Read("config.toml"));
    }

    [Fact]
    public void Write_applies_what_cuts_off_nobody_and_says_what_is_left()
    {
        _folder.Write("config.toml", Mixed);
        var result = Fix("config.toml", "--write").Expect(1);
        Assert.Equal(Mixed.Replace("server.http", "http", StringComparison.Ordinal), _folder.Read("config.toml"));
        Assert.Contains("config.toml: fixed SWH0003\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("config.toml:3:8: warning[SWH1001]", result.Output, StringComparison.Ordinal);
        Assert.Contains("Fixed 1 finding in 1 file; 1 finding left, 1 with a fix to review", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_all_leaves_nothing_that_check_would_report()
    {
        _folder.Write("config.toml", Mixed);
        Assert.Contains("Fixed 2 findings in 1 file.", Fix("config.toml", "--write", "--all").Expect(0).Output, StringComparison.Ordinal);
        ToolProcess.Run(_folder.Root, "check", "config.toml").Expect(0);
        Assert.Contains("Nothing to fix in 1 file.", Fix("config.toml", "--write", "--all").Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_without_findings_has_no_difference()
    {
        _folder.Write("config.toml", TemporaryFolder.Hardened);
        Assert.Empty(Fix("config.toml").Expect(0).Output);
    }

    [Fact]
    public void Review_asks_and_writes_what_was_agreed_to()
    {
        _folder.Write("config.toml", WithAdministrator);
        var result = FixWith("perhaps\nn\nyes\n", "config.toml", "--review").Expect(1);
        Assert.Contains("(cuts off clients that use port 143)", result.Output, StringComparison.Ordinal);
        Assert.Contains("(cuts off those who administer the server with it)", result.Output, StringComparison.Ordinal);
        Assert.Equal(TemporaryFolder.Cleartext, _folder.Read("config.toml"));
        Assert.DoesNotContain("Zx9", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("q\ny\n")]
    [InlineData("n\nn\nn\nn\n")]
    public void Review_without_agreement_changes_nothing(string answers)
    {
        _folder.Write("config.toml", WithAdministrator);
        FixWith(answers, "config.toml", "--review").Expect(1);
        Assert.Equal(WithAdministrator, _folder.Read("config.toml"));
    }

    [Fact]
    public void Review_on_a_terminal_is_a_menu()
    {
        Assert.SkipUnless(ToolProcess.Shell("/", "command -v script").ExitCode == 0, "Needs script, from util-linux.");
        _folder.Write("config.toml", TemporaryFolder.Cleartext);
        var result = ToolProcess.Shell(_folder.Root, "(sleep 3; printf '\\r') | timeout 30 script -qec \"TERM=xterm $TOOL fix --review config.toml\" /dev/null");
        Assert.Contains("Leave it and all others", result.Output, StringComparison.Ordinal);
        Assert.Contains("\e[32m+tls.implicit = true", result.Output, StringComparison.Ordinal);
        Assert.Contains(":993", _folder.Read("config.toml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TERM=xterm", "2>messages")]
    [InlineData("TERM=dumb", "")]
    [InlineData("TERM=xterm CI=true GITHUB_ACTIONS=true", "")]
    public void Review_on_a_terminal_without_menus_takes_lines(string environment, string redirection)
    {
        Assert.SkipUnless(ToolProcess.Shell("/", "command -v script").ExitCode == 0, "Needs script, from util-linux.");
        _folder.Write("config.toml", TemporaryFolder.Cleartext);
        var result = ToolProcess.Shell(_folder.Root, $"(sleep 3; printf 'y\\n') | timeout 30 script -qec \"{environment} $TOOL fix --review config.toml {redirection}\" /dev/null").Expect(0);
        Assert.Contains("Apply it? [y]es, [n]o, [q]uit", result.Output, StringComparison.Ordinal);
        Assert.Contains(":993", _folder.Read("config.toml"), StringComparison.Ordinal);
    }

    [Fact]
    public void Interrupting_a_menu_shows_the_cursor_again_and_changes_nothing()
    {
        Assert.SkipUnless(ToolProcess.Shell("/", "command -v script").ExitCode == 0, "Needs script, from util-linux.");
        _folder.Write("config.toml", TemporaryFolder.Cleartext);
        var result = ToolProcess.Shell(_folder.Root, "(sleep 3; printf '\\003') | timeout 30 script -qec \"TERM=xterm $TOOL fix --review config.toml\" /dev/null").Expect(130);
        Assert.Contains("\e[?25l", result.Output, StringComparison.Ordinal);
        Assert.True(result.Output.LastIndexOf("\e[?25h", StringComparison.Ordinal) > result.Output.LastIndexOf("\e[?25l", StringComparison.Ordinal));
        Assert.Contains("interrupted", result.Output, StringComparison.Ordinal);
        Assert.Equal(TemporaryFolder.Cleartext, _folder.Read("config.toml"));
    }

    [Fact]
    public void Options_choose_what_is_fixed()
    {
        _folder.Write("config.toml", Mixed);
        Assert.Empty(Fix("config.toml", "--only", "SWH1001").Expect(1).Output);
        Assert.DoesNotContain("+http.hsts", Fix("config.toml", "--only", "SWH1", "--all").Expect(1).Output, StringComparison.Ordinal);
        Assert.Empty(Fix("config.toml", "--target-version", "0.11", "--only", "SWH0003").Expect(0).Output);
        Assert.DoesNotContain("SWH1001", Fix("config.toml", "--write", "--all", "--allowed-ports", "143").Expect(0).Output, StringComparison.Ordinal);
        Assert.Contains(":143", _folder.Read("config.toml"), StringComparison.Ordinal);
        Fix("config.toml", "--preset", "none", "--all").Expect(0);
        Fix("config.toml", "--min-severity", "error", "--all").Expect(0);
    }

    [Fact]
    public void An_option_file_decides_as_it_does_for_check()
    {
        _folder.Write("config.toml", TemporaryFolder.Cleartext);
        _folder.Write("stalwart-harden.toml", "[severity]\nSWH1001 = \"none\"\n");
        Assert.Empty(Fix("config.toml", "--all").Expect(0).Output);
        Assert.NotEmpty(Fix("config.toml", "--all", "--no-config").Expect(1).Output);
        _folder.Write("stalwart-harden.toml", "nonsense = 1\n");
        Fix("config.toml", "--all", "--write").Expect(2);
        Assert.Equal(TemporaryFolder.Cleartext, _folder.Read("config.toml"));
    }

    [Fact]
    public void What_a_baseline_or_a_comment_accepts_stays()
    {
        var suppressed = TemporaryFolder.Cleartext.Replace("143\"", "143\" # swh:ignore SWH1001 -- an old printer", StringComparison.Ordinal);
        _folder.Write("config.toml", suppressed);
        Fix("config.toml", "--write", "--all").Expect(0);
        Assert.Equal(suppressed, _folder.Read("config.toml"));
        _folder.Write("config.toml", WithAdministrator);
        ToolProcess.Run(_folder.Root, "check", "config.toml", "--only", "SWH1001", "--preset", "default").Expect(1);
        _folder.Write("config.toml", TemporaryFolder.Cleartext);
        ToolProcess.Run(_folder.Root, "check", "config.toml", "--write-baseline", "known.json").Expect(0);
        _folder.Write("config.toml", WithAdministrator);
        Fix("config.toml", "--write", "--all", "--baseline", "known.json").Expect(0);
        Assert.Equal(TemporaryFolder.Cleartext, _folder.Read("config.toml"));
    }

    [Fact]
    public void Standard_input_gives_a_difference_or_the_fixed_text()
    {
        Assert.Contains("--- <stdin>\n+++ <stdin>\n", FixWith(TemporaryFolder.Cleartext, "-", "--all").Expect(1).Output, StringComparison.Ordinal);
        var result = FixWith(TemporaryFolder.Cleartext.Replace("\n", "\r\n", StringComparison.Ordinal), "-", "--all", "--write").Expect(0);
        Assert.Equal("[server.listener.imap]\r\nbind = \"[::]:993\"\r\nprotocol = \"imap\"\r\ntls.implicit = true\r\n", result.Output);
        Assert.Contains("Fixed 1 finding in 1 file.", result.Error, StringComparison.Ordinal);
        Assert.Equal(WithAdministrator, FixWith(WithAdministrator, "-", "--write").Expect(1).Output);
    }

    [Fact]
    public void A_byte_order_mark_passes_through_standard_streams()
    {
        _folder.Write("config.toml", "\uFEFF" + TemporaryFolder.Cleartext);
        Assert.Equal(" ef bb bf 5b\n", ToolProcess.Shell(_folder.Root, "$TOOL fix - --write --all < config.toml 2>/dev/null | od -An -tx1 -N4").Output);
    }

    [Theory]
    [InlineData("--review", "--all")]
    [InlineData("--backup")]
    [InlineData("-", "--review")]
    [InlineData("-", "config.toml", "--write")]
    [InlineData("--wirte")]
    [InlineData("--only", "SWH9999")]
    public void Wrong_usage_changes_nothing(params string[] arguments)
    {
        _folder.Write("config.toml", Mixed);
        Assert.NotEmpty(Fix(arguments).Expect(2).Error);
        Assert.Equal(Mixed, _folder.Read("config.toml"));
    }

    [Fact]
    public void A_difference_hides_secrets_unless_told_otherwise()
    {
        _folder.Write("config.toml", WithAdministrator);
        var hidden = Fix("config.toml", "--all").Expect(1);
        Assert.Contains("-secret = \"********\"", hidden.Output, StringComparison.Ordinal);
        Assert.Contains("use --show-secrets to print it in full", hidden.Error, StringComparison.Ordinal);
        var shown = Fix("config.toml", "--all", "--show-secrets").Expect(1);
        Assert.Contains("-secret = \"Zx9-marker\"", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("cannot be applied", shown.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[jmap.http]\nheaders = \"X-Api-Key: {0}\"\n")]
    [InlineData("[server.http]\nheaders = [\"Authorization: Bearer {0}\", \"{0}: {0}\"]\n")]
    [InlineData("authentication.fallback-admin.secret = \"{0}\"\nauthentication.fallback-admin.user = \"admin\"\n")]
    [InlineData("authentication.fallback-admin.secret = \"{0}\nauthentication.fallback-admin.user = \"admin\"\n")]
    [InlineData("[authentication.fallback-admin]\nuser = \"admin\"\nsecret = '''\n{0}\n{0}\n'''\n")]
    [InlineData("authentication.master = { user = \"m\", secret = \"{0}\" }\n")]
    [InlineData("[storage]\ndirectory = \"d\"\n[directory.d]\ntype = \"memory\"\n[[directory.d.principals]]\nname = \"ops\"\nclass = \"admin\"\nsecret = \"{0}\"\n")]
    [InlineData("[server.listener.imap] # password: {0}\nbind = \"[::]:143\"\nprotocol = \"imap\"\nprotocol = \"imap\"\n")]
    public void No_output_holds_a_secret(string template)
    {
        const string Marker = "Zx9-marker-secret";
        var text = template.Replace("{0}", Marker, StringComparison.Ordinal) + "server.hostname = \"x";
        _folder.Write("config.toml", text);
        _folder.Write("review.toml", text);
        foreach (var result in (ToolResult[])[Fix("config.toml", "--min-severity", "info"), Fix("config.toml", "--all", "--min-severity", "info"), FixWith("y\ny\ny\ny\ny\ny\n", "review.toml", "--review", "--min-severity", "info"), ToolProcess.Run(_folder.Root, "check", "config.toml", "-f", "sarif", "--min-severity", "info"), Fix("config.toml", "--write", "--all", "--min-severity", "info")])
        {
            Assert.DoesNotContain(Marker, result.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(Marker, result.Error, StringComparison.Ordinal);
            Assert.InRange(result.ExitCode, 0, 1);
        }
    }

    [Fact]
    public void Colours_are_for_those_who_ask()
    {
        _folder.Write("config.toml", TemporaryFolder.Cleartext);
        Assert.DoesNotContain('\e', Fix("config.toml", "--all").Expect(1).Output);
        Assert.Contains("\e[31m-bind = \"[::]:143\"\e[0m\n", Fix("config.toml", "--all", "--color", "always").Expect(1).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_names_every_option()
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "tool.md"));
        var section = page[page.IndexOf("\n## fix", StringComparison.Ordinal)..];
        section = section[..section.IndexOf("\n## ", 1, StringComparison.Ordinal)];
        var check = page[page.IndexOf("\n## check", StringComparison.Ordinal)..page.IndexOf("\n## fix", StringComparison.Ordinal)];
        var options = Fix("--help").Expect(0).Output.Split([' ', ',', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.StartsWith("--", StringComparison.Ordinal)).Select(word => word.TrimEnd('.', ':')).Distinct().ToList();
        Assert.Contains("--backup", options);
        Assert.All(options.Except(["--help"]), option => Assert.True(section.Contains('`' + option, StringComparison.Ordinal) || check.Contains('`' + option, StringComparison.Ordinal), option));
    }
}
