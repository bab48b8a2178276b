using StalwartHardening.Migration;

namespace StalwartHardening.Tests.Migration;

/// <summary>What single settings become.</summary>
public sealed class MigrationTests
{
    private const string Https = "[server.listener.https]\nbind = [\"[::]:443\"]\nprotocol = \"http\"\ntls.implicit = true\n";

    [Theory]
    [InlineData("queue.virtual.bulk.threads-per-node = 5")]
    [InlineData("")]
    public void A_schedule_refers_to_its_queue_wherever_that_is_declared(string declaration)
    {
        var migration = TestMigration.Of("queue.schedule.dsn.retry = [\"15m\"]\nqueue.schedule.dsn.notify = [\"1d\"]\nqueue.schedule.dsn.expire = \"3d\"\nqueue.schedule.dsn.queue-name = \"bulk\"\n" + declaration + "\n");
        migration.AssertSound();
        Assert.Equal("MtaDeliverySchedule/dsn/queueId", Assert.Single(migration.About("queue.schedule.dsn.queue-name").Targets));
        Assert.Contains("\"name\":\"bulk\"", migration.Plan, StringComparison.Ordinal);
    }

    // listener.rs, 0.6.0: TLS was off unless switched on, and then implicit unless it said otherwise.
    [Theory]
    [InlineData("", "true", "false")]
    [InlineData("tls.enable = true", "true", "true")]
    [InlineData("tls.enable = true\ntls.implicit = false", "true", "false")]
    [InlineData("tls.enable = false", "false", "false")]
    public void Listeners_of_0_6_begin_as_they_did(string tls, string enabled, string isImplicit)
    {
        var migration = TestMigration.Of("[server.listener.a]\nbind = [\"[::]:993\"]\nprotocol = \"imap\"\n" + tls + "\n", "0.6.0");
        Assert.Equal(enabled, migration["NetworkListener/a/useTls"]);
        Assert.Equal(isImplicit, migration["NetworkListener/a/tlsImplicit"]);
    }

    // listener.rs, 0.6.0: what a listener does not say the server says for all of them.
    [Theory]
    [InlineData("", "enable = true\nimplicit = true", "true", "true")]
    [InlineData("", "enable = true\nimplicit = false", "true", "false")]
    [InlineData("", "enable = true", "true", "true")]
    [InlineData("", "enable = false\nimplicit = false", "false", "false")]
    [InlineData("tls.implicit = false", "enable = true\nimplicit = true", "true", "false")]
    [InlineData("tls.enable = true\ntls.implicit = true", "enable = false\nimplicit = false", "true", "true")]
    public void Listeners_of_0_6_follow_the_server(string own, string common, string enabled, string isImplicit)
    {
        var migration = TestMigration.Of("[server.listener.a]\nbind = [\"[::]:993\"]\nprotocol = \"imap\"\n" + own + "\n[server.tls]\n" + common + "\n", "0.6.0");
        migration.AssertSound();
        Assert.Equal(enabled, migration["NetworkListener/a/useTls"]);
        Assert.Equal(isImplicit, migration["NetworkListener/a/tlsImplicit"]);
        // Later servers do not read it.
        Assert.Equal("true", TestMigration.Of("[server.listener.a]\nbind = [\"[::]:993\"]\nprotocol = \"imap\"\n[server.tls]\nenable = false\n", "0.7.0")["NetworkListener/a/useTls"]);
    }

    [Theory]
    [InlineData("0.5.0", "http")]
    [InlineData("0.6.0", "http")]
    [InlineData("0.7.0", null)]
    [InlineData("0.15", null)]
    public void What_was_called_jmap_is_HTTP_where_there_was_such_a_protocol(string version, string? protocol) =>
        Assert.Equal(protocol, TestMigration.Of("[server.listener.web]\nbind = [\"[::]:443\"]\nprotocol = \"jmap\"\n", version)["NetworkListener/web/protocol"]);

