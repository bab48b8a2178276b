using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Rules;

/// <summary>Servers that are secure, written in all the ways people write: nothing is said about them.</summary>
public class SecureConfigurationTests
{
    private const string Doors = """
        [server.listener.smtp]
        bind = "[::]:25"
        protocol = "smtp"
        [server.listener.submissions]
        bind = "[::]:465"
        protocol = "smtp"
        tls.implicit = true
        [server.listener.imaptls]
        bind = "[::]:993"
        protocol = "imap"
        tls.implicit = true

        """;

    public static TheoryData<string> Others => new(
        // Flat, sorted and quoted, as the server itself writes files.
        "server.listener.imaptls.bind.0000 = \"[::]:993\"\nserver.listener.imaptls.protocol = \"imap\"\nserver.listener.imaptls.tls.implicit = \"true\"\nstore.pg.type = \"postgresql\"\nstore.pg.host = \"127.0.0.1\"\nstore.pg.password = \"%{env:PG}%\"\n",
        "server.listener.imaptls.bind.0 = '''[::]:993'''\nserver.listener.imaptls.protocol = 'IMAP'\nserver.listener.imaptls.tls.implicit = true\nserver.listener.imaptls.tls.override = false\n",
        // Inline tables and dotted keys.
        "server = { listener = { imaptls = { bind = [\"0.0.0.0:993\", \"[::]:993\"], protocol = \"imap\", tls = { implicit = true, enable = true } } } }\n",
        "[server]\nlistener.\"mail.example.org\".bind = \"[::]:993\"\nlistener.\"mail.example.org\".protocol = \"imap\"\nlistener.\"mail.example.org\".tls.implicit = true\n",
        // Sockets, loopback addresses, names of the machine itself.
        Doors + "[store.pg]\ntype = \"postgresql\"\nhost = \"/run/postgresql\"\nuser = \"stalwart\"\n",
        Doors + "[store.my]\ntype = \"mysql\"\nhost = \"::1\"\npassword = \"%{file:///run/secrets/my}%\"\n[store.my.tls]\nenable = false\n",
        Doors + "[store.r]\ntype = \"redis\"\nurls = [\"redis://127.0.0.1/0\", \"unix:///run/redis.sock\"]\n",
        Doors + "[directory.l]\ntype = \"ldap\"\nurl = \"ldapi://%2Frun%2Fslapd\"\nbase-dn = \"dc=x\"\n",
        Doors + "[directory.l]\ntype = \"ldap\"\nurl = \"ldap://ldap.example.org\"\nbase-dn = \"dc=x\"\ntls.enable = true\nbind.dn = \"cn=x\"\nbind.secret = \"%{env:LDAP}%\"\n",
        // Templates that another program fills in.
        Doors + "[store.pg]\ntype = \"postgresql\"\nhost = \"127.0.0.1\"\npassword = \"{{ .Values.password }}\"\n",
        Doors + "[store.s3]\ntype = \"s3\"\nendpoint = \"https://s3.example.org\"\nsecret-key = \"${S3_SECRET}\"\naccess-key = \"AKIA\"\n",
        // Rules for SMTP.
        Doors + "[session.rcpt]\nrelay = \"is_empty(authenticated_as) == 0\"\n",
        Doors + "[session.rcpt]\nrelay = [ { if = \"remote_ip == '192.0.2.4'\", then = true }, { if = \"authenticated_as != ''\", then = true }, { else = false } ]\n",
        Doors + "[session.auth]\nmechanisms = [ { if = \"is_tls\", then = \"[plain, login]\" }, { else = false } ]\nrequire = \"local_port != 25\"\n",
        Doors + "[[session.auth.require]]\nif = \"local_port != 25\"\nthen = true\n[[session.auth.require]]\nelse = false\n",
        Doors + "[session.extensions]\nvrfy = \"!is_empty(authenticated_as)\"\nexpn = false\ndsn = true\n",
        // Accounts with hashes, an administrator without a password.
        Doors + "[storage]\ndirectory = \"m\"\n[directory.m]\ntype = \"memory\"\n[[directory.m.principals]]\nname = \"jane\"\nclass = \"individual\"\nsecret = \"$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW\"\nemail = [\"jane@example.org\"]\n",
        Doors + "[directory.m]\ntype = \"memory\"\n[directory.m.principals.ops]\nname = \"ops\"\nclass = \"admin\"\n",
        // Certificates, signatures, records.
        Doors + "[certificate.default]\ncert = \"%{file:/etc/c.pem}%\"\nprivate-key = \"%{file:/etc/c.key}%\"\ndefault = true\n[signature.e]\nalgorithm = \"ed25519-sha256\"\nprivate-key = \"%{file:/etc/d.key}%\"\ndomain = \"example.org\"\nselector = \"e\"\n",
        Doors + "[tracer.console]\ntype = \"console\"\nlevel = \"debug\"\n[tracer.journal]\ntype = \"journal\"\nlevel = \"trace\"\nenable = false\n",
        Doors + "[metrics.prometheus]\nenable = true\n[webhook.w]\nurl = \"https://hooks.example.org\"\nevents = [\"auth.*\"]\nsignature-key = \"%{env:W}%\"\n",
        Doors + "[queue.tls.invalid-tls]\nallow-invalid-certs = true\nstarttls = \"optional\"\ndane = \"disable\"\n[queue.route.relay]\ntype = \"relay\"\naddress = \"relay.example.org\"\nport = 587\ntls.implicit = false\nauth.username = \"u\"\nauth.secret = \"%{env:R}%\"\n",
        Doors + "[server]\nhostname = 'mx.example.org'\nblocked-ip.\"203.0.113.9\" = \"\"\nallowed-ip.\"10.0.0.0/8\" = \"\"\n[server.auto-ban.auth]\nrate = \"20/1h\"\n");

