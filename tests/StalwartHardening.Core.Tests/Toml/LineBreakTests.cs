using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Toml;

/// <summary>What is added to a text ends its lines as the text does there.</summary>
public sealed class LineBreakTests
{
    [Theory]
    [InlineData("a\r\nb\nc", 0, "\r\n")]
    [InlineData("a\r\nb\nc", 2, "\r\n")]
    [InlineData("a\r\nb\nc", 3, "\r\n")]
    [InlineData("a\r\nb\nc", 4, "\r\n")]
    [InlineData("a\r\nb\nc", 5, "\n")]
    [InlineData("a\r\nb\nc", 6, "\n")]
    [InlineData("a\nb\r\nc", 0, "\n")]
    [InlineData("a\nb\r\nc", 5, "\r\n")]
    [InlineData("a\nb\r\nc", 99, "\r\n")]
    [InlineData("\n", 0, "\n")]
    [InlineData("a", 1, "\n")]
    [InlineData("", 0, "\n")]
    public void A_line_ends_as_the_one_before_it(string text, int offset, string expected) => Assert.Equal(expected, TomlLines.Break(text, offset));
}
