using System.Globalization;

namespace StalwartHardening.Tests.Fixing;

/// <summary>Whatever ends a run of <c>fix --write</c>: each file is as it was or as it should be, and the next run finishes the work.</summary>
public sealed class InterruptedFixTests : IDisposable
{
    private const int Files = 60;
    private const string Fix = "$TOOL fix --write --all --allow-lockout .";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Signals => ["INT", "TERM", "KILL", "HUP"];

    [Theory]
    [MemberData(nameof(Signals))]
    public void A_signal_leaves_every_file_whole(string signal)
    {
        var random = new Random(signal.Length);
        WriteFiles();
        var before = Read();
        ToolProcess.Shell(_folder.Root, Fix);
        var after = Read();
        Assert.NotEqual(before, after);

        for (var run = 0; run < 10; run++)
        {
            WriteFiles();
            var delay = random.Next(120, 900) / 1000.0;
            ToolProcess.Shell(_folder.Root, string.Create(CultureInfo.InvariantCulture, $"timeout -s {signal} {delay} {Fix}"));
            var interrupted = Read();
            for (var i = 0; i < Files; i++)
                Assert.True(interrupted[i] == before[i] || interrupted[i] == after[i], $"{Name(i)} after SIG{signal} at {delay} s:\n{interrupted[i]}");
        }

        // The last word is that of a run that nothing interrupts: the work is done, and nothing is left of the others.
        ToolProcess.Shell(_folder.Root, Fix);
        Assert.Equal(after, Read());
        Assert.Equal(Files, Directory.GetFiles(_folder.Root).Length);
    }

    [Fact]
    public void A_full_disk_leaves_every_file_whole_and_is_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a file system of its own.");
        Assert.SkipUnless(ToolProcess.Shell(_folder.Root, "mkdir disk && unshare -rm mount -t tmpfs -o size=64k none disk").ExitCode == 0, "No file system can be mounted here.");

        // Larger than what is left: no file can be written a second time.
        var padding = "# " + new string('x', 20_000) + "\n";
        _folder.Write("source/config.toml", TemporaryFolder.Cleartext + padding);
        var result = ToolProcess.Shell(_folder.Root, "unshare -rm bash -c 'mount -t tmpfs -o size=64k none disk && cp source/config.toml disk/ && head -c 40000 /dev/zero > disk/rest; cd disk; $TOOL fix --write --all --allow-lockout config.toml; code=$?; cmp config.toml ../source/config.toml && ls; exit $code'"
            .Replace("'", "\"", StringComparison.Ordinal).Replace("$?", "\\$?", StringComparison.Ordinal).Replace("$code", "\\$code", StringComparison.Ordinal));
        Assert.Contains("the disk is full", result.Expect(3).Error, StringComparison.Ordinal);
        Assert.EndsWith("config.toml\nrest\n", result.Output, StringComparison.Ordinal);
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"config{number:00}.toml");

    private void WriteFiles()
    {
        for (var i = 0; i < Files; i++)
            _folder.Write(Name(i), TemporaryFolder.Cleartext + string.Create(CultureInfo.InvariantCulture, $"# {i}\n"));
    }

    private string[] Read() => [.. Enumerable.Range(0, Files).Select(i => _folder.Read(Name(i)))];
}