    [Theory]
    [MemberData(nameof(Others))]
    public void Nothing_is_said_about_a_secure_server(string text) => Assert.Equal([], RuleTest.Judged(text).Select(finding => finding.ToString()));

    [Theory]
    [InlineData("Hardened")]
    [InlineData("HardenedFull")]
    public void Nothing_is_said_about_the_secure_samples(string sample) =>
        Assert.Equal([], RuleTest.Judged(File.ReadAllText(Repository.PathOf("samples", sample, "config.toml"))).Select(finding => finding.ToString()));

    [Theory]
    [InlineData("pg.tls]\nenable = true", "pg.tls]\nenable = false", "SWH6002")]
    [InlineData("rediss://", "redis://", "SWH6002")]
    [InlineData("ldaps://", "ldap://", "SWH6002")]
    [InlineData("https://s3", "http://s3", "SWH6002")]
    [InlineData("tls = true\n", "tls = false\n", "SWH6002")]
    [InlineData("https://alerts", "http://alerts", "SWH6002")]
    [InlineData("https://sso", "http://sso", "SWH6002")]
    [InlineData("%{env:PG_PASSWORD}%", "vK3-long-enough", "SWH4001")]
    [InlineData("%{env:RELAY_SECRET}%", "changeme", "SWH4003")]
    [InlineData("!is_empty(authenticated_as)\", then = true }, { else = false } ]\nmax", "!is_empty(sender)\", then = true }, { else = false } ]\nmax", "SWH5002")]
    [InlineData("local_port != 25 && is_tls", "local_port != 25", "")]
    [InlineData("[metrics.prometheus.auth]\nusername", "[metrics.prometheus.auth]\nuser-name", "SWH0004")]
    [InlineData("level = \"info\"\npath", "level = \"trace\"\npath", "SWH6006")]
    [InlineData("anonymous = false", "anonymous = true", "SWH5005")]
    [InlineData("starttls = \"optional\"", "starttls = \"disable\"", "SWH6003")]
    [InlineData("\"rsa-sha256\"", "\"rsa-sha1\"", "SWH6004")]
    [InlineData("\"metrics.*\", ", "", "SWH0005")]
    [InlineData("auth.rate = \"100/1d\"", "auth.rate = false", "SWH5003")]
    public void One_wrong_step_is_found(string good, string bad, string rule)
    {
        var text = File.ReadAllText(Repository.PathOf("samples", "HardenedFull", "config.toml"));
        Assert.Contains(good, text, StringComparison.Ordinal);
        var found = RuleTest.Judged(text.Replace(good, bad, StringComparison.Ordinal)).Select(finding => finding.Rule.Id).Distinct().ToList();
        if (rule.Length == 0)
            Assert.Empty(found);
        else
            Assert.Contains(rule, found);
    }

    private static string FullPlan => File.ReadAllText(Repository.PathOf("samples", "HardenedFull", "plan.ndjson"));

