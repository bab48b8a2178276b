using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Toml;

/// <summary>Values and settings as the server reads them back.</summary>
public sealed class TomlWriterTests
{
    [Theory]
    [InlineData("true", null, "true")]
    [InlineData("false", "x", "false")]
    [InlineData("true", "\"x\"", "\"true\"")]
    [InlineData("12", null, "12")]
    [InlineData("12", "'x'", "'12'")]
    [InlineData("0", null, "0")]
    [InlineData("012", null, "\"012\"")]
    [InlineData("123456789", null, "123456789")]
    [InlineData("1234567890", null, "\"1234567890\"")]
    [InlineData("1.5", null, "\"1.5\"")]
    [InlineData("", null, "\"\"")]
    [InlineData("a", null, "\"a\"")]
    [InlineData("a", "'x'", "'a'")]
    [InlineData("a'b", "'x'", "\"a'b\"")]
    [InlineData("a\"b", null, "'a\"b'")]
    [InlineData("a'\"b", null, "'''a'\"b'''")]
    [InlineData("a\tb", null, "\"a\tb\"")]
    [InlineData("a\\b", null, "'''a\\b'''")]
    [InlineData("a\nb", null, "'''a\nb'''")]
    [InlineData("\na", null, null)]
    [InlineData("a\\b'", null, null)]
    [InlineData("a'''\"b", null, null)]
    [InlineData("a\u001b", null, null)]
    [InlineData("a\uFFFC", null, null)]
    [InlineData("a\r\nb", null, null)]
    public void A_value_is_quoted_like_its_example(string value, string? like, string? expected)
    {
        var written = TomlWriter.Value(value, like);
        Assert.Equal(expected, written);
        if (written is not null)
            Assert.Equal(value, Read($"x = {written}\n")["x"]);
    }

    [Theory]
    [InlineData("a.b-c_9", "x", "a.b-c_9 = \"x\"\n")]
    [InlineData("A.Z", "x", "A.Z = \"x\"\n")]
    [InlineData("a", "x\"y", "a = 'x\"y'\n")]
    [InlineData("a", "x\\y", "a = '''x\\y'''\n")]
    [InlineData("a", "x\"'y", "a = '''x\"'y'''\n")]
    [InlineData("a", "\uFFFC", "a = \"\uFFFC\"\n")]
    public void A_setting_is_a_line(string key, string value, string? expected) => Assert.Equal(expected, TomlWriter.Line(key, value, ServerVersion.Newest));

    [Theory]
    [InlineData("a.b", "x\ny")]
    [InlineData("a.b", "'x'")]
    [InlineData("a.b", "\"x\"")]
    [InlineData("a.[::]:25", "x")]
    [InlineData("a.b c", "x\ty")]
    [InlineData("a.b", "x'''y")]
    [InlineData("a.b", "\\'''\"")]
    public void A_line_is_read_as_the_setting_it_was_written_for(string key, string value)
    {
        if (TomlWriter.Line(key, value, ServerVersion.Newest) is not { } line)
            return;
        var (name, read) = Assert.Single(Read(line));
        Assert.Equal((key, value), (name, read));
    }

    private static Dictionary<string, string> Read(string text)
    {
        var document = ServerTomlReader.Read(text, ServerVersion.Newest, TestContext.Current.CancellationToken);
        Assert.Empty(document.Problems);
        var settings = new Dictionary<string, string>();
        foreach (ref readonly var setting in document.InTextOrder)
            settings.Add(setting.Key, setting.Value);
        return settings;
    }
}
