using StalwartHardening.Rules;

namespace StalwartHardening.Tests.Rules.Reading;

public class UnreadableConfigurationTests() : RuleTest("SWH0001")
{
    [Fact]
    public void A_missing_final_newline_is_said_in_so_many_words()
    {
        var findings = Judged("a = 1").Where(finding => finding.Rule.Id == "SWH0001").ToList();
        Assert.Contains("line break", Assert.Single(findings).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a = ")]
    [InlineData("a: 1\n")]
    [InlineData("a = 10.0.0.1:25\n")]
    [InlineData("= 1\n")]
    [InlineData("[a\n")]
    [InlineData("a = {}\n")]
    [InlineData("a = \"x\n")]
    public void What_stops_the_server_triggers(string text) =>
        Assert.Contains(Judged(text), finding => finding.Rule.Id == "SWH0001");

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment")]
    [InlineData("a = 1\n")]
    [InlineData("a = yes\n")]
    [InlineData("[a]")]
    public void What_the_server_reads_does_not_trigger(string text) => FindsNothing(text);
}

public class DuplicateSettingTests() : RuleTest("SWH0006")
{
    [Fact]
    public void The_second_of_two_equal_keys_triggers_and_names_the_first()
    {
        var finding = Assert.Single(Judged("a.b = 1\n[a]\nb = 2\n"), finding => finding.Rule.Id == Id);
        Assert.Equal(0, Assert.Single(finding.Related).Start);
        Assert.Contains("a.b", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_that_only_look_different_trigger() =>
        Assert.Contains(Judged("a b = 1\nab = 2\n"), finding => finding.Rule.Id == Id);

    [Theory]
    [InlineData("a = 1\nb = 1\n")]
    [InlineData("a = 1\na.b = 1\n")]
    [InlineData("[a]\nx = 1\n[b]\nx = 1\n[a]\nz = 1\n")]
    public void Different_keys_do_not_trigger(string text) => FindsNothing(text);
}

public class InvalidSettingValueTests() : RuleTest("SWH0002")
{
    [Fact]
    public void An_unknown_protocol_triggers() =>
        Finds("[server.listener.x]\nbind = \"[::]:25\"\nprotocol = ⟦\"esmtp\"⟧\n");

    // What is not exactly true or false is passed over, and the default is often what was not meant.
    [Theory]
    [InlineData("tls.implicit", "yes", "false")]
    [InlineData("tls.implicit", "True", "false")]
    [InlineData("tls.enable", "no", "true")]
    public void A_switch_that_is_not_read_has_its_default(string name, string value, string expected) =>
        Assert.Contains($"takes '{expected}'", Assert.Single(Finds($"[server.listener.x]\nbind = \"[::]:993\"\nprotocol = \"imap\"\n{name} = ⟦\"{value}\"⟧\n")).Message, StringComparison.Ordinal);

    [Fact]
    public void Pop3_is_unknown_before_0_8_1() =>
        Finds("[server.listener.x]\nbind = \"[::]:995\"\nprotocol = ⟦\"pop3\"⟧\n", "0.8.0");

    [Theory]
    [InlineData(":25")]
    [InlineData("*:25")]
    [InlineData("localhost:25")]
    [InlineData("0.0.0.0")]
    [InlineData("[::]")]
    [InlineData("::25")]
    [InlineData("[fe80::1%eth0]:25")]
    [InlineData("127.1:80")]
    [InlineData("0.0.0.0:65536")]
    [InlineData(" 0.0.0.0:25")]
    [InlineData("%{file:/bind}%")]
    [InlineData("%{env:HOST}%:port")]
    public void An_address_the_server_drops_triggers(string address) =>
        Finds($"[server.listener.x]\nbind = [\"[::]:25\", ⟦\"{address}\"⟧]\nprotocol = \"smtp\"\n");

    [Theory]
    [InlineData("0.0.0.0:25")]
    [InlineData("[::1]:8080")]
    [InlineData("[fe80::1%2]:25")]
    [InlineData("127.0.0.1:080")]
    [InlineData("[::]:0")]
    [InlineData("[::ffff:127.0.0.1]:80")]
    [InlineData("%{env:BIND}%")]
    [InlineData("[::]:%{env:PORT}%")]
    public void An_address_the_server_takes_does_not_trigger(string address) =>
        FindsNothing($"[server.listener.x]\nbind = \"{address}\"\nprotocol = \"smtp\"\n");

    [Theory]
    [InlineData("tls.implicit")]
    [InlineData("tls.enable")]
    public void A_switch_that_is_no_boolean_triggers(string key)
    {
        foreach (var value in new[] { "\"yes\"", "True", "1", "\" true\"", "\"\"" })
            Finds($"[server.listener.x]\nbind = \"[::]:25\"\nprotocol = \"smtp\"\n{key} = ⟦{value}⟧\n");
        FindsNothing($"[server.listener.x]\nbind = \"[::]:25\"\nprotocol = \"smtp\"\n{key} = \"true\"\n");
        FindsNothing($"[server.listener.x]\nbind = \"[::]:25\"\nprotocol = \"smtp\"\n{key} = \"%{{env:X}}%\"\n");
    }

    [Fact]
    public void An_address_as_table_triggers_once_and_says_how_to_write_it()
    {
        var findings = Finds("[server.listener.x]\nbind = [ { addr = ⟦\"0.0.0.0\"⟧, port = 25 }, { addr = ⟦\"::\"⟧, port = 25 } ]\nprotocol = \"smtp\"\n");
        Assert.All(findings, finding => Assert.Contains("write address and port as one text", finding.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_set_of_addresses_is_explained() =>
        Assert.Contains("brackets", Assert.Single(Finds("[server.listener.x]\nprotocol = \"imap\"\nbind = {⟦\"[::]:143\"⟧}\n")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("%{file:/x}%")]
    [InlineData("%{cfg:x}%")]
    public void Tls_is_set_up_when_every_macro_has_been_replaced(string macro) =>
        FindsNothing($"[server.listener.x]\nbind = \"[::]:993\"\nprotocol = \"imap\"\ntls.implicit = \"{macro}\"\n");

    [Fact]
    public void A_listener_that_does_not_exist_is_not_judged() =>
        FindsNothing("[server.listener.x]\nbind = \"nowhere\"\n");
}

public class RenamedSettingTests() : RuleTest("SWH0003")
{
    [Theory]
    [InlineData("⟦server.http.allowed-endpoint⟧ = 404\n")]
    [InlineData("[server.http]\n⟦allowed-endpoint⟧ = [ { if = \"true\", then = \"200\" }, { else = \"404\" } ]\n")]
    [InlineData("[server.http]\n⟦use-x-forwarded⟧ = true\n")]
    [InlineData("[server.http]\n⟦hsts⟧ = true\n⟦permissive-cors⟧ = false\n")]
    public void The_former_name_triggers_since_0_12(string text)
    {
        Finds(text);
        FindsNothing(Marks.Take(text).Text, "0.11");
    }

    [Fact]
    public void The_new_name_triggers_before_0_12() =>
        Finds("[http]\n⟦allowed-endpoint⟧ = 404\n", "0.11.8");

    [Fact]
    public void A_setting_that_does_not_exist_yet_has_no_other_name()
    {
        FindsNothing("http.allowed-endpoint = 404\n", "0.9.0");
        Finds("⟦http.allowed-endpoint⟧ = 404\n", "0.9.1");
    }

    [Theory]
    [InlineData("http.allowed-endpoint = 404\n")]
    [InlineData("http.allowed-endpoint = 404\nserver.http.allowed-endpoint = 404\n")]
    [InlineData("server.https.allowed-endpoint = 404\n")]
    [InlineData("server.http.allowed-endpointx = 404\n")]
    public void Effective_and_other_names_do_not_trigger(string text) => FindsNothing(text);

    // Where both are written the former one is dead, unless it says the same for servers of another version.
    [Theory]
    [InlineData("http.hsts = false\n⟦server.http.hsts⟧ = true\n", "http.hsts = false\n")]
    [InlineData("[http]\nheaders = [\"A: 1\"]\n[server.http]\n⟦headers⟧ = [\"A: 1\", \"B: 2\"]\n", null)]
    [InlineData("[http]\nheaders = [\"A: 1\", \"B: 2\"]\n[server.http]\n⟦headers⟧ = [\"A: 1\", \"C: 2\"]\n", null)]
    public void A_former_name_beside_the_new_one_triggers(string marked, string? expected)
    {
        Finds(marked);
        if (expected is not null)
            Assert.Equal(expected, Fixed(Marks.Take(marked).Text));
    }

    [Theory]
    [InlineData("http.hsts = true\nserver.http.hsts = true\n")]
    [InlineData("[http]\nheaders = [\"A: 1\", \"B: 2\"]\n[server.http]\nheaders = [\"A: 1\", \"B: 2\"]\n")]
    public void The_same_under_both_names_does_not(string text) => FindsNothing(text);

    [Fact]
    public void A_former_name_alone_is_renamed() => Assert.Equal("http.hsts = true\n", Fixed("server.http.hsts = true\n"));

    [Fact]
    public void The_message_says_what_the_version_calls_it() =>
        Assert.Contains("'http.hsts'", Assert.Single(Finds("⟦server.http.hsts⟧ = true\n")).Message, StringComparison.Ordinal);
}

public class InertListenerTests() : RuleTest("SWH0007")
{
    [Fact]
    public void A_listener_without_protocol_triggers_at_its_address() =>
        Finds("[server.listener.imap]\ntls.implicit = true\nbind = ⟦\"[::]:143\"⟧\n");

    // The server reads the header, and nothing more on its line.
    [Theory]
    [InlineData("[server.listener.imap] ⟦protocol = \"imap\"⟧\nbind = \"[::]:993\"\n")]
    [InlineData("[server.listener.imap]⟦x⟧\nbind = \"[::]:993\"\n")]
    [InlineData("  [ server.listener.\"imap\" ]  ⟦protocol = \"imap\"⟧  \nbind = \"[::]:993\"\n")]
    [InlineData("[server.listener.imap] ⟦protocol = \"imap\"⟧\n\n# why\ntls.implicit = true\nbind = \"[::]:993\"\n")]
    [InlineData("[server.listener.imap] # protocol = \"imap\"\nbind = ⟦\"[::]:993\"⟧\n")]
    [InlineData("[server.listener.imap]\nbind = ⟦\"[::]:993\"⟧\n")]
    [InlineData("[server.listener] protocol = \"imap\"\nimap.bind = ⟦\"[::]:993\"⟧\n")]
    public void What_follows_the_header_on_its_line_is_marked(string marked)
    {
        var isAfter = marked.IndexOf('⟦', StringComparison.Ordinal) < marked.IndexOf('\n', StringComparison.Ordinal);
        Assert.Equal(isAfter, Assert.Single(Finds(marked)).Message.Contains("which follows the bracket", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[server.listener]\nbind = ⟦\"[::]:25\"⟧\n", "")]
    [InlineData("[server.listener]\nbind = [⟦\"[::]:25\"⟧, \"[::]:26\"]\n", "")]
    [InlineData("[server.listener]\nprotocol = ⟦\"smtp\"⟧\n", "")]
    [InlineData("[server.listener]\ntls.implicit = ⟦true⟧\n", "")]
    [InlineData("[server.listener.bind]\ntls.implicit = ⟦true⟧\n", "bind")]
    [InlineData("[server.listener.bind]\nbind = ⟦\"[::]:25\"⟧\n", "bind")]
    [InlineData("[server.listener.\"a.b\"]\nbind = [⟦\"[::]:25\"⟧, \"[::]:26\"]\n", "a.b")]
    [InlineData("[server.listener.a]\nsocket.ttl = ⟦5⟧\n", "a")]
    public void It_is_called_by_its_name_if_it_has_one(string marked, string name)
    {
        var message = Assert.Single(Finds(marked)).Message;
        Assert.StartsWith($"Listener '{name}' never starts", message, StringComparison.Ordinal);
        Assert.Equal(name.Length == 0, message.Contains("it has no name", StringComparison.Ordinal));
    }

    [Fact]
    public void A_listener_with_neither_triggers_at_its_first_setting() =>
        Finds("[server.listener.imap]\ntls.implicit = ⟦true⟧\nmax-connections = 3\n");

    [Fact]
    public void A_listener_without_address_triggers_at_its_protocol() =>
        Finds("[server.listener.imap]\nprotocol = ⟦\"imap\"⟧\n");

    [Fact]
    public void A_name_with_other_case_is_another_listener() =>
        Finds("[server.listener.HTTP]\nprotocol = ⟦\"http\"⟧\n[server.listener]\nHTTP.bind = ⟦\"[::]:80\"⟧\n");

    [Theory]
    [InlineData("[server.listener.a]\nprotocol = \"imap\"\nbind = \"[::]:993\"\n")]
    [InlineData("[server.listener.\"a.b\"]\nprotocol = \"imap\"\nbind = \"[::]:993\"\ntls.implicit = true\n")]
    [InlineData("[[server.listener]]\nprotocol = \"imap\"\nbind = [\"[::]:993\"]\n[[server.listener]]\nbind = \"[::]:25\"\nprotocol = \"smtp\"\n")]
    [InlineData("server.max-connections = 5\n")]
    public void Complete_listeners_do_not_trigger(string text) => FindsNothing(text);

    [Fact]
    public void Each_listener_is_one_finding() => Finds("""
        [server.listener.a]
        bind = ⟦"[::]:1"⟧
        socket.nodelay = true
        [server.listener.b]
        bind = [⟦"[::]:2"⟧, "[::]:3"]

        """);

    [Theory]
    [InlineData("protocl = \"imap\"\nbind = \"[::]:993\"\n", "protocol")]
    [InlineData("Protocol = \"imap\"\nbind = \"[::]:993\"\n", "protocol")]
    [InlineData("protocol = \"imap\"\nbnd = \"[::]:993\"\n", "bind")]
    [InlineData("protocol = \"imap\"\nbinds = [\"[::]:993\", \"0.0.0.0:993\"]\n", "bind")]
    [InlineData("protocol_ = \"imap\"\nbind_ = \"[::]:993\"\n", "bind")]
    public void A_misspelt_key_is_one_finding_that_says_what_follows(string lines, string meant)
    {
        var text = "[server.listener.imap]\n" + lines;
        FindsNothing(text);
        var misspelt = Judged(text).Where(finding => finding.Rule.Id == "SWH0004").ToList();
        Assert.NotEmpty(misspelt);
        Assert.All(misspelt, finding => Assert.Matches(@"Without '(protocol|bind)', listener 'imap' never starts\. Did you mean '(server\.listener\.imap\.\1)'\?$", finding.Message));
        Assert.Contains(misspelt, finding => finding.Message.EndsWith($"'server.listener.imap.{meant}'?", StringComparison.Ordinal));
    }

    [Fact]
    public void A_key_of_another_listener_explains_nothing() =>
        Finds("[server.listener.a]\nbind = ⟦\"[::]:993\"⟧\n[server.listener.b]\nprotocol = \"imap\"\nprotocl = \"imap\"\nbind = \"[::]:994\"\n");

    [Fact]
    public void A_listener_without_a_name_is_one_finding() =>
        Assert.Contains("no name", Assert.Single(Finds("[server.listener]\nbind = ⟦\"[::]:143\"⟧\nprotocol = \"imap\"\ntls.implicit = true\n")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("bind = [::]:143\n")]
    [InlineData("bind = [\n[::]:143]\n")]
    public void An_address_that_could_not_be_read_is_not_missing(string line) =>
        FindsNothing("[server.listener.a]\nprotocol = \"imap\"\n" + line);

    [Fact]
    public void A_protocol_that_could_not_be_read_is_not_missing() =>
        FindsNothing("[server.listener.a]\nbind = \"[::]:1\"\nprotocol = %{env:P}%\n");
}

public class AmbiguousTomlTests() : RuleTest("SWH0010")
{
    [Theory]
    [InlineData("a = '^10\\.0\\.'\n")]
    [InlineData("[[a]]\nx = 1\n[a.b]\ny = 1\n")]
    public void What_tools_read_differently_triggers(string text) =>
        Assert.Contains(Judged(text), finding => finding.Rule.Id == Id);

    [Theory]
    [InlineData("a = \"^10\\\\.0\\\\.\"\n")]
    [InlineData("a = '''^10\\.0\\.'''\n")]
    [InlineData("[[a]]\nx = 1\n[b]\ny = 1\n")]
    public void What_everybody_reads_the_same_way_does_not_trigger(string text) => FindsNothing(text);
}

public class UnusedSuppressionTests() : RuleTest("SWH0009")
{
    private const string Imap = "[server.listener.x]\nprotocol = \"imap\"\n";

    [Theory]
    [InlineData("bind = \"[::]:143\" # swh:ignore SWH1001 -- because\n")]
    [InlineData("# swh:ignore SWH1001 -- because\nbind = \"[::]:143\"\n")]
    [InlineData("#swh:ignore swh1001 --because\n\n# another comment\nbind = \"[::]:143\"\n")]
    [InlineData("bind = [\n  # swh:ignore SWH1001 -- because\n  \"[::]:143\",\n]\n")]
    [InlineData("bind = [\n  \"[::]:143\", # swh:ignore SWH1001, SWH2001 -- because\n]\n[server.listener.y]\nprotocol = \"http\"\nbind = \"[::]:443\"\n")]
    public void A_suppression_that_is_needed_does_not_trigger(string lines)
    {
        var findings = Judged(Imap + lines);
        Assert.DoesNotContain(findings, finding => finding.Rule.Id == "SWH1001");
        if (!lines.Contains("SWH2001", StringComparison.Ordinal))
            Assert.DoesNotContain(findings, finding => finding.Rule.Id == Id);
    }

    [Theory]
    [InlineData("bind = \"[::]:993\" ⟦# swh:ignore SWH1001 -- because⟧\n")]
    [InlineData("bind = \"[::]:143\"\n⟦# swh:ignore SWH1001 -- too late⟧\n")]
    [InlineData("⟦# swh:ignore SWH1001 -- too early⟧\ntls.enable = true\nbind = \"[::]:143\"\n")]
    [InlineData("⟦# swh:ignore SWH1001 -- at the end⟧")]
    public void A_suppression_without_finding_triggers(string lines) => Finds(Imap + lines);

    [Theory]
    [InlineData("swh:ignore SWH1001", "no reason")]
    [InlineData("swh:ignore SWH1001 -- ", "no reason")]
    [InlineData("swh:ignore -- because", "names no rule")]
    [InlineData("swh:ignore SWH9999 -- because", "SWH9999")]
    [InlineData("swh:disable SWH1001 -- because", "swh:ignore")]
    public void A_suppression_that_is_incomplete_triggers_and_suppresses_nothing(string comment, string said)
    {
        var text = Imap + $"bind = \"[::]:143\" ⟦# {comment.TrimEnd()}⟧\n";
        Assert.Contains(said, Assert.Single(Finds(text)).Message, StringComparison.Ordinal);
        Assert.Contains(Judged(Marks.Take(text).Text), finding => finding.Rule.Id == "SWH1001");
    }

    [Fact]
    public void Of_two_ids_the_unneeded_one_triggers() =>
        Assert.Contains("SWH1003", Assert.Single(Finds(Imap + "bind = \"[::]:143\" ⟦# swh:ignore SWH1001, SWH1003 -- because⟧\n")).Message, StringComparison.Ordinal);

    [Fact]
    public void Text_inside_a_string_is_no_comment() =>
        FindsNothing(Imap + "bind = \"[::]:993\"\ntls.implicit = true\nnote = \"# swh:ignore SWH1001 -- no\"\n");
}