    // parser.rs and config/mod.rs, 0.6.0
    [Theory]
    [InlineData("0.6.0", "%{HOST}%", "mail.example.org")]
    [InlineData("0.6.0", "mx.%{domain}%", "mx.example.org")]
    [InlineData("0.6.0", "%{host}%.%{HOST}%", "mail.example.org.mail.example.org")]
    [InlineData("0.6.0", "%{other}%", null)]
    [InlineData("0.7.0", "%{host}%", null)]
    public void Macros_of_0_6_are_written_out(string version, string written, string? expected)
    {
        var migration = TestMigration.Of("macros.host = \"mail.example.org\"\nmacros.domain = \"example.org\"\n" + (version == "0.6.0" ? "server.hostname" : "lookup.default.hostname") + " = \"" + written + "\"\n", version);
        Assert.Equal(expected, migration["SystemSettings/defaultHostname"]);
    }

    [Theory]
    [InlineData("0.6.0", "file:///etc/key.pem", "File", "filePath", "/etc/key.pem")]
    [InlineData("0.6.0", "!KEY", "EnvironmentVariable", "variableName", "KEY")]
    [InlineData("0.7.0", "%{file:/etc/key.pem}%", "File", "filePath", "/etc/key.pem")]
    [InlineData("0.7.0", "file:///etc/key.pem", "Text", null, null)]
    public void Files_and_variables_of_0_6_stay_where_they_are(string version, string written, string variant, string? field, string? value)
    {
        var quote = written[0] == '!' ? "" : "\"";
        var migration = TestMigration.Of("[certificate.default]\ncert = \"%{file:/etc/c.pem}%\"\nprivate-key = " + quote + written + quote + "\n", version);
        var key = migration.Plan.Split('\n').Single(static line => line.Contains("\"object\":\"Certificate\"", StringComparison.Ordinal));
        Assert.Contains($"\"privateKey\":{{\"@type\":\"{variant}\"", key, StringComparison.Ordinal);
        if (field is not null)
            Assert.Contains($"\"{field}\":\"{value}\"", key, StringComparison.Ordinal);
    }

    /// <summary>Half a rule would be another one: mail from strangers would be asked to log in.</summary>
    [Fact]
    public void Rules_of_0_5_are_left_to_their_author()
    {
        const string Rules = "session.auth.require = [{if = \"listener\", ne = \"smtp\", then = true}, {else = false}]\n";
        var migration = TestMigration.Of(Rules, "0.5.0");
        migration.AssertSound();
        Assert.DoesNotContain("MtaStageAuth", migration.Plan, StringComparison.Ordinal);
        Assert.Contains("MtaStageAuth", TestMigration.Of("session.auth.require = true\n", "0.5.0").Plan, StringComparison.Ordinal);
        Assert.Contains("MtaStageAuth", TestMigration.Of("session.auth.require = [{if = \"listener != 'smtp'\", then = true}, {else = false}]\n", "0.6.0").Plan, StringComparison.Ordinal);
    }

    [Fact]
    public void A_filter_without_stages_gets_those_that_both_servers_take_for_granted()
    {
        var migration = TestMigration.Of("session.milter.clam.hostname = \"127.0.0.1\"\nsession.milter.clam.port = 15112\nsession.milter.clam.enable = true\n");
        migration.AssertSound();
        Assert.NotEmpty(migration.About("session.milter.clam.port").Targets);
    }

    [Fact]
    public void A_listener_is_what_it_was_and_no_other_is_left()
    {
        var migration = TestMigration.Of("[server.listener.imap]\nbind = [\"[::]:143\", \"127.0.0.1:1143\"]\nprotocol = \"IMAP\"\ntls.enable = false\n");
        migration.AssertSound();
        Assert.NotNull(migration["NetworkListener/imap/bind/[::]:143"]);
        Assert.NotNull(migration["NetworkListener/imap/bind/127.0.0.1:1143"]);
        Assert.Equal("imap", migration["NetworkListener/imap/protocol"]);
        Assert.Equal("false", migration["NetworkListener/imap/useTls"]);
        Assert.Null(migration["NetworkListener/http/protocol"]);
        Assert.Equal(["NetworkListener/imap/bind"], migration.About("server.listener.imap.bind.0000").Targets);
    }

