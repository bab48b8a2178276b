using StalwartHardening.Rules;

namespace StalwartHardening.Tests.Rules.Listeners;

/// <summary>What the rules about single cleartext ports have in common, each with its own protocol and port.</summary>
public abstract class CleartextPortTests(string id, string protocol, int port) : RuleTest(id)
{
    [Fact]
    public void A_listener_on_every_address_triggers() => Finds($"""
        [server.listener.x]
        bind = [⟦"[::]:{port}"⟧]
        protocol = "{protocol}"

        """);

    [Fact]
    public void Every_spelling_of_the_keys_triggers()
    {
        Finds($"server.listener.any.bind = ⟦\"0.0.0.0:{port}\"⟧\nserver.listener.any.protocol = \"{protocol}\"\n");
        Finds($"server.listener.any.bind.0000 = ⟦\"0.0.0.0:{port}\"⟧\nserver.listener.any.protocol = \"{protocol}\"\n");
        Finds($"[server]\nlistener.any = {{ protocol = \"{protocol}\", bind = ⟦\"0.0.0.0:{port}\"⟧ }}\n");
        Finds($"[[server.listener]]\nprotocol = \"{protocol}\"\nbind = ⟦\"0.0.0.0:{port}\"⟧\n");
        Finds($"[server.listener.\"An Id.with dots\"]\nprotocol = '{protocol}'\nbind = ['''127.0.0.1:{port}''', ⟦'''192.0.2.1:{port}'''⟧]\n");
        Finds($"[server.listener.x]\nprotocol = \"{protocol.ToUpperInvariant()}\"\nbind = [ # the addresses\n  ⟦\"[2001:db8::1]:{port}\"⟧, # v6\n]\n");
    }

    [Fact]
    public void Only_the_guilty_addresses_are_marked_and_are_one_finding()
    {
        var text = $"""
            [server.listener.x]
            bind = ["127.0.0.1:{port}", ⟦"192.0.2.1:{port}"⟧, "192.0.2.1:9", "[::1]:{port}", "[::]:{port}"]
            protocol = "{protocol}"

            """;
        var finding = Assert.Single(Finds(text));
        Assert.Contains($"192.0.2.1:{port} and [::]:{port}", finding.Message, StringComparison.Ordinal);
        Assert.Equal(Marks.Take(text).Text.IndexOf($"\"[::]:{port}\"", StringComparison.Ordinal), Assert.Single(finding.Related).Start);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.10")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    public void A_loopback_address_does_not_trigger(string host) =>
        FindsNothing($"[server.listener.x]\nbind = \"{host}:{port}\"\nprotocol = \"{protocol}\"\n");

    [Fact]
    public void Implicit_tls_does_not_trigger() =>
        FindsNothing($"[server.listener.x]\nbind = \"[::]:{port}\"\nprotocol = \"{protocol}\"\ntls.implicit = true\n");

    [Theory]
    [InlineData("[server.tls]\nimplicit = true\nenable = true\n")]
    [InlineData("[server.listener.x]\nenable = false\n")]
    [InlineData("[server.listener.x]\ntls.implicit = \"yes\"\n")]
    [InlineData("[server.listener.x]\ntls.implicit = true\ntls.enable = false\n")]
    [InlineData("imap.auth.allow-plain-text = false\n")]
    public void Switches_the_server_does_not_know_change_nothing(string switches) =>
        Finds($"[server.listener.x]\nbind = ⟦\"[::]:{port}\"⟧\nprotocol = \"{protocol}\"\n{switches}");

    [Theory]
    [InlineData("%{env:IP}%")]
    [InlineData("[%{env:IP}%]")]
    public void An_unknown_address_does_not_trigger(string host) =>
        FindsNothing($"[server.listener.x]\nbind = \"{host}:{port}\"\nprotocol = \"{protocol}\"\n");

    [Theory]
    [InlineData("%{env:PROTOCOL}%")]
    [InlineData("telnet")]
    [InlineData("lmtp")]
    public void Another_or_unknown_protocol_does_not_trigger(string other) =>
        FindsNothing($"[server.listener.x]\nbind = \"[::]:{port}\"\nprotocol = \"{other}\"\n");

    [Fact]
    public void Unknown_tls_does_not_trigger() =>
        FindsNothing($"[server.listener.x]\nbind = \"[::]:{port}\"\nprotocol = \"{protocol}\"\ntls.implicit = \"%{{env:TLS}}%\"\n");

    [Theory]
    [InlineData("bind = \"[::]:143")]
    [InlineData("bind = [\"\", \"*:25\", \"localhost:25\"]\nprotocol = \"imap\"\n")]
    [InlineData("")]
    public void Broken_text_does_not_throw(string text) => Assert.NotNull(Judged("[server.listener.x]\n" + text));

    [Fact]
    public void A_listener_without_protocol_does_not_trigger() =>
        FindsNothing($"[server.listener.{protocol}]\nbind = \"[::]:{port}\"\n");

    [Theory]
    [InlineData("::")]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("localhost")]
    [InlineData("0127.0.0.1")]
    public void An_address_the_server_drops_does_not_trigger(string host) =>
        FindsNothing($"[server.listener.x]\nbind = \"{host}:{port}\"\nprotocol = \"{protocol}\"\n");

    [Fact]
    public void An_allowed_port_does_not_trigger()
    {
        var text = $"[server.listener.x]\nbind = \"[::]:{port}\"\nprotocol = \"{protocol}\"\n";
        FindsNothing(text, options: new JudgementOptions { AllowedPorts = [port] });
        Finds(text.Replace($"\"[::]:{port}\"", $"⟦\"[::]:{port}\"⟧", StringComparison.Ordinal), options: new JudgementOptions { AllowedPorts = [port + 1] });
    }

    [Fact]
    public void A_comment_with_a_reason_suppresses() => FindsNothing($"""
        [server.listener.x]
        bind = "[::]:{port}" # swh:ignore {Id} -- old phones
        protocol = "{protocol}"

        """);

    [Fact]
    public void After_a_syntax_error_the_rest_is_still_judged() =>
        Finds($"[broken\na = !\n[server.listener.x]\nbind = ⟦\"[::]:{port}\"⟧\nprotocol = \"{protocol}\"\n");

    [Fact]
    public void The_message_names_listener_and_address()
    {
        var finding = Assert.Single(Finds($"[server.listener.post]\nbind = ⟦\"[::]:{port}\"⟧\nprotocol = \"{protocol}\"\n"));
        Assert.Contains("'post'", finding.Message, StringComparison.Ordinal);
        Assert.Contains($"[::]:{port}", finding.Message, StringComparison.Ordinal);
        Assert.Equal(RuleSeverity.Warning, finding.Severity);
        Assert.True(Rule.IsHeart);
    }
}

public class CleartextImapListenerTests() : CleartextPortTests("SWH1001", "imap", 143);

public class CleartextPop3ListenerTests() : CleartextPortTests("SWH1002", "pop3", 110);

public class StartTlsSubmissionListenerTests() : CleartextPortTests("SWH1003", "smtp", 587);

public class PlainHttpListenerTests() : CleartextPortTests("SWH1004", "http", 8080)
{
    [Fact]
    public void The_name_https_switches_no_tls_on() =>
        Finds("[server.listener.x]\nbind = ⟦\"[::]:8080\"⟧\nprotocol = \"https\"\n");
}
