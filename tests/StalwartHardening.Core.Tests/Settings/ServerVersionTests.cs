using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Settings;

public class ServerVersionTests
{
    [Theory]
    [InlineData("0.15", 15, ServerVersion.AnyPatch)]
    [InlineData("v0.13.1", 13, 1)]
    [InlineData(" 0.12.x ", 12, ServerVersion.AnyPatch)]
    [InlineData("0.5.0", 5, 0)]
    public void TryParse_reads_what_people_write(string text, int minor, int patch)
    {
        Assert.True(ServerVersion.TryParse(text, out var version));
        Assert.Equal(new ServerVersion(minor, patch), version);
    }

    [Theory]
    [InlineData("")]
    [InlineData("15")]
    [InlineData("0.4")]
    [InlineData("0.17")]
    [InlineData("1.0")]
    [InlineData("0.15.5.1")]
    [InlineData("0.-5")]
    [InlineData(null)]
    public void TryParse_refuses_what_reads_no_toml(string? text) => Assert.False(ServerVersion.TryParse(text, out _));

    [Fact]
    public void A_version_without_patch_is_newer_than_every_patch_of_its_line()
    {
        Assert.True(ServerVersion.TryParse("0.13", out var line));
        Assert.True(line.IsAtLeast(13, 4));
        Assert.False(line.IsAtLeast(14));
        Assert.True(line > new ServerVersion(13, 4));
    }
}
