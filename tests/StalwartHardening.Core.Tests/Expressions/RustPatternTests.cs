using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using StalwartHardening.Expressions;
using StalwartHardening.Expressions.Patterns;

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
        var mine = Read(pattern);
        Assert.Null(mine.Error);
        Assert.True(mine.IsSupported);
        foreach (var input in Inputs)
        {
            var theirs = Regex.Match(input, pattern.Replace("$", pattern.Contains("(?m)", StringComparison.Ordinal) ? "$" : "\\z", StringComparison.Ordinal), RegexOptions.CultureInvariant);
            var match = Match(mine, input);
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
    public void What_the_crate_refuses_is_an_error(string pattern) => Assert.NotNull(Read(pattern).Error);

    [Theory]
    [InlineData("\\p{Greek}")]
    [InlineData("(?i)\\p{Lu}")]
    [InlineData("(?x)a")]
    [InlineData("\\b{start}a")]
    [InlineData("(a{1000}){1000}")]
    public void What_is_not_followed_is_neither_error_nor_evaluated(string pattern)
    {
        var read = Read(pattern);
        Assert.Null(read.Error);
        Assert.False(read.IsSupported);
    }

    [Theory]
    [InlineData("^\\p{L}+$", "aé", true)]
    [InlineData("^\\p{Lu}$", "a", false)]
    [InlineData("^\\pN$", "7", true)]
    [InlineData("^\\P{L}$", "7", true)]
    [InlineData("^\\p{^L}$", "a", false)]
    [InlineData("^\\p{Uppercase_Letter}$", "É", true)]
    [InlineData("^[[:alpha:]]+$", "aZ", true)]
    [InlineData("^[[:alpha:]]+$", "é", false)]
    [InlineData("^[[:^digit:]_]+$", "é_", true)]
    [InlineData("^[[:punct:]]+$", "!@`~", true)]
    [InlineData("^[a-z&&[^aeiou]]+$", "bcd", true)]
    [InlineData("^[a-z&&[^aeiou]]+$", "bad", false)]
    [InlineData("^[a-z--b-d]+$", "aez", true)]
    [InlineData("^[a-z--b-d]+$", "c", false)]
    [InlineData("^[a-c~~b-d]+$", "ad", true)]
    [InlineData("^[a-c~~b-d]+$", "b", false)]
    [InlineData("^[^a-z&&b]$", "b", false)]
    [InlineData("^[^a-z&&b]$", "c", true)]
    [InlineData("^[x[yz]-]+$", "xyz-", true)]
    [InlineData("^[--a]$", "-", true)]
    [InlineData("^[-]$", "-", true)]
    [InlineData("^[-]$", "]", false)]
    [InlineData("^[-]a]$", "-a]", true)]
    [InlineData("^[]-]+$", "]-", true)]
    [InlineData("^[^-]$", "-", false)]
    [InlineData("^\\x41\\x{1F600}\\u0042[\\x43-\\x45]$", "A😀BD", true)]
    [InlineData("^[[:alnum:]]+$", "aZ09", true)]
    [InlineData("^[[:blank:]]+$", " \t", true)]
    [InlineData("^[[:cntrl:]]$", "\u007f", true)]
    [InlineData("^[[:graph:]]$", " ", false)]
    [InlineData("^[[:print:]]$", " ", true)]
    [InlineData("^[[:space:]]+$", " \r\n\t", true)]
    [InlineData("^[[:word:]]+$", "_a9", true)]
    [InlineData("^[[:xdigit:]]+$", "09afAF", true)]
    [InlineData("^[[:xdigit:]]$", "g", false)]
    [InlineData("^[[:upper:][:digit:]]+$", "A1", true)]
    [InlineData("^[[:ascii:]]$", "\u0080", false)]
    [InlineData("^(?i)[[:upper:]]+$", "aB", true)]
    [InlineData("^\\d$", "\u0663", true)]
    [InlineData("^\\d$", "\u0080", false)]
    [InlineData("^\\D$", "\u0080", true)]
    [InlineData("^\\s$", "\u00a0", true)]
    [InlineData("^\\s$", "\u0080", false)]
    [InlineData("^\\s$", "\U0001F600", false)]
    [InlineData("^\\S$", "\U0001F600", true)]
    [InlineData("^\\w+$", "\u00e9_7", true)]
    [InlineData("^\\W$", "-", true)]
    [InlineData("^[\\d_-]+$", "1_-", true)]
    [InlineData("^[^\\s/]+$", "a/b", false)]
    [InlineData("^[\\]\\\\]+$", "]\\", true)]
    [InlineData("^\\Aab\\z", "ab", true)]
    [InlineData("a\\z", "ab", false)]
    [InlineData("\\Ab", "ab", false)]
    [InlineData("\\Bb", "ab", true)]
    [InlineData("\\Ba", "ab", false)]
    [InlineData("^\\a\\f\\n\\r\\t\\v$", "\a\f\n\r\t\v", true)]
    [InlineData("^\\.\\*\\/\\-$", ".*/-", true)]
    [InlineData("^\\U0001F600$", "\U0001F600", true)]
    public void Classes_mean_what_the_crate_documents(string pattern, string text, bool expected)
    {
        var read = Read(pattern);
        Assert.Null(read.Error);
        Assert.True(read.IsSupported);
        Assert.Equal(expected, Match(read, text) is not null);
    }

    [Theory]
    [InlineData("(?i)*")]
    [InlineData("(?i)+a")]
    [InlineData("a|*")]
    [InlineData("\\x{FFFFFFFF}")]
    [InlineData("\\x{80000000}")]
    [InlineData("\\x4")]
    [InlineData("\\x{110000}")]
    [InlineData("\\x{D800}")]
    [InlineData("\\xGG")]
    [InlineData("[a&&")]
    [InlineData("[[:alpha:]")]
    [InlineData("[a-\\d]")]
    [InlineData("[]")]
    [InlineData("[^]")]
    [InlineData("\\x{}")]
    [InlineData("\\x{123456789}")]
    [InlineData("\\u004")]
    [InlineData("\\U0001F60")]
    [InlineData("\\é")]
    [InlineData("(?P<>a)")]
    [InlineData("(?P<a")]
    [InlineData("(?P<1>a)")]
    [InlineData("(?P<a b>a)")]
    [InlineData("(?!a)")]
    [InlineData("(?<=a)b")]
    [InlineData("(?k)a")]
    [InlineData("(?")]
    [InlineData("(?i")]
    [InlineData("a{1")]
    [InlineData("a**{")]
    [InlineData("{1}")]
    [InlineData("+")]
    public void What_the_crate_refuses_in_classes_is_an_error(string pattern) => Assert.NotNull(Read(pattern).Error);

    [Theory]
    [InlineData("(?=a)", "look-around")]
    [InlineData("(?!a)", "look-around")]
    [InlineData("(?<=a)b", "look-around")]
    [InlineData("(?<!a)b", "look-around")]
    [InlineData("(a)\\1", "back-references")]
    [InlineData("a\\", "ends with a backslash")]
    [InlineData("[a", "a class is not closed")]
    [InlineData("(a", "a group is not closed")]
    [InlineData("[z-a]", "larger end first")]
    [InlineData("[a-\\d]", "ends with a class")]
    [InlineData("(?P<>a)", "not complete")]
    [InlineData("(?P<a", "not complete")]
    [InlineData("(?P<1>a)", "not a name")]
    [InlineData("\\y", "'\\y' is not an escape")]
    [InlineData("\\xGG", "a character's code is none")]
    public void An_error_says_what_is_wrong(string pattern, string expected) => Assert.Contains(expected, Read(pattern).Error, StringComparison.Ordinal);

    // Flags hold until their group ends; a name is a group like any other.
    [Theory]
    [InlineData("(?P<name>a+)(?<other>b)", "aab", "aab,aa,b")]
    [InlineData("(?P<a_1>b)", "b", "b,b")]
    [InlineData("(?:a)(b)", "ab", "ab,b")]
    [InlineData("(?i)a(?-i)b", "Ab", "Ab")]
    [InlineData("(?i)a(?-i)b", "AB", null)]
    [InlineData("((?i)a)b", "AB", null)]
    [InlineData("((?i)a)b", "Ab", "Ab,A")]
    [InlineData("(?i:a)b", "AB", null)]
    [InlineData("(?s:.)b", "\nb", "\nb")]
    [InlineData(".b", "\nb", null)]
    [InlineData("(?m:^b)", "a\nb", "b")]
    [InlineData("^b", "a\nb", null)]
    [InlineData("(?m)a$", "a\nb", "a")]
    [InlineData("(?-m)a$", "a\nb", null)]
    [InlineData("(?U)a+", "aa", "a")]
    [InlineData("(?U)a+?", "aa", "aa")]
    [InlineData("(?is)a.", "A\n", "A\n")]
    [InlineData("(a)|b", "b", "b,")]
    [InlineData("(a|b){2,3}", "abab", "aba,a")]
    [InlineData("(a|b){2,}", "abab", "abab,b")]
    [InlineData("(a|b){2,}?", "abab", "ab,b")]
    [InlineData("a{0}b", "ab", "b")]
    public void Groups_and_flags_mean_what_the_crate_documents(string pattern, string text, string? expected)
    {
        var read = Read(pattern);
        Assert.Null(read.Error);
        Assert.True(read.IsSupported);
        Assert.Equal(expected, Match(read, text) is { } captures ? string.Join(',', captures) : null);
    }

    // Repeated parts take at least one character: over empty ones the two go different ways.
    [Fact]
    public void Random_patterns_match_as_a_second_matcher_does()
    {
        var atom = Gen.Elements("a", "b", "c", ".", "[ab]", "[^a]", "[a-c]", "\\w", "\\d", "1", "(?:ab)", "/");
        Gen<string> Pattern(int depth) => depth == 0 ? atom : Gen.Frequency(
            (3, atom),
            (3, from l in Pattern(depth - 1) from r in Pattern(depth - 1) select l + r),
            (1, from l in Pattern(depth - 1) from r in Pattern(depth - 1) select $"({l}|{r})"),
            (2, from a in atom from p in Pattern(depth - 1) from q in Gen.Elements("*", "+", "?", "*?", "+?", "??", "{1,2}", "{2}") select $"({a}{p}){q}"));
        var cases = from start in Gen.Elements("", "^") from pattern in Pattern(4) from end in Gen.Elements("", "$") from text in Gen.Elements("a", "b", "c", "1", "/", "ab", "\n").ListOf() select (start + pattern, end, string.Concat(text));
        int matched = 0, compared = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll(cases.ToArbitrary(), sample =>
        {
            var (pattern, end, text) = sample;
            var mine = Read(pattern + end);
            Assert.Null(mine.Error);
            if (!mine.IsSupported)
                return;
            Match theirs;
            try
            {
                theirs = Regex.Match(text, pattern + (end.Length > 0 ? "\\z" : ""), RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            }
            catch (RegexMatchTimeoutException)
            {
                return;
            }

            var match = Match(mine, text);
            compared++;
            matched += match is null ? 0 : 1;
            Assert.Equal(theirs.Success, match is not null);
            if (match is not null)
                Assert.Equal(theirs.Value, match[0]);
        }));
        Assert.True(compared > 4_500 && matched > 1_000, $"{compared} compared, {matched} matched");
    }

    [Fact]
    public void A_pattern_that_ruins_backtracking_matchers_gets_an_answer() =>
        // Trying every split of the text would outlive this test run by far.
        Assert.Null(Match(Read("^(a+)+$"), new string('a', 20_000) + "b"));

    private static RustPattern Read(string pattern) => RustPattern.Read(pattern, new StepBudget(long.MaxValue));

    private static string[]? Match(RustPattern pattern, string text)
    {
        Assert.True(pattern.TryMatch(text, new StepBudget(long.MaxValue), out var captures));
        return captures;
    }
}
