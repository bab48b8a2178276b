using StalwartHardening.Rules;

namespace StalwartHardening.Tests.Rules.Authentication;

public static class SmtpListeners
{
    public const string Smtp = "[server.listener.smtp]\nbind = \"[::]:25\"\nprotocol = \"smtp\"\n";
    public const string Submission = "[server.listener.submission]\nbind = \"[::]:587\"\nprotocol = \"smtp\"\n";
    public const string Submissions = "[server.listener.submissions]\nbind = \"[::]:465\"\nprotocol = \"smtp\"\ntls.implicit = true\n";
    public const string All = Smtp + Submission + Submissions;
}

public class OpenRelayTests() : RuleTest("SWH5002")
{
    [Theory]
    [InlineData("[session.rcpt]\nrelay = ⟦true⟧\n")]
    [InlineData("[session.rcpt]\nrelay = ⟦\"'false'\"⟧\n")]
    [InlineData("[session.rcpt]\nrelay = ⟦\"1\"⟧\n")]
    [InlineData("[session.rcpt]\nrelay = ⟦\"is_local_domain('*', sender_domain)\"⟧\n")]
    [InlineData("[session.rcpt]\nrelay = ⟦\"is_local_address('*', sender)\"⟧\n")]
    [InlineData("[session.rcpt]\nrelay = ⟦\"is_local_domain('*', sender_domain) && !is_local_address('*', rcpt)\"⟧\n")]
    [InlineData("[session.rcpt]\nrelay = [ { if = \"sender_domain == 'example.org'\", then = ⟦true⟧ }, { else = false } ]\n")]
    [InlineData("[session.rcpt]\nrelay = [ { if = \"sender == 'boss@example.org'\", then = ⟦true⟧ }, { else = false } ]\n")]
    [InlineData("[session.rcpt]\nrelay = [ { if = \"ends_with(sender, '@example.org')\", then = ⟦true⟧ }, { else = false } ]\n")]
    [InlineData("[session.rcpt]\nrelay = [ { if = \"helo_domain == 'trusted.example.org'\", then = ⟦true⟧ }, { else = false } ]\n")]
    [InlineData("[session.rcpt]\nrelay = [ { if = \"is_tls\", then = ⟦true⟧ }, { else = false } ]\n")]
    [InlineData("[session.rcpt]\nrelay = [ { if = \"!is_empty(authenticated_as)\", then = true }, { else = ⟦true⟧ } ]\n")]
    [InlineData("[session.rcpt]\nrelay = [ { if = \"remote_ip != '10.0.0.1'\", then = ⟦true⟧ }, { else = false } ]\n")]
    [InlineData("[[session.rcpt.relay]]\nif = \"local_port == 25\"\nthen = ⟦\"true\"⟧\n[[session.rcpt.relay]]\nelse = false\n")]
    public void Whatever_admits_a_stranger_triggers_with_a_session(string marked) =>
        Assert.Contains("RCPT TO:", Assert.Single(Finds(SmtpListeners.All + marked)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("[session.rcpt]\nrelay = \"!is_empty(authenticated_as)\"\n")]
    [InlineData("[session.rcpt]\nrelay = [ { if = \"!is_empty(authenticated_as)\", then = true }, { else = false } ]\n")]
    [InlineData("[session.rcpt]\nrelay = [ { if = \"remote_ip == '10.0.0.1' || starts_with(remote_ip, '192.168.')\", then = true }, { else = false } ]\n")]
    [InlineData("[session.rcpt]\nrelay = [ { if = \"is_local_domain('*', rcpt_domain)\", then = true }, { else = false } ]\n")]
    [InlineData("[session.rcpt]\nrelay = \"is_local_address('*', rcpt)\"\n")]
    [InlineData("[session.rcpt]\nrelay = [ { if = \"key_exists('relays', remote_ip)\", then = true }, { else = false } ]\n")]
    [InlineData("[session.rcpt]\nrelay = [ { if = \"listener == 'internal'\", then = true }, { else = false } ]\n")]
    [InlineData("[session.rcpt]\nrelay = false\n")]
    [InlineData("[session.rcpt]\nrelay = \"%{env:RELAY}%\"\n")]
    // The server cannot read these and takes its own rule.
    [InlineData("[session.rcpt]\nrelay = [ { if = \"authenticated-as\", ne = \"\", then = true }, { else = false } ]\n")]
    [InlineData("[session.rcpt]\nrelay = [ { if = \"true\", then = true } ]\n")]
    // Everybody must log in first here.
    [InlineData("[session.rcpt]\nrelay = [ { if = \"local_port != 25\", then = true }, { else = false } ]\n")]
    public void What_admits_no_stranger_does_not_trigger(string text) => FindsNothing(SmtpListeners.All + text);

    [Fact]
    public void Only_the_machine_itself_may_relay() => FindsNothing("[server.listener.local]\nbind = \"127.0.0.1:25\"\nprotocol = \"smtp\"\n[session.rcpt]\nrelay = true\n");

    // One port of two addresses has two listeners.
    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    public void Every_listener_of_a_port_is_asked(string name) =>
        Finds("[server.listener.a]\nbind = \"192.0.2.1:25\"\nprotocol = \"smtp\"\n[server.listener.b]\nbind = [\"192.0.2.2:25\", \"192.0.2.3:25\"]\nprotocol = \"smtp\"\n"
            + $"[session.rcpt]\nrelay = [ {{ if = \"listener == '{name}'\", then = ⟦true⟧ }}, {{ else = false }} ]\n");

    [Fact]
    public void Without_log_in_every_port_is_open() =>
        Finds(SmtpListeners.Submission + "[session.auth]\nrequire = false\n[session.rcpt]\nrelay = ⟦true⟧\n");
}

public class UnreadableSmtpRuleTests() : RuleTest("SWH0002")
{
    [Theory]
    // What servers before 0.6 read.
    [InlineData("[session.rcpt]\nrelay = [ { if = \"⟦authenticated⟧-as\", ne = \"\", then = true }, { else = false } ]\n")]
    [InlineData("[session.rcpt]\nrelay = [ { if = ⟦\"is_tls\"⟧, then = true } ]\n")]
    [InlineData("[session.auth]\n⟦mechanisms⟧ = [\"plain\", \"login\"]\n")]
    [InlineData("[session.auth]\nmechanisms = \"[⟦scram⟧]\"\n")]
    [InlineData("[session.auth]\nrequire = \"local_port != 25 && ⟦sender⟧ == 'x'\"\n")]
    public void A_rule_that_the_server_drops_triggers(string marked) =>
        Assert.Contains("its own rule", Assert.Single(Finds(SmtpListeners.All + marked)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("[session.rcpt]\nrelay = [ { if = \"!is_empty(authenticated_as) && country == 'ch'\", then = true }, { else = false } ]\n")]
    [InlineData("[session.rcpt]\nrelay = \"%{env:RELAY}%\"\ndirectory = \"'*'\"\n")]
    [InlineData("[session.auth]\ndirectory = [ { if = \"listener != 'smtp'\", then = \"'*'\" }, { else = false } ]\n")]
    public void A_rule_that_it_reads_does_not_trigger(string text) => FindsNothing(SmtpListeners.All + text);
}

public class PlainTextAuthenticationAllowedTests() : RuleTest("SWH5001")
{
    [Theory]
    [InlineData("[session.auth]\nmechanisms = ⟦\"[plain, login]\"⟧\n")]
    [InlineData("[session.auth]\nmechanisms = ⟦\"plain\"⟧\n")]
    [InlineData("[session.auth]\nmechanisms = [ { if = \"local_port != 25\", then = ⟦\"[plain, login, oauthbearer]\"⟧ }, { else = false } ]\n")]
    public void Passwords_before_TLS_trigger(string marked) => Finds(SmtpListeners.All + marked);

