using StalwartHardening.Rules;
using StalwartHardening.Server.Connections;

namespace StalwartHardening.Tests.Rules.Connections;

public class UnencryptedBackendTests() : RuleTest("SWH6002")
{
    [Theory]
    [InlineData("[store.pg]\ntype = \"postgresql\"\nhost = ⟦\"db.example.org\"⟧\n")]
    [InlineData("[store.pg]\ntype = \"mysql\"\nhost = \"10.1.2.3\"\ntls.enable = ⟦false⟧\n")]
    [InlineData("[store.r]\ntype = \"redis\"\nurls = [⟦\"redis://cache.example.org\"⟧, \"rediss://cache.example.org\"]\n")]
    [InlineData("[store.e]\ntype = \"elasticsearch\"\nurl = ⟦\"http://search.example.org:9200\"⟧\n")]
    [InlineData("[store.s]\ntype = \"s3\"\nendpoint = ⟦\"http://s3.example.org\"⟧\n")]
    [InlineData("[store.k]\ntype = \"kafka\"\nbrokers = [⟦\"kafka.example.org:9092\"⟧]\n")]
    [InlineData("[directory.l]\ntype = \"ldap\"\nurl = ⟦\"ldap://ldap.example.org\"⟧\n")]
    [InlineData("[directory.l]\ntype = \"lmtp\"\nhost = ⟦\"mx.example.org\"⟧\n")]
    [InlineData("[directory.l]\ntype = \"smtp\"\nhost = ⟦\"mx.example.org\"⟧\n")]
    [InlineData("[directory.l]\ntype = \"smtp\"\nhost = \"mx.example.org\"\ntls.enable = ⟦false⟧\n")]
    [InlineData("[directory.o]\ntype = \"oidc\"\nendpoint.url = ⟦\"http://sso.example.org/userinfo\"⟧\n")]
    [InlineData("[session.milter.m]\nenable = true\nhostname = ⟦\"filter.example.org\"⟧\nport = 11332\n")]
    [InlineData("[session.hook.h]\nenable = [ { if = \"local_port == 25\", then = true }, { else = false } ]\nurl = ⟦\"http://filter.example.org\"⟧\n")]
    [InlineData("[webhook.w]\nurl = ⟦\"http://hooks.example.org\"⟧\nevents = [\"auth.success\"]\n")]
    [InlineData("[tracer.o]\ntype = \"otel\"\ntransport = \"http\"\nendpoint = ⟦\"http://otel.example.org\"⟧\n")]
    [InlineData("[enterprise.ai.m]\nurl = ⟦\"http://llm.example.org\"⟧\n")]
    [InlineData("[spam-filter]\nresource = ⟦\"http://example.org/rules.toml\"⟧\n")]
    public void Clear_text_across_a_network_triggers(string marked) => Assert.Equal(RuleSeverity.Warning, Assert.Single(Finds(marked)).Severity);

    [Theory]
    [InlineData("[store.pg]\ntype = \"postgresql\"\nhost = ⟦\"postgres\"⟧\n")]
    [InlineData("[store.r]\ntype = \"redis\"\nurls = ⟦\"redis://redis.mail.svc.cluster.local:6379\"⟧\n")]
    public void Clear_text_to_a_neighbour_is_information(string marked) => Assert.Equal(RuleSeverity.Info, Assert.Single(Finds(marked)).Severity);

