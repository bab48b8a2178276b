using StalwartHardening.Edits;
using StalwartHardening.Plans;

namespace StalwartHardening.Tests.Plans;

/// <summary>Members are taken away, added and renamed, and everything around them stays.</summary>
public sealed class PlanMemberEditTests
{
    [Theory]
    [InlineData("""{"a":1}""", "a", "{}")]
    [InlineData("""{"a":1,"b":2}""", "a", """{"b":2}""")]
    [InlineData("""{"a":1,"b":2}""", "b", """{"a":1}""")]
    [InlineData("""{"a":1,"b":2,"c":3}""", "b", """{"a":1,"c":3}""")]
    [InlineData("""{"a":1,"b":2,"c":3}""", "c", """{"a":1,"b":2}""")]
    [InlineData("""{ "a": {"x":1} , "b": [1,2] }""", "a", """{ "b": [1,2] }""")]
    [InlineData("""{ "a": {"x":1} , "b": [1,2] }""", "b", """{ "a": {"x":1} }""")]
    public void A_member_goes_with_its_comma(string text, string name, string expected)
    {
        var (json, root) = Read(text);
        var member = json.Find(root, name);
        Assert.Equal(root, PlanMemberEdits.ParentOf(json, root, member));
        Assert.Equal(expected, TextChange.Apply(text, [PlanMemberEdits.Remove(json, root, member)]));
    }

    [Theory]
    [InlineData("{}", """{"z":9}""")]
    [InlineData("""{"a":1}""", """{"a":1,"z":9}""")]
    [InlineData("""{ "a": {"x":1} }""", """{ "a": {"x":1},"z":9 }""")]
    public void A_member_is_added_after_the_last(string text, string expected)
    {
        var (json, root) = Read(text);
        Assert.Equal(expected, TextChange.Apply(text, [PlanMemberEdits.Add(json, root, "z", "9", new PlanJsonStyle(",", ":"))]));
    }

    [Theory]
    [InlineData("""{"old":true}""", "old", "new", """{"new":true}""")]
    [InlineData("""{"bind/old":true}""", "old", "new", """{"bind/new":true}""")]
    [InlineData("""{"bind/a~1b":true}""", "a/b", "c/d", """{"bind/c~1d":true}""")]
    [InlineData("""{"a/b":true}""", "a/b", "c/d", """{"c/d":true}""")]
    [InlineData("""{"older":true}""", "old", "new", null)]
    [InlineData("""{"bold":true}""", "old", "new", null)]
    [InlineData("""{"old":true}""", "old", "n\"w", """{"n\"w":true}""")]
    public void A_member_is_called_otherwise_where_it_is(string text, string oldName, string newName, string? expected)
    {
        var (json, root) = Read(text);
        Assert.Equal(expected, PlanMemberEdits.Rename(json, JsonText.First(root), oldName, newName) is { } change ? TextChange.Apply(text, [change]) : null);
    }

    [Fact]
    public void The_parent_of_a_value_holds_it_directly()
    {
        var (json, root) = Read("""{"a":{"b":[1,{"c":2}],"d":3},"e":4}""");
        var a = json.Find(root, "a");
        var b = json.Find(a, "b");
        var second = json.Next(JsonText.First(b));
        Assert.Equal(-1, PlanMemberEdits.ParentOf(json, root, root));
        Assert.Equal(root, PlanMemberEdits.ParentOf(json, root, a));
        Assert.Equal(a, PlanMemberEdits.ParentOf(json, root, b));
        Assert.Equal(b, PlanMemberEdits.ParentOf(json, root, second));
        Assert.Equal(second, PlanMemberEdits.ParentOf(json, root, json.Find(second, "c")));
        Assert.Equal(a, PlanMemberEdits.ParentOf(json, root, json.Find(a, "d")));
        Assert.Equal(root, PlanMemberEdits.ParentOf(json, root, json.Find(root, "e")));
        Assert.Equal(-1, PlanMemberEdits.ParentOf(json, a, json.Find(root, "e")));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("a:1", "a:1")]
    [InlineData("10:a 2:b", "2:b 10:a")]
    [InlineData("b:x 2:y", "2:y b:x")]
    [InlineData("0:a 1:b 2:c", "0:a 1:b 2:c")]
    [InlineData("2:a 1:b 0:c", "0:c 1:b 2:a")]
    [InlineData("5:a 7:b", "5:a 7:b", "0:a 1:b")]
    [InlineData("00:a 01:b", "00:a 01:b", "0:a 1:b")]
    [InlineData("0:a 2:b 1:c", "0:a 1:c 2:b")]
    public void Members_of_a_list_are_in_the_order_of_their_numbers(string members, string ordered, string? renumbered = null)
    {
        var read = new PlanMembers(0);
        foreach (var member in members.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            read.Set(member.Split(':')[0], new PlanValue(PlanValueKind.Text, null, -1, member.Split(':')[1]));
        Assert.Equal(ordered, Text(read.InNumericOrder(renumber: false)));
        if (renumbered is not null || ordered.StartsWith('0'))
            Assert.Equal(renumbered ?? ordered, Text(read.InNumericOrder(renumber: true)));

        static string Text(PlanMembers members) => string.Join(' ', Enumerable.Range(0, members.Count).Select(i => $"{members[i].Key}:{members[i].Value.Content}"));
    }

    // Of many members the places are kept.
    [Fact]
    public void A_member_that_is_taken_away_is_not_found_and_the_others_are()
    {
        for (var count = 1; count < 30; count++)
        {
            for (var gone = 0; gone < count; gone += 3)
            {
                var members = new PlanMembers(0);
                for (var i = 0; i < count; i++)
                    members.Set($"k{i}", PlanValue.True);
                members.Set("k0", PlanValue.False);
                var copy = members.Copy();
                Assert.Equal(count - 1, members.Find($"k{count - 1}"));
                members.Remove($"k{gone}");
                members.Remove("none");
                Assert.Equal([.. Enumerable.Range(0, count).Where(i => i != gone).Select(static i => $"k{i}")], Enumerable.Range(0, members.Count).Select(i => members[i].Key));
                Assert.All(Enumerable.Range(0, count), i => Assert.Equal(i == gone ? -1 : i < gone ? i : i - 1, members.Find($"k{i}")));
                Assert.Equal(count, copy.Count);
                Assert.Equal(gone, copy.Find($"k{gone}"));
            }
        }
    }

    private static (JsonText Json, int Root) Read(string text)
    {
        var plan = TestPlan.Text(text);
        return (plan.Json, Assert.Single(plan.Lines).Node);
    }
}
