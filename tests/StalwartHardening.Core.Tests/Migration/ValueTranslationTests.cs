using StalwartHardening.Migration;
using StalwartHardening.Plans;

namespace StalwartHardening.Tests.Migration;

/// <summary>Values of settings as the fields of 0.16 want them; what the texts mean is told by <c>utils/config/utils.rs</c>, 0.15.5.</summary>
public sealed class ValueTranslationTests
{
    [Theory]
    [InlineData("1d", 86_400_000L)]
    [InlineData("2h", 7_200_000L)]
    [InlineData("3m", 180_000L)]
    [InlineData("4s", 4000L)]
    [InlineData("5ms", 5L)]
    [InlineData("6", 6L)]
    [InlineData(" 7 H ", 25_200_000L)]
    [InlineData("h8", 28_800_000L)]
    [InlineData("1d1", 950_400_000L)]
    [InlineData("106751991167d", 9_223_372_036_828_800_000)]
    [InlineData("106751991168d", null)]
    [InlineData("99999999999999999999", null)]
    [InlineData("0s", null)]
    [InlineData("1x", null)]
    [InlineData("1.5h", null)]
    [InlineData("-1h", null)]
    [InlineData("h", null)]
    [InlineData("", null)]
    public void A_duration_is_digits_and_a_unit(string text, long? expected) =>
        Assert.Equal(expected, ValueTranslation.TryParseDuration(text, out var milliseconds) ? milliseconds : null);

    [Theory]
    [InlineData("%{env:X}%", true)]
    [InlineData("a%{env:X}%b", true)]
    [InlineData("%{env:X", false)]
    [InlineData("}%%{", false)]
    [InlineData("100%", false)]
    [InlineData("", false)]
    public void A_macro_opens_and_closes(string text, bool expected) => Assert.Equal(expected, ValueTranslation.HasMacro(text));

    [Theory]
    [InlineData("10/1s", "count=10 period=1000")]
    [InlineData(" 10 / 1 m ", "count=10 period=60000")]
    [InlineData("10/1000", "count=10 period=1000")]
    [InlineData("false", "")]
    [InlineData("FALSE", "")]
    [InlineData("disable", "")]
    [InlineData("disabled", "")]
    [InlineData("never", "")]
    [InlineData("none", "")]
    [InlineData("unlimited", "")]
    [InlineData("0", "")]
    [InlineData("10/999", null)]
    [InlineData("0/1s", null)]
    [InlineData("/1s", null)]
    [InlineData("10", null)]
    [InlineData("10/", null)]
    [InlineData("-1/1s", null)]
    [InlineData("x/1s", null)]
    public void A_rate_is_a_number_and_a_period(string text, string? expected)
    {
        var migration = TestMigration.Of($"http.rate-limit.account = \"{text}\"\n");
        migration.AssertSound();
        var setting = migration.About("http.rate-limit.account");
        var read = string.Join(' ', new[] { "count", "period" }.Select(part => (part, Value: migration["Http/rateLimitAuthenticated/" + part])).Where(static part => part.Value is not null).Select(static part => $"{part.part}={part.Value}"));
        Assert.Equal(expected is null, setting.Outcome == MigrationOutcome.NotRead);
        if (expected is not null)
            Assert.Equal(expected, read);
    }

    [Theory]
    [InlineData("[\"A: 1\"]", "A=1")]
    [InlineData("[\"A: 1\", \"B:2\"]", "A=1 B=2")]
    [InlineData("[\" A : 1 \"]", "A=1")]
    [InlineData("[\"A: 1\", \"A: 2\"]", "A=2")]
    [InlineData("[\"A: x: y\"]", "A=x: y")]
    [InlineData("[\"A\"]", null)]
    [InlineData("[\":1\"]", null)]
    [InlineData("[\"A:\"]", null)]
    [InlineData("[\"A: \"]", null)]
    // One that is none drops them all.
    [InlineData("[\"A: 1\", \"B\"]", null)]
    public void Headers_are_names_and_values(string list, string? expected)
    {
        var migration = TestMigration.Of($"http.headers = {list}\n");
        migration.AssertSound();
        var names = new[] { "A", "B" }.Where(name => migration["Http/responseHeaders/" + name] is not null);
        Assert.Equal(expected ?? "", string.Join(' ', names.Select(name => $"{name}={migration["Http/responseHeaders/" + name]}")));
        Assert.All(migration.Settings, setting => Assert.Equal(expected is null, setting.Outcome == MigrationOutcome.NotRead));
    }

    [Theory]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("yes", null)]
    [InlineData("True", null)]
    [InlineData("1", null)]
    public void Only_true_and_false_are_read(string text, string? expected)
    {
        var migration = TestMigration.Of($"http.permissive-cors = \"{text}\"\n");
        migration.AssertSound();
        Assert.Equal(expected is null, migration.About("http.permissive-cors").Outcome == MigrationOutcome.NotRead);
        if (expected is not null)
            Assert.Equal(expected, migration["Http/usePermissiveCors"]);
    }

    [Theory]
    [InlineData("3", "3")]
    [InlineData("+3", "3")]
    [InlineData("-3", null)]
    [InlineData("x", null)]
    public void A_number_is_read_as_one(string text, string? expected)
    {
        var migration = TestMigration.Of($"imap.auth.max-failures = \"{text}\"\n");
        migration.AssertSound();
        Assert.Equal(expected is null, migration.About("imap.auth.max-failures").Outcome == MigrationOutcome.NotRead);
        if (expected is not null)
            Assert.Equal(expected, migration["Imap/maxAuthFailures"]);
    }

    [Theory]
    [InlineData("%{env:S}%", "EnvironmentVariable", "S")]
    [InlineData("%{file:/s}%", "File", "/s")]
    [InlineData("%{file:///s}%", "File", "/s")]
    [InlineData("swordfish", "Text", "swordfish")]
    [InlineData("%{env:}%", null, null)]
    [InlineData("%{file:}%", null, null)]
    [InlineData("%{cfg:a.b}%", null, null)]
    [InlineData("a%{env:S}%", null, null)]
    [InlineData("%{env:S}%a", null, null)]
    [InlineData("%{env:S}%%{env:T}%", null, null)]
    [InlineData("", null, null)]
    public void A_secret_is_a_text_a_variable_or_a_file(string text, string? variant, string? content)
    {
        var secret = ValueTranslation.Secret(PlanSchema.Instance.FindType("SecretKey")!, text, out var problem);
        Assert.Equal(variant is null, problem.IsProblem);
        Assert.Equal(variant, secret?.Variant?.Variant is { } name ? name is "EnvironmentVariable" or "File" ? name : "Text" : null);
        Assert.Equal(content, secret?.Members.Single().Value.Content);
    }
}