    [Theory]
    [InlineData("[store.pg]\ntype = \"postgresql\"\nhost = \"db.example.org\"\ntls.enable = true\n")]
    [InlineData("[store.pg]\ntype = \"postgresql\"\nhost = \"localhost\"\n")]
    [InlineData("[store.pg]\ntype = \"postgresql\"\nhost = \"/var/run/postgresql\"\n")]
    [InlineData("[store.pg]\ntype = \"postgresql\"\nhost = \"%{env:PG_HOST}%\"\n")]
    [InlineData("[store.pg]\ntype = \"postgresql\"\nhost = \"db.example.org\"\ntls.enable = \"%{env:PG_TLS}%\"\n")]
    [InlineData("[store.r]\ntype = \"redis\"\nurls = \"redis://[::1]:6379\"\n")]
    [InlineData("[store.e]\ntype = \"elasticsearch\"\nurl = \"%{env:ES}%\"\n")]
    [InlineData("[store.x]\ntype = \"rocksdb\"\nhost = \"db.example.org\"\n")]
    [InlineData("[directory.l]\ntype = \"ldap\"\nurl = \"ldap://ldap.example.org\"\ntls.enable = true\n")]
    [InlineData("[directory.l]\ntype = \"ldap\"\nurl = \"ldaps://ldap.example.org\"\n")]
    [InlineData("[session.milter.m]\nhostname = \"filter.example.org\"\nport = 11332\n")]
    [InlineData("[session.milter.m]\nenable = false\nhostname = \"filter.example.org\"\nport = 11332\n")]
    [InlineData("[webhook.w]\nurl = \"http://hooks.example.org\"\n")]
    [InlineData("[tracer.o]\ntype = \"otel\"\nenable = false\nendpoint = \"http://otel.example.org\"\n")]
    [InlineData("[directory.i]\ntype = \"imap\"\nhost = \"imap.example.org\"\n")]
    [InlineData("[directory.l]\ntype = \"smtp\"\nhost = \"mx.example.org\"\ntls.enable = true\n")]
    [InlineData("[directory.l]\ntype = \"lmtp\"\nhost = \"mx.example.org\"\ntls.enable = true\n")]
    public void What_is_encrypted_near_unused_or_unknown_does_not_trigger(string text) => FindsNothing(text);

    [Fact]
    public void No_password_is_shown() =>
        Assert.DoesNotContain("kLm93", Assert.Single(Finds("[store.r]\ntype = \"redis\"\nurls = ⟦\"redis://u:kLm93@cache.example.org\"⟧\n")).Message, StringComparison.Ordinal);
}

public class CertificateValidationDisabledTests() : RuleTest("SWH6001")
{
    [Theory]
    [InlineData("[store.pg]\ntype = \"postgresql\"\nhost = \"db.example.org\"\ntls.enable = true\ntls.allow-invalid-certs = ⟦true⟧\n")]
    [InlineData("[directory.l]\ntype = \"ldap\"\nurl = \"ldaps://ldap.example.org\"\ntls.allow-invalid-certs = ⟦\"true\"⟧\n")]
    [InlineData("[session.hook.h]\nenable = true\nurl = \"https://filter.example.org\"\nallow-invalid-certs = ⟦true⟧\n")]
    [InlineData("[store.r]\ntype = \"redis\"\nurls = ⟦\"rediss://cache.example.org/#insecure\"⟧\n")]
    [InlineData("[queue.route.r]\ntype = \"relay\"\naddress = \"relay.example.org\"\ntls.allow-invalid-certs = ⟦true⟧\n")]
    [InlineData("[queue.tls.default]\nallow-invalid-certs = ⟦true⟧\n")]
    [InlineData("[queue.tls.weak]\nallow-invalid-certs = ⟦true⟧\n[queue.strategy]\ntls = \"'weak'\"\n")]
    [InlineData("[queue.strategy]\ntls = ⟦\"'invalid-tls'\"⟧\n")]
    [InlineData("[queue.strategy]\ntls = [ { if = \"rcpt_domain == 'example.net'\", then = \"'default'\" }, { else = ⟦\"'invalid-tls'\"⟧ } ]\n")]
    [InlineData("[store.a]\ntype = \"postgresql\"\nhost = \"127.0.0.1\"\ntls.enable = true\ntls.allow-invalid-certs = true\n[store.b]\ntype = \"postgresql\"\nhost = \"db.example.org\"\ntls.enable = true\ntls.allow-invalid-certs = ⟦true⟧\n")]
    public void Any_certificate_triggers(string marked) => Assert.Equal(RuleSeverity.Warning, Assert.Single(Finds(marked)).Severity);

