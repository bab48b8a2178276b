using StalwartHardening.Tool.Fixing;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Output;

namespace StalwartHardening.Tests.Fixing;

public sealed class UnifiedDiffTests
{
    private static string Diff(string before, string after, string path = "f", bool isForScreen = false) =>
        new UnifiedDiff(new Style(false), isForScreen).Of(path, new ShownText(before, null), new ShownText(after, null));

    [Theory]
    [InlineData("a\n", "a\n", "")]
    [InlineData("", "a\n", "--- f\n+++ f\n@@ -0,0 +1 @@\n+a\n")]
    [InlineData("a\n", "", "--- f\n+++ f\n@@ -1 +0,0 @@\n-a\n")]
    [InlineData("a", "a\n", "--- f\n+++ f\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n")]
    [InlineData("a\r\nb\r\n", "a\r\nc\r\n", "--- f\n+++ f\n@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\r\n")]
    [InlineData("a\nb", "c\nb", "--- f\n+++ f\n@@ -1,2 +1,2 @@\n-a\n+c\n b\n\\ No newline at end of file\n")]
    [InlineData("a\rb\n", "c\rb\n", "--- f\n+++ f\n@@ -1 +1 @@\n-a\rb\n+c\rb\n")]
    public void Texts_differ_as_patch_expects(string before, string after, string diff) => Assert.Equal(diff, Diff(before, after));

    [Fact]
    public void Distant_changes_are_hunks_of_their_own()
    {
        var before = string.Concat(Enumerable.Range(1, 20).Select(i => $"{i}\n"));
        Assert.Contains("@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n 4\n@@ -17,4 +17,4 @@\n 17\n 18\n 19\n-20\n+y\n", Diff(before, before.Replace("20", "y", StringComparison.Ordinal)[1..].Insert(0, "x")), StringComparison.Ordinal);
        Assert.Equal(1, Diff(before, before.Replace("\n2\n", "\nx\n", StringComparison.Ordinal).Replace("\n9\n", "\ny\n", StringComparison.Ordinal)).Split("@@ -").Length - 1);
        Assert.Equal(2, Diff(before, before.Replace("\n2\n", "\nx\n", StringComparison.Ordinal).Replace("\n10\n", "\ny\n", StringComparison.Ordinal)).Split("@@ -").Length - 1);
    }

    [Theory]
    [InlineData("a b.toml", "--- a b.toml\t\n")]
    [InlineData("a\"b\n.toml", "--- \"a\\\"b\\012.toml\"\n")]
    [InlineData("ä.toml", "--- ä.toml\n")]
    public void Odd_names_are_written_as_patch_reads_them(string path, string header) =>
        Assert.StartsWith(header, Diff("a\n", "b\n", path), StringComparison.Ordinal);

    [Fact]
    public void A_screen_gets_no_control_characters()
    {
        var diff = Diff("a\e[2J\t\r\n", "b\u202E\r\n", isForScreen: true);
        Assert.EndsWith("-a\uFFFD[2J\t\n+b\uFFFD\n", diff, StringComparison.Ordinal);
    }

    [Fact]
    public void Changes_turn_one_text_into_the_other_and_are_few()
    {
        var random = new Random(7);
        for (var round = 0; round < 3000; round++)
        {
            var before = Enumerable.Range(0, random.Next(12)).Select(_ => "abc"[random.Next(3)].ToString()).ToArray();
            var after = Enumerable.Range(0, random.Next(12)).Select(_ => "abc"[random.Next(3)].ToString()).ToArray();
            var changes = LineDiff.Between(before, after);
            var result = before.ToList();
            foreach (var change in changes.Reverse())
            {
                result.RemoveRange(change.Old, change.OldCount);
                result.InsertRange(change.Old, after[change.New..(change.New + change.NewCount)]);
            }

            Assert.Equal(after, result);
            Assert.Equal(before.Length + after.Length - (2 * LongestCommon(before, after)), changes.Sum(change => change.OldCount + change.NewCount));
        }
    }

    [Fact]
    public void Very_different_texts_end_soon()
    {
        var before = Enumerable.Range(0, 50_000).Select(i => $"a{i}").ToArray();
        var after = Enumerable.Range(0, 50_000).Select(i => $"b{i}").ToArray();
        Assert.Equal([new LineChange(0, 50_000, 0, 50_000)], LineDiff.Between(before, after));
    }

    private static int LongestCommon(string[] left, string[] right)
    {
        var lengths = new int[left.Length + 1, right.Length + 1];
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
                lengths[i, j] = left[i - 1] == right[j - 1] ? lengths[i - 1, j - 1] + 1 : Math.Max(lengths[i - 1, j], lengths[i, j - 1]);
        }

        return lengths[left.Length, right.Length];
    }
}
