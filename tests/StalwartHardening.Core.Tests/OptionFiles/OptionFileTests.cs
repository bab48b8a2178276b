using StalwartHardening.OptionFiles;
using StalwartHardening.Rules;

namespace StalwartHardening.Tests.OptionFiles;

/// <summary>The option file: what it may say, and that what is wrong in it is said and not in force.</summary>
public sealed class OptionFileTests
{
    private const string Entry = "[[ignore]]\nrule = \"SWH1003\"\nreason = \"old phones\"\n";

    [Theory]
    [InlineData("[[ignore]]\nrule = \"SWH1003\"\n", 2, "needs a reason")]
    [InlineData("[[ignore]]\nrule = \"SWH1003\"\nreason = \" \"\n", 2, "needs a reason")]
    [InlineData("[[ignore]]\nreason = \"why\"\n", 2, "needs a rule")]
    [InlineData("[[ignore]]\nrule = \"SWH9\"\nreason = \"why\"\n", 2, "there is no rule 'SWH9'")]
    [InlineData(Entry + "where = \"NetworkListener/x\"\n", 4, "[[ignore]] has no 'where'")]
    [InlineData(Entry + "at.key = \"NetworkListener/x\"\n", 4, "[[ignore]] has no 'key'")]
    [InlineData(Entry + "at = NetworkListener/x:1\n", 4, "quote")]
    [InlineData(Entry + "[severities]\nSWH1003 = \"none\"\n", 5, "unknown option")]
    [InlineData("\r\nallowed_ports = [\"x\"]\r\n" + Entry, 2, "is not a value of 'allowed_ports'")]
    [InlineData("target_version = \"newest\"\nserver_state = \"new\"\n", 1, "is not a value of 'target_version'")]
    public void What_is_wrong_is_said_at_its_line(string text, int line, string expected)
    {
        var problem = OptionFile.Parse(text).Problems[0];
        Assert.Equal(line, problem.Line);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    // Counting from the top for each of them would take minutes.
    [Fact]
    public void A_long_file_is_read_in_one_pass()
    {
        const int Entries = 30_000;
        var ignored = OptionFile.Parse(string.Concat(Enumerable.Repeat(Entry, Entries))).Ignored;
        Assert.Equal(Enumerable.Range(0, Entries).Select(static entry => (entry * 3) + 2), ignored.Select(static entry => entry.Line));
    }

    // What was left out of an entry could have been what narrows it.
    [Theory]
    [InlineData("att = \"NetworkListener/x\"\n")]
    [InlineData("at = NetworkListener/x:1\n")]
    [InlineData("at = \"NetworkListener/x\n")]
    [InlineData("at.x = \"NetworkListener/x\"\n")]
    public void An_entry_that_is_partly_wrong_takes_nothing_back(string rest) => Assert.Empty(OptionFile.Parse(Entry + rest).Ignored);

    [Fact]
    public void Every_mistake_is_said_and_what_is_right_is_in_force()
    {
        var file = OptionFile.Parse("server_state = \"new\"\nallowed_ports = [143]\npreset = \"loud\"\n[severity]\nSWH1001 = \"none\"\nSWH1 = \"none\"\n" + Entry);
        Assert.Equal([1, 3, 6], file.Problems.Select(static problem => problem.Line));
        Assert.Equal("143", file.ValueOf(HardeningOptions.AllowedPortsName));
        Assert.Null(file.ValueOf(HardeningOptions.ServerStateName));
        Assert.Equal("none", file.ValueOf(HardeningOptions.SeverityPrefix + "SWH1001"));
        Assert.Equal((8, "SWH1003"), Assert.Single(file.Ignored) is var entry ? (entry.Line, entry.RuleId) : default);
    }
}
