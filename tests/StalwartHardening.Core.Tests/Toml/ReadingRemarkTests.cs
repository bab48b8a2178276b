using StalwartHardening.Settings;
using StalwartHardening.Tests.Rules;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Toml;

/// <summary>Where the server and TOML tools read the same text differently, and where they only seem to.</summary>
public class ReadingRemarkTests
{
    [Theory]
    [InlineData("[⟦Server.Listener⟧]\nA = 1\n")]
    [InlineData("[[⟦Server⟧]]\nA = 1\n")]
    [InlineData("[⟦a.\"B\".C⟧]\nd = 1\n")]
    [InlineData("[[a]]\nx = 1\n[⟦a.b⟧]\ny = 1\n")]
    [InlineData("[[a]]\nn = 1\n[[⟦a.b⟧]]\nn = 2\n[[⟦a.b⟧]]\nn = 3\n")]
    [InlineData("[[a]]\nx = 1\n[[b]]\nx = 1\n[[⟦a⟧]]\ny = 2\n")]
    [InlineData("[[a]]\n[[⟦a.b⟧]]\n[[⟦a⟧]]\n[[⟦a.b⟧]]\n")]
    [InlineData("⟦a.'b.c'⟧ = 1\n")]
    [InlineData("a = {⟦'b'⟧ = 1}\n")]
    [InlineData("⟦\"a\\nb\\u0041\"⟧ = 1\n")]
    [InlineData("⟦\"a\\\\b\"⟧ = 1\n")]
    [InlineData("a = ⟦'c:\\dir'⟧\n")]
    [InlineData("a = ⟦'x\\ny'⟧\n")]
    [InlineData("a = ⟦'^10\\.0\\.'⟧\n")]
    [InlineData("a = ⟦\"x\\\\n\"⟧\n")]
    [InlineData("a = ⟦\"x\\\\\\\\y\"⟧\n")]
    [InlineData("a = ⟦\"x\\u0041\"⟧\n")]
    [InlineData("a = ⟦\"\"\"x\\ny\\\\\"\"\"⟧\n")]
    [InlineData("a = ⟦\"\"\"x \\\n  y\"\"\"⟧\n")]
    [InlineData("a = ⟦\"\"\"\r\nx\"\"\"⟧\r\n")]
    [InlineData("a = ⟦+1⟧\n")]
    [InlineData("a = ⟦0xFF⟧\n")]
    [InlineData("a = ⟦0o17⟧\n")]
    [InlineData("a = ⟦1e5⟧\n")]
    [InlineData("a = ⟦\"x\\\\\"\n#\"⟧\nb = \"y\"\n")]
    [InlineData("p = ⟦'C:\\' #'⟧\nq = 1\n")]
    public void Different_readings_are_marked(string marked)
    {
        var (text, places) = Marks.Take(marked);
        var document = ServerTomlReader.Read(text, ServerVersion.Newest, TestContext.Current.CancellationToken);
        Assert.Equal(places, document.Remarks.Select(remark => (remark.Span.Start, remark.Span.End)));
    }

    [Theory]
    [InlineData("[server.listener.\"IMAP\"]\nx = 1\n")]
    [InlineData("Server.X = 1\n")]
    [InlineData("[Server]\nx = 1\n")]
    [InlineData("[[a]]\nx = 1\n[[a]]\nx = 2\n[b]\ny = 1\n")]
    [InlineData("[[a]]\nx = 1\n[ab.c]\ny = 1\n")]
    [InlineData("a = \"^10\\\\.0\\\\.\"\n")]
    [InlineData("a = \"x\\ny\\t\\\"z\\\"\"\n")]
    [InlineData("\"a\\\"b\" = 1\n")]
    [InlineData("a = '''c:\\dir'''\n")]
    [InlineData("a = 'it\\'s'\n")]
    [InlineData("a = \"\\d\"\n")]
    [InlineData("a = \"\"\"\\d\"\"\"\n")]
    [InlineData("a = \"\"\"\nx\"\"\"\n")]
    [InlineData("a = 2020-01-02\nb = 10.0.0.1\nc = 007\nd = hello\ne = -1\nf = 1.5\n")]
    [InlineData("a'b' = 1\n")]
    [InlineData("server.allowed-ip.\"10.0.0.1\" = \"\"\n")]
    public void One_reading_is_not_marked(string text) =>
        Assert.Empty(ServerTomlReader.Read(text, ServerVersion.Newest, TestContext.Current.CancellationToken).Remarks);
}