    [Theory]
    [InlineData(ServerState.Fresh)]
    [InlineData(ServerState.Existing)]
    public void Nothing_is_said_about_the_secure_plan_that_uses_every_subsystem(Enum state)
    {
        foreach (var part in (string[])["DataStore", "BlobStore", "InMemoryStore", "SearchStore", "Directory", "AcmeProvider", "MtaMilter", "MtaHook", "WebHook", "DkimSignature", "Role", "Metrics", "Coordinator", "Tracer", "NetworkListener"])
            Assert.Contains($"\"object\":\"{part}\"", FullPlan, StringComparison.Ordinal);
        foreach (var kind in (string[])["PostgreSql", "S3", "Redis", "Ldap", "Oidc", "Nats"])
            Assert.Contains($"{{\"@type\":\"{kind}\"", FullPlan, StringComparison.Ordinal);
        Assert.Equal([], JudgedPlan(FullPlan, (ServerState)state).Select(finding => finding.ToString()));
    }

    [Theory]
    [InlineData("\"useTls\":true,\"allowInvalidCerts\":false}}\n", "\"useTls\":false,\"allowInvalidCerts\":false}}\n", "SWH6002")]
    [InlineData("rediss://", "redis://", "SWH6002")]
    [InlineData("ldaps://", "ldap://", "SWH6002")]
    [InlineData("https://s3", "http://s3", "SWH6002")]
    [InlineData("https://alerts", "http://alerts", "SWH6002")]
    [InlineData("https://sso", "http://sso", "SWH6002")]
    [InlineData("{\"@type\":\"EnvironmentVariable\",\"variableName\":\"PG_PASSWORD\"}", "{\"@type\":\"Value\",\"secret\":\"vK3-long-enough\"}", "SWH4001")]
    [InlineData("\"anonymousClientRegistration\":false", "\"anonymousClientRegistration\":true", "SWH5005")]
    [InlineData("\"else\":\"relaxed\"", "\"else\":\"disable\"", "SWH5007")]
    [InlineData("\"level\":\"info\",\"path\"", "\"level\":\"trace\",\"path\"", "SWH6006")]
    [InlineData("\"!is_empty(authenticated_as)\",\"then\":\"true\"}},\"else\":\"false\"},\"maxRecipients", "\"!is_empty(sender)\",\"then\":\"true\"}},\"else\":\"false\"},\"maxRecipients", "SWH5002")]
    [InlineData("\"dane\":\"optional\"", "\"dane\":\"disable\"", "SWH6003")]
    [InlineData("\"startTls\":\"optional\"", "\"startTls\":\"disable\"", "SWH6003")]
    [InlineData("\"usePermissiveCors\":false", "\"usePermissiveCors\":true", "SWH2007")]
    [InlineData("\"useXForwarded\":false", "\"useXForwarded\":true", "SWH2006")]
    [InlineData("\"bind\":{\"[::]:993\":true},\"protocol\":\"imap\",\"useTls\":true,\"tlsImplicit\":true", "\"bind\":{\"[::]:143\":true},\"protocol\":\"imap\",\"useTls\":true,\"tlsImplicit\":false", "SWH1001")]
    [InlineData("{\"@type\":\"Custom\",\"roleIds\":{\"#role-accounts\":true}}", "{\"@type\":\"Admin\"}", "SWH3003")]
    [InlineData("\"enableHsts\":true", "\"enableHsts\":false", "SWH2008")]
    [InlineData("200, 404)", "200, 200)", "SWH2002")]
    [InlineData("\"authBanRate\":{\"count\":100,\"period\":86400000}", "\"authBanRate\":null", "SWH5003")]
    [InlineData("\"name\":\"imaps\",\"bind\"", "\"name\":\"imaps\",\"bnd\"", "SWH0004")]
    public void One_wrong_step_in_the_plan_is_found(string good, string bad, string rule)
    {
        Assert.Contains(good, FullPlan, StringComparison.Ordinal);
        var place = FullPlan.IndexOf(good, StringComparison.Ordinal);
        Assert.Contains(rule, JudgedPlan(FullPlan.Remove(place, good.Length).Insert(place, bad), ServerState.Fresh).Select(finding => finding.Rule.Id));
    }

    private static IReadOnlyList<Finding> JudgedPlan(string text, ServerState state)
    {
        var server = ConfigurationReader.Read(text, new ReadingTarget(ServerVersion.Newest) { State = state }, TestContext.Current.CancellationToken);
        return ConfigurationJudge.Judge(server, JudgementOptions.Default with { TargetVersion = server.Version }, TestContext.Current.CancellationToken);
    }
}
