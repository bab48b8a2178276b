using StalwartHardening.Edits;

namespace StalwartHardening.Tests.Edits;

/// <summary>What became of a text after rounds of changes, said as changes of the text as it was.</summary>
public sealed class EditedTextTests
{
    [Fact]
    public void The_changes_of_all_rounds_give_the_text_of_the_last()
    {
        var random = new Random(20261128);
        for (var run = 0; run < 2000; run++)
        {
            var original = Text(random, random.Next(0, 30));
            var edited = new EditedText(original);
            for (var round = random.Next(1, 4); round > 0; round--)
                edited.Apply(Changes(random, edited.Current.Length));
            Assert.Equal(edited.Current, TextChange.Apply(original, edited.Changes()));
        }
    }

    private static List<TextChange> Changes(Random random, int length)
    {
        var changes = new List<TextChange>();
        for (var position = 0; position <= length && random.Next(5) > 0;)
        {
            var start = random.Next(position, length + 1);
            var count = random.Next(0, Math.Min(4, length - start) + 1);
            changes.Add(new TextChange(start, count, Text(random, random.Next(0, 4))));
            position = start + count + (count == 0 ? 1 : 0);
        }

        return changes;
    }

    private static string Text(Random random, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => (char)('a' + random.Next(3))));
}
