using StalwartHardening.Edits;

namespace StalwartHardening.Tests.Edits;

/// <summary>Replacements in a text: where they may stand, and in which order they are made.</summary>
public sealed class TextChangeTests
{
    [Theory]
    [InlineData("", "abcdef")]
    [InlineData("0:0:x", "xabcdef")]
    [InlineData("6:0:x", "abcdefx")]
    [InlineData("0:6:", "")]
    [InlineData("1:2:x", "axdef")]
    // One right after the other.
    [InlineData("1:2:x 3:1:y", "axyef")]
    [InlineData("3:1:y 1:2:x", "axyef")]
    // What is added comes before what is replaced at the same place, in the order given.
    [InlineData("1:1:x 1:0:y", "ayxcdef")]
    [InlineData("1:0:y 1:1:x", "ayxcdef")]
    [InlineData("1:0:x 1:0:y 1:0:z", "axyzbcdef")]
    [InlineData("1:0:x 1:2:- 1:0:y", "axy-def")]
    [InlineData("5:0:z 0:0:x", "xabcdezf")]
    public void Changes_are_made_in_text_order(string changes, string expected) => Assert.Equal(expected, TextChange.Apply("abcdef", TextChange.InTextOrder(Read(changes))!));

    [Theory]
    [InlineData("1:2:x 2:2:y")]
    [InlineData("2:2:y 1:2:x")]
    [InlineData("1:1:x 1:1:y")]
    [InlineData("0:6: 3:0:x")]
    public void Changes_that_overlap_have_no_order(string changes) => Assert.Null(TextChange.InTextOrder(Read(changes)));

    [Theory]
    [InlineData("1:2:x 2:2:y")]
    [InlineData("3:1:y 1:2:x")]
    public void Changes_out_of_order_are_refused(string changes) => Assert.Throws<ArgumentException>(() => TextChange.Apply("abcdef", Read(changes)));

    private static List<TextChange> Read(string changes) =>
    [
        .. changes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static change => change.Split(':'))
            .Select(static parts => new TextChange(int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), parts[2])),
    ];

    // Whatever is changed after whatever: what became of the original makes the same text of it, and each character that is left is found again.
    [Fact]
    public void Changes_one_after_the_other_come_to_changes_of_the_original()
    {
        const string Original = "abcdefghij";
        var random = new Random(3);
        for (var round = 0; round < 2000; round++)
        {
            var edited = new EditedText(Original);
            for (var step = random.Next(5); step > 0; step--)
            {
                var start = random.Next(edited.Current.Length + 1);
                var length = Math.Min(random.Next(3), edited.Current.Length - start);
                edited.Apply([new TextChange(start, length, "XY"[..random.Next(3)])]);
            }

            Assert.Equal(edited.Current, TextChange.Apply(Original, edited.Changes()));
            for (var i = 0; i < Original.Length; i++)
                Assert.Equal(edited.Current.IndexOf(Original[i], StringComparison.Ordinal), edited.PlaceOf(i) ?? -1);
        }

        Assert.Empty(new EditedText(Original).Changes());
        Assert.Equal([new TextChange(2, 1, "")], Of(new TextChange(2, 1, "")));
        Assert.Equal([new TextChange(2, 0, "x")], Of(new TextChange(2, 0, "x")));
        Assert.Empty(Of(new TextChange(2, 1, "c")));
        Assert.Equal([new TextChange(3, 1, "x")], Of(new TextChange(2, 3, "cxe")));

        static IReadOnlyList<TextChange> Of(TextChange change)
        {
            var edited = new EditedText(Original);
            edited.Apply([change]);
            return edited.Changes();
        }
    }
}
