using StalwartHardening.Generations;
using StalwartHardening.Server;
using StalwartHardening.Server.Secrets;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Generations;

/// <summary>Which settings hold a secret, what it is for, and how it is written.</summary>
public sealed class SecretFormTests
{
    [Theory]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1$x$y", SecretForm.StrongHash)]
    [InlineData("$pbkdf2-sha256$i=600000$x$y", SecretForm.StrongHash)]
    [InlineData("$scrypt$ln=17$x$y", SecretForm.StrongHash)]
    [InlineData("$2b$12$x", SecretForm.StrongHash)]
    [InlineData("$6$x$y", SecretForm.StrongHash)]
    [InlineData("$5$x$y", SecretForm.StrongHash)]
    [InlineData("$sha1$x", SecretForm.WeakHash)]
    [InlineData("$1$x$y", SecretForm.WeakHash)]
    [InlineData("_J9..x", SecretForm.WeakHash)]
    [InlineData("{ARGON2}x", SecretForm.StrongHash)]
    [InlineData("{ARGON2I}x", SecretForm.StrongHash)]
    [InlineData("{ARGON2ID}x", SecretForm.StrongHash)]
    [InlineData("{PBKDF2}x", SecretForm.StrongHash)]
    [InlineData("{SSHA}x", SecretForm.FastHash)]
    [InlineData("{SSHA256}x", SecretForm.FastHash)]
    [InlineData("{SSHA512}x", SecretForm.FastHash)]
    [InlineData("{SHA}x", SecretForm.WeakHash)]
    [InlineData("{SHA256}x", SecretForm.WeakHash)]
    [InlineData("{SHA512}x", SecretForm.WeakHash)]
    [InlineData("{MD5}x", SecretForm.WeakHash)]
    [InlineData("{CRYPT}x", SecretForm.WeakHash)]
    [InlineData("{CRYPT}", SecretForm.WeakHash)]
    [InlineData("{crypt}$1$x$y", SecretForm.WeakHash)]
    [InlineData("{CRYPT}$6$x$y", SecretForm.StrongHash)]
    [InlineData("correct horse battery staple", SecretForm.PlainText)]
    [InlineData("{PLAIN}correct horse battery staple", SecretForm.PlainText)]
    [InlineData("changeme", SecretForm.WellKnown)]
    [InlineData("{PLAIN}changeme", SecretForm.WellKnown)]
    [InlineData("{clear}changeme", SecretForm.WellKnown)]
    [InlineData("{PLAIN}", SecretForm.WellKnown)]
    [InlineData("{nothing}x", SecretForm.Nothing)]
    [InlineData("$app$phone$x", SecretForm.Nothing)]
    [InlineData("otpauth://totp/x", SecretForm.Nothing)]
    [InlineData("%{env:SECRET}%", SecretForm.Elsewhere)]
    [InlineData("${SECRET}", SecretForm.Elsewhere)]
    public void A_password_is_written_as(string text, Enum expected) => Assert.Equal(expected, Form($"authentication.fallback-admin.secret = '{text}'"));

    [Theory]
    [InlineData("authentication.fallback-admin.secret = 'x y z'", SecretUse.Password)]
    [InlineData("directory.m.principals.0000.secret = 'x y z'", SecretUse.Password)]
    [InlineData("directory.m.principals.0000.secrets.0001 = 'x y z'", SecretUse.Password)]
    [InlineData("directory.l.bind.auth.secret = 'x y z'", SecretUse.Service)]
    [InlineData("directory.l.bind.password = 'x y z'", SecretUse.Service)]
    [InlineData("store.s.password = 'x y z'", SecretUse.Service)]
    [InlineData("store.s.secret-key = 'x y z'", SecretUse.Service)]
    [InlineData("oauth.key = 'x y z'", SecretUse.Key)]
    [InlineData("cluster.key = 'x y z'", SecretUse.Key)]
    [InlineData("oauth.oidc.signature-key = 'x y z'", SecretUse.Key)]
    [InlineData("certificate.c.private-key = '-----BEGIN PRIVATE KEY-----'", SecretUse.PrivateKey)]
    [InlineData("oauth.oidc.signature-key = '-----BEGIN PRIVATE KEY-----'", SecretUse.PrivateKey)]
    public void A_secret_is_for(string text, Enum expected) => Assert.Equal(expected, Assert.Single(Secrets(text)).Use);

    [Theory]
    [InlineData("store.s.url = 'redis://user:hunter-two@host'", "hunter-two")]
    [InlineData("webhook.w.headers.0000 = 'Authorization: Bearer xyz'", "Bearer xyz")]
    public void A_secret_may_be_a_part_of_a_value(string text, string expected)
    {
        var secret = Assert.Single(Secrets(text));
        Assert.Equal((expected, false, SecretUse.Service), (secret.Text, secret.IsWholeValue, secret.Use));
    }

    [Theory]
    [InlineData("store.s.access-key = 'x'")]
    [InlineData("acme.a.key = 'x'")]
    [InlineData("server.hostname = 'mail.example.org'")]
    [InlineData("store.s.url = 'redis://host'")]
    [InlineData("store.s.password = ''")]
    [InlineData("authentication.fallback-admin.secret = ''")]
    [InlineData("webhook.w.headers.0000 = 'X-Trace: 1'")]
    [InlineData("x.monkey-business = 'x'")]
    public void Other_settings_hold_none(string text) => Assert.Empty(Secrets(text));

    [Theory]
    [InlineData("", SecretForm.WellKnown)]
    [InlineData("HS256", SecretForm.WellKnown)]
    [InlineData("hs512", SecretForm.WellKnown)]
    [InlineData("ES256", SecretForm.PlainText)]
    public void A_short_key_is_guessed_where_it_signs_as_it_is(string algorithm, Enum expected) =>
        Assert.Equal(expected, Form("oauth.oidc.signature-key = 'fifteen-letters'\n" + (algorithm.Length > 0 ? $"oauth.oidc.signature-algorithm = '{algorithm}'\n" : "")));

    private static SecretForm Form(string text) => Assert.Single(Secrets(text)).Form;

    private static IReadOnlyList<WrittenSecret> Secrets(string text)
    {
        var server = Generation.ReadServer(ServerTomlReader.Read(text + "\n", ServerVersion.Newest, TestContext.Current.CancellationToken), ServerVersion.Newest);
        return SecretReader.Read(server.Document, server.Features);
    }
}
