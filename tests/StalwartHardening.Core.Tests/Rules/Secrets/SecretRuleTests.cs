using StalwartHardening.Rules;

namespace StalwartHardening.Tests.Rules.Secrets;

public class PlainTextSecretTests() : RuleTest("SWH4001")
{
    [Theory]
    [InlineData("[store.pg]\ntype = \"postgresql\"\nhost = \"127.0.0.1\"\npassword = ⟦\"kLm93-axQ\"⟧\n")]
    [InlineData("store.pg.password = ⟦'kLm93-axQ'⟧\n")]
    [InlineData("[store.s3]\naccess-key = \"AKIA1\"\nsecret-key = ⟦\"kLm93-axQ\"⟧\n")]
    [InlineData("[directory.ldap.bind]\nsecret = ⟦\"kLm93-axQ\"⟧\n")]
    [InlineData("[metrics.prometheus.auth]\nusername = \"p\"\nsecret = ⟦\"\"\"kLm93-axQ\"\"\"⟧\n")]
    [InlineData("[authentication.fallback-admin]\nuser = \"a\"\nsecret = ⟦\"{PLAIN}kLm93-axQ\"⟧\n")]
    [InlineData("[directory.m.principals.x]\nname = \"x\"\nsecret = [⟦\"kLm93-axQ\"⟧]\n")]
    [InlineData("[certificate.c]\nprivate-key = ⟦\"\"\"-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA\n-----END PRIVATE KEY-----\n\"\"\"⟧\n")]
    [InlineData("[store.redis]\ntype = \"redis\"\nurls = [⟦\"redis://u:kLm93-axQ@127.0.0.1\"⟧]\n")]
    [InlineData("[session.hook.h]\nurl = \"https://127.0.0.1\"\nheaders = [⟦\"Authorization: Bearer kLm93-axQ\"⟧, \"X-A: b\"]\n")]
    [InlineData("[oauth]\nkey = ⟦\"0123456789abcdef0123456789abcdef\"⟧\n")]
    public void A_secret_in_plain_text_triggers(string marked)
    {
        var finding = Assert.Single(Finds(marked));
        Assert.DoesNotContain("kLm93", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[store.pg]\npassword = \"%{env:PG}%\"\n")]
    [InlineData("[store.pg]\npassword = \"%{file:/run/secrets/pg}%\"\n")]
    [InlineData("[store.pg]\npassword = \"${PG_PASSWORD}\"\n")]
    [InlineData("[store.pg]\npassword = \"{{ pg_password }}\"\n")]
    [InlineData("[store.pg]\npassword = \"$PG_PASSWORD\"\n")]
    [InlineData("[store.pg]\npassword = \"@pgPassword@\"\n")]
    [InlineData("[store.pg]\npassword = \"********\"\n")]
    [InlineData("[store.pg]\npassword = \"\"\n")]
    [InlineData("[store.redis]\ntype = \"redis\"\nurls = [\"redis://u:%{env:R}%@127.0.0.1\", \"redis://127.0.0.1\"]\n")]
    [InlineData("[authentication.fallback-admin]\nuser = \"a\"\nsecret = \"$6$salt$hash\"\n")]
    [InlineData("[directory.m.principals.x]\nname = \"x\"\nsecret = \"{ARGON2ID}$argon2id$v=19$m=1,t=1,p=1$a$b\"\n")]
    [InlineData("[directory.l.attributes]\nsecret = \"userPassword\"\n")]
    [InlineData("[directory.s.columns]\nsecret = \"secret\"\n")]
    [InlineData("[oauth.expiry]\ntoken = \"1h\"\n")]
    [InlineData("[store.s3]\naccess-key = \"AKIAIOSFODNN7\"\n")]
    [InlineData("[certificate.c]\nprivate-key = \"%{file:/etc/c.key}%\"\n")]
    public void What_stands_elsewhere_or_is_hashed_does_not_trigger(string text) => FindsNothing(text);

    [Theory]
    [InlineData("[store.pg]\npassword = \"!PG_PASSWORD\"\n")]
    [InlineData("[certificate.c]\nprivate-key = \"file:///etc/c.key\"\n")]
    public void Old_servers_have_other_references(string text) => FindsNothing(text, "0.6");
}

public class WeakSecretHashTests() : RuleTest("SWH4002")
{
    [Theory]
    [InlineData("{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=", RuleSeverity.Warning)]
    [InlineData("{MD5}X03MO1qnZdYdgyfeuILPmQ==", RuleSeverity.Warning)]
    [InlineData("$1$salt$hash", RuleSeverity.Warning)]
    [InlineData("_J9..rasmBYk8r9AiWNc", RuleSeverity.Warning)]
    [InlineData("{CRYPT}rl0uE0iqlEDbE", RuleSeverity.Warning)]
    [InlineData("{SSHA}c2FsdHNhbHRzYWx0", RuleSeverity.Info)]
    public void A_weak_hash_triggers(string hash, Enum severity) =>
        Assert.Equal(severity, Assert.Single(Finds($"[directory.m.principals.x]\nname = \"x\"\nsecret = ⟦\"{hash}\"⟧\n")).Severity);

