using StalwartHardening.Configuration;
using StalwartHardening.Testing;

namespace StalwartHardening.Tests;

/// <summary>Where a configuration goes.</summary>
public sealed class WritingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("written");

    private static StalwartServer Server => StalwartServer.CreateBuilder("mail.example.org").Build();

    private string Target => Path.Combine(_folder.FullName, "config.toml");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Files_streams_and_writers_get_the_same_text()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var server = Server;
        server.WriteToml(Target);
        Assert.Equal(server.ToToml(), await File.ReadAllTextAsync(Target, cancellationToken));
        using var stream = new MemoryStream();
        server.WriteToml(stream);
        await server.WriteTomlAsync(stream, cancellationToken);
        Assert.Equal([.. await File.ReadAllBytesAsync(Target, cancellationToken), .. await File.ReadAllBytesAsync(Target, cancellationToken)], stream.ToArray());
        using var writer = new StringWriter();
        server.WriteToml(writer);
        Assert.Equal(server.ToToml(), writer.ToString());
        File.Delete(Target);
        await server.WriteTomlAsync(Target, cancellationToken);
        Assert.Equal(server.ToToml(), await File.ReadAllTextAsync(Target, cancellationToken));
    }

    [Fact]
    public async Task A_file_is_replaced_whole_or_not_at_all()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(Target, "old", cancellationToken);
        using (var reader = new StreamReader(new FileStream(Target, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)))
        {
            Server.WriteToml(Target);
            // Who had the old file open still reads the old one to its end.
            Assert.Equal("old", await reader.ReadToEndAsync(cancellationToken));
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Server.WriteTomlAsync(Target, new CancellationToken(canceled: true)));
        Assert.Equal(Server.ToToml(), await File.ReadAllTextAsync(Target, cancellationToken));
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "folder"));
        Assert.ThrowsAny<SystemException>(() => Server.WriteToml(Path.Combine(_folder.FullName, "folder")));
        Assert.Equal(["config.toml"], _folder.GetFiles().Select(static file => file.Name));
    }

    [Fact]
    public async Task A_file_has_its_permissions_from_the_first_moment_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        Server.WriteToml(Target, ConfigurationFileMode.Owner);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Mode());
        // An existing file keeps what it has.
        Server.WriteToml(Target);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Mode());
        await Server.WriteTomlAsync(Target, ConfigurationFileMode.OwnerAndGroup, TestContext.Current.CancellationToken);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, Mode());

        UnixFileMode Mode() => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(Target);
    }

    [Fact]
    public void A_link_stays_a_link()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege there.");
        var version = Path.Combine(_folder.FullName, "config-1.toml");
        File.WriteAllText(version, "old");
        File.CreateSymbolicLink(Target, version);
        Server.WriteToml(Target);
        Assert.NotNull(new FileInfo(Target).LinkTarget);
        Assert.Equal(Server.ToToml(), File.ReadAllText(version));
    }

    [Fact]
    public void One_line_of_a_test_fails_with_the_list()
    {
        var server = StalwartServer.CreateBuilder("mail.example.org");
        HardeningAssert.NoFindings(server.Build());
        server.AddListener("imap", MailProtocol.Imap).Bind(143);
        server.AddListener("pop3", MailProtocol.Pop3).Bind(110);
        var exception = Assert.Throws<FindingsException>(() => HardeningAssert.NoFindings(server.Build()));
        Assert.Equal(["SWH1001", "SWH1002"], exception.Findings.Select(static finding => finding.RuleId));
        Assert.Equal(exception.Findings.ToString(), exception.Message);
        Assert.Contains("WritingTests.cs(", exception.Message, StringComparison.Ordinal);
        HardeningAssert.NoFindings(server.Build(), new JudgementOptions().Accept("SWH1001", "a test").Accept("SWH1002", "a test"));
        Assert.Throws<ArgumentNullException>(static () => HardeningAssert.NoFindings(null!));
        // By this name xunit knows a failed assertion from a crash.
        Assert.Contains(typeof(FindingsException).GetInterfaces(), static type => type.Name == "IAssertionException");
    }
}
