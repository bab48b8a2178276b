using System.Text.RegularExpressions;
using StalwartHardening.Expressions;

namespace StalwartHardening.Tests.Expressions;

public sealed class RustPatternTests
{
    private static readonly string[] Inputs = ["", "a", "ab", "abab", "aab", "/jmap/session", "A1b2", "x\ny", "bbb", "abcabc", "ba\nab"];

    // Both dialects mean the same with these; .NET's matcher is the second opinion, also on captures and preference.
    [Theory]
    [InlineData("a|ab")]
    [InlineData("(a|ab)(c|bcd)?")]
    [InlineData("^/(\\w+)/(\\w+)$")]
    [InlineData("(?i)^A")]
    [InlineData("a*?b")]
    [InlineData("(a*)(b*)")]
    [InlineData("(ab){2}")]
    [InlineData("a{1,2}b")]
    [InlineData("(?:a|b)+?")]
    [InlineData("[^a]+")]
    [InlineData("[a-c1-2]{2,}")]
    [InlineData("\\bab")]
    [InlineData("x.y")]
    [InlineData("(?s)x.y")]
    [InlineData("(?m)^y$")]
    [InlineData("(a)|(b)")]
    [InlineData("")]
    [InlineData("a??")]
    [InlineData("((a)|b)*")]
    [InlineData("[]a]b")]
    [InlineData("a|b|c|")]
    public void Matches_as_a_second_matcher_does(string pattern)
    {
        var mine = RustPattern.Read(pattern);
        Assert.Null(mine.Error);
        Assert.True(mine.IsSupported);
        foreach (var input in Inputs)
        {
            var theirs = Regex.Match(input, pattern.Replace("$", pattern.Contains("(?m)", StringComparison.Ordinal) ? "$" : "\\z", StringComparison.Ordinal), RegexOptions.CultureInvariant);
            var match = mine.Match(input);
            Assert.Equal(theirs.Success, match is not null);
            if (match is not null)
                Assert.Equal(theirs.Value, match[0]);
        }
    }

    [Theory]
    [InlineData("(?=a)")]
    [InlineData("(?<!a)b")]
    [InlineData("(a)\\1")]
    [InlineData("(")]
    [InlineData(")")]
    [InlineData("[a")]
    [InlineData("*a")]
    [InlineData("a{2,1}")]
    [InlineData("[z-a]")]
    [InlineData("a\\")]
    [InlineData("\\y")]
    public void What_the_crate_refuses_is_an_error(string pattern) => Assert.NotNull(RustPattern.Read(pattern).Error);

    [Theory]
    [InlineData("\\p{L}")]
    [InlineData("[[:alpha:]]")]
    [InlineData("[a&&b]")]
    [InlineData("(?x)a")]
    [InlineData("\\x41")]
    [InlineData("(a{1000}){1000}")]
    public void What_is_not_followed_is_neither_error_nor_evaluated(string pattern)
    {
        var read = RustPattern.Read(pattern);
        Assert.Null(read.Error);
        Assert.False(read.IsSupported);
    }

    [Fact]
    public void A_pattern_that_ruins_backtracking_matchers_takes_linear_time()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Null(RustPattern.Read("^(a+)+$").Match(new string('a', 20_000) + "b"));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(3), watch.Elapsed.ToString());
    }
}
