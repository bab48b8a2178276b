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
    [InlineData("a/**/c.toml", "a/b/c.toml", true)]
    [InlineData("a/**/c.toml", "a/c.toml", false)]
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
    [InlineData("", "x", false)]
    public void Sections_apply_as_the_compiler_applies_them(string section, string path, bool applies) =>
        Assert.Equal(applies, SectionPattern.TryParse(section)?.IsMatch("/" + path) ?? false);

    [Fact]
    public void A_pattern_that_could_be_tried_for_ever_is_decided() =>
        Assert.False(SectionPattern.TryParse(string.Concat(Enumerable.Repeat("*a", 40)))!.IsMatch("/" + new string('a', 200) + "b"));

    [Fact]
    public void Braces_in_braces_without_end_are_no_pattern() =>
        Assert.Null(SectionPattern.TryParse(new string('{', 4_000) + "a" ));
}