    // "https" is a listener that every new server has, with TLS.
    [Fact]
    public void A_listener_takes_nothing_from_a_default_of_its_name()
    {
        var migration = TestMigration.Of("[server.listener.https]\nbind = [\"[::]:443\"]\nprotocol = \"http\"\n");
        migration.AssertSound();
        Assert.Equal("false", migration["NetworkListener/https/tlsImplicit"]);
    }

    [Fact]
    public void Settings_of_the_whole_server_become_those_of_its_listeners()
    {
        var migration = TestMigration.Of("[server.tls]\ndisable-protocols = \"TLSv1.2\"\n[server.socket]\nbacklog = 5\n[server.listener.a]\nbind = [\"[::]:443\"]\nprotocol = \"http\"\ntls.implicit = true\nsocket.backlog = 7\n[server.listener.b]\nbind = [\"[::]:993\"]\nprotocol = \"imap\"\ntls.implicit = true\n");
        migration.AssertSound();
        Assert.NotNull(migration["NetworkListener/a/tlsDisableProtocols/tls12"]);
        Assert.NotNull(migration["NetworkListener/b/tlsDisableProtocols/tls12"]);
        Assert.Equal("7", migration["NetworkListener/a/socketBacklog"]);
        Assert.Equal("5", migration["NetworkListener/b/socketBacklog"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[http]\nhsts = true\n")]
    [InlineData("[server.listener.http]\nbind = [\"%{env:BIND}%\"]\nprotocol = \"http\"\n")]
    public void Without_a_listener_nothing_opens(string text)
    {
        var migration = TestMigration.Of(text);
        migration.AssertSound();
        Assert.All(migration.NewServer.Listeners, static listener => Assert.All(listener.BindAddresses, static address => Assert.False(address.IsReachableFromElsewhere)));
        Assert.NotEmpty(migration.NewServer.Listeners);
        Assert.Contains(migration.Result.Notes, static note => note.Contains("127.0.0.1:443", StringComparison.Ordinal));
    }

    [Fact]
    public void Defaults_that_changed_for_the_worse_stay_as_they_were()
    {
        var migration = TestMigration.Of(Https);
        Assert.Equal("false", migration["OidcProvider/anonymousClientRegistration"]);
        Assert.Equal("relaxed", migration["SenderAuth/arcVerify/else"]);
        Assert.Contains(migration.Result.Defaults, static kept => kept.Target == "OidcProvider/anonymousClientRegistration");
        Assert.Contains("\"anonymousClientRegistration\":true", TestMigration.Of(Https + "[oauth.client-registration]\nanonymous = true\n").Plan, StringComparison.Ordinal);
    }

    [Fact]
    public void A_route_keeps_the_encryption_that_was_its_default()
    {
        var migration = TestMigration.Of("[queue.route.out]\ntype = \"relay\"\naddress = \"smtp.example.org\"\nport = 465\nauth.username = \"u\"\nauth.secret = \"%{env:RELAY}%\"\n");
        migration.AssertSound();
        Assert.Equal("true", migration["MtaRoute/out/implicitTls"]);
        Assert.Equal("RELAY", migration["MtaRoute/out/authSecret/variableName"]);
    }

    [Theory]
    [InlineData("session.hook.h.url = \"https://hook.example.org\"", "MtaHook/https:~1~1hook.example.org/enable/else", "false")]
    [InlineData("webhook.h.url = \"https://hook.example.org\"", "WebHook/https:~1~1hook.example.org/enable", "false")]
    public void What_did_nothing_does_nothing(string setting, string key, string expected)
    {
        var migration = TestMigration.Of(setting + "\n");
        migration.AssertSound();
        Assert.Equal(expected, migration[key]);
    }

    [Theory]
    [InlineData("starts_with(url_path, '/jmap')", "starts_with(path, '/jmap')")]
    [InlineData("contains(['url_path'], method)", "contains(['url_path'], method)")]
    [InlineData("config_get('server.hostname') == 'a'", "system('hostname') == 'a'")]
    [InlineData("config_get('report.domain')", "system('domain')")]
    [InlineData("is_local_domain('*', email_part(method, 'domain'))", "is_local_domain(email_part(method, 'domain'))")]
    [InlineData("sort([1, 2], true)", "sort([1, 2], false)")]
    [InlineData("sort([1, 2], is_tls)", "sort([1, 2], !(is_tls))")]
    [InlineData("m5 + 5m", "5m + 5m")]
    [InlineData("'m5'", "'m5'")]
    [InlineData("", "''")]
    public void Expressions_are_said_in_the_new_words(string old, string expected)
    {
        Assert.Equal(expected, ExpressionTranslation.Translate(old, static _ => null, out var problem));
        Assert.Equal("", problem);
    }

    [Theory]
    [InlineData("config_get('a.b')")]
    [InlineData("remote_ip == '%{env:ADMIN}%'")]
    public void What_cannot_be_said_is_told(string old)
    {
        Assert.Null(ExpressionTranslation.Translate(old, static _ => null, out var problem));
        Assert.EndsWith(".", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_replace_those_of_the_default()
    {
        var migration = TestMigration.Of("session.auth.mechanisms = \"[plain, login]\"\nsession.rcpt.relay = [{ if = \"remote_ip == '10.0.0.1'\", then = true }, { else = false }]\n" + Https);
        Assert.Equal("[plain, login]", migration["MtaStageAuth/saslMechanisms/else"]);
        Assert.Null(migration["MtaStageAuth/saslMechanisms/match/0/if"]);
        Assert.Equal("remote_ip == '10.0.0.1'", migration["MtaStageRcpt/allowRelaying/match/0/if"]);
        Assert.Equal("false", migration["MtaStageRcpt/allowRelaying/else"]);
    }

    [Theory]
    [InlineData("http.allowed-endpoint = \"if_then(config_get('a') == 'b', 404, 403)\"")]
    [InlineData("http.allowed-endpoint = [{ if = \"nonsense(\", then = \"404\" }, { else = \"200\" }]")]
    [InlineData("http.allowed-endpoint = [\"404\"]")]
    public void Access_control_that_cannot_be_written_admits_little(string setting)
    {
        var migration = TestMigration.Of(setting + "\n" + Https);
        migration.AssertSound();
        Assert.Contains("404", migration["Http/allowedEndpoints/else"], StringComparison.Ordinal);
        Assert.Contains(migration.Result.Notes, static note => note.Contains("http.allowed-endpoint", StringComparison.Ordinal));
    }

    [Fact]
    public void Accounts_of_the_directory_in_use_are_made()
    {
        var migration = TestMigration.Of(
            """
            storage.directory = "m"
            [directory.m]
            type = "memory"
            [[directory.m.principals]]
            name = "staff"
            class = "group"
            email = ["staff@example.org"]
            [[directory.m.principals]]
            name = "john"
            class = "admin"
            description = "John"
            secret = "$6$Mns4RXCYvXTHmcYk$VjYjPWYeqKcHVsrGFQGF4YAIQjJJkQRlT0wnbWYBMLcEk8RTfdN51JH8uBBLOFTPfeOKvq5hzZLq2iYLDjpoM1"
            email = ["john@example.org", "j@example.net"]
            member-of = ["staff"]
            [[directory.m.principals]]
            name = "nobody"
            secret = "%{env:X}%"
            """ + "\n");
        migration.AssertSound();
        Assert.Equal("Admin", migration["Account/john/roles/@type"]);
        Assert.Equal("John", migration["Account/john/description"]);
        Assert.Equal("j", migration["Account/john/aliases/0/name"]);
        Assert.Equal(MigrationOutcome.Written, migration.About("directory.m.principals.0001.member-of.0000").Outcome);
        Assert.Equal(MigrationOutcome.NotWritable, migration.About("directory.m.principals.0002.name").Outcome);
    }

    [Fact]
    public void Stores_become_what_they_are_used_for()
    {
        var migration = TestMigration.Of(
            """
            storage = { data = "pg", blob = "s3", fts = "pg", lookup = "redis" }
            store.pg = { type = "postgresql", host = "localhost", password = "%{file:/etc/pw}%" }
            store.redis = { type = "redis", urls = ["redis://127.0.0.1"] }
            [store.s3]
            type = "s3"
            bucket = "mail"
            region = "eu-central-1"
            secret-key = "%{env:KEY}%"
            compression = "lz4"
            """ + "\n");
        migration.AssertSound();
        Assert.Equal("EuCentral1", migration["BlobStore/region/@type"]);
        Assert.Equal("KEY", migration["BlobStore/secretKey/variableName"]);
        Assert.Contains("\"SearchStore\",\"value\":{\"@type\":\"Default\"}", migration.Plan, StringComparison.Ordinal);
        Assert.Equal("redis://127.0.0.1", migration["InMemoryStore/url"]);
        Assert.Equal(MigrationOutcome.Elsewhere, migration.About("store.pg.password").Outcome);
        Assert.Equal(MigrationOutcome.NoCounterpart, migration.About("store.s3.compression").Outcome);
    }

    [Fact]
    public void Macros_of_other_settings_are_filled_in()
    {
        var migration = TestMigration.Of("my.host = \"mail.example.org\"\nserver.hostname = \"%{cfg:my.host}%\"\n");
        Assert.Equal("mail.example.org", migration["SystemSettings/defaultHostname"]);
    }

    [Fact]
    public void Signatures_bring_their_domain()
    {
        var migration = TestMigration.Of("[signature.rsa]\nalgorithm = \"rsa-sha256\"\nprivate-key = \"%{file:/etc/dkim.pem}%\"\ndomain = \"example.org\"\nselector = \"s1\"\n[signature.old]\nalgorithm = \"rsa-sha1\"\ndomain = \"example.org\"\nselector = \"s0\"\n");
        migration.AssertSound();
        Assert.Equal("/etc/dkim.pem", migration["DkimSignature/s1/privateKey/filePath"]);
        Assert.Equal(MigrationOutcome.NoCounterpart, migration.About("signature.old.selector").Outcome);
    }

    [Fact]
    public void Names_of_an_older_server_are_read_for_it()
    {
        const string text = "server.http.hsts = true\n" + Https;
        Assert.Equal("true", TestMigration.Of(text, "0.11")["Http/enableHsts"]);
        Assert.Equal(MigrationOutcome.NotRead, TestMigration.Of(text).About("server.http.hsts").Outcome);
    }

    [Theory]
    [InlineData("server.max-connections = \"many\"", MigrationOutcome.NotRead)]
    [InlineData("server.hostname = \"%{env:HOST}%\"", MigrationOutcome.NotWritable)]
    [InlineData("authentication.fallback-admin.user = \"admin\"", MigrationOutcome.Elsewhere)]
    [InlineData("authentication.master.user = \"admin\"", MigrationOutcome.NoCounterpart)]
    [InlineData("spam-filter.list.x = \"1\"", MigrationOutcome.Database)]
    [InlineData("server.listener.a.bind = \"[::]:25\"", MigrationOutcome.NotRead)]
    [InlineData("no.such.setting = 1", MigrationOutcome.NotRead)]
    [InlineData("auth.dkim.sign = false", MigrationOutcome.NoCounterpart)]
    public void What_is_not_in_the_plan_is_told(string setting, Enum outcome)
    {
        var migration = TestMigration.Of(setting + "\n");
        migration.AssertSound();
        Assert.Equal(outcome, Assert.Single(migration.Settings).Outcome);
    }

    [Fact]
    public void What_can_be_read_of_a_broken_file_is_migrated()
    {
        var migration = TestMigration.Of(Https + "[http]\nhsts = = true\npermissive-cors = true\n");
        migration.AssertSound();
        Assert.Equal("true", migration["Http/usePermissiveCors"]);
        Assert.NotNull(migration["NetworkListener/https/bind/[::]:443"]);
    }
}
