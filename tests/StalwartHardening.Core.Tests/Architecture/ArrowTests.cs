using StalwartHardening.Rules;

namespace StalwartHardening.Tests.Architecture;

/// <summary>The rooms of Core use each other in one direction, and names of settings have a home.</summary>
public sealed class ArrowTests
{
    [Fact]
    public void Every_use_goes_down_the_table()
    {
        var arrows = Read();
        var wrong = arrows.Where(static arrow => !Rooms.MayUse(Rooms.Of(arrow.From), Rooms.Of(arrow.To)) && !Rooms.Exceptions.Contains((Rooms.Of(arrow.From), Rooms.Of(arrow.To)))).ToList();
        Assert.True(wrong.Count == 0, "No arrow of the table allows:\n" + string.Join("\n", wrong.Select(static arrow => $"{arrow.From} -> {arrow.To}").Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Exceptions_are_still_needed()
    {
        var used = Read().Select(static arrow => (Rooms.Of(arrow.From), Rooms.Of(arrow.To))).ToHashSet();
        Assert.All(Rooms.Exceptions, exception => Assert.True(used.Contains(exception), $"{exception.From} uses {exception.To} no more: take the exception away."));
    }

    [Fact]
    public void No_two_rooms_point_at_each_other() =>
        Assert.DoesNotContain(Rooms.All, static room => room.MayUse.Any(used => Rooms.MayUse(used, room.Room)));

    [Fact]
    public void The_reader_of_compiled_code_sees_every_kind_of_use()
    {
        using var assembly = AssemblyArrows.Read(typeof(ArrowTests).Assembly.Location);
        var uses = assembly.Uses().Where(static use => use.From == typeof(UsingSide).FullName).Select(static use => use.To).ToHashSet();
        Assert.Superset(new HashSet<string> { typeof(CalledSide).FullName!, typeof(CastSide).FullName!, typeof(ElementSide).FullName!, typeof(FieldSide).FullName! }, uses);
    }

    [Fact]
    public void The_drawing_in_the_documentation_is_the_table() =>
        GeneratedFile.AssertPartUpToDate(Repository.PathOf("docs", "contributing.md"), "rooms", Rooms.Draw());

    // Every other room asks the model for the name of what it speaks of, so that it speaks the words of each generation.
    [Fact]
    public void Rules_and_remedies_hold_no_keys()
    {
        using var core = AssemblyArrows.Read(typeof(Rule).Assembly.Location);
        var keys = core.Texts()
            .Where(static text => Rooms.Of(text.Type) is "Rules" or "Remedies" && !text.Type.StartsWith("StalwartHardening.Rules.Reading.", StringComparison.Ordinal) && IsKey(text.Text))
            .Select(static text => $"{text.Type}: \"{text.Text}\"")
            .Order(StringComparer.Ordinal);
        Assert.Empty(keys);
    }

    [Theory]
    [InlineData("server.listener.", true)]
    [InlineData("tls.implicit", true)]
    [InlineData(".protocol", true)]
    [InlineData("http.allowed-endpoint", true)]
    [InlineData("NetworkListener/imap", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("Serve IMAP on 993.", false)]
    [InlineData("safe/SWH2003/repair", false)]
    [InlineData(".md", false)]
    [InlineData("stalwart_hardening.severity.", false)]
    public void A_key_is_told_from_other_texts(string text, bool isKey) => Assert.Equal(isKey, IsKey(text));

    private static bool IsKey(string text) =>
        !text.StartsWith(HardeningOptions.Prefix, StringComparison.Ordinal)
        && text != ".md"
        && System.Text.RegularExpressions.Regex.IsMatch(text, @"^([a-z][a-z0-9-]*)?(\.[a-z][a-z0-9-]*)+\.?$|^[a-z][a-z0-9-]*\.$|^[A-Z][A-Za-z]+/[a-z][a-z0-9]*(/|$)");

    private static List<(string From, string To)> Read()
    {
        using var core = AssemblyArrows.Read(typeof(Rule).Assembly.Location);
        var known = Rooms.All.Select(static room => room.Room).ToHashSet();
        return [.. core.Uses().Where(use => known.Contains(Rooms.Of(use.From)) && known.Contains(Rooms.Of(use.To)))];
    }

}

#pragma warning disable SA1649, CA1812, CA1852 // Shapes for the test above.
internal static class CalledSide
{
    public static int Call() => 1;
}

internal class CastSide;

internal class ElementSide;

internal class FieldSide;

internal class UsingSide
{
    public readonly List<FieldSide[]> Fields = [];

    public static bool Use(object value) => value is CastSide && CalledSide.Call() == new List<ElementSide>().Count;
}
