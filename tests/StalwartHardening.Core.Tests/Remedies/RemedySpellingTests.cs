using StalwartHardening.Edits;
using StalwartHardening.Fixing;
using StalwartHardening.Generations;
using StalwartHardening.Remedies;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Server.Listeners;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Remedies;

/// <summary>What fixes make of a text, character by character, with LF and with CR LF line ends.</summary>
public class RemedySpellingTests
{
    [Fact]
    public void A_cleartext_imap_table_moves_to_993() => Becomes(
        "SWH1001",
        """
        # Mail on the phone
        [server.listener.imap]
        bind = '[::]:143' # all of them
        protocol = "imap"

        [storage]
        data = "rocksdb"

        """,
        """
        # Mail on the phone
        [server.listener.imap]
        bind = '[::]:993' # all of them
        protocol = "imap"
        tls.implicit = true

        [storage]
        data = "rocksdb"

        """);

    [Fact]
    public void A_cleartext_imap_table_goes_with_its_comment_where_993_is_served() => Becomes(
        "SWH1001",
        """
        [server.listener.imaptls]
        bind = ["[::]:993"]
        protocol = "imap"
        tls.implicit = true

        # Old phones
        # They will be replaced
        [server.listener.imap]
        bind = ["[::]:143"]
        protocol = "imap"
        # tls.enable = true

        # About storage
        [storage]
        data = "rocksdb"

        """,
        """
        [server.listener.imaptls]
        bind = ["[::]:993"]
        protocol = "imap"
        tls.implicit = true

        # About storage
        [storage]
        data = "rocksdb"

        """);

    [Fact]
    public void Dotted_keys_go_together() => Becomes(
        "SWH1002",
        """
        server.listener.pop3.bind = "[::]:110"
        storage.data = "rocksdb"
        # swh:ignore SWH1005 -- not in force
        server.listener.pop3.protocol = "pop3"
        server.listener.imaps.bind = "[::]:993"
        server.listener.imaps.protocol = "imap"
        server.listener.imaps.tls.implicit = true

        """,
        """
        storage.data = "rocksdb"
        server.listener.imaps.bind = "[::]:993"
        server.listener.imaps.protocol = "imap"
        server.listener.imaps.tls.implicit = true

        """);

    [Fact]
    public void A_suppression_that_the_fix_leaves_without_use_goes_and_one_that_had_none_before_stays() => Becomes(
        "SWH1004",
        """
        # swh:ignore SWH1001 -- nothing here
        [server.listener.http]
        protocol = "http"
        bind = "[::]:8080" # swh:ignore SWH2001 -- the proxy decides

        [storage]
        data = "rocksdb" # swh:ignore SWH2001 -- the proxy decides

        """,
        """
        # swh:ignore SWH1001 -- nothing here
        [server.listener.http]
        protocol = "http"
        bind = "[::1]:8080"

        [storage]
        data = "rocksdb" # swh:ignore SWH2001 -- the proxy decides

        """);

    [Fact]
    public void A_suppression_goes_once_nothing_in_it_is_of_use() => Becomes(
        "SWH1004",
        """
        [server.listener.http]
        protocol = "http"
        bind = "[::]:8080" # swh:ignore SWH1001, SWH2001 -- the proxy decides

        """,
        """
        [server.listener.http]
        protocol = "http"
        bind = "[::1]:8080"

        """);

    [Fact]
    public void Addresses_that_become_one_are_written_once() => Becomes(
        "SWH1004",
        """
        [server.listener.http]
        protocol = "http"
        bind = ["0.0.0.0:8080", "192.0.2.1:8080", "[::]:8080"]

        """,
        """
        [server.listener.http]
        protocol = "http"
        bind = ["127.0.0.1:8080", "[::1]:8080"]

        """);

    [Fact]
    public void Only_the_guilty_element_goes() => Becomes(
        "SWH1002",
        """
        [server.listener]
        pop3 = { bind = ["127.0.0.1:110", "[::]:110"], protocol = "pop3" }

        """,
        """
        [server.listener]
        pop3 = { bind = ["127.0.0.1:110"], protocol = "pop3" }

        """);

