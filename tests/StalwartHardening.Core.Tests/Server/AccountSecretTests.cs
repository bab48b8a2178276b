using StalwartHardening.Server;
using StalwartHardening.Server.Accounts;
using StalwartHardening.Settings;
using StalwartHardening.Server.Secrets;
using StalwartHardening.Generations;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Server;

/// <summary>How passwords are compared, and which of them everybody knows.</summary>
public sealed class AccountSecretTests
{
    [Theory]
    [InlineData("$argon2id$v=19$x", true, false)]
    [InlineData("$1$x$y", true, false)]
    [InlineData("$9$x", false, true)]
    [InlineData("{ARGON2}x", true, false)]
    [InlineData("{SSHA}x", true, false)]
    [InlineData("{clear}x", false, false)]
    [InlineData("{CLEAR}x", false, false)]
    [InlineData("{plain}x", false, false)]
    [InlineData("{PLAIN}x", false, false)]
    [InlineData("{Plain}x", false, true)]
    [InlineData("{nothing}x", false, true)]
    [InlineData("{}x", false, true)]
    [InlineData("{PLAIN", false, true)]
    [InlineData("", false, true)]
    [InlineData("words", false, false)]
    [InlineData("%{env:SECRET}%", false, false)]
    [InlineData("${SECRET}", false, false)]
    [InlineData("$(cat secret)", false, false)]
    [InlineData("$ADMIN_SECRET", false, false)]
    [InlineData("$Admin", false, true)]
    [InlineData("{{ admin_hash }}", false, false)]
    [InlineData("{% if x %}a{% endif %}", false, false)]
    [InlineData("@ADMIN_HASH@", false, false)]
    public void A_text_says_how_it_is_compared(string text, bool isHash, bool neverMatches)
    {
        Assert.Equal(isHash, Secret.IsHash(text));
        Assert.Equal(neverMatches, Secret.NeverMatches(text, Read("").Features));
    }

    // A file that is a template of another program has no secret yet.
    [Theory]
    [InlineData("$(cat secret)", true)]
    [InlineData("x {{ secret }}", true)]
    [InlineData("<%= secret %>", true)]
    [InlineData("x${SECRET}", true)]
    [InlineData("x{% raw %}", true)]
    [InlineData("@SECRET@", true)]
    [InlineData("@@", false)]
    [InlineData("@SECRET", false)]
    [InlineData("SECRET@", false)]
    [InlineData("__SECRET__", true)]
    [InlineData("__S__", true)]
    [InlineData("____", false)]
    [InlineData("__SECRET", false)]
    [InlineData("SECRET__", false)]
    [InlineData("_SECRET_", false)]
    [InlineData("$SECRET", true)]
    [InlineData("$AB", true)]
    [InlineData("$A", false)]
    [InlineData("$_A", true)]
    [InlineData("$A_Z09", true)]
    [InlineData("$1A", false)]
    [InlineData("$Secret", false)]
    [InlineData("$A-B", false)]
    [InlineData("XSECRET", false)]
    [InlineData("*", true)]
    [InlineData("•••", true)]
    [InlineData("…", true)]
    [InlineData("...", true)]
    [InlineData("*•….", true)]
    [InlineData("**x", false)]
    [InlineData("REDACTED", true)]
    [InlineData("[REDACTED]", true)]
    [InlineData("<redacted>", true)]
    [InlineData("(redacted)", true)]
    [InlineData("redacted", false)]
    [InlineData("swordfish", false)]
    [InlineData("", false)]
    public void What_another_program_fills_in_is_no_secret(string text, bool expected) => Assert.Equal(expected, Secret.IsFilledIn(text));

    [Theory]
    [InlineData("0.11.5", false)]
    [InlineData("0.12", true)]
    public void An_empty_secret_was_an_empty_password(string version, bool neverMatches) =>
        Assert.Equal(neverMatches, Secret.NeverMatches("", Read("", version).Features));