    [Theory]
    [InlineData("[session.auth]\nmechanisms = [ { if = \"local_port != 25 && is_tls\", then = \"[plain, login]\" }, { else = false } ]\n")]
    [InlineData("[session.auth]\nmechanisms = \"[oauthbearer, xoauth2]\"\n")]
    [InlineData("[session.auth]\nmechanisms = false\n")]
    [InlineData("[session.auth]\nmechanisms = \"['plain']\"\n")]
    [InlineData("[session.auth]\nmechanisms = \"%{env:M}%\"\n")]
    [InlineData("[session.auth]\nmechanisms = [\"plain\", \"login\"]\n")]
    [InlineData("[imap.auth]\nallow-plain-text = true\n")]
    public void What_asks_for_TLS_or_is_not_read_does_not_trigger(string text) => FindsNothing(SmtpListeners.All + text);

    [Fact]
    public void Implicit_listeners_are_encrypted() => FindsNothing(SmtpListeners.Submissions + "[session.auth]\nmechanisms = \"[plain]\"\n");

    [Fact]
    public void Mail_access_triggers_where_a_listener_begins_in_clear_text() =>
        Finds("[server.listener.pop3]\nbind = \"[::]:110\"\nprotocol = \"pop3\"\n[imap.auth]\nallow-plain-text = ⟦true⟧\n");
}

public class UnauthenticatedSubmissionTests() : RuleTest("SWH5004")
{
    [Theory]
    [InlineData("[session.auth]\nrequire = ⟦false⟧\n", RuleSeverity.Warning)]
    [InlineData("[session.auth]\nrequire = [ { if = \"local_port == 465\", then = true }, { else = ⟦false⟧ } ]\n", RuleSeverity.Warning)]
    [InlineData("[session.auth]\nmust-match-sender = ⟦false⟧\n", RuleSeverity.Info)]
    [InlineData("[session.auth]\nmust-match-sender = [ { if = \"authenticated_as == 'robot'\", then = true }, { else = ⟦false⟧ } ]\n", RuleSeverity.Info)]
    [InlineData("[session.auth]\nrequire = [ { if = \"is_tls\", then = ⟦false⟧ }, { else = true } ]\n", RuleSeverity.Warning)]
    [InlineData("[session.auth]\nrequire = [ { if = \"local_port == 587\", then = true }, { else = ⟦false⟧ } ]\n", RuleSeverity.Warning)]
    [InlineData("[session.auth]\nmust-match-sender = [ { if = \"is_tls && local_port == 465\", then = ⟦false⟧ }, { else = true } ]\n", RuleSeverity.Info)]
    public void What_asks_too_little_triggers(string marked, Enum severity) => Assert.Equal(severity, Assert.Single(Finds(SmtpListeners.All + marked)).Severity);

