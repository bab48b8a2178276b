namespace StalwartHardening.Tests;

/// <summary>Links that lead in circles, and to each other: every file once, in the time it takes to look at it once.</summary>
public sealed class LinkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string PathOf(string name) => Path.Combine(_folder.Root, name);

    private string[] Reported(params string[] arguments) =>
        [.. ToolProcess.Run(_folder.Root, ["check", "--format", "github", .. arguments]).Expect(1).Output.Split('\n').Where(static line => line.Contains("title=SWH1001", StringComparison.Ordinal)).Select(static line => line[(line.IndexOf("file=", StringComparison.Ordinal) + 5)..line.IndexOf(',', StringComparison.Ordinal)])];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(6)]
    public void Links_to_their_own_directory_end(int count)
    {
        _folder.Write("two/config.toml", TemporaryFolder.Cleartext);
        _folder.Write("two/below/other.toml", TemporaryFolder.Cleartext);
        for (var i = 0; i < count; i++)
            Directory.CreateSymbolicLink(PathOf($"two/l{i}"), ".");
        Assert.Equal(["two/below/other.toml", "two/config.toml"], Reported("two/**/*.toml"));
        Assert.Equal(["two/below/other.toml", "two/config.toml"], Reported("two"));
    }

    [Fact]
    public void Links_to_each_other_end()
    {
        // Followed one by one, there would be two to the power of thirty ways to the file.
        for (var i = 0; i < 30; i++)
        {
            Directory.CreateDirectory(PathOf($"d{i}"));
            Directory.CreateSymbolicLink(PathOf($"d{i}/a"), $"../d{i + 1}");
            Directory.CreateSymbolicLink(PathOf($"d{i}/b"), $"../d{i + 1}");
        }

        _folder.Write("d30/config.toml", TemporaryFolder.Cleartext);
        Directory.CreateSymbolicLink(PathOf("d30/back"), "../d0");
        Assert.Equal(["d30/config.toml"], Reported("**/*.toml"));
        Assert.Single(Reported("d0/**/*.toml"));
        Assert.Single(Reported("d0/*/*/*/a/**"));
    }

    [Theory]
    [InlineData("*.toml", "a.toml")]
    [InlineData("**", "a.toml x/b.toml x/y/c.toml")]
    [InlineData("**/*.toml", "a.toml x/b.toml x/y/c.toml")]
    [InlineData("x/**/*.toml", "x/b.toml x/y/c.toml")]
    [InlineData("x/*/../*.toml", "x/b.toml")]
    [InlineData("?/?.tom?", "x/b.toml")]
    [InlineData("**/y/*", "x/y/c.toml")]
    [InlineData("./*/./y/**/c*l", "x/y/c.toml")]
    [InlineData("*/**/y/**", "x/y/c.toml")]
    public void Globs_give_what_they_name(string glob, string expected)
    {
        foreach (var name in (string[])["a.toml", "x/b.toml", "x/y/c.toml"])
            _folder.Write(name, TemporaryFolder.Cleartext);
        Directory.Delete(PathOf(".git"));
        Assert.Equal(expected, string.Join(' ', Reported(glob)));
    }

    [Fact]
    public void A_link_is_followed_where_nothing_else_leads_to_the_file()
    {
        using var other = new TemporaryFolder();
        other.Write("deep/config.toml", TemporaryFolder.Cleartext);
        Directory.CreateSymbolicLink(PathOf("link"), other.Root);
        Assert.Equal(["link/deep/config.toml"], Reported("*/deep/*.toml"));
        Assert.Equal(["link/deep/config.toml"], Reported("**/config.toml"));
    }
}
