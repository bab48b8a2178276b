using StalwartHardening.Plans;

namespace StalwartHardening.Tests.Plans;

/// <summary>Which operation of a plan has become which of another.</summary>
public sealed class DraftPairsTests
{
    private static readonly Dictionary<string, string> s_operations = new()
    {
        ["H1"] = """{"@type":"update","object":"Http","value":{"enableHsts":true}}""",
        ["H2"] = """{"@type":"update","object":"Http","value":{"enableHsts":false}}""",
        ["S1"] = """{"@type":"update","object":"SystemSettings","value":{"defaultHostname":"a.example.org"}}""",
        ["S2"] = """{"@type":"update","object":"SystemSettings","value":{"defaultHostname":"b.example.org"}}""",
        ["C"] = """{"@type":"create","object":"NetworkListener","value":{"a":{"name":"a","bind":{"[::]:993":true},"protocol":"imap"}}}""",
        ["U"] = """{"@type":"upsert","object":"NetworkListener","matchOn":["name"],"value":{"a":{"name":"a","bind":{"[::]:993":true},"protocol":"imap"}}}""",
        ["D"] = """{"@type":"destroy","object":"NetworkListener"}""",
    };

    [Theory]
    [InlineData("", "", "")]
    [InlineData("H1", "H1", "")]
    [InlineData("H1", "", "H1>-")]
    [InlineData("", "H1", "->H1")]
    [InlineData("H1", "H2", "H1>H2")]
    [InlineData("H1", "S1", "->S1 H1>-")]
    [InlineData("H1 S1", "H2 S1", "H1>H2")]
    [InlineData("H1 S1", "H1 S2", "S1>S2")]
    [InlineData("H1 S1", "H2 S2", "H1>H2 S1>S2")]
    [InlineData("H1 S1", "S2 H1", "->S2 S1>-")]
    [InlineData("S1", "H1 S1 H2", "->H1 ->H2")]
    [InlineData("H1 S1 H2", "S1", "H1>- H2>-")]
    [InlineData("C", "U", "C>U")]
    [InlineData("C", "D", "->D C>-")]
    [InlineData("D", "U", "->U D>-")]
    public void An_operation_becomes_one_of_its_kind(string before, string after, string expected) => Assert.Equal(expected, Pairs(before, after));

    // Nothing is lost and nothing is told twice.
    [Fact]
    public void Every_operation_is_the_same_gone_new_or_changed()
    {
        var random = new Random(7);
        var names = s_operations.Keys.Where(static name => name.Length == 2).ToArray();
        for (var round = 0; round < 300; round++)
        {
            var (before, after) = (Some(), Some());
            var pairs = Pairs(string.Join(' ', before), string.Join(' ', after)).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static pair => pair.Split('>')).ToList();
            var stayed = new List<string>(before);
            Assert.All(pairs, pair => Assert.True(pair[0] == "-" || stayed.Remove(pair[0])));
            var same = new List<string>(after);
            Assert.All(pairs, pair => Assert.True(pair[1] == "-" || same.Remove(pair[1])));
            Assert.Equal(stayed.Order(StringComparer.Ordinal), same.Order(StringComparer.Ordinal));
            Assert.All(pairs, static pair => Assert.True(pair[0] == "-" || pair[1] == "-" || pair[0][0] == pair[1][0]));
            // What can stay in its order stays.
            Assert.Equal(LongestCommon(before, after), stayed.Count);
        }

        List<string> Some() => [.. Enumerable.Range(0, random.Next(6)).Select(_ => names[random.Next(names.Length)])];

        static int LongestCommon(List<string> left, List<string> right) =>
            left.Count == 0 || right.Count == 0 ? 0
            : left[0] == right[0] ? 1 + LongestCommon(left[1..], right[1..])
            : Math.Max(LongestCommon(left[1..], right), LongestCommon(left, right[1..]));
    }

    private static string Pairs(string before, string after)
    {
        var (old, fresh) = (Read(before), Read(after));
        return string.Join(' ', DraftPairs.Of(old.Plan.Operations, fresh.Plan.Operations).Select(pair => $"{Name(old, pair.Old)}>{Name(fresh, pair.Fresh)}"));

        static string Name((DraftPlan Plan, string[] Names) side, DraftOperation? operation) => operation is null ? "-" : side.Names[side.Plan.Operations.ToList().IndexOf(operation)];
    }

    private static (DraftPlan Plan, string[] Names) Read(string names)
    {
        var split = names.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var text = string.Concat(split.Select(static name => s_operations[name] + "\n"));
        return (DraftReader.Read(TestPlan.Read(text, new PlanRunOptions()).Run.Operations), split);
    }
}
