using StalwartHardening.Tool.Options;

namespace StalwartHardening.Tests;

public sealed class SectionPatternTests
{
    [Theory]
    [InlineData("*", "config.toml", true)]
    [InlineData("*.toml", "a/b/config.toml", true)]
    [InlineData("*.toml", "config.json", false)]
    [InlineData("/*.toml", "a/config.toml", false)]
    [InlineData("a/*.toml", "a/config.toml", true)]
    [InlineData("a/*.toml", "a/b/config.toml", false)]
    [InlineData("a/**.toml", "a/b/config.toml", true)]
    [InlineData("a/**/c.toml", "a/c.toml", true)]
    [InlineData("{mail,web}.toml", "web.toml", true)]
    [InlineData("{mail,web}.toml", "ftp.toml", false)]
    [InlineData("node{1..3}.toml", "node2.toml", true)]
    [InlineData("node{1..3}.toml", "node4.toml", false)]
    [InlineData("[a-c]?.toml", "b1.toml", true)]
    [InlineData("[!a-c]?.toml", "b1.toml", false)]
    [InlineData("\\*.toml", "*.toml", true)]
    [InlineData("\\*.toml", "x.toml", false)]
    [InlineData("{{{{", "x", false)]
    [InlineData("[", "x", false)]
    public void Sections_apply_as_editors_apply_them(string section, string path, bool applies) =>
        Assert.Equal(applies, SectionPattern.AppliesTo(section, path));

    [Fact]
    public void A_pattern_that_would_take_for_ever_is_given_up() =>
        Assert.False(SectionPattern.AppliesTo(string.Concat(Enumerable.Repeat("*a", 40)), new string('a', 200) + "b"));
}
