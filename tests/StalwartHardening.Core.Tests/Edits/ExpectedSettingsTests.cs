using StalwartHardening.Edits;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Edits;

/// <summary>What settings must be once edits have been made to them.</summary>
public sealed class ExpectedSettingsTests
{
    private const string Text = "a.b = 1\na.c = 2\nd.0000 = 'x'\nd.0001 = 'y'\nd.0002 = 'z'\n";

    [Theory]
    [InlineData("a.b = 1\na.c = 2\nd.0000 = 'x'\nd.0001 = 'y'\nd.0002 = 'z'\n", true)]
    [InlineData("d.0002 = 'z'\nd.0001 = 'y'\nd.0000 = 'x'\na.c = 2\na.b = 1\n", true)]
    // The elements of a list are counted anew after one that went.
    [InlineData("a.b = 1\na.c = 2\nd.0001 = 'x'\nd.0002 = 'y'\nd.0003 = 'z'\n", true)]
    [InlineData("a.b = 1\na.c = 2\nd.0000 = 'y'\nd.0001 = 'x'\nd.0002 = 'z'\n", false)]
    [InlineData("a.b = 1\na.c = 2\nd.0000 = 'x'\nd.0001 = 'y'\n", false)]
    [InlineData("a.b = 1\na.c = 2\nd.0000 = 'x'\nd.0001 = 'y'\nd.0002 = 'z'\ne = 1\n", false)]
    [InlineData("a.b = 1\na.c = 3\nd.0000 = 'x'\nd.0001 = 'y'\nd.0002 = 'z'\n", false)]
    [InlineData("a.b = 1\na.d = 2\nd.0000 = 'x'\nd.0001 = 'y'\nd.0002 = 'z'\n", false)]
    [InlineData("a.b = 2\na.c = 1\nd.0000 = 'x'\nd.0001 = 'y'\nd.0002 = 'z'\n", false)]
    [InlineData("a.b = 1\na.c = 2\nd.0000 = 'x'\nd.0001 = 'y'\nd.0002 = 'w'\n", false)]
    public void Settings_are_the_same_by_key_and_value(string other, bool expected) =>
        Assert.Equal(expected, ExpectedSettings.Match(ExpectedSettings.After(Read(Text), [])!, Read(other)));

    [Fact]
    public void Edits_are_made_one_after_the_other()
    {
        Assert.Equal("a.b=1 d.0000=x d.0001=y d.0002=z", After(new SettingEdit.Remove("a.c")));
        Assert.Equal("a.b=1 a.c=2", After(new SettingEdit.Remove("d", WithChildren: true)));
        Assert.Null(After(new SettingEdit.Remove("d")));
        Assert.Null(After(new SettingEdit.Remove("x", WithChildren: true)));
        Assert.Equal("a.b=3 a.c=2 d.0000=x d.0001=y d.0002=z", After(new SettingEdit.Set("a.b", "3")));
        Assert.Equal("a.b=1 a.c=2 d.0000=x d.0001=y d.0002=z e=4", After(new SettingEdit.Set("e", "4")));
        Assert.Equal("a.c=2 d.0000=x d.0001=y d.0002=z f=1", After(new SettingEdit.Rename("a.b", "f")));
        Assert.Equal("a.b=1 a.c=2 f.0000=x f.0001=y f.0002=z", After(new SettingEdit.Rename("d", "f")));
        Assert.Equal("a.b=1 a.c=2 d.0000=x d.0001=y d.0002=z g=5 h=6", After(new SettingEdit.Insert([new("g", "5"), new("h", "6")])));
        Assert.Null(After(new SettingEdit.Set("a.b", "3"), new SettingEdit.Remove("a.b"), new SettingEdit.Remove("a.b")));
    }

    private static string? After(params SettingEdit[] edits) =>
        ExpectedSettings.After(Read(Text), edits) is { } settings ? string.Join(' ', settings.Select(static setting => $"{setting.Key}={setting.Value}")) : null;

    private static SettingsDocument Read(string text)
    {
        var document = ServerTomlReader.Read(text, ServerVersion.Newest, TestContext.Current.CancellationToken);
        Assert.Empty(document.Problems);
        return document;
    }
}
