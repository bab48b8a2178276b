using StalwartHardening.Generations;
using StalwartHardening.Server;
using StalwartHardening.Tests.Remedies;

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
        AssertSilent(ToolProcess.Run(_folder.Root, "access", "config.toml", "--path", "/api/principal"));
        AssertSilent(ToolProcess.Run(_folder.Root, "fix", "config.toml", "--all"));
        AssertSilent(ToolProcess.Run(_folder.Root, "exposure", "config.toml", "-f", "html"));
        AssertSilent(ToolProcess.Run(_folder.Root, "fix", "config.toml", "--write", "--all"));
        AssertSilent(ToolProcess.Run(_folder.Root, "check", ".", "--write-baseline", "known.json"));
        Assert.DoesNotContain(Marker, File.Exists(Path.Combine(_folder.Root, "known.json")) ? _folder.Read("known.json") : "", StringComparison.Ordinal);
    }

    private static readonly string[] SecretSettings =
    [
        "authentication.fallback-admin.secret", "authentication.master.secret", "directory.x.bind.secret", "directory.x.auth.token", "store.s3.secret-key", "store.az.azure-access-key",
        "store.pg.password", "oauth.key", "cluster.key", "acme.le.eab.hmac-key", "certificate.default.private-key", "metrics.prometheus.auth.secret", "enterprise.license-key", "signature.rsa.private-key",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    public void No_command_shows_a_random_secret(int seed)
    {
        const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789$/+=!*.,:;#{}[]()<>&| \\'";
#pragma warning disable CA5394 // The same configurations in every run.
        var random = new Random(seed);
        var text = new System.Text.StringBuilder(RandomConfiguration.Create(seed));
        if (text.Length == 0 || text[^1] != '\n')
            text.Append('\n');
        text.Append("[x]\n");
        var secrets = new List<string>();
        var kept = new List<(string Secret, string Variable)>();
        foreach (var key in SecretSettings)
        {
            if (random.Next(2) == 0)
                continue;
            var letters = new char[24];
            for (var i = 0; i < letters.Length; i++)
                letters[i] = Letters[random.Next(Letters.Length)];
            var secret = new string(letters);
            secrets.Add(secret);
            // What is not read any more is removed.
            if (!key.StartsWith("authentication.", StringComparison.Ordinal) && key != "cluster.key")
                kept.Add((secret, "%{env:STALWART_" + key.Replace('.', '_').Replace('-', '_').ToUpperInvariant()));
            var dot = key.LastIndexOf('.');
            var quoted = random.Next(3) switch
            {
                0 => "\"" + secret.Replace("\\", "\\\\", StringComparison.Ordinal) + "\"",
                1 => "\"\"\"" + secret + "\"\"\"",
                _ => "[ \"" + secret.Replace("\\", "\\\\", StringComparison.Ordinal) + "\" ]",
            };
#pragma warning restore CA5394
            text.Append('[').Append(key, 0, dot).Append("]\n").Append(key, dot + 1, key.Length - dot - 1).Append(" = ").Append(quoted).Append(" # kept\n");
        }

        Assert.NotEmpty(secrets);
        _folder.Write("config.toml", text.ToString());
        string[][] runs =
        [
            ["check", "config.toml", "--min-severity", "info"], ["check", "config.toml", "-f", "json", "--min-severity", "info"], ["check", "config.toml", "-f", "sarif", "--min-severity", "info"],
            ["settings", "config.toml"], ["settings", "config.toml", "-f", "json"], ["settings", "config.toml", "-f", "toml"],
            ["access", "config.toml", "--path", "/api/principal"], ["exposure", "config.toml", "-f", "html"], ["exposure", "config.toml"], ["fix", "config.toml", "--all"], ["fix", "config.toml", "--all", "--write"],
        ];
        foreach (var run in runs)
        {
            var result = ToolProcess.Run(_folder.Root, run);
            foreach (var secret in secrets)
            {
                // As it is, and as JSON and HTML would write it.
                foreach (var form in (string[])[secret, System.Text.Json.JsonEncodedText.Encode(secret).ToString(), System.Net.WebUtility.HtmlEncode(secret)])
                    Assert.False((result.Output + result.Error).Contains(form, StringComparison.Ordinal), $"{string.Join(' ', run)} shows {secret}:\n{result.Output}{result.Error}");
            }
        }

        // What was written kept them, or takes them from the environment; accounts that a fix removes are gone.
        var written = _folder.Read("config.toml");
        Assert.All(kept, one => Assert.True(
            written.Replace("\\", "", StringComparison.Ordinal).Contains(one.Secret.Replace("\\", "", StringComparison.Ordinal), StringComparison.Ordinal) || written.Contains(one.Variable, StringComparison.Ordinal),
            $"{one.Variable} is lost in\n{written}"));
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
    [InlineData("cluster.key.0000", true)]
    [InlineData("asn.auth.0000", true)]
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
