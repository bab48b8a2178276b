using StalwartHardening.Settings;
using StalwartHardening.Tests.Rules;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Toml;

/// <summary>Where the reader says that keys, values and errors are.</summary>
public class ReaderSpanTests
{
    [Theory]
    [InlineData("a = 1\n", "a", "a", "1")]
    [InlineData("  \"a b\" .c = \"x\" # y\n", "a b.c", "\"a b\" .c", "\"x\"")]
    [InlineData("[t]\na.b\t=\t'x'\r\n", "t.a.b", "a.b", "'x'")]
    [InlineData("a = '''x\ny'''\n", "a", "a", "'''x\ny'''")]
    [InlineData("a = [ 1, \"two\", # c\n 3 ]\n", "a.0001", "a", "\"two\"")]
    [InlineData("a = [ [ 1 ], [ 2 ] ]\n", "a.0001.0000", "a", "2")]
    [InlineData("a = { b = 1, c = { d = \"x\" } }\n", "a.c.d", "d", "\"x\"")]
    [InlineData("a = { 10.0.0.0/8, \"::1\" }\n", "a.::1", "\"::1\"", "\"::1\"")]
    [InlineData("[[a]]\nb = é1\n", "a.0000.b", "b", "é1")]
    public void Keys_and_values_are_where_they_were_written(string text, string key, string keyText, string valueText)
    {
        Assert.True(Read(text).TryGet(key, out var setting));
        Assert.Equal(keyText, text.Substring(setting.KeySpan.Start, setting.KeySpan.Length));
        Assert.Equal(valueText, text.Substring(setting.ValueSpan.Start, setting.ValueSpan.Length));
    }

