using System.Globalization;
using System.Text;

namespace StalwartHardening.Tests;

/// <summary>Nothing of an input reaches an output that could move a cursor, turn the reading direction or be a link.</summary>
public sealed class ControlCharacterTests : IDisposable
{
    private const string Nasty = "a\u001b[2Jb\u009bc\u0085d\u202ee\u2028f\u200bg";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void No_output_holds_one_of_a_file()
    {
        _folder.Write("config.toml", $"""
            [server.listener."{Nasty}"]
            bind = "[::]:143"
            protocol = "imap"
            [server.listener.http]
            bind = "[::]:8080"
            protocol = "{Nasty}"
            [http]
            allowed-endpoint = "{Nasty} [x](javascript:alert)"
            hsts = "{Nasty}"
            {Nasty} = 1
            {Nasty}

            """);
        foreach (var format in (string[])["text", "json", "sarif", "github", "gitlab", "junit"])
            AssertClean(ToolProcess.Run(_folder.Root, "check", "config.toml", "-f", format, "--min-severity", "info"), format);
        foreach (var format in (string[])["table", "json", "toml"])
            AssertClean(ToolProcess.Run(_folder.Root, "settings", "config.toml", "-f", format), format);
        foreach (var format in (string[])["text", "html", "svg", "md", "mmd"])
            AssertClean(ToolProcess.Run(_folder.Root, "exposure", "config.toml", "-f", format), format);
        AssertClean(ToolProcess.Run(_folder.Root, "access", "config.toml", "--path", "/" + Nasty), "access");
        Assert.DoesNotContain("](javascript", ToolProcess.Run(_folder.Root, "check", "config.toml", "-f", "sarif", "--min-severity", "info").Output.Replace("\\\\](", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void No_output_holds_one_of_an_argument()
    {
        _folder.Write("config.toml", "broken\n");
        foreach (var arguments in (string[][])[
            ["check", Nasty], ["check", "config.toml", "--only", Nasty], ["check", "config.toml", "--baseline", Nasty], ["check", "config.toml", "--output", Nasty + "/x"],
            ["check", "config.toml", "--min-severity", Nasty], ["check", "config.toml", "--preset", Nasty], ["check", "config.toml", "--config", Nasty], ["check", "config.toml", "--format", Nasty],
            ["exposure", Nasty], ["exposure", "config.toml", "--output", "x." + Nasty], ["settings", Nasty], ["access", Nasty, "--path", "/"], ["explain", Nasty], [Nasty], ["init", "--hostname", Nasty], ["fix", Nasty + "*.toml"]])
            AssertClean(ToolProcess.Run(_folder.Root, arguments), string.Join(' ', arguments[..1]));
    }

    private static void AssertClean(ToolResult result, string what)
    {
        foreach (var rune in (result.Output + result.Error).EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t')
                continue;
            var category = Rune.GetUnicodeCategory(rune);
            Assert.False(category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate, $"{what} writes U+{rune.Value:X4}:\n{result.Output}{result.Error}");
        }
    }
}