    [Theory]
    [InlineData("[session.auth]\nrequire = [ { if = \"local_port != 25\", then = true }, { else = false } ]\n")]
    [InlineData("[session.auth]\nrequire = true\nmust-match-sender = true\n")]
    [InlineData("[session.auth]\nrequire = \"%{env:R}%\"\n")]
    [InlineData("[session.auth]\nmust-match-sender = [ { if = \"authenticated_as == 'robot'\", then = false }, { else = true } ]\n")]
    public void What_asks_enough_does_not_trigger(string text) => FindsNothing(SmtpListeners.All + text);

    [Fact]
    public void Lmtp_from_elsewhere_asks_as_smtp_does()
    {
        const string Lmtp = "[server.listener.lmtp]\nprotocol = \"lmtp\"\nbind = \"0.0.0.0:24\"\n";
        Finds(Lmtp + "[session.auth]\nrequire = ⟦false⟧\n");
        FindsNothing(Lmtp + "[session.auth]\nmechanisms = \"[plain]\"\n");
        FindsNothing(Lmtp.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal) + "[session.auth]\nrequire = false\n");
    }

    [Fact]
    public void Port_25_asks_for_nothing() => FindsNothing(SmtpListeners.Smtp + "[session.auth]\nrequire = false\n");

    [Fact]
    public void Tls_is_taken_to_have_been_started() =>
        Finds(SmtpListeners.Submission + "[session.auth]\nrequire = [ { if = \"is_tls\", then = ⟦false⟧ }, { else = true } ]\n");