    [Fact]
    public void A_line_of_an_array_goes_with_the_comment_on_it() => Becomes(
        "SWH1002",
        """
        [server.listener.pop3]
        bind = [
            "[::]:110", # everybody
            "127.0.0.1:110", # the proxy
        ]
        protocol = "pop3"

        """,
        """
        [server.listener.pop3]
        bind = [
            "127.0.0.1:110", # the proxy
        ]
        protocol = "pop3"

        """);

    [Fact]
    public void The_last_inline_table_takes_its_key_along() => Becomes(
        "SWH1002",
        """
        server.listener = { pop3 = { bind = "[::]:110", protocol = "pop3" } }
        storage.data = "rocksdb"

        """,
        """
        storage.data = "rocksdb"

        """);

    [Fact]
    public void The_last_entry_of_braces_takes_the_comma_before_it() => Becomes(
        "SWH1002",
        """
        server.listener = { smtp = { bind = "[::]:25", protocol = "smtp" }, pop3 = { bind = "[::]:110", protocol = "pop3" } }

        """,
        """
        server.listener = { smtp = { bind = "[::]:25", protocol = "smtp" } }

        """);

    [Fact]
    public void An_element_of_an_array_of_tables_goes_whole() => Becomes(
        "SWH1002",
        """
        [[server.listener]]
        bind = "[::]:110"
        protocol = "pop3"

        [[server.listener]]
        bind = "[::]:25"
        protocol = "smtp"

        """,
        """
        [[server.listener]]
        bind = "[::]:25"
        protocol = "smtp"

        """);

    [Fact]
    public void An_address_with_innocent_company_gets_a_listener_of_its_own() => Becomes(
        "SWH1003",
        """
        [server.listener.smtp]
        bind = ["[::]:25", "[::]:587"]
        protocol = "smtp"
        max-connections = 100

        [storage]
        data = "rocksdb"

        """,
        """
        [server.listener.smtp]
        bind = ["[::]:25"]
        protocol = "smtp"
        max-connections = 100

        [server.listener.smtp-tls]
        bind = "[::]:465"
        protocol = "smtp"
        tls.implicit = true
        max-connections = 100

        [storage]
        data = "rocksdb"

        """);

    [Fact]
    public void Implicit_tls_joins_the_table_of_its_switches() => Becomes(
        "SWH1006",
        """
        [server.listener.imaps]
        bind = "[::]:993"
        protocol = "imap"
          [server.listener.imaps.tls]
          certificate = "default"

        """,
        """
        [server.listener.imaps]
        bind = "[::]:993"
        protocol = "imap"
          [server.listener.imaps.tls]
          certificate = "default"
          implicit = true

        """);

    [Fact]
    public void Implicit_tls_joins_the_braces() => Becomes(
        "SWH1006",
        """
        server.listener.imaps = { bind = "[::]:993", protocol = "imap", tls = { certificate = "default" } }

        """,
        """
        server.listener.imaps = { bind = "[::]:993", protocol = "imap", tls = { certificate = "default", implicit = true } }

        """);

    [Fact]
    public void A_quoted_switch_stays_quoted() => Becomes(
        "SWH1006",
        "server.listener.imaps.bind = \"[::]:993\"\nserver.listener.imaps.protocol = \"imap\"\nserver.listener.imaps.tls.implicit = 'false' # no?\n",
        "server.listener.imaps.bind = \"[::]:993\"\nserver.listener.imaps.protocol = \"imap\"\nserver.listener.imaps.tls.implicit = 'true' # no?\n");

    [Fact]
    public void Plain_http_is_bound_to_loopback_where_there_is_no_https() => Becomes(
        "SWH1004",
        "server.listener.http.bind = [ '0.0.0.0:8080' ]\nserver.listener.http.protocol = \"http\"\n",
        "server.listener.http.bind = [ '127.0.0.1:8080' ]\nserver.listener.http.protocol = \"http\"\n");