    [Fact]
    public void Any_certificate_of_a_neighbour_is_information() =>
        Assert.Equal(RuleSeverity.Info, Assert.Single(Finds("[store.pg]\ntype = \"postgresql\"\nhost = \"postgres\"\ntls.enable = true\ntls.allow-invalid-certs = ⟦true⟧\n")).Severity);

    [Theory]
    [InlineData("[store.pg]\ntype = \"postgresql\"\nhost = \"127.0.0.1\"\ntls.enable = true\ntls.allow-invalid-certs = true\n")]
    [InlineData("[store.pg]\ntype = \"postgresql\"\nhost = \"db.example.org\"\ntls.enable = true\ntls.allow-invalid-certs = false\n")]
    [InlineData("[store.pg]\ntype = \"postgresql\"\nhost = \"db.example.org\"\ntls.enable = true\ntls.allow-invalid-certs = \"yes\"\n")]
    [InlineData("[store.pg]\ntype = \"postgresql\"\nhost = \"db.example.org\"\ntls.enable = true\ntls.allow-invalid-certs = \"%{env:X}%\"\n")]
    [InlineData("[queue.tls.invalid-tls]\nallow-invalid-certs = true\n")]
    [InlineData("[queue.strategy]\ntls = [ { if = \"retry_num > 0 && last_error == 'tls'\", then = \"'invalid-tls'\" }, { else = \"'default'\" } ]\n")]
    [InlineData("[queue.strategy]\ntls = \"'invalid-tls'\"\n[queue.tls.invalid-tls]\nallow-invalid-certs = false\n")]
    [InlineData("[queue.tls.unused]\nallow-invalid-certs = true\n")]
    public void What_is_checked_near_or_unused_does_not_trigger(string text) => FindsNothing(text);

    [Fact]
    public void Earlier_servers_have_one_strategy() => Finds("[queue.outbound.tls]\nallow-invalid-certs = ⟦true⟧\n", "0.12");
}

public class OutboundTransportSecurityDisabledTests() : RuleTest("SWH6003")
{
    [Theory]
    [InlineData("[queue.tls.default]\nstarttls = ⟦\"disable\"⟧\n", RuleSeverity.Warning)]
    [InlineData("[queue.tls.default]\nstarttls = ⟦false⟧\n", RuleSeverity.Warning)]
    [InlineData("[queue.tls.default]\ndane = ⟦\"none\"⟧\n", RuleSeverity.Info)]
    [InlineData("[queue.tls.default]\nmta-sts = ⟦\"disabled\"⟧\n", RuleSeverity.Info)]
    public void What_is_switched_off_triggers(string marked, Enum severity) => Assert.Equal(severity, Assert.Single(Finds(marked)).Severity);

    [Theory]
    [InlineData("[queue.tls.default]\nstarttls = \"optional\"\ndane = \"require\"\nmta-sts = \"%{env:M}%\"\n")]
    [InlineData("[queue.tls.local]\nstarttls = \"disable\"\n")]
    [InlineData("[queue.tls.default]\nstarttls = \"disable\"\n[queue.strategy]\ntls = \"'other'\"\n")]
    public void What_is_on_unknown_or_unused_does_not_trigger(string text) => FindsNothing(text);
}