    [Theory]
    [InlineData("a = 1⟦⟧")]
    [InlineData("a = \"x\" ⟦⟧")]
    [InlineData("x = 1\n⟦'⟧a' = 1\n")]
    [InlineData("a = ⟦%⟧{env:X}%\n")]
    [InlineData("a = 10.0.0.1⟦:⟧25\n")]
    [InlineData("a = ⟦\"⟧never ends\n")]
    [InlineData("a = [ 1 ⟦2⟧ ]\n")]
    [InlineData("⟦novalue⟧\n")]
    [InlineData("[a⟦ß⟧/b]\n", "[aß⟦/⟧b]\n")]
    [InlineData("a = 1 ⟦b⟧ = 2\n")]
    [InlineData("a = 1\n⟦a⟧ = 2\n")]
    [InlineData("a =⟦⟧\n")]
    [InlineData("⟦\uFEFF⟧a = 1\n")]
    public void The_first_error_is_where_the_text_is_wrong(string marked, string? really = null)
    {
        var (text, places) = Marks.Take(really ?? marked);
        var problem = Read(text).Problems[0];
        Assert.Equal(places[0], (problem.Span.Start, problem.Span.End));
        Assert.EndsWith(".", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a = hello_world\n", "'_' is out of place; a value that contains it must be quoted.")]
    [InlineData("a = 10.0.0.1:25\n", "':' is out of place; a value that contains it must be quoted.")]
    [InlineData("a = \"x\" y\n", "'y' is out of place; after a value, only a comment may follow on its line.")]
    [InlineData("a = \"x\nb = \"y\"\n", "'y' is out of place; after a value, only a comment may follow on its line, and the quote that closes here opens 1 line above; one may be missing there.")]
    [InlineData("a = [1 2]\n", "'2' is out of place; after a value, ',' or ']' is expected.")]
    [InlineData("a = %{env:X}%\n", "macros must be quoted")]
    [InlineData("a =\n", "it must begin on the same line")]
    [InlineData("{ \"a\": 1 }\n", "this looks like JSON")]
    public void The_message_says_what_to_do(string text, string said) =>
        Assert.Contains(said, Read(text).Problems[0].Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_final_line_break_has_a_kind_of_its_own()
    {
        var document = Read("[a]\nb = 1\nc = [2]");
        Assert.Equal(ReadProblemKind.MissingFinalNewline, Assert.Single(document.Problems).Kind);
        Assert.Equal(2, document.Count);
    }

    [Theory]
    [InlineData("a = !\n")]
    [InlineData("a = [ \"x\",\n  \"y\"\n")]
    [InlineData("a = { b = 1\n")]
    [InlineData("a = \"never ends\n")]
    [InlineData("a = \"\"\"never ends\n")]
    [InlineData("a = 'it\\'s'x\n")]
    [InlineData("[broken\n")]
    [InlineData("{{ template }}\n")]
    [InlineData("key: value\n")]
    [InlineData("\"unclosed = 1\n")]
    [InlineData("a = 1 b = 2\n")]
    [InlineData("a = [[[[[[[[[[1]]]]]]]]]]\n")]
    public void After_an_error_the_following_statements_are_read(string broken)
    {
        var document = Read("first = 1\n" + broken + "[server.listener.x]\nprotocol = \"imap\"\nbind = [\n \"[::]:143\",\n]\n");
        Assert.NotEmpty(document.Problems);
        Assert.True(document.TryGet("first", out _));
        Assert.True(document.TryGet("server.listener.x.protocol", out var protocol), string.Join('\n', document.Problems));
        Assert.Equal("imap", protocol.Value);
        Assert.True(document.TryGet("server.listener.x.bind.0000", out _));
    }

    [Theory]
    [InlineData("[\"server\".\"listener\".\"imap\"]\n", "must not begin with a quote")]
    [InlineData("[server.listener.imap\n", "']'")]
    [InlineData("[server.listener.'imap']\n", "out of place")]
    [InlineData("[server.listener.imap # cleartext\n", "out of place")]
    public void What_stands_below_a_broken_header_belongs_to_the_table_it_means(string header, string said)
    {
        var document = Read("[first]\nprotocol = \"x\"\n" + header + "protocol = \"imap\"\nbind = \"[::]:143\"\n" + header.Replace("imap", "b", StringComparison.Ordinal) + "protocol = \"http\"\n");
        Assert.All(document.Problems, problem => Assert.Equal(ReadProblemKind.Syntax, problem.Kind));
        Assert.Contains(said, document.Problems[0].Message, StringComparison.Ordinal);
        Assert.NotEqual(0, document.Problems[0].Span.Length);
        Assert.True(document.TryGet("server.listener.imap.bind", out _));
        Assert.True(document.TryGet("server.listener.b.protocol", out _));
    }

    [Fact]
    public void A_bracket_that_is_never_closed_hides_no_later_line()
    {
        var document = Read("bind = [\"[::]:143\"\nprotocol = \"imap\"\n[t]\nx = 1\n");
        Assert.Equal(2, Assert.Single(document.Problems).Line);
        Assert.True(document.TryGet("protocol", out _));
        Assert.True(document.TryGet("t.x", out _));
    }

    [Fact]
    public void Suppression_comments_are_real_comments_only()
    {
        var document = Read("# swh:ignore A -- b\na = \"# swh:ignore B -- c\" #   swh:ignore C -- d \r\nb = [ # swh:ignore D -- e\n]\n[t] # swh:ignore E -- f\n# swhignore\n");
        Assert.Equal(["swh:ignore A -- b", "swh:ignore C -- d", "swh:ignore D -- e", "swh:ignore E -- f"], document.SuppressionComments.Select(comment => comment.Text));
        Assert.Equal([true, false, false, false], document.SuppressionComments.Select(comment => comment.AloneOnLine));
    }

    private static SettingsDocument Read(string text) => ServerTomlReader.Read(text, ServerVersion.Newest, TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("#\tswh:ignore A -- b\t \n", "swh:ignore A -- b", true)]
    [InlineData("\t #swh:ignore A -- b\r\n", "swh:ignore A -- b", true)]
    [InlineData("a = 1\t# swh:x", "swh:x", false)]
    [InlineData("a = 1\n  \t# swh:x\n", "swh:x", true)]
    public void Blanks_around_a_suppression_are_no_part_of_it(string text, string expected, bool isAlone)
    {
        var comment = Assert.Single(Read(text).SuppressionComments);
        Assert.Equal((expected, isAlone), (comment.Text, comment.AloneOnLine));
    }

    [Theory]
    [InlineData("# swh:\n")]
    [InlineData("#swh:")]
    [InlineData("# SWH:ignore A -- b\n")]
    [InlineData("# a swh:ignore A -- b\n")]
    public void Other_comments_suppress_nothing(string text) => Assert.Empty(Read(text).SuppressionComments);

    // Four digits at least, so that few entries sort as they stand.
    [Fact]
    public void Entries_of_a_list_are_numbered()
    {
        var document = Read("a = [" + string.Concat(Enumerable.Repeat("1,", 10_002)) + "]\n");
        foreach (var key in new[] { "a.0000", "a.0009", "a.0010", "a.0099", "a.0100", "a.1000", "a.9999", "a.10000", "a.10001" })
            Assert.True(document.TryGet(key, out _), key);
        Assert.Equal(10_002, document.Count);
    }
}
