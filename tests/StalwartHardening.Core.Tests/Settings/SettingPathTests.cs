using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Settings;

public class SettingPathTests
{
    private static readonly string[] Keys = ["", "a", "a.b", "a-b", "ab", "a.0000", "a.0001", "A", "é", "\uE000", "\uFFFD", "😀", "😁", "a😀", "a\uFFFD", "\uD7FF"];

    [Fact]
    public void Keys_are_ordered_by_the_bytes_of_their_utf8_form()
    {
        foreach (var left in Keys)
        {
            foreach (var right in Keys)
            {
                var expected = Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));
                Assert.Equal(Math.Sign(expected), Math.Sign(SettingPath.Compare(left, right)));
            }
        }
    }

    [Fact]
    public void What_is_joined_is_below_and_comes_apart_again() => Check(static (parent, name) =>
    {
        var key = SettingPath.Join(parent, name);
        return parent.Length == 0 || name.Length == 0
            ? key == parent + name
            : SettingPath.IsBelow(key, parent) && SettingPath.IsAtOrBelow(key, parent) && SettingPath.Relative(key, parent) == name
              && SettingPath.CountParts(key) == SettingPath.CountParts(parent) + SettingPath.CountParts(name);
    });

    [Fact]
    public void Being_below_is_beginning_with_the_parent_and_a_dot() => Check(static (key, parent) =>
        SettingPath.IsBelow(key, parent) == key.StartsWith(parent + ".", StringComparison.Ordinal)
        && SettingPath.IsAtOrBelow(key, parent) == (key == parent || key.StartsWith(parent + ".", StringComparison.Ordinal)));

    [Fact]
    public void Moving_takes_along_what_is_below_and_nothing_else() => Check(static (key, old) =>
        SettingPath.Moved(key, old, "new.place") is { } moved
            ? SettingPath.IsAtOrBelow(key, old) && SettingPath.Moved(moved, "new.place", old) == key
            : !SettingPath.IsAtOrBelow(key, old));

    [Fact]
    public void A_key_is_its_parent_and_its_last_part() => Check(static (key, _) =>
        key == (key.Contains('.') ? SettingPath.Parent(key) + "." + SettingPath.LastPart(key) : SettingPath.LastPart(key))
        && SettingPath.Parent(key.AsSpan()).ToString() == SettingPath.Parent(key)
        && SettingPath.FirstPart(key) == key.Split('.')[0]);

    [Fact]
    public void Parents_are_all_that_a_key_is_below() => Check(static (key, _) =>
        SettingPath.Parents(key).SequenceEqual(Enumerable.Range(0, key.Length).Where(i => key[i] == '.').Select(i => key[..i]))
        && SettingPath.Parents(key).All(parent => SettingPath.IsBelow(key, parent)));

    [Fact]
    public void Three_ways_to_leave_numbers_out_are_told_apart() => Check(static (key, _) =>
        SettingPath.ListOf(key) == Regex.Replace(key, @"(?<=.)\.[0-9]+\z", "", RegexOptions.Singleline)
        && SettingPath.SubjectOf(key) == Regex.Replace(key, @"(?<=[^.]|\..*)(\.[0-9]+)+\z", "")
        && SettingPath.LengthOfSubject(key) == SettingPath.SubjectOf(key).Length
        && SettingPath.WithoutIndexes(key) == string.Join('.', key.Split('.').Where(static part => !Regex.IsMatch(part, @"\A[0-9]{4,}\z")))
        && SettingPath.MaskIndexes(key) == string.Join('.', key.Split('.').Select(static part => Regex.Replace(part, @"\A[0-9]{4,}\z", "#"))));

    [Theory]
    [InlineData(0, "bind.0000")]
    [InlineData(7, "bind.0007")]
    [InlineData(9999, "bind.9999")]
    [InlineData(10000, "bind.10000")]
    public void Entries_are_counted_in_four_digits(int index, string key)
    {
        Assert.Equal(key, SettingPath.Entry("bind", index));
        Assert.True(SettingPath.IsIndex(SettingPath.LastPart(key)));
        Assert.Equal("bind", SettingPath.ListOf(key));
    }

    [Fact]
    public void An_index_is_as_wide_as_the_others() => Assert.Equal("000012", SettingPath.Index(12, digits: 6));

    [Theory]
    [InlineData("", false, false)]
    [InlineData("12", true, false)]
    [InlineData("0012", true, true)]
    [InlineData("00120", true, true)]
    [InlineData("00a0", false, false)]
    [InlineData("٠٠٠١", false, false)]
    public void A_number_is_told_from_an_index(string part, bool isNumber, bool isIndex)
    {
        Assert.Equal(isNumber, SettingPath.IsNumber(part));
        Assert.Equal(isIndex, SettingPath.IsIndex(part));
    }

    // Parts as they occur, names with dots and empty ones among them; half of the pairs share a beginning.
    private static void Check(Func<string, string, bool> holds)
    {
        var key = Gen.Elements("a", "ab", "bind", "0000", "0001", "00012", "7", "x0001", "", "mail.old", "é😀").ArrayOf(4).SelectMany(parts => Gen.Choose(0, 4).Select(count => string.Join('.', parts.Take(count))));
        var related = key.SelectMany(one => key.Select(other => (one, one.Length % 2 == 0 ? other : one[..(one.Length / 2)])));
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(related.ToArbitrary(), pair => holds(pair.one, pair.Item2) && holds(pair.Item2, pair.one)));
    }
}
