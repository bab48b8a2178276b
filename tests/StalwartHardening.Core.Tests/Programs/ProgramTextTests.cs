using StalwartHardening.Programs;

namespace StalwartHardening.Tests.Programs;

/// <summary>Texts, values and comments as a program has them.</summary>
public sealed class ProgramTextTests
{
    // A reader of the program sees every character that is there.
    [Theory]
    [InlineData("", "\"\"")]
    [InlineData("a 'b' é 漢", "\"a 'b' é 漢\"")]
    [InlineData("\"\\", "\"\\\"\\\\\"")]
    [InlineData("\n\r\t", "\"\\n\\r\\t\"")]
    [InlineData("\u0000\u001b\u007f\u0085", "\"\\u0000\\u001B\\u007F\\u0085\"")]
    [InlineData("\u200b\u202e", "\"\\u200B\\u202E\"")]
    [InlineData("\u2028", "\"\\u2028\"")]
    [InlineData("\u2029", "\"\\u2029\"")]
    [InlineData("\ue000", "\"\\uE000\"")]
    [InlineData("\u0378", "\"\\u0378\"")]
    [InlineData("\U0001F600", "\"\\uD83D\\uDE00\"")]
    public void A_literal_hides_nothing(string text, string expected) => Assert.Equal(expected, ProgramText.Literal(text));

    [Theory]
    [InlineData("a b", "a b")]
    [InlineData("a\nb\r", "a b")]
    [InlineData("a\u2028b", "a b")]
    [InlineData("a\u2029b", "a b")]
    [InlineData("a\u202eb", "a b")]
    [InlineData("a \t ", "a")]
    public void A_comment_cannot_end_its_line(string text, string expected) => Assert.Equal(expected, ProgramText.OneLine(text));

    [Theory]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("True", "\"True\"")]
    [InlineData("0", "0")]
    [InlineData("25", "25")]
    [InlineData("025", "\"025\"")]
    [InlineData("+5", "\"+5\"")]
    [InlineData("-5", "\"-5\"")]
    [InlineData("1.5", "\"1.5\"")]
    [InlineData("12345678901234567", "12345678901234567")]
    [InlineData("123456789012345678", "\"123456789012345678\"")]
    [InlineData("%{env:X}%", "Macro.FromEnvironment(\"X\")")]
    [InlineData("%{file:/x}%", "Macro.FromFile(\"/x\")")]
    [InlineData("%{cfg:a.b}%", "Macro.FromSetting(\"a.b\")")]
    [InlineData("%{env:}%", "\"%{env:}%\"")]
    [InlineData("%{env:X}%y", "\"%{env:X}%y\"")]
    [InlineData("%{env:X}%%{env:Y}%", "\"%{env:X}%%{env:Y}%\"")]
    [InlineData("%{env:X", "\"%{env:X\"")]
    [InlineData("x%{env:X}%", "\"x%{env:X}%\"")]
    public void A_value_is_an_argument(string value, string expected) => Assert.Equal(expected, ProgramText.AnyArgument(value));

    [Theory]
    [InlineData("%{env:X}%", "Secret.FromEnvironment(\"X\")")]
    [InlineData("%{file:/x}%", "Secret.FromFile(\"/x\")")]
    [InlineData("%{cfg:a}%", null)]
    [InlineData("swordfish", null)]
    public void A_secret_is_never_written_itself(string value, string? expected) => Assert.Equal(expected, ProgramText.SecretArgument(value));

    [Theory]
    [InlineData(" why it is so ", "why it is so")]
    [InlineData("the secret is elsewhere", "the secret is elsewhere")]
    [InlineData("secret: x", null)]
    [InlineData("Password = x", null)]
    [InlineData("my passphrase \"x\"", null)]
    [InlineData("token $x", null)]
    [InlineData("credentials: x", null)]
    [InlineData("apikey=x", null)]
    [InlineData("api_key=x", null)]
    [InlineData("API-KEY=x", null)]
    [InlineData("Authorization: Basic x", null)]
    [InlineData("bearer=x", null)]
    [InlineData("cookie: x", null)]
    [InlineData("-----BEGIN PRIVATE KEY-----:", null)]
    [InlineData("x: the token", "x: the token")]
    [InlineData("see https://example.org/", "see https://example.org/")]
    [InlineData("postgres://u:p@host", null)]
    [InlineData("://@", null)]
    [InlineData("ops@example.org, http://x", "ops@example.org, http://x")]
    public void A_comment_that_may_hold_a_secret_is_hidden(string comment, string? expected) => Assert.Equal(expected ?? ProgramComments.Hidden, ProgramComments.Shown(comment));
}