    [Theory]
    [InlineData("", "0.11.6", true)]
    [InlineData("", "0.11.7", false)]
    [InlineData("{PLAIN}", "0.15", true)]
    [InlineData("{plain}", "0.15", true)]
    [InlineData("{CLEAR}", "0.15", true)]
    [InlineData("{clear}", "0.11.6", true)]
    [InlineData("{clear}x", "0.11.6", false)]
    [InlineData("{Plain}", "0.15", false)]
    [InlineData("{PLAIN} ", "0.15", false)]
    public void Some_texts_let_everybody_in(string text, string version, bool expected) => Assert.Equal(expected, Secret.IsEmpty(text, Read("", version).Features));

    [Theory]
    [InlineData("<x>", true)]
    [InlineData("<>", false)]
    [InlineData("<pass", false)]
    [InlineData("pass>", false)]
    [InlineData("xK4-v0zz-ohNs>", false)]
    [InlineData(" changeme ", true)]
    [InlineData("********", true)]
    [InlineData("**-*****", false)]
    [InlineData("your-key", true)]
    [InlineData("is-your-key", true)]
    public void Texts_that_stand_for_a_secret_are_known(string text, bool expected) => Assert.Equal(expected, WellKnownSecrets.Contains(text, "store.pg.password"));

    [Theory]
    [InlineData("oauth.key", "Zk3vP0q9XyT7aLm", true)]
    [InlineData("oauth.key", "Zk3vP0q9XyT7aLm2", false)]
    [InlineData("cluster.key", "Zk3vP0q9XyT7aLm", true)]
    [InlineData("cluster.key", "Zk3vP0q9XyT7aLm2", false)]
    [InlineData("store.pg.password", "Zk3vP0q9XyT7aLm", false)]
    public void A_key_of_all_accounts_is_long(string key, string text, bool expected) => Assert.Equal(expected, WellKnownSecrets.Contains(text, key));

    [Theory]
    [InlineData("", null)]
    [InlineData("imap", "IMAP")]
    [InlineData("smtp", null)]
    [InlineData("http", "JMAP and WebDAV")]
    [InlineData("pop3 managesieve", "POP3 and ManageSieve")]
    [InlineData("http imap pop3", "IMAP, JMAP, WebDAV and POP3")]
    public void Services_for_mail_are_named(string protocols, string? expected)
    {
        var listeners = string.Concat(protocols.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static protocol => $"[server.listener.{protocol}]\nprotocol = '{protocol}'\nbind = '[::]:1000'\n"));
        Assert.Equal(expected, MailServices.ReachableFromElsewhere(Read(listeners)));
        Assert.Null(MailServices.ReachableFromElsewhere(Read(listeners.Replace("[::]", "[::1]", StringComparison.Ordinal))));
    }

    [Fact]
    public void Webdav_came_with_0_12() =>
        Assert.Equal("JMAP", MailServices.ReachableFromElsewhere(Read("[server.listener.a]\nprotocol = 'imap'\nbind = '127.0.0.1:143'\n[server.listener.http]\nprotocol = 'http'\nbind = '[::]:443'\n", "0.11")));

    [Theory]
    [InlineData(-1, "0ms")]
    [InlineData(0, "0ms")]
    [InlineData(1, "1ms")]
    [InlineData(1500, "1500ms")]
    [InlineData(1000, "1s")]
    [InlineData(60_000, "1m")]
    [InlineData(5_400_000, "90m")]
    [InlineData(3_600_000, "1h")]
    [InlineData(172_800_000, "2d")]
    public void Durations_are_written_in_the_largest_unit(int milliseconds, string expected) => Assert.Equal(expected, DurationText.Of(TimeSpan.FromMilliseconds(milliseconds)));

    private static ServerConfiguration Read(string text, string version = "0.15")
    {
        Assert.True(ServerVersion.TryParse(version, out var target));
        return Generation.ReadServer(ServerTomlReader.Read(text, target, TestContext.Current.CancellationToken), target);
    }
}
