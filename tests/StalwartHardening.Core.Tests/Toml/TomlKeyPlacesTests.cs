using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Toml;

public class TomlKeyPlacesTests
{
    private static readonly string[] Names = ["a", "a-b", "b", "a.b", "c", "list"];

    [Theory]
    [InlineData("[server.listeners.imap]\nbind = 1\n", "server.listeners", "server.listeners.imap")]
    [InlineData("list = [1, 2]\n", "list", "list")]
    [InlineData("a-b = 1\n[a]\nb = 1\n", "a", "a")]
    [InlineData("t = { inner = { x = 1 } }\n", "t.inner", "inner")]
    [InlineData("[[t]]\nx = 1\n[[t]]\nx = 2\n", "t", "t")]
    public void The_first_place_that_completes_a_name_is_found(string text, string name, string expected)
    {
        var span = TomlKeyPlaces.Read(text, ServerVersion.Newest).Find(name)!.Value;
        Assert.Equal(expected, text.Substring(span.Start, span.Length));
    }

    [Fact]
    public void What_is_not_there_is_not_found() => Assert.Null(TomlKeyPlaces.Read("[a]\nb = 1\n", ServerVersion.Newest).Find("a.c"));

    [Fact]
    public void Of_several_places_the_first_is_found_however_names_are_sorted()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var lines = Enumerable.Range(0, random.Next(1, 12)).Select(i => $"{Names[random.Next(Names.Length)]}.{Names[random.Next(Names.Length)]}{i} = 1").ToArray();
            var places = TomlKeyPlaces.Read(string.Join("\n", lines) + "\n", ServerVersion.Newest);
            foreach (var name in Names)
            {
                var first = Array.FindIndex(lines, line => line.StartsWith(name + ".", StringComparison.Ordinal));
                int? expected = first < 0 ? null : lines.Take(first).Sum(static line => line.Length + 1);
                Assert.Equal(expected, places.Find(name)?.Start);
            }
        }
    }
}