    [Theory]
    [InlineData("{MD5}X03MO1qnZdYdgyfeuILPmQ==", "holds a hash without salt or of a broken algorithm")]
    [InlineData("{SSHA}c2FsdHNhbHRzYWx0", "holds a hash that is computed fast")]
    public void The_message_says_what_is_weak_and_strong_ones_before_it_hide_nothing(string hash, string said) =>
        Assert.Contains(said, Assert.Single(Finds($"[directory.m.principals.a]\nname = \"a\"\nsecret = \"$6$salt$hash\"\n[directory.m.principals.x]\nname = \"x\"\nsecret = ⟦\"{hash}\"⟧\n")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("$argon2id$v=19$m=1,t=1,p=1$a$b")]
    [InlineData("$2b$12$abcdefghijklmnopqrstuv")]
    [InlineData("{CRYPT}$6$salt$hash")]
    [InlineData("%{env:HASH}%")]
    [InlineData("{UNKNOWN}x")]
    public void A_strong_or_unknown_one_does_not_trigger(string hash) => FindsNothing($"[directory.m.principals.x]\nname = \"x\"\nsecret = \"{hash}\"\n");

    [Fact]
    public void Services_need_the_text_itself() => FindsNothing("[store.pg]\npassword = \"$1$salt$hash\"\n");
}

public class WellKnownSecretTests() : RuleTest("SWH4003")
{
    [Theory]
    [InlineData("[authentication.fallback-admin]\nuser = \"a\"\nsecret = ⟦\"\"⟧\n", "0.11.6")]
    [InlineData("[authentication.master]\nuser = \"a\"\nsecret = ⟦\"{PLAIN}\"⟧\n", "0.15")]
    [InlineData("[directory.m.principals.x]\nname = \"x\"\nsecret = ⟦\"\"⟧\n", "0.10")]
    public void An_empty_password_that_logs_in_triggers(string marked, string version) =>
        Assert.Contains("the empty password logs in", Assert.Single(Finds(marked, version)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("[authentication.fallback-admin]\nuser = \"a\"\nsecret = \"\"\n", "0.11.7")]
    [InlineData("[store.pg]\npassword = \"\"\n", "0.11.6")]
    public void An_empty_text_that_is_none_does_not(string text, string version) => FindsNothing(text, version);

    [Theory]
    [InlineData("oauth.oidc.signature-key = \"short-key\"\noauth.oidc.signature-algorithm = \"ES256\"\n")]
    [InlineData("oauth.oidc.signature-key = \"Zk3vP0q9XyT7aLm2Rw8sUe\"\n")]
    public void A_signing_key_of_a_good_length_or_for_another_algorithm_does_not_trigger(string text) => FindsNothing(text);

    [Theory]
    [InlineData("store.pg.password = ⟦\"changeme\"⟧\n")]
    [InlineData("store.pg.password = ⟦\"CHANGE_ME_please\"⟧\n")]
    [InlineData("store.pg.password = ⟦\"<password>\"⟧\n")]
    [InlineData("store.s3.secret-key = ⟦\"minioadmin\"⟧\n")]
    [InlineData("directory.m.principals.x.name = \"x\"\ndirectory.m.principals.x.secret = ⟦\"{PLAIN}Password123\"⟧\n")]
    [InlineData("oauth.key = ⟦\"short-key\"⟧\n")]
    [InlineData("oauth.oidc.signature-key = ⟦\"short-key\"⟧\n")]
    [InlineData("oauth.oidc.signature-key = ⟦\"short-key\"⟧\noauth.oidc.signature-algorithm = \"HS512\"\n")]
    [InlineData("authentication.fallback-admin.user = \"a\"\nauthentication.fallback-admin.secret = ⟦\"your-secret-here\"⟧\n")]
    public void An_example_triggers_and_is_not_reported_as_plain_text_too(string marked)
    {
        Finds(marked);
        Assert.DoesNotContain(Judged(Marks.Take(marked).Text), finding => finding.Rule.Id == "SWH4001");
    }

    [Theory]
    [InlineData("oauth.key = ⟦\"short-key\"⟧\n", "a key that is short, an example or a default")]
    [InlineData("store.a.password = \"xK4-v0zz-ohNs\"\nstore.pg.password = ⟦\"changeme\"⟧\n", "an example, a default or a word to be replaced")]
    public void The_message_says_what_everybody_knows(string marked, string said) => Assert.Contains(said, Assert.Single(Finds(marked)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("store.pg.password = \"%{env:CHANGEME}%\"\n")]
    [InlineData("store.pg.password = \"xK4-v0zz-ohNs\"\n")]
    [InlineData("authentication.fallback-admin.user = \"a\"\nauthentication.fallback-admin.secret = \"$6$changeme$x\"\n")]
    [InlineData("oauth.key = \"0123456789abcdef0123456789abcdef\"\n")]
    public void Others_do_not_trigger(string text) => FindsNothing(text);
}
