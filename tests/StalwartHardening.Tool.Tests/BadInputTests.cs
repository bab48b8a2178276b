namespace StalwartHardening.Tests;

public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private ToolResult Check(params string[] arguments) => ToolProcess.Run(_folder.Root, ["check", .. arguments]);

    [Theory]
    [InlineData("missing.toml", "no such file")]
    [InlineData("x/**/*.toml", "the glob matches no file")]
    [InlineData("*.conf", "the glob matches no file")]
    [InlineData("empty", "no *.toml, *.ndjson or *.json file is in this directory")]
    [InlineData("", "this is not a path")]
    public void What_leads_nowhere_has_exit_code_3_and_is_named(string argument, string reason)
    {
        Directory.CreateDirectory(Path.Combine(_folder.Root, "empty"));
        var result = Check(argument).Expect(3);
        Assert.Contains($"'{argument}'", result.Error, StringComparison.Ordinal);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_file_does_not_keep_the_others_from_being_judged()
    {
        _folder.Write("config.toml", TemporaryFolder.Cleartext);
        Assert.Contains("SWH1001", Check("missing.toml", "config.toml").Expect(3).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_link_is_named()
    {
        File.CreateSymbolicLink(Path.Combine(_folder.Root, "link.toml"), "nowhere.toml");
        Assert.Contains("'link.toml': the link is broken", Check("link.toml").Expect(3).Error, StringComparison.Ordinal);
        Assert.Contains("'link.toml': the link is broken", Check(".").Expect(3).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_circle_of_links_ends()
    {
        File.CreateSymbolicLink(Path.Combine(_folder.Root, "a.toml"), "b.toml");
        File.CreateSymbolicLink(Path.Combine(_folder.Root, "b.toml"), "a.toml");
        Directory.CreateSymbolicLink(Path.Combine(_folder.Root, "self"), ".");
        Check("a.toml").Expect(3);
        _folder.Write("config.toml", TemporaryFolder.Hardened);
        File.Delete(Path.Combine(_folder.Root, "a.toml"));
        File.Delete(Path.Combine(_folder.Root, "b.toml"));
        Assert.Contains("in 1 file", Check(".").Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_binary_file_is_refused()
    {
        File.WriteAllBytes(Path.Combine(_folder.Root, "config.toml"), [0x7F, (byte)'E', (byte)'L', (byte)'F', 0, 0]);
        Assert.Contains("this is a binary file", Check("config.toml").Expect(3).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_file_is_refused_with_the_limit_named()
    {
        using (var stream = File.Create(Path.Combine(_folder.Root, "config.toml")))
            stream.SetLength(1L << 30);
        Assert.Contains("it is larger than 16 MiB, the limit", Check("config.toml").Expect(3).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_without_end_is_refused()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "There is no /dev/zero.");
        Assert.Contains("16 MiB", Check("/dev/zero").Expect(3).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_no_utf8_is_a_finding()
    {
        File.WriteAllBytes(Path.Combine(_folder.Root, "config.toml"), [.. "server.hostname = \""u8, 0xFF, .. "\"\n"u8]);
        Assert.Contains("SWH0001]: The server logs an error and starts with an empty configuration", Check("config.toml").Expect(1).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_that_is_no_utf8_is_refused_as_a_plan()
    {
        File.WriteAllBytes(Path.Combine(_folder.Root, "plan.ndjson"), [.. "{\"@type\":\"update\",\"object\":\"SystemSettings\",\"value\":{\"defaultHostname\":\""u8, 0xFF, .. "\"}}\n"u8]);
        Assert.Contains("SWH0001]: The plan is refused: the file is not valid UTF-8.", Check("plan.ndjson").Expect(1).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Closed_standard_input_is_said_and_not_waited_for()
    {
        Assert.Contains("standard input is closed", ToolProcess.Shell(_folder.Root, "timeout 30 $TOOL check - <&-").Expect(3).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_that_goes_away_is_no_error()
    {
        for (var i = 0; i < 200; i++)
            _folder.Write($"{i:000}.toml", TemporaryFolder.Cleartext);
        var result = ToolProcess.Shell(_folder.Root, "$TOOL check . | head -n 1; exit ${PIPESTATUS[0]}").Expect(1);
        Assert.Empty(result.Error);
    }

    [Fact]
    public void Closed_and_full_outputs_end_without_a_stack_trace()
    {
        _folder.Write("config.toml", TemporaryFolder.Cleartext);
        ToolProcess.Shell(_folder.Root, "$TOOL check config.toml >&-").Expect(1);
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full.");
        Assert.Contains("cannot be written", ToolProcess.Shell(_folder.Root, "$TOOL check config.toml >/dev/full").Expect(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_or_directory_without_permission_is_named()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Needs POSIX permissions.");
            return;
        }

        _folder.Write("open.toml", TemporaryFolder.Hardened);
        _folder.Write("closed.toml", TemporaryFolder.Hardened);
        _folder.Write("shut/config.toml", TemporaryFolder.Hardened);
        File.SetUnixFileMode(_folder.Root, (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(Path.Combine(_folder.Root, "closed.toml"), UnixFileMode.None);
        File.SetUnixFileMode(Path.Combine(_folder.Root, "shut"), UnixFileMode.None);
        try
        {
            // Root reads everything; somebody else does not.
            var line = "$TOOL check .";
            if (Environment.UserName == "root")
            {
                line = "setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/tmp " + line;
                Assert.SkipUnless(ToolProcess.Shell("/", "setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/tmp $TOOL --version").ExitCode == 0, "Nobody else can run the tool here.");
            }

            var result = ToolProcess.Shell(_folder.Root, line).Expect(3);
            Assert.Contains("'closed.toml': permission denied", result.Error, StringComparison.Ordinal);
            Assert.Contains("'shut': permission denied", result.Error, StringComparison.Ordinal);
        }
        finally
        {
            File.SetUnixFileMode(Path.Combine(_folder.Root, "shut"), (UnixFileMode)0b111_000_000);
        }
    }

    [Fact]
    public void A_pipe_without_a_writer_is_not_waited_for()
    {
        _folder.Write("config.toml", TemporaryFolder.Hardened);
        var named = ToolProcess.Shell(_folder.Root, "mkfifo pipe.toml && timeout 30 $TOOL check pipe.toml").Expect(3);
        Assert.Contains("'pipe.toml': this is a pipe", named.Error, StringComparison.Ordinal);
        var found = ToolProcess.Shell(_folder.Root, "timeout 30 $TOOL check .").Expect(3);
        Assert.Contains("'pipe.toml': this is a pipe", found.Error, StringComparison.Ordinal);
        Assert.Contains("in 1 file", found.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_shell_substitutes_for_a_file_is_read()
    {
        _folder.Write("config.toml", TemporaryFolder.Cleartext);
        Assert.Contains("SWH1001", ToolProcess.Shell(_folder.Root, "timeout 30 $TOOL check <(cat config.toml)").Expect(1).Output, StringComparison.Ordinal);
        Assert.Contains("SWH1001", ToolProcess.Shell(_folder.Root, "timeout 30 $TOOL check /dev/stdin < <(cat config.toml)").Expect(1).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("github")]
    [InlineData("junit")]
    [InlineData("gitlab")]
    [InlineData("json")]
    [InlineData("sarif")]
    public void A_file_name_cannot_write_lines_or_move_the_cursor(string format)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only there a name may hold a line break.");
        _folder.Write("a\n::error::forged\e[2J\u202E.toml", TemporaryFolder.Cleartext);
        _folder.Write("b\n::error::forged.toml", "\0");
        var result = Check(".", "-f", format).Expect(3);
        foreach (var text in (string[])[result.Output, result.Error])
        {
            Assert.DoesNotContain("\n::error::forged", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\e", text, StringComparison.Ordinal);
        }

        Assert.Contains("forged", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-o")]
    [InlineData("--write-baseline")]
    public void An_output_that_cannot_be_written_is_wrong_usage(string option)
    {
        _folder.Write("config.toml", TemporaryFolder.Cleartext);
        Assert.Contains("'nowhere/out' cannot be written: no such directory", Check("config.toml", option, "nowhere/out").Expect(2).Error, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(_folder.Root, "taken"));
        Assert.Contains("'taken' cannot be written", Check("config.toml", option, "taken").Expect(2).Error, StringComparison.Ordinal);
        Assert.Equal([".git", "config.toml", "taken"], Directory.GetFileSystemEntries(_folder.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.SkipUnless(Directory.Exists("/proc"), "There is no /proc.");
        Assert.Contains("cannot be written", Check("config.toml", option, "/proc/out").Expect(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_named_in_several_ways_is_judged_once()
    {
        _folder.Write("config.toml", TemporaryFolder.Cleartext);
        File.CreateSymbolicLink(Path.Combine(_folder.Root, "link.toml"), "config.toml");
        Assert.Contains("1 finding in 1 file", Check("config.toml", "./config.toml", "*.toml", "link.toml", ".").Expect(1).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_files_are_reported_in_order_whatever_finishes_first()
    {
        for (var i = 0; i < 300; i++)
            _folder.Write($"{i:000}.toml", i % 7 == 0 ? string.Concat(Enumerable.Repeat("# padding\n", 20_000)) + TemporaryFolder.Cleartext : TemporaryFolder.Cleartext);
        var result = Check(".", "-f", "github").Expect(1);
        var names = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..line.IndexOf(',', StringComparison.Ordinal)]).Distinct().ToList();
        Assert.Equal(300, names.Count);
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
    }

    [Fact]
    public void Only_a_terminal_sees_how_far_a_run_is()
    {
        for (var i = 0; i < 200; i++)
            _folder.Write($"{i:000}.toml", TemporaryFolder.Cleartext);
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "Needs script(1) for a terminal.");
        var shown = ToolProcess.Shell(_folder.Root, "TERM=xterm script -qec \"$TOOL check . -f github >out.txt\" /dev/null");
        Assert.Contains("Judging", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("SWH1001", shown.Output, StringComparison.Ordinal);
        var written = _folder.Read("out.txt");
        Assert.DoesNotContain("Judging", written, StringComparison.Ordinal);
        var redirected = ToolProcess.Shell(_folder.Root, "$TOOL check . -f github").Expect(1);
        Assert.Equal(written, redirected.Output);
        Assert.Empty(redirected.Error);
    }
}
