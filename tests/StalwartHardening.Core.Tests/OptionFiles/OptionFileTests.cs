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

    [Theory]
    [InlineData("target_version", "0.14", "newest")]
    [InlineData("server_state", "existing", "new")]
    [InlineData("cli_version", "1.0.2", "latest")]
    [InlineData("http_access_control", "in_database", "elsewhere")]
    [InlineData("admin_from", "10.0.0.0/8", "somewhere")]
    [InlineData("severity.SWH1001", "none", "loud")]
    public void An_option_is_in_force_or_what_is_wrong_with_it_is_said(string option, string right, string wrong)
    {
        foreach (var name in new[] { option, HardeningOptions.Prefix + option })
        {
            var file = OptionFile.Parse($"{name} = \"{right}\"\n");
            Assert.Empty(file.Problems);
            Assert.Equal(right, file.ValueOf(HardeningOptions.Prefix + option));

            file = OptionFile.Parse($"\n{name} = \"{wrong}\"\n");
            var problem = Assert.Single(file.Problems);
            Assert.Equal(2, problem.Line);
            Assert.StartsWith($"'{wrong}' is not a value of '{option}'; it can be ", problem.Message, StringComparison.Ordinal);
            Assert.Null(file.ValueOf(HardeningOptions.Prefix + option));
        }
    }

    // As it is in a .globalconfig; what begins a value of TOML is left to TOML.
    [Theory]
    [InlineData("stalwart_hardening.http_access_control = in_database\n", "in_database")]
    [InlineData("  stalwart_hardening.http_access_control=in_database", "in_database")]
    [InlineData("stalwart_hardening.http_access_control = in_database \r\n", "in_database")]
    [InlineData("stalwart_hardening.http_access_control = \"in_database\"\n", "in_database")]
    [InlineData("stalwart_hardening.http_access_control = 'in_database'\n", "in_database")]
    public void What_a_build_says_may_be_copied(string text, string expected)
    {
        var file = OptionFile.Parse(text);
        Assert.Empty(file.Problems);
        Assert.Equal(expected, file.ValueOf(HardeningOptions.HttpAccessControlName));
    }

    [Theory]
    [InlineData("http_access_control = in_database\n")]
    [InlineData("stalwart_hardening.http_access_control =\n")]
    [InlineData("stalwart_hardening.http_access_control\n")]
    public void Other_values_have_quotes(string text) => Assert.Equal(1, Assert.Single(OptionFile.Parse(text).Problems).Line);

    [Fact]
    public void What_only_the_tool_asks_for_is_read()
    {
        var file = OptionFile.Parse("min_severity = \"info\"\npreset = \"strict\"\nonly = [\"SWH1001\", \"SWH2\"]\nbaseline = \"known.json\"\n");
        Assert.Empty(file.Problems);
        Assert.Equal((RuleSeverity.Info, Preset.Strict, "known.json"), (file.MinimumSeverity, file.Preset, file.Baseline));
        Assert.Equal(["SWH1001", .. RuleCatalog.All.Select(static rule => rule.Id).Where(static id => id.StartsWith("SWH2", StringComparison.Ordinal))], file.Only!.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_not_written_is_not_decided()
    {
        var file = OptionFile.Parse("");
        Assert.Empty(file.Problems);
        Assert.Empty(file.Ignored);
        Assert.Equal((null, null, null, null), (file.MinimumSeverity, file.Preset, file.Only, file.Baseline));
    }

    // An entry that is wrong hides none after it.
    [Fact]
    public void Each_entry_is_read_by_itself()
    {
        var file = OptionFile.Parse("[[ignore]]\nrule = \"SWH1001\"\nwhy = \"x\"\n" + "[[ignore]]\nrule = \"SWH1002\"\n" + Entry + "at = \"server.listener.x\"\n" + Entry + "at = \"\"\n");
        Assert.Equal([3, 5], file.Problems.Select(static problem => problem.Line));
        Assert.Equal([(7, "server.listener.x"), (11, null)], file.Ignored.Select(static entry => (entry.Line, entry.At)));
        Assert.StartsWith("there is no finding of SWH1003 at 'server.listener.x' in", file.Ignored[0].Unused.Message, StringComparison.Ordinal);
        Assert.StartsWith("there is no finding of SWH1003 in", file.Ignored[1].Unused.Message, StringComparison.Ordinal);
    }
}
