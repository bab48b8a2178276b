using StalwartHardening.OptionFiles;

namespace StalwartHardening.Tests.OptionFiles;

/// <summary>What somebody probably meant.</summary>
public sealed class SuggestionTests
{
    private static readonly string[] Known = ["format", "min-severity", "only", "output", "target_version", "--baseline"];

    [Theory]
    [InlineData("format", "format")]
    [InlineData("formt", "format")]
    [InlineData("formaat", "format")]
    [InlineData("farmat", "format")]
    [InlineData("fromat", "format")]
    [InlineData("FORMAT", "format")]
    [InlineData("ofrmat", "format")]
    [InlineData("foramt", "format")]
    [InlineData("min-severty", "min-severity")]
    [InlineData("min_severity", "min-severity")]
    [InlineData("min", "min-severity")]
    [InlineData("tar", "target_version")]
    [InlineData("mi", null)]
    [InlineData("--base", "--baseline")]
    [InlineData("--b", null)]
    [InlineData("onyl", "only")]
    [InlineData("oly", "only")]
    [InlineData("oxyz", null)]
    [InlineData("xy", null)]
    [InlineData("", null)]
    [InlineData("target-versoin", "target_version")]
    [InlineData("something-else", null)]
    public void The_nearest_word_was_meant(string word, string? expected) => Assert.Equal(expected, Suggestion.Nearest(word, Known));

    [Theory]
    [InlineData("bat", "bar", "cat", "bar")]
    [InlineData("bat", "cat", "bar", "bar")]
    [InlineData("abcd", "abce", "abcf", "abce")]
    public void Of_words_as_near_the_one_that_begins_alike_is_meant(string word, string first, string second, string expected) => Assert.Equal(expected, Suggestion.Nearest(word, [first, second]));

    [Fact]
    public void Very_long_words_are_like_no_other() => Assert.Null(Suggestion.Nearest(new string('a', 65), [new string('a', 64)]));

    [Theory]
    [InlineData("SWH1001", "SWH1001")]
    [InlineData("swh1001", "SWH1001")]
    [InlineData("CleartextImapListener, SWH1002", "SWH1001 SWH1002")]
    [InlineData("SWH40", "SWH4001 SWH4002 SWH4003")]
    [InlineData("SWH4", "SWH4001 SWH4002 SWH4003")]
    [InlineData("SWH4x", "SWH4001 SWH4002 SWH4003")]
    [InlineData("SWH4xxx", "SWH4001 SWH4002 SWH4003")]
    [InlineData("SWH400", "SWH4001 SWH4002 SWH4003")]
    [InlineData("SWH40xx", "SWH4001 SWH4002 SWH4003")]
    [InlineData("swh400X", "SWH4001 SWH4002 SWH4003")]
    public void Rules_are_chosen_by_id_name_or_kind(string text, string expected)
    {
        var ids = new HashSet<string>();
        Assert.Null(RuleSelection.AddTo(ids, text));
        Assert.Equal(expected, string.Join(' ', ids.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("SWH1001, SWH9999", "SWH9999")]
    [InlineData("SWH", "SWH")]
    [InlineData("SWH9", "SWH9")]
    [InlineData("SWH9xxx", "SWH9xxx")]
    [InlineData("SWH4xxxx", "SWH4xxxx")]
    [InlineData("Cleartext", "Cleartext")]
    [InlineData("SWH10010", "SWH10010")]
    public void A_word_that_names_no_rule_is_said(string text, string expected) => Assert.Equal(expected, RuleSelection.AddTo([], text));
}
