using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Toml;

/// <summary>What the server takes between braces: more than its grammar's short description lets one think.</summary>
public class InlineTableReadingTests
{
    [Theory]
    [InlineData("0.15", "a = { b=1, # c\n c=2 }\n", "a.b=1 a.c=2")]
    [InlineData("0.15", "a = { b=1,\n\n # x\n c=2 }\n", "a.b=1 a.c=2")]
    [InlineData("0.15", "a = { b = # c\n 1 }\n", "a.b=1")]
    [InlineData("0.15", "a = { b=, c=1 }\n", "a.c=1")]
    [InlineData("0.15", "a = { b= }\n", "")]
    [InlineData("0.6", "a = { b=1,\n c=2 }\n", "a.b=1 a.c=2")]
    [InlineData("0.5.0", "a = [ { b=1,\n c=2 },\n { b=3 } ]\n", "a.0000.b=1 a.0000.c=2 a.0001.b=3")]
    [InlineData("0.6", "a = { }\n", "")]
    [InlineData("0.15", "a = [[[[[[[[[]]]]]]]]]\n", "")]
    [InlineData("0.15", "[𝐀b]\nx = ⓐ\n", "𝐀b.x=ⓐ")]
    public void The_server_reads(string version, string text, string expected)
    {
        var document = Read(version, text);
        Assert.Empty(document.Problems);
        Assert.Equal(expected, string.Join(' ', document.InTextOrder.ToArray().Select(setting => $"{setting.Key}={setting.Value}")));
    }

    [Theory]
    [InlineData("0.15", "a = { # c\n b=1 }\n", 1)]
    [InlineData("0.15", "a = { x, # c\n y }\n", 1)]
    [InlineData("0.15", "a = { b=1, }\n", 1)]
    [InlineData("0.15", "a = { }\n", 1)]
    [InlineData("0.6", "a = {\n b=1 }\n", 1)]
    [InlineData("0.15", "a = [[[[[[[[[[]]]]]]]]]]\n", 1)]
    [InlineData("0.15", "a = [[[[[[[[[[ # c\n]]]]]]]]]]\n", 2)]
    public void The_server_refuses(string version, string text, int line) =>
        Assert.Equal(line, Assert.Single(Read(version, text).Problems.Take(1)).Line);

    private static SettingsDocument Read(string version, string text)
    {
        Assert.True(ServerVersion.TryParse(version, out var parsed));
        return ServerTomlReader.Read(text, parsed, TestContext.Current.CancellationToken);
    }
}
