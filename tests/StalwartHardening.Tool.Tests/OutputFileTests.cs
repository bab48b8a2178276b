namespace StalwartHardening.Tests;

/// <summary>Where <c>--output</c> and the other options that name a file write: into what is there, never instead of it.</summary>
public sealed class OutputFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public OutputFileTests() => _folder.Write("config.toml", TemporaryFolder.Cleartext);

    public void Dispose() => _folder.Dispose();

    /// <summary>Every option that takes a file to write.</summary>
    public static TheoryData<string> Writers => ["check config.toml --format json --output", "check config.toml --write-baseline", "exposure config.toml --format text --output"];

    private string PathOf(string name) => Path.Combine(_folder.Root, name);

    private ToolResult Write(string command, string file) => ToolProcess.Run(_folder.Root, [.. command.Split(' '), file]);

    private string[] Names() => [.. Directory.GetFileSystemEntries(_folder.Root).Select(path => Path.GetFileName(path)).Where(static name => name != ".git").Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Writers))]
    public void A_link_stays_a_link(string command)
    {
        _folder.Write("real/out", "");
        File.CreateSymbolicLink(PathOf("link"), "real/out");
        Assert.InRange(Write(command, "link").ExitCode, 0, 1);
        Assert.Equal("real/out", new FileInfo(PathOf("link")).LinkTarget);
        Assert.NotEmpty(_folder.Read("real/out"));
        File.Delete(PathOf("real/out"));
        Assert.InRange(Write(command, "link").ExitCode, 0, 1);
        Assert.NotEmpty(_folder.Read("real/out"));
        Assert.Single(Directory.GetFileSystemEntries(PathOf("real")));
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public void Permissions_stay(string command)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs POSIX permissions.");
        foreach (var mode in (string[])["600", "640", "666"])
        {
            ToolProcess.Shell(_folder.Root, $"touch out; chmod {mode} out");
            Assert.InRange(Write(command, "out").ExitCode, 0, 1);
            Assert.Equal(mode + "\n", ToolProcess.Shell(_folder.Root, "stat -c %a out").Output);
        }

        ToolProcess.Shell(_folder.Root, "chmod 400 out");
        Assert.Contains("permission denied", Write(command, "out").Expect(2).Error, StringComparison.Ordinal);
        Assert.Equal(["config.toml", "out"], Names());
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public void Devices_and_pipes_are_written_into(string command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs devices.");
        Assert.InRange(Write(command, "/dev/null").ExitCode, 0, 1);
        Assert.Equal("character special file\n", ToolProcess.Shell("/", "stat -c %F /dev/null").Output);
        var result = ToolProcess.Shell(_folder.Root, $"mkfifo pipe; cat pipe > read & $TOOL {command} pipe; code=$?; wait; stat -c %F pipe >&2; exit $code");
        Assert.InRange(result.ExitCode, 0, 1);
        Assert.Contains("fifo", result.Error, StringComparison.Ordinal);
        Assert.NotEmpty(_folder.Read("read"));
    }

    [Fact]
    public void Standard_output_can_be_named()
    {
        var plain = ToolProcess.Run(_folder.Root, "check", "config.toml", "--format", "json").Expect(1).Output;
        Assert.Equal(plain, ToolProcess.Shell(_folder.Root, "$TOOL check config.toml --format json --output /dev/stdout").Expect(1).Output);
        ToolProcess.Shell(_folder.Root, "echo first > all; $TOOL check config.toml --format json --output /dev/stdout >> all");
        Assert.Equal("first\n" + plain, _folder.Read("all"));
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public void What_is_no_file_is_refused(string command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs sockets.");
        Assert.Contains("it is a directory", Write(command, ".").Expect(2).Error, StringComparison.Ordinal);
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(PathOf("socket")));
        Assert.Contains("it is not a regular file", Write(command, "socket").Expect(2).Error, StringComparison.Ordinal);
        Assert.Contains("no such directory", Write(command, "nowhere/out").Expect(2).Error, StringComparison.Ordinal);
        File.CreateSymbolicLink(PathOf("circle"), "circle");
        Assert.Contains("cannot be written", Write(command, "circle").Expect(2).Error, StringComparison.Ordinal);
        Assert.Equal(["circle", "config.toml", "socket"], Names());
    }

    [Fact]
    public void A_full_disk_is_named_and_nothing_is_left()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "Needs /dev/full.");
        Assert.Contains("the disk is full", Write("check config.toml --output", "/dev/full").Expect(2).Error, StringComparison.Ordinal);
    }
}