    [Theory]
    [InlineData("require")]
    [InlineData("must-match-sender")]
    public void The_fix_removes_the_whole_rule(string name)
    {
        var text = SmtpListeners.All + $"[session.auth]\n{name} = [ {{ if = \"local_port == 1\", then = true }}, {{ else = false }} ]\n";
        Assert.Equal(SmtpListeners.All, Fixed(text));
    }
}

public class AddressDisclosureTests() : RuleTest("SWH5006")
{
    [Theory]
    [InlineData("[session.extensions]\nvrfy = ⟦true⟧\n")]
    [InlineData("[session.extensions]\nexpn = [ { if = \"local_port == 25\", then = ⟦true⟧ }, { else = false } ]\n")]
    [InlineData("[sharing]\nallow-directory-query = ⟦true⟧\n")]
    [InlineData("[session.extensions]\nvrfy = [ { if = \"local_port == 587\", then = ⟦true⟧ }, { else = false } ]\n")]
    [InlineData("[session.extensions]\nvrfy = [ { if = \"local_port == 465 && is_tls\", then = ⟦true⟧ }, { else = false } ]\n")]
    public void Answers_for_strangers_trigger(string marked) => Finds(SmtpListeners.All + marked);

    [Theory]
    [InlineData(25)]
    [InlineData(587)]
    public void A_piece_without_listeners_is_taken_to_have_the_usual_ones(int port) =>
        Finds($"[session.extensions]\nvrfy = [ {{ if = \"local_port == {port}\", then = ⟦true⟧ }}, {{ else = false }} ]\n");

    [Fact]
    public void Other_ports_are_not_taken_to_be_there() =>
        FindsNothing("[session.extensions]\nvrfy = [ { if = \"local_port != 25 && local_port != 587\", then = true }, { else = false } ]\n");

    [Fact]
    public void The_fix_removes_the_whole_rule() =>
        Assert.Equal(SmtpListeners.All, Fixed(SmtpListeners.All + "[session.extensions]\nvrfy = [ { if = \"local_port == 25\", then = true }, { else = false } ]\n"));

    [Theory]
    [InlineData("[session.extensions]\nvrfy = \"!is_empty(authenticated_as)\"\nexpn = false\n")]
    [InlineData("[sharing]\nallow-directory-query = false\n")]
    public void Others_do_not_trigger(string text) => FindsNothing(SmtpListeners.All + text);
}

public class AnonymousClientRegistrationTests() : RuleTest("SWH5005")
{
    [Fact]
    public void Registration_by_anybody_triggers() => Finds("[oauth.client-registration]\nanonymous = ⟦true⟧\n");

    [Theory]
    [InlineData("[oauth.client-registration]\nanonymous = false\nrequire = true\n")]
    [InlineData("[oauth.client-registration]\nanonymous = \"yes\"\n")]
    [InlineData("[oauth.client-registration]\nanonymous = \"%{env:A}%\"\n")]
    public void Others_do_not_trigger(string text) => FindsNothing(text);

    [Fact]
    public void Servers_before_0_10_2_have_none() => FindsNothing("[oauth.client-registration]\nanonymous = true\n", "0.9");
}

public class AutoBanWeakenedTests() : RuleTest("SWH5003")
{
    [Theory]
    [InlineData("[server.auto-ban.auth]\nrate = ⟦false⟧\n", RuleSeverity.Warning)]
    [InlineData("[server.auto-ban.auth]\nrate = ⟦\"1000000/1d\"⟧\n", RuleSeverity.Warning)]
    [InlineData("[server.auto-ban.auth]\nrate = ⟦\"1000/1s\"⟧\n", RuleSeverity.Warning)]
    [InlineData("[server.auto-ban.scan]\nrate = ⟦\"unlimited\"⟧\n", RuleSeverity.Warning)]
    [InlineData("[server.auto-ban.abuse]\nrate = ⟦\"disable\"⟧\n", RuleSeverity.Info)]
    [InlineData("[http.rate-limit]\nanonymous = ⟦\"never\"⟧\n", RuleSeverity.Info)]
    [InlineData("[imap.auth]\nmax-failures = ⟦10000⟧\n", RuleSeverity.Warning)]
    [InlineData("[queue.limiter.inbound.ip]\nenable = ⟦false⟧\n", RuleSeverity.Info)]
    [InlineData("[server]\nallowed-ip = { ⟦\"8.0.0.0/8\"⟧ }\n", RuleSeverity.Warning)]
    public void A_limit_that_limits_nobody_triggers(string marked, Enum severity) => Assert.Equal(severity, Assert.Single(Finds(marked)).Severity);