    [Fact]
    public void Tls_is_switched_on_by_removing_the_line() => Becomes(
        "SWH1007",
        "[server.listener.smtp]\nbind = \"[::]:25\"\nprotocol = \"smtp\"\n# for tests\ntls.enable = false\nmax-connections = 1\n",
        "[server.listener.smtp]\nbind = \"[::]:25\"\nprotocol = \"smtp\"\n# for tests\nmax-connections = 1\n");

    [Fact]
    public void A_table_with_one_renamed_setting_is_renamed() => Becomes(
        "SWH0003",
        "[server.http]\nhsts = true\n\n[storage]\ndata = \"x\"\n",
        "[http]\nhsts = true\n\n[storage]\ndata = \"x\"\n");

    [Fact]
    public void A_renamed_setting_among_others_moves_to_its_table() => Becomes(
        "SWH0003",
        "[server.http]\nhsts = true # always\nother = 1\n\n[http]\nurl = \"x\"\n",
        "[server.http]\nother = 1\n\n[http]\nurl = \"x\"\nhsts = true # always\n");

    [Fact]
    public void Arrays_of_renamed_tables_are_renamed_in_place() => Becomes(
        "SWH0003",
        "[[server.http.allowed-endpoint]]\nif = \"url_path == '/jmap'\"\nthen = 200\n\n[[server.http.allowed-endpoint]]\nelse = 404\n",
        "[[http.allowed-endpoint]]\nif = \"url_path == '/jmap'\"\nthen = 200\n\n[[http.allowed-endpoint]]\nelse = 404\n");

    [Fact]
    public void The_fallback_administrator_goes_with_its_table() => Becomes(
        "SWH3001",
        "[storage]\ndata = \"x\"\n\n# Set up only\n[authentication.fallback-admin]\nuser = \"admin\"\nsecret = '''a\\b'''\n",
        "[storage]\ndata = \"x\"\n");

    [Fact]
    public void An_administrator_becomes_an_individual() => Becomes(
        "SWH3003",
        "storage.directory = \"m\"\ndirectory.m.type = \"memory\"\ndirectory.m.principals = [ { name = \"a\", class = 'admin', secret = \"s\" } ]\n[server.listener.imaps]\nbind = \"[::]:993\"\nprotocol = \"imap\"\ntls.implicit = true\n",
        "storage.directory = \"m\"\ndirectory.m.type = \"memory\"\ndirectory.m.principals = [ { name = \"a\", class = 'individual', secret = \"s\" } ]\n[server.listener.imaps]\nbind = \"[::]:993\"\nprotocol = \"imap\"\ntls.implicit = true\n");

    [Fact]
    public void The_allow_list_is_one_text_and_widens_the_local_keys()
    {
        const string Before = "config.local-keys = [\n  \"store.*\",\n  'server.*'\n]\n\n[server.listener.https]\nbind = \"[::]:443\"\nprotocol = \"http\"\ntls.implicit = true\n";
        var after = Fixed("SWH2001", Before);
        Assert.StartsWith("config.local-keys = [\n  \"store.*\",\n  'server.*',\n  'http.allowed-endpoint'\n]\n\n[server.listener.https]\n", after, StringComparison.Ordinal);
        Assert.Contains("\n\n[http]\nallowed-endpoint = \"if_then(contains(['jmap', 'dav', ", after, StringComparison.Ordinal);
        Assert.EndsWith(", 200, 404)\"\n", after, StringComparison.Ordinal);
    }

    [Fact]
    public void A_listener_only_the_machine_reaches_stays_open_to_it() =>
        Assert.Contains("if_then(listener == 'management' || ", Fixed("SWH2001", "server.listener.management.bind = \"127.0.0.1:9990\"\nserver.listener.management.protocol = \"http\"\nserver.listener.https.bind = \"[::]:443\"\nserver.listener.https.protocol = \"http\"\nserver.listener.https.tls.implicit = true\n"), StringComparison.Ordinal);

    [Fact]
    public void Servers_without_if_then_get_the_same_list_as_arithmetic() =>
        Assert.Contains("server.http.allowed-endpoint = \"404 - 204 * (", Fixed("SWH2001", "server.listener.https.bind = \"[::]:443\"\nserver.listener.https.protocol = \"http\"\nserver.listener.https.tls.implicit = true\n", "0.10"), StringComparison.Ordinal);

