using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Settings;

/// <summary>Counting lines takes time linear in the text, in whatever order somebody asks.</summary>
public class LineTableTests
{
    [Fact]
    public void Lines_are_numbered_as_an_editor_numbers_them()
    {
        const string text = "a\nbc\n\nd";
        var lines = new LineTable(text);
        // Backwards: each answer must not depend on the ones before it.
        for (var offset = text.Length; offset >= 0; offset--)
            Assert.Equal(text[..offset].Count(c => c == '\n') + 1, lines.LineOf(offset));
    }

    [Fact]
    public void No_character_is_looked_at_twice()
    {
        var text = string.Concat(Enumerable.Repeat("key = 1\n", 1000));
        var lines = new LineTable(text);
        for (var offset = text.Length; offset >= 0; offset -= 7)
        {
            lines.LineOf(offset);
            // Everything was counted for the last line, and is never counted again.
            Assert.Equal(text.Length, lines.CountedTo);
        }

        var lazy = new LineTable(text);
        lazy.LineOf(80);
        Assert.Equal(80, lazy.CountedTo);
    }
}
