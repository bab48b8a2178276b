using System.Globalization;
using System.Text;
using StalwartHardening.Comparison;
using StalwartHardening.Generations;
using StalwartHardening.Migration;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Migration;

/// <summary>What holds for every file: the plan is taken as a whole, opens nothing, and every setting is in it or in the report.</summary>
public sealed class MigrationPropertyTests
{
    private static readonly string[] Names = ["a", "b", "http", "https", "imaps", "default", "local", "mx", "q", "x.y", "Ä ö", "it's", "a\\\"b", "0000", "#x", "é"];

    private static readonly string[] Values =
    [
        "true", "false", "yes", "", "0", "1", "5m", "m5", "100/1m", "none", "disable", "-1", "99999999999999999999", "lorem ipsum", "%{env:NAME}%", "%{file:/etc/x}%", "%{file:///etc/x}%", "%{cfg:server.hostname}%", "a%{env:B}%c",
        "%{env:%{env:X}%}%", "${X}", "@@X@@", "[::]:443", "0.0.0.0:25", "127.0.0.1:8080", ":25", "10.0.0.0/8", "0.0.0.0/0", "::1", "http", "imap", "smtp", "pop3", "managesieve", "lmtp", "https://example.org", "http://example.org/x", "mail.example.org",
        "john@example.org", "ldap", "sql", "oidc", "memory", "internal", "relay", "mx", "local", "log", "stdout", "otel", "postgresql", "s3", "redis", "rsa-sha256", "ed25519-sha256", "rsa-sha1", "info", "trace", "X-A: b", "broken header", "auth.*", "data",
        "local_port != 25", "is_tls", "[plain, login]", "starts_with(url_path, '/x')", "config_get('server.hostname')", "nonsense(1", "'text'", "200", "404", "{\"x\": 1}", "line\\nbreak", "$6$salt$hash",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_random_file_is_migrated_soundly(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 60; i++)
        {
            var text = RandomFile(random);
            try
            {
                TestMigration.Of(text).AssertSound();
            }
            catch (Exception e)
            {
                throw new InvalidOperationException(text, e);
            }
        }
    }

    [Fact]
    public void Every_configuration_of_the_corpus_is_migrated_soundly()
    {
        var count = 0;
        foreach (var file in Directory.GetFiles(Repository.SharedOrSkip("corpus"), "*.toml").Order(StringComparer.Ordinal))
        {
            var text = Encoding.UTF8.GetString(File.ReadAllBytes(file));
            if (ConfigurationReader.Read(text, new StalwartHardening.Server.ReadingTarget(ServerVersion.Newest), TestContext.Current.CancellationToken).IsPlan)
                continue;
            TestMigration.Of(text).AssertSound();
            count++;
        }

        Assert.True(count >= 119);
    }

    [Theory]
    [InlineData("0.7.3")]
    [InlineData("0.8.1")]
    [InlineData("0.10.7")]
    [InlineData("0.12.5")]
    [InlineData("0.15.5")]
    public void Every_kind_of_configuration_is_migrated_soundly_from_every_version(string version)
    {
        foreach (var file in Directory.GetFiles(Repository.PathOf("tests", "Configurations"), "*.toml").Order(StringComparer.Ordinal))
        {
            try
            {
                var migration = TestMigration.Of(File.ReadAllText(file), version);

                // A server that does not start on it has nothing to migrate.
                if (migration.Before.Any(static finding => finding.Message.Contains("the server refuses to start", StringComparison.Ordinal)))
                    continue;
                migration.AssertSound();
                Assert.DoesNotContain("S3cretPlanted", string.Join('\n', migration.Settings.Select(static setting => setting.Note)), StringComparison.Ordinal);

                // What a migrated file says is what its plan leaves.
                var difference = ConfigurationDifference.Between(migration.Server, migration.NewServer, TestContext.Current.CancellationToken);
                Assert.False(difference.OpensSomething, string.Join('\n', difference.Exposure.Opened));
                Assert.DoesNotContain("S3cretPlanted", string.Join('\n', difference.Settings), StringComparison.Ordinal);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                throw new InvalidOperationException(Path.GetFileName(file), e);
            }
        }
    }