    [Fact]
    public void A_missing_line_break_is_added() => Becomes("SWH0001", "storage.data = \"x\"\nstorage.blob = \"x\"", "storage.data = \"x\"\nstorage.blob = \"x\"\n");

    [Fact]
    public void A_needless_suppression_goes_alone() => Becomes(
        "SWH0009",
        "# about data\n# swh:ignore SWH1001 -- nothing here\nstorage.data = \"x\" # swh:note\n",
        "# about data\nstorage.data = \"x\" # swh:note\n");

    [Fact]
    public void Statements_beside_a_broken_one_are_fixed() => Becomes(
        "SWH1002",
        "foo bar\n[server.listener.pop3]\nbind = \"[::]:110\"\nprotocol = \"pop3\"\n\n[server.listener.x]\nbind = [\n",
        "foo bar\n\n[server.listener.x]\nbind = [\n");

    [Fact]
    public void Two_listeners_on_143_leave_one_on_993()
    {
        var text = RemedyApplication.FixAll(
            "[server.listener.a]\nbind = \"[::]:143\"\nprotocol = \"imap\"\n\n[server.listener.b]\nbind = \"0.0.0.0:143\"\nprotocol = \"imap\"\n",
            JudgementOptions.Default,
            RemedyChoices.First(RemedySafety.Review),
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("[server.listener.a]\nbind = \"[::]:993\"\nprotocol = \"imap\"\ntls.implicit = true\n", text);
    }

    [Fact]
    public void Safe_fixes_touch_no_listener()
    {
        const string Listener = "\n[server.listener.a]\nbind = \"[::]:143\"\nprotocol = \"imap\"";
        Assert.Equal(
            "http.hsts = true\n" + Listener + "\n",
            RemedyApplication.FixAll("server.http.hsts = true\n" + Listener, JudgementOptions.Default, RemedyChoices.First(RemedySafety.Safe), cancellationToken: TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("a\\b", "'''a\\b'''")]
    [InlineData("it's", "\"it's\"")]
    [InlineData("say \"x\"", "'say \"x\"'")]
    [InlineData("two\nlines", "'''two\nlines'''")]
    [InlineData("8080", "8080")]
    [InlineData("08", "\"08\"")]
    public void Values_are_written_as_the_server_reads_them_back(string value, string written)
    {
        var changes = TomlEditor.Apply("a.b = 1\n", ServerVersion.Newest, [new SettingEdit.Set("a.c", value)], TestContext.Current.CancellationToken);
        Assert.NotNull(changes);
        Assert.Equal("a.b = 1\na.c = " + written + "\n", TextChange.Apply("a.b = 1\n", changes));
    }

    [Theory]
    [InlineData("ends with '\\")]
    [InlineData("a\\'''b")]
    [InlineData("carriage\rreturn")]
    public void Values_no_spelling_gives_are_refused(string value) =>
        Assert.Null(TomlEditor.Apply("a.b = 1\n", ServerVersion.Newest, [new SettingEdit.Set("a.c", value == "ends with '\\" ? "\\'" : value)], TestContext.Current.CancellationToken));

    private static void Becomes(string id, string before, string after)
    {
        var lf = before.ReplaceLineEndings("\n");
        Assert.Equal(after.ReplaceLineEndings("\n"), Fixed(id, lf));
        Assert.Equal(after.ReplaceLineEndings("\r\n"), Fixed(id, lf.ReplaceLineEndings("\r\n")));
    }

    private static string Fixed(string id, string text, string version = "0.15")
    {
        Assert.True(ServerVersion.TryParse(version, out var target));
        var options = JudgementOptions.Default with { TargetVersion = target };
        var server = Generation.ReadFile(text, target);
        var finding = ConfigurationJudge.Judge(server, options).First(finding => finding.Rule.Id == id && finding.Remedies(server).Any());
        var remedy = finding.Remedies(server).First();
        var changes = RemedyApplication.Apply(server, options, finding, remedy);
        Assert.True(changes is not null, $"«{remedy.Title}» cannot be applied.");
        return TextChange.Apply(text, changes);
    }
}
