using StalwartHardening.Server;

namespace StalwartHardening.Tests;

public sealed class SecretTests : IDisposable
{
    private const string Marker = "Zx9-marker-secret";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("authentication.fallback-admin.secret = \"{0}\"\nauthentication.fallback-admin.user = \"admin\"\n")]
    [InlineData("authentication.fallback-admin = {{ user = \"admin\", secret = \"{0}\" }} # swh:ignore X\n")]
    [InlineData("authentication.fallback-admin.secret = \"{0}\n")]
    [InlineData("authentication.fallback-admin.secret = {0}\n")]
    [InlineData("authentication.fallback-admin.secret = \"{0}\"")]
    [InlineData("authentication.fallback-admin.secret = \"{0}\" {0}\n")]
    [InlineData("authentication.fallback-admin = {{ user = \"admin\", secret = {0} }}\n")]
    [InlineData("authentication.fallback-admin.secret = \"{0}\"\nauthentication.fallback-admin.secret = \"{0}\"\n")]
    [InlineData("directory.m.principals = [ {{ name = \"a\", secret = [\"{0}\", \"{0}\"] ]\n")]
    [InlineData("signature.rsa.private-key = '''\n{0}\n{0}\n'''\n]\n")]
    [InlineData("signature.rsa.private-key = '''\n{0}\n")]
    [InlineData("store.r.url = \"redis://user:{0}@host/\" x\n")]
    [InlineData("store.r.urls = [\"redis://user:{0}@host/\" \n")]
    [InlineData("webhook.w.headers = [\"Authorization: Bearer {0}\"] ]\n")]
    [InlineData("# password: {0} swh:ignore\nserver.listener.a.bind = \"x\" # password = {0}\n")]
    public void No_output_holds_a_secret(string template)
    {
        var text = template.Replace("{0}", Marker, StringComparison.Ordinal).Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal);
        _folder.Write("config.toml", text + "server.listener.imap = { bind = \"[::]:143\", protocol = \"imap\" }\n");
        foreach (var format in (string[])["text", "json", "sarif", "github", "gitlab", "junit"])
            AssertSilent(ToolProcess.Run(_folder.Root, "check", "config.toml", "-f", format, "--min-severity", "info"));
        foreach (var format in (string[])["table", "json", "toml"])
            AssertSilent(ToolProcess.Run(_folder.Root, "settings", "config.toml", "-f", format));
    }

    [Theory]
    [InlineData("authentication.fallback-admin.secret", true)]
    [InlineData("authentication.fallback_admin.secret", true)]
    [InlineData("directory.local.principals.0000.secret.0001", true)]
    [InlineData("directory.x.bind.secret", true)]
    [InlineData("directory.x.auth.token", true)]
    [InlineData("store.s3.secret-key", true)]
    [InlineData("store.s3.access-key", true)]
    [InlineData("store.az.azure-access-key", true)]
    [InlineData("store.pg.password", true)]
    [InlineData("oauth.key", true)]
    [InlineData("cluster.key", true)]
    [InlineData("acme.le.key", true)]
    [InlineData("acme.le.eab.hmac-key", true)]
    [InlineData("certificate.default.private-key", true)]
    [InlineData("asn.auth", true)]
    [InlineData("enterprise.ai.x.auth.token", true)]
    [InlineData("enterprise.license-key", true)]
    [InlineData("directory.ldap.attributes.secret", false)]
    [InlineData("directory.sql.columns.secret", false)]
    [InlineData("oauth.expiry.token", false)]
    [InlineData("session.throttle.0000.key", false)]
    [InlineData("server.hostname", false)]
    [InlineData("authentication.fallback-admin.user", false)]
    [InlineData("", false)]
    [InlineData(".", false)]
    [InlineData("0000", false)]
    public void Keys_that_hold_secrets_are_known(string key, bool holdsSecret) => Assert.Equal(holdsSecret, SecretKeys.IsSecret(key));

    [Theory]
    [InlineData("store.r.url", "redis://u:pw@h/0", "redis://u:********@h/0")]
    [InlineData("store.r.urls.0000", "redis://u:%{env:X}%@h", "redis://u:%{env:X}%@h")]
    [InlineData("store.r.url", "redis://h:6379", "redis://h:6379")]
    [InlineData("authentication.master.secret", "%{file:/run/secret}%", "%{file:/run/secret}%")]
    [InlineData("authentication.master.secret", "x%{env:A}%", "********")]
    [InlineData("http.headers", "Strict-Transport-Security: max-age=1", "Strict-Transport-Security: max-age=1")]
    [InlineData("webhook.w.headers.0000", "X-Api-Key: abc", "X-Api-Key: ********")]
    public void Values_are_shown_without_their_secret(string key, string value, string shown) => Assert.Equal(shown, SecretKeys.Mask(key, value));

    private static void AssertSilent(ToolResult result)
    {
        Assert.DoesNotContain(Marker, result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Marker, result.Error, StringComparison.Ordinal);
        Assert.InRange(result.ExitCode, 0, 1);
    }
}