    private static string RandomFile(Random random)
    {
        var rows = MigrationTable.Instance.Rows.ToList();
        var families = MigrationTable.Instance.Families;
        var text = new StringBuilder();
        var written = new HashSet<string>(StringComparer.Ordinal);
        var count = random.Next(40);
        for (var i = 0; i < count; i++)
        {
            var pattern = random.Next(12) == 0 ? SettingNames.Known.All[random.Next(SettingNames.Known.All.Count)].Pattern : rows[random.Next(rows.Count)].Pattern;

            // Most objects exist.
            if (random.Next(2) == 0)
                pattern = Related(pattern, families, rows, random);
            var name = Names[random.Next(random.Next(2) == 0 ? 3 : Names.Length)];
            var key = string.Join('.', pattern.TrimEnd('.').Split('.').Select(part => part == "*" ? "\"" + name + "\"" : part)) + (pattern.EndsWith('.') ? ".x" : "");
            Write(text, written, key, random);
            foreach (var family in families.Where(family => pattern.StartsWith(family.Pattern + ".", StringComparison.Ordinal) && family.How["by"] is { Length: > 0 }))
                Write(text, written, string.Join('.', (family.Pattern + "." + family.How["by"]).Split('.').Select(part => part == "*" ? "\"" + name + "\"" : part)), random);
        }

        return text.ToString();
    }

    private static string Related(string pattern, IReadOnlyList<MigrationRow> families, List<MigrationRow> rows, Random random)
    {
        var family = families[random.Next(families.Count)];
        var members = rows.Where(row => row.Pattern.StartsWith(family.Pattern + ".", StringComparison.Ordinal)).ToList();
        return members.Count == 0 ? pattern : members[random.Next(members.Count)].Pattern;
    }

    private static void Write(StringBuilder text, HashSet<string> written, string key, Random random)
    {
        if (!written.Add(key) && random.Next(10) != 0)
            return;
        string Value() => "\"" + Likely(key, random).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
        text.Append(key).Append(" = ");
        switch (random.Next(8))
        {
            case 0:
                text.Append('[').AppendJoin(", ", Enumerable.Range(0, random.Next(4)).Select(_ => Value())).Append(']');
                break;
            case 1:
                text.Append(CultureInfo.InvariantCulture, $"[{{ if = {Value()}, then = {Value()} }}, {{ else = {Value()} }}]");
                break;
            case 2:
                text.Append(CultureInfo.InvariantCulture, $"{{ {Value()} }}");
                break;
            default:
                text.Append(Value());
                break;
        }

        text.Append('\n');
    }

    // Otherwise hardly any object would be whole.
    private static string Likely(string key, Random random) => random.Next(3) == 0 ? Values[random.Next(Values.Length)] : key.Substring(key.LastIndexOf('.') + 1) switch
    {
        "protocol" => Pick(random, "http", "imap", "smtp", "pop3"),
        "bind" => Pick(random, "[::]:443", "0.0.0.0:25", "127.0.0.1:8080"),
        "type" => Pick(random, "relay", "mx", "log", "stdout", "memory", "s3", "postgresql", "redis", "ldap"),
        "url" => Pick(random, "https://example.org", "http://example.org"),
        "rate" => "5/1h",
        "key" => Pick(random, "rcpt", "sender_domain", "remote_ip"),
        "email" => Pick(random, "john@example.org", "jane@example.net"),
        "directory" or "data" or "blob" or "fts" or "lookup" => Pick(random, "a", "b", "http"),
        _ => Values[random.Next(Values.Length)],
    };

    private static string Pick(Random random, params string[] values) => values[random.Next(values.Length)];
}
