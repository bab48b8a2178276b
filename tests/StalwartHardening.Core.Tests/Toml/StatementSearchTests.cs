using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Toml;

/// <summary>Where a text is read again after a statement that cannot be read, and what is said of the one that cannot.</summary>
public sealed class StatementSearchTests
{
    [Theory]
    [InlineData("[server]", true)]
    [InlineData("[[server]]", true)]
    [InlineData("[server.listener.\"a b-c_9\"]", true)]
    [InlineData("  [server]", true)]
    [InlineData("[server]\na", true)]
    [InlineData("[server] \t\r\n", true)]
    [InlineData("[server] # why", true)]
    [InlineData("[server] x", false)]
    [InlineData("[server", false)]
    [InlineData("[]", false)]
    [InlineData("[[]]", false)]
    [InlineData("[", false)]
    [InlineData("[[", false)]
    [InlineData("[1, 2]", false)]
    [InlineData("['x']", false)]
    [InlineData("a = 1", true)]
    [InlineData("A9=1", true)]
    [InlineData("9 = 1", true)]
    [InlineData("\t \ra.b-c_d \t\r= 1", true)]
    [InlineData("\"a b\" = 1", true)]
    [InlineData("a.\"b#\".c = 1", true)]
    [InlineData("\"a", false)]
    [InlineData("\"a\nb\" = 1", false)]
    [InlineData("\"a\"", false)]
    [InlineData("a", false)]
    [InlineData("a\nb = 1", false)]
    [InlineData("a # = 1", false)]
    [InlineData("a' = 1", false)]
    [InlineData("-a = 1", false)]
    [InlineData("_a = 1", false)]
    [InlineData(".a = 1", false)]
    [InlineData("= 1", false)]
    [InlineData("'a' = 1", false)]
    [InlineData("# a = 1", false)]
    [InlineData("}", false)]
    [InlineData("  ", false)]
    [InlineData("", false)]
    public void A_statement_is_known_by_how_it_begins(string text, bool expected) => Assert.Equal(expected, TomlStatementSearch.LooksLikeStatement(text, 0));

    [Theory]
    [InlineData("x\ny = 1\n", 2)]
    [InlineData("x = 1\ny = 1\n", 6)]
    [InlineData("x\n'\n  y = 1\n", 4)]
    [InlineData("x\n'\n'", 5)]
    [InlineData("x", 1)]
    [InlineData("x\n", 2)]
    [InlineData("", 0)]
    public void The_next_statement_begins_a_line(string text, int expected) => Assert.Equal(expected, TomlStatementSearch.NextStatement(text, 0));

    // A text goes on over the ends of lines: the quote that closes it is then often one that was meant to open another.
    [Theory]
    [InlineData("a = \"x\nb = \"y\n", "opens 1 line above")]
    [InlineData("a = \"x\n\n\nb = \"y\n", "opens 3 lines above")]
    [InlineData("a = 'x\nb = 'y\n", "opens 1 line above")]
    [InlineData("a = \"x\" y\n", null)]
    [InlineData("a = [\n1,\n2] y\n", null)]
    [InlineData("a = { b = 1 } y\n", null)]
    [InlineData("a = 1 y\n", null)]
    public void A_quote_that_may_be_missing_is_looked_for_where_the_text_opens(string text, string? expected)
    {
        var problem = ServerTomlReader.Read(text, ServerVersion.Newest, TestContext.Current.CancellationToken).Problems[0];
        if (expected is null)
            Assert.DoesNotContain("the quote that closes here", problem.Message, StringComparison.Ordinal);
        else
            Assert.Contains("the quote that closes here " + expected, problem.Message, StringComparison.Ordinal);
    }
}