    [Theory]
    [InlineData("[server.auto-ban.auth]\nrate = \"100/1d\"\n")]
    [InlineData("[server.auto-ban.auth]\nrate = \"50/1h\"\n")]
    [InlineData("[server.auto-ban.auth]\nrate = \"%{env:R}%\"\n")]
    [InlineData("[server.auto-ban.auth]\nrate = \"nonsense\"\n")]
    [InlineData("[http.rate-limit]\nanonymous = \"100/1m\"\naccount = \"1000/1m\"\n")]
    [InlineData("[server]\nallowed-ip = { \"10.0.0.0/8\", \"172.16.0.0/12\", \"203.0.113.0/24\" }\n")]
    [InlineData("[form]\nenable = false\nrate-limit = false\n")]
    public void Limits_that_hold_do_not_trigger(string text) => FindsNothing(text);

    // A hundred times the usual number of a day, in each unit; the server's own numbers (common/listener/blocked.rs, 0.15.5).
    [Theory]
    [InlineData("server.auto-ban.auth.rate", 100)]
    [InlineData("server.auto-ban.abuse.rate", 35)]
    [InlineData("server.auto-ban.loiter.rate", 150)]
    [InlineData("server.auto-ban.scan.rate", 30)]
    [InlineData("http.rate-limit.account", 1000 * 24 * 60)]
    [InlineData("http.rate-limit.anonymous", 100 * 24 * 60)]
    [InlineData("form.rate-limit", 120)]
    public void A_rate_is_the_same_in_every_unit(string key, long usual)
    {
        foreach (var period in new[] { "1d", "24h", "1440m", "86400s", "86400000ms", "86400000", " 24 h " })
        {
            var head = key.StartsWith("form.", StringComparison.Ordinal) ? "form.enable = true\n" : "";
            Finds($"{head}{key} = ⟦\"{usual * 100}/{period}\"⟧\n");
            FindsNothing($"{head}{key} = \"{(usual * 100) - 1}/{period}\"\n");
        }
    }

    // So few hinder an attacker who tries hard, however short the period.
    [Theory]
    [InlineData("100/1ms", true)]
    [InlineData("99/1ms", false)]
    [InlineData("100/0s", false)]
    [InlineData("100/1x", false)]
    [InlineData("/1ms", false)]
    [InlineData("100", false)]
    public void A_handful_is_a_limit(string rate, bool isFound)
    {
        if (isFound)
            Finds($"server.auto-ban.auth.rate = ⟦\"{rate}\"⟧\n");
        else
            FindsNothing($"server.auto-ban.auth.rate = \"{rate}\"\n");
    }

    [Theory]
    [InlineData("imap.auth.max-failures")]
    [InlineData("session.auth.errors.total")]
    [InlineData("oauth.auth.max-attempts")]
    public void Guesses_are_counted(string key)
    {
        Finds($"{key} = ⟦300⟧\n");
        FindsNothing($"{key} = 299\n");
    }
}

public class InboundChecksDisabledTests() : RuleTest("SWH5007")
{
    [Theory]
    [InlineData("[auth.dkim]\nverify = ⟦\"disable\"⟧\n")]
    [InlineData("[auth.spf.verify]\nmail-from = ⟦\"none\"⟧\n")]
    [InlineData("[auth.dmarc]\nverify = [ { if = \"local_port == 25\", then = ⟦\"disable\"⟧ }, { else = \"disable\" } ]\n")]
    [InlineData("[auth.dkim]\nstrict = ⟦false⟧\n")]
    [InlineData("[spam-filter]\nenable = ⟦false⟧\n")]
    [InlineData("[session.mta-sts]\nmode = ⟦\"none\"⟧\n")]
    [InlineData("[session.milter.m]\nhostname = \"127.0.0.1\"\nport = 11332\noptions.tempfail-on-error = ⟦false⟧\n")]
    public void What_is_switched_off_triggers(string marked) => Finds(marked);

    [Theory]
    [InlineData("[auth.dkim]\nverify = \"relaxed\"\nstrict = true\n")]
    [InlineData("[auth.spf.verify]\nehlo = \"disable\"\n")]
    [InlineData("[auth.dmarc]\nverify = [ { if = \"local_port == 25\", then = \"strict\" }, { else = \"disable\" } ]\n")]
    [InlineData("[session.mta-sts]\nmode = \"testing\"\n")]
    public void What_is_on_does_not_trigger(string text) => FindsNothing(text);
}