public class HostReachTests
{
    [Theory]
    [InlineData("127.0.0.1", HostReach.ThisMachine)]
    [InlineData("[::1]", HostReach.ThisMachine)]
    [InlineData("LOCALHOST", HostReach.ThisMachine)]
    [InlineData("/run/x.sock", HostReach.ThisMachine)]
    [InlineData("postgres", HostReach.Neighbourhood)]
    [InlineData("db.mail.svc.cluster.local.", HostReach.Neighbourhood)]
    [InlineData("db.internal", HostReach.Neighbourhood)]
    [InlineData("10.0.0.5", HostReach.Network)]
    [InlineData("db.example.org", HostReach.Network)]
    [InlineData("", HostReach.Unknown)]
    [InlineData("$DB_HOST", HostReach.Unknown)]
    [InlineData("{{ db_host }}", HostReach.Unknown)]
    [InlineData("::1", HostReach.ThisMachine)]
    [InlineData(" db.example.org ", HostReach.Network)]
    [InlineData("a.$x", HostReach.Unknown)]
    [InlineData("$x.example.org", HostReach.Unknown)]
    [InlineData("<host>", HostReach.Unknown)]
    [InlineData("\uFFFC.example.org", HostReach.Unknown)]
    [InlineData("@socket", HostReach.ThisMachine)]
    [InlineData("./socket", HostReach.ThisMachine)]
    [InlineData("%2frun%2fx", HostReach.ThisMachine)]
    [InlineData("db.localhost", HostReach.ThisMachine)]
    [InlineData("nas.lan", HostReach.Neighbourhood)]
    [InlineData("nas.local", HostReach.Neighbourhood)]
    [InlineData("nas.home.arpa", HostReach.Neighbourhood)]
    [InlineData("::ffff:127.0.0.1", HostReach.ThisMachine)]
    [InlineData("2001:db8::1", HostReach.Network)]
    public void A_name_tells_how_far_it_is(string host, Enum reach) => Assert.Equal(reach, HostReaches.Of(host));

    [Theory]
    [InlineData("db.example.org", "", "db.example.org", null, false)]
    [InlineData("HTTP://Db:80/x", "http", "Db", 80, false)]
    [InlineData("http://db?x:1", "http", "db", null, false)]
    [InlineData("db:80,other:81", "", "db", 80, false)]
    [InlineData("db:81 x", "", "db", 81, false)]
    [InlineData("db#f", "", "db", null, false)]
    [InlineData("u:p@db", "", "db", null, true)]
    [InlineData("redis://:p@db:6379", "redis", "db", 6379, true)]
    [InlineData("redis://u:@db", "redis", "db", null, false)]
    [InlineData("redis://u@db", "redis", "db", null, false)]
    [InlineData("redis://u:a@b@db", "redis", "db", null, true)]
    [InlineData("redis://u:pass@:6379", "redis", ":6379", null, true)]
    [InlineData("[::1]:6379", "", "[::1]", 6379, false)]
    [InlineData("[::1]", "", "[::1]", null, false)]
    [InlineData("2001:db8::1", "", "2001:db8::1", null, false)]
    [InlineData("db:", "", "db", null, false)]
    [InlineData("db:x", "", "db", null, false)]
    [InlineData("d:1", "", "d", 1, false)]
    [InlineData("://db", "", "db", null, false)]
    [InlineData("", "", "", null, false)]
    public void An_address_is_taken_apart(string text, string scheme, string host, int? port, bool hasPassword) =>
        Assert.Equal(new ServiceAddress(scheme, host, port, hasPassword), ServiceAddress.Parse(text));
}

public class LeftOutEventTests() : RuleTest("SWH6006")
{
    private const string Tracer = "[tracer.t]\ntype = \"log\"\nlevel = \"info\"\nenable = true\ndisabled-events = [\"smtp.*\", EVENT]\n";

    [Theory]
    [InlineData("*")]
    [InlineData("auth.*")]
    [InlineData("auth*")]
    [InlineData("auth.failed")]
    [InlineData("security.*")]
    [InlineData("security*")]
    [InlineData("security.ip-blocked")]
    public void Events_of_log_in_and_attacks_are_missed(string name) => Finds(Tracer.Replace("EVENT", $"⟦\"{name}\"⟧", StringComparison.Ordinal));

    [Theory]
    [InlineData("auth.success")]
    [InlineData("securityx")]
    [InlineData("imap.*")]
    public void Others_are_not(string name) => FindsNothing(Tracer.Replace("EVENT", $"\"{name}\"", StringComparison.Ordinal));
}
