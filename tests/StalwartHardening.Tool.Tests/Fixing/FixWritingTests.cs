using System.Text;
using StalwartHardening.Tool.Files;
using StalwartHardening.Tool.Fixing;
using StalwartHardening.Tool.Input;

namespace StalwartHardening.Tests.Fixing;

/// <summary>How files are written: whole or not at all, and only those that were meant.</summary>
public sealed class FixWritingTests : IDisposable
{
    private const string Fixed = "[server.listener.imap]\nbind = \"[::]:993\"\nprotocol = \"imap\"\ntls.implicit = true\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private ToolResult Write(params string[] arguments) => ToolProcess.Run(_folder.Root, ["fix", "--write", "--all", .. arguments]);

    private string PathOf(string name) => Path.Combine(_folder.Root, name);

    private string[] Names() => [.. Directory.GetFileSystemEntries(_folder.Root).Select(path => Path.GetFileName(path)).Where(name => name != ".git").Order(StringComparer.Ordinal)];

    [Fact]
    public void Permissions_and_owner_stay()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs POSIX permissions.");
        _folder.Write("config.toml", TemporaryFolder.Cleartext);
        var isRoot = ToolProcess.Shell(_folder.Root, "chown 1234:2345 config.toml").ExitCode == 0;
        ToolProcess.Shell(_folder.Root, "chmod 640 config.toml");
        Write("config.toml", "--backup").Expect(0);
        Assert.Equal(isRoot ? "640 1234:2345\n640 1234:2345\n" : "640\n640\n", ToolProcess.Shell(_folder.Root, $"stat -c '%a{(isRoot ? " %u:%g" : "")}' config.toml config.toml.bak").Output);
        Assert.Equal(Fixed, _folder.Read("config.toml"));
        Assert.Equal(TemporaryFolder.Cleartext, _folder.Read("config.toml.bak"));
    }

    [Fact]
    public void A_backup_overwrites_no_other()
    {
        _folder.Write("config.toml", TemporaryFolder.Cleartext);
        _folder.Write("config.toml.bak", "old");
        _folder.Write("config.toml.bak.1", "older");
        Write("config.toml", "--backup").Expect(0);
        Assert.Equal("old", _folder.Read("config.toml.bak"));
        Assert.Equal("older", _folder.Read("config.toml.bak.1"));
        Assert.Equal(TemporaryFolder.Cleartext, _folder.Read("config.toml.bak.2"));
    }

    [Fact]
    public void A_file_without_fixes_gets_no_backup()
    {
        _folder.Write("config.toml", TemporaryFolder.Hardened);
        Write("config.toml", "--backup").Expect(0);
        Assert.Equal(["config.toml"], Names());
    }

    [Fact]
    public void A_file_that_changed_meanwhile_is_left_alone()
    {
        _folder.Write("config.toml", TemporaryFolder.Cleartext);
        var result = ToolProcess.Shell(_folder.Root, "mkfifo answers; $TOOL fix --review --backup config.toml < answers > out 2> err & tool=$!; exec 3> answers; for i in $(seq 300); do grep -q 'Apply it' out && break; sleep 0.1; done; echo '# mine' >> config.toml; echo y >&3; exec 3>&-; wait $tool; code=$?; cat err; rm -f answers out err; exit $code");
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("cannot fix 'config.toml': the file has changed since it was read", result.Output, StringComparison.Ordinal);
        Assert.Equal(TemporaryFolder.Cleartext + "# mine\n", _folder.Read("config.toml"));
        Assert.Equal(["config.toml"], Names());
    }

    [Theory]
    [InlineData("x")]
    [InlineData("")]
    public void What_is_not_there_any_more_is_not_replaced(string found)
    {
        var path = _folder.Write("config.toml", found);
        Assert.Contains("has changed", new TargetFile(path).Replace("y", "z", keepsBackup: true).Problem, StringComparison.Ordinal);
        Assert.Equal(found, _folder.Read("config.toml"));
        File.Delete(path);
        Assert.Contains("gone away", new TargetFile(path).Replace(found, "z", keepsBackup: true).Problem, StringComparison.Ordinal);
        Assert.Empty(Names());
    }

    [Fact]
    public void A_link_inside_the_tree_stays_a_link()
    {
        _folder.Write("real/config.toml", TemporaryFolder.Cleartext);
        File.CreateSymbolicLink(PathOf("config.toml"), "real/config.toml");
        Assert.Contains("--- real/config.toml\n", ToolProcess.Run(_folder.Root, "fix", "--all", "config.toml").Expect(1).Output, StringComparison.Ordinal);
        Write("config.toml").Expect(0);
        Assert.Equal("real/config.toml", new FileInfo(PathOf("config.toml")).LinkTarget);
        Assert.Equal(Fixed, _folder.Read("real/config.toml"));
    }

    [Theory]
    [InlineData("tree")]
    [InlineData("tree/*.toml")]
    public void A_link_out_of_the_tree_is_not_followed(string argument)
    {
        _folder.Write("outside/config.toml", TemporaryFolder.Cleartext);
        _folder.Write("tree/own.toml", TemporaryFolder.Cleartext);
        File.CreateSymbolicLink(PathOf("tree/config.toml"), "../outside/config.toml");
        var result = Write(argument).Expect(3);
        Assert.Contains("cannot fix 'tree/config.toml': it is reached through a link that leads out of", result.Error, StringComparison.Ordinal);
        Assert.Equal(TemporaryFolder.Cleartext, _folder.Read("outside/config.toml"));
        Assert.Equal(Fixed, _folder.Read("tree/own.toml"));
        Write("outside/config.toml").Expect(0);
    }

    [Fact]
    public void A_directory_that_is_a_link_out_of_the_tree_is_not_followed()
    {
        using var other = new TemporaryFolder();
        other.Write("config.toml", TemporaryFolder.Cleartext);
        Directory.CreateSymbolicLink(PathOf("link"), other.Root);
        Assert.Contains("leads out of", Write("link/config.toml").Expect(3).Error, StringComparison.Ordinal);
        Assert.Equal(TemporaryFolder.Cleartext, other.Read("config.toml"));
        Write(Path.Combine(other.Root, "config.toml")).Expect(0);
    }

    [Fact]
    public void A_file_named_twice_is_fixed_once()
    {
        _folder.Write("a/config.toml", TemporaryFolder.Cleartext);
        Directory.CreateSymbolicLink(PathOf("b"), "a");
        File.CreateSymbolicLink(PathOf("link.toml"), "a/config.toml");
        Assert.Contains("Fixed 1 finding in 1 file.", Write("a/config.toml", "./a/config.toml", "a", "link.toml", "b/config.toml", "--backup").Expect(0).Output, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(PathOf("a")).Length);
    }

    [Fact]
    public void Read_only_files_are_named_and_the_others_fixed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs POSIX permissions.");
        foreach (var name in (string[])["a.toml", "b.toml", "c.toml"])
            _folder.Write(name, TemporaryFolder.Cleartext);
        ToolProcess.Shell(_folder.Root, "chmod 444 b.toml");
        var result = Write(".").Expect(3);
        Assert.Contains("cannot fix 'b.toml': the file is read-only", result.Error, StringComparison.Ordinal);
        Assert.Equal([Fixed, TemporaryFolder.Cleartext, Fixed], new[] { "a.toml", "b.toml", "c.toml" }.Select(_folder.Read));
        Assert.Contains("Fixed 2 findings in 2 files; 1 finding left", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_only_directories_are_named_and_the_others_fixed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs POSIX permissions.");
        _folder.Write("shut/config.toml", TemporaryFolder.Cleartext);
        _folder.Write("z.toml", TemporaryFolder.Cleartext);
        var who = "";
        if (Environment.UserName == "root")
        {
            who = "setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/tmp ";
            Assert.SkipUnless(ToolProcess.Shell("/", who + "$TOOL --version").ExitCode == 0, "Nobody else can run the tool here.");
            ToolProcess.Shell(_folder.Root, "chown -R 65534:65534 .");
        }

        var result = ToolProcess.Shell(_folder.Root, $"chmod 555 shut; {who}$TOOL fix --write --all .; code=$?; chmod 755 shut; exit $code").Expect(3);
        Assert.Contains("cannot fix 'shut/config.toml': permission denied on its directory", result.Error, StringComparison.Ordinal);
        Assert.Equal(Fixed, _folder.Read("z.toml"));
        Assert.Single(Directory.GetFiles(PathOf("shut")));
    }

    [Fact]
    public void Text_that_is_no_utf8_is_not_rewritten()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(TemporaryFolder.Cleartext), .. "# "u8, 0xFF, (byte)'\n'];
        File.WriteAllBytes(PathOf("config.toml"), bytes);
        Assert.Contains("'config.toml' is not valid UTF-8 and was not changed", Write("config.toml").Expect(1).Error, StringComparison.Ordinal);
        Assert.Equal(bytes, File.ReadAllBytes(PathOf("config.toml")));
        Assert.Empty(ToolProcess.Run(_folder.Root, "fix", "--all", "config.toml").Expect(1).Output);
    }

    [Fact]
    public void Other_peoples_files_are_passed_over()
    {
        _folder.Write("Cargo.toml", "[package]\nname = \"x\"\n");
        Assert.Contains("looks like a Stalwart configuration", Write(".").Expect(3).Error, StringComparison.Ordinal);
    }

    // Tests that run in the background ignore Ctrl+C, and so does everything they start.
    private static string HeedsSignals => ToolProcess.Shell("/", "env --default-signal=INT true").ExitCode == 0 ? "env --default-signal=INT" : "";

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void An_interruption_leaves_whole_files_and_nothing_else(string signal)
    {
        const int Count = 3000;
        for (var i = 0; i < Count; i++)
            _folder.Write($"{i:0000}.toml", TemporaryFolder.Cleartext);
        var result = ToolProcess.Shell(_folder.Root, $"set -m; {HeedsSignals} $TOOL fix --write --all . > out.txt & tool=$!; for i in $(seq 600); do grep -q '0010.toml' out.txt && break; sleep 0.05; done; kill -{signal} $tool; wait $tool; code=$?; rm out.txt; exit $code");
        Assert.Equal(130, result.ExitCode);
        Assert.Contains("interrupted", result.Error, StringComparison.Ordinal);
        Assert.Equal(Count, Names().Length);
        var texts = Directory.GetFiles(_folder.Root).Select(File.ReadAllText).ToList();
        Assert.All(texts, text => Assert.Contains(text, (string[])[Fixed, TemporaryFolder.Cleartext]));
        Assert.Contains(Fixed, texts);
        Assert.Contains(TemporaryFolder.Cleartext, texts);
    }

    // Nobody can clean up after this signal; the next run does, after itself and nobody else.
    [Fact]
    public void What_a_killed_run_leaves_is_cleared_by_the_next()
    {
        const int Count = 500;
        for (var i = 0; i < Count; i++)
            _folder.Write($"{i:0000}.toml", TemporaryFolder.Cleartext);
        string[] others = ["0001.toml.tmp", "0001.toml.1234.new.tmp", "0001.toml.0123abcx.stalwart-harden.tmp", ".stalwart-harden.tmp", "0123abcd.stalwart-harden.tmp"];
        foreach (var other in others)
            _folder.Write(other, "somebody's");
        for (var kill = 0; kill < 6; kill++)
            ToolProcess.Shell(_folder.Root, $"set -m; $TOOL fix --write --all --backup . > ../killed-$$ & tool=$!; for i in $(seq 600); do grep -q '{(kill * 20) + 10:0000}.toml' ../killed-$$ && break; sleep 0.02; done; kill -KILL $tool; wait $tool; rm ../killed-$$");
        // What it leaves if it is hit at the worst moment.
        _folder.Write("0002.toml.0123abcd.stalwart-harden.tmp", "[server.listener.imap]\nbi");
        var texts = Directory.GetFiles(_folder.Root, "0*.toml").Select(File.ReadAllText).ToList();
        Assert.Equal(Count, texts.Count);
        Assert.All(texts, text => Assert.Contains(text, (string[])[Fixed, TemporaryFolder.Cleartext]));
        Write(".").Expect(0);
        Assert.All(Directory.GetFiles(_folder.Root, "0*.toml"), static path => Assert.Equal(Fixed, File.ReadAllText(path)));
        Assert.Equal(others.Order(StringComparer.Ordinal), Names().Where(static name => name.EndsWith(".tmp", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_a_run_still_writes_is_not_cleared_by_another()
    {
        var path = _folder.Write("config.toml", TemporaryFolder.Cleartext);
        using var other = TemporaryFile.Create(path, "[server"u8);
        Write("config.toml").Expect(0);
        Assert.Equal(["config.toml", Path.GetFileName(other.Path)], Names());
    }

    [Fact]
    public void Two_runs_at_once_leave_whole_files()
    {
        const int Count = 200;
        for (var i = 0; i < Count; i++)
            _folder.Write($"{i:000}.toml", TemporaryFolder.Cleartext);
        ToolProcess.Shell(_folder.Root, "$TOOL fix --write --all . > /dev/null 2>&1 & $TOOL fix --write --all . > /dev/null 2>&1; wait");
        Assert.Equal(Count, Names().Length);
        Assert.All(Directory.GetFiles(_folder.Root), static path => Assert.Equal(Fixed, File.ReadAllText(path)));
    }

    [Fact]
    public void Links_are_followed_to_their_end()
    {
        Directory.CreateDirectory(PathOf("a/b"));
        _folder.Write("a/b/c.toml", "");
        Directory.CreateSymbolicLink(PathOf("one"), "a/../a/b");
        Directory.CreateSymbolicLink(PathOf("a/b/two"), PathOf("one"));
        var root = RealPath.Of(_folder.Root);
        Assert.Equal(Path.Combine(root, "a/b/c.toml"), RealPath.Of(PathOf("one/two/two/c.toml")));
        File.CreateSymbolicLink(PathOf("x"), "y");
        File.CreateSymbolicLink(PathOf("y"), "x");
        Assert.Throws<IOException>(() => RealPath.Of(PathOf("x")));
        Assert.False(RealPath.IsBelow("/ab/c", "/a"));
        Assert.True(RealPath.IsBelow("/a/c", "/"));
    }
}
