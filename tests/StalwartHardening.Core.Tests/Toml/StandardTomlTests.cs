using System.Text;
using System.Text.Json;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Toml;

/// <summary>The second opinion, and the screen that decides when it is asked.</summary>
public class StandardTomlTests
{
    [Theory]
    [InlineData("a = hello\n")]
    [InlineData("a = {x, y}\n")]
    [InlineData("a b = 1\n")]
    [InlineData("[a] x = 2\n")]
    [InlineData("[a]\nx=1\n[b]\n[a]\nz=1\n")]
    [InlineData("a = 1\n[a]\nb = 2\n")]
    [InlineData("a = 1\na.b = 2\n")]
    [InlineData("a = [1]\na.0001 = 2\n")]
    [InlineData("a = [1]\n[[a]]\nx = 2\n")]
    [InlineData("a = {b = 1}\na.c = 2\n")]
    [InlineData("a = {b = 1}\n[a.c]\nd = 2\n")]
    [InlineData("[a]\nb.c = 1\n[a.b]\nd = 1\n")]
    [InlineData("[a.b]\nc = 1\n[a]\nb.d = 1\n")]
    [InlineData("a = []\na = []\n")]
    [InlineData("a = [1,,2]\n")]
    [InlineData("a = 'x\ny'\n")]
    [InlineData("a = \"\\d\"\n")]
    [InlineData("a = 007\n")]
    [InlineData("a..b = 1\n")]
    [InlineData("a = 1 # \u0001\n")]
    [InlineData("a = 1\n[[a]]\nb = 1\n")]
    [InlineData("[a]\nb = 1\n[[a]]\nc = 1\n")]
    [InlineData("[a.b]\nc = 1\n[[a]]\nd = 1\n")]
    [InlineData("a.b = 1\n[[a]]\nd = 1\n")]
    [InlineData("a = \"\"\"\\d\"\"\"\n")]
    public void The_screen_doubts_what_toml_refuses(string text)
    {
        var document = ServerTomlReader.Read(text, ServerVersion.Newest, TestContext.Current.CancellationToken);
        Assert.Empty(document.Problems);
        Assert.True(document.MayDepartFromStandard);
        Assert.NotEmpty(StandardToml.Check(text)!);
    }

    [Theory]
    [InlineData("[server.listener.\"smtp\"]\nbind = [\"[::]:25\"]\nprotocol = \"smtp\"\ntls.implicit = true\n")]
    [InlineData("[server]\nhostname = \"x\"\ntls.timeout = \"1m\"\n[server.listener.a]\nprotocol = \"imap\" # comment — with dash\n")]
    [InlineData("a = { b = 1, c = [ { d = 1.5 }, { d = 20 } ] }\r\n# x\r\n")]
    [InlineData("[[a.b]]\nc = 1\nd.e = 2\n[[a.b]]\nc = 1\nd.e = 2\n[a.c]\nf = 1\n")]
    [InlineData("a = \"x\\ny\"\nb = 'c:\\dir'\nc = '''\nx\ty\n'''\nd = \"\"\"\nx \\\n  y\"\"\"\n")]
    [InlineData("server.allowed-ip.\"10.0.0.1\" = \"\"\n")]
    [InlineData("server.hostname = \"x\"\nserver.tls.a = 1\n[server.listener.a]\nb = 1\n[[server.c]]\nd = 1\n")]
    [InlineData("a = [ { if = \"x\", # why\n  then = \"200\" },\n  { else = \"404\" } ]\n")]
    [InlineData("a = -1.5\nb = -20\n")]
    public void The_screen_trusts_ordinary_files(string text)
    {
        Assert.False(ServerTomlReader.Read(text, ServerVersion.Newest, TestContext.Current.CancellationToken).MayDepartFromStandard);
        Assert.Empty(StandardToml.Check(text)!);
    }

    [Theory]
    [InlineData("\"#a\"imapa\\\uD800\"")]
    [InlineData("a = \"\\\uDC00\"\n")]
    [InlineData("\uD800")]
    [InlineData("\"a\\")]
    [InlineData("a = \"x\\")]
    public void What_makes_the_parser_throw_is_an_error(string text) => Assert.NotEmpty(StandardToml.Check(text)!);

    [Fact]
    public void What_the_screen_trusts_is_standard_toml() => AssertTrustedIsStandard(Texts());

    [Fact]
    public void What_the_screen_trusts_of_tables_that_meet_is_standard_toml() =>
        AssertTrustedIsStandard(Enumerable.Range(0, 20_000).Select(static seed => new MeetingTables(new Random(seed)).Write()));

    // A tenth of the texts is trusted at least, or nothing would have been shown.
    private static void AssertTrustedIsStandard(IEnumerable<string> texts)
    {
        var trusted = 0;
        var all = 0;
        var mistaken = new StringBuilder();
        foreach (var text in texts)
        {
            var document = ServerTomlReader.Read(text, ServerVersion.Newest, TestContext.Current.CancellationToken);
            all++;
            if (document.Problems.Count > 0 || document.MayDepartFromStandard)
                continue;
            trusted++;
            if (StandardToml.Check(text) is [var error, ..])
                mistaken.AppendLine(error + " in " + JsonSerializer.Serialize(text));
        }

        Assert.True(mistaken.Length == 0, mistaken.ToString());
        Assert.InRange(trusted, all / 10, all);
    }

    private static IEnumerable<string> Texts()
    {
        foreach (var name in new[] { "toml-dialect.jsonl", "toml-dialect-fuzz.jsonl" })
        {
            foreach (var line in File.ReadLines(Repository.SharedOrSkip("vectors", name)))
            {
                using var vector = JsonDocument.Parse(line);
                yield return vector.RootElement.GetProperty("text").GetString()!;
            }
        }

        foreach (var file in Directory.GetFiles(Repository.SharedOrSkip("corpus"), "*.toml"))
            yield return File.ReadAllText(file);
    }
}
