using StalwartHardening.Rules;

namespace StalwartHardening.Tests.Rules.HttpAccess;

public class MissingHttpAccessControlTests() : RuleTest("SWH2001")
{
    private const string Https = "[server.listener.https]\nprotocol = \"http\"\nbind = [\"[::]:443\"]\ntls.implicit = true\n";
    private const string MarkedHttps = "[server.listener.https]\nprotocol = \"http\"\nbind = [⟦\"[::]:443\"⟧]\ntls.implicit = true\n";

    [Fact]
    public void A_reachable_http_listener_without_access_control_triggers()
    {
        var finding = Assert.Single(Finds(MarkedHttps));
        Assert.Contains("http_access_control = in_database", finding.Message, StringComparison.Ordinal);
        Assert.Contains("http.allowed-endpoint", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_exposed_listener_in_the_text_is_marked() => Finds("""
        [server.listener.z]
        protocol = "http"
        bind = ["127.0.0.1:80", ⟦"[::]:8080"⟧, "[::]:8081"]

        [server.listener.a]
        protocol = "http"
        bind = "[::]:443"
        tls.implicit = true

        """);

    [Theory]
    [InlineData("http.allowed-endpoint = 404\n")]
    [InlineData("[http]\nallowed-endpoint = [ { if = \"true\", then = \"200\" }, { else = \"404\" } ]\n")]
    [InlineData("[[http.allowed-endpoint]]\nif = \"true\"\nthen = \"200\"\n")]
    public void Declared_access_control_does_not_trigger(string declaration) => FindsNothing(declaration + Https);

    [Theory]
    [InlineData("[server.http]\nallowed-endpoint = 404\n")]
    [InlineData("[http]\nendpoint = 404\n")]
    [InlineData("http.allowed-endpoint = []\n")]
    public void A_name_the_server_does_not_read_triggers(string declaration) => Finds(declaration + MarkedHttps);

    [Theory]
    [InlineData("[HTTP]\nallowed-endpoint = 404\n")]
    [InlineData("http.allowed_endpoint = 404\n")]
    [InlineData("http.allowed-endpoints = 404\n")]
    public void A_misspelled_name_is_reported_as_such_alone(string declaration)
    {
        FindsNothing(declaration + Https);
        Assert.Single(Judged(declaration + Https), static finding => finding.Rule.Id == "SWH2003");
    }

    [Fact]
    public void A_renamed_name_is_reported_with_what_follows_from_it()
    {
        var ids = Judged("[server.http]\nallowed-endpoint = 404\n" + Https).Select(static finding => finding.Rule.Id).ToList();
        Assert.Contains("SWH0003", ids);
        Assert.Contains("SWH2001", ids);
        Assert.DoesNotContain("SWH2003", ids);
    }

    [Theory]
    [InlineData("if_then(listener == 'management' && !starts_with(url_path, '/jmap'), 404, 200)")]
    [InlineData("if_then(listener == 'http', 404, 200)")]
    [InlineData("if_then(local_port == 8080, 404, 200)")]
    [InlineData("if_then(is_tls, 200, 404)")]
    [InlineData("if_then(protocol == 'http' && starts_with(url_path, '/api'), 404, 200)")]
    public void Access_control_that_covers_no_exposed_listener_triggers(string expression)
    {
        var text = $"http.allowed-endpoint = \"{expression}\"\n[server.listener.management]\nprotocol = \"http\"\nbind = \"127.0.0.1:8080\"\n";
        var finding = Assert.Single(Finds(text + MarkedHttps));
        Assert.Contains("refuses requests on other listeners only", finding.Message, StringComparison.Ordinal);
        Assert.Equal(["SWH2001"], Judged(text + Https).Select(static finding => finding.Rule.Id).Where(static id => id.StartsWith("SWH200", StringComparison.Ordinal) && id != "SWH2008").Distinct());
    }

    [Theory]
    [InlineData("if_then(listener == 'https' && starts_with(url_path, '/api'), 404, 200)")]
    [InlineData("if_then(local_port == 443, 404, 200)")]
    [InlineData("if_then(is_tls, 404, 200)")]
    [InlineData("if_then(is_tls, 200, 200)")]
    [InlineData("200")]
    [InlineData("if_then(starts_with(remote_ip, '10.'), 404, 200)")]
    public void Access_control_that_covers_an_exposed_listener_or_none_at_all_does_not_trigger(string expression) =>
        FindsNothing($"http.allowed-endpoint = \"{expression}\"\n" + Https);

    [Fact]
    public void Access_control_that_covers_one_of_two_exposed_listeners_does_not_trigger() =>
        FindsNothing("http.allowed-endpoint = \"if_then(listener == 'https', 404, 200)\"\n[server.listener.a]\nprotocol = \"http\"\nbind = \"[::]:8443\"\n" + Https);

    [Fact]
    public void A_piece_without_listeners_does_not_trigger() =>
        FindsNothing("http.allowed-endpoint = \"if_then(listener == 'management', 404, 200)\"\n");

    [Fact]
    public void The_effective_name_depends_on_the_version()
    {
        FindsNothing("server.http.allowed-endpoint = 404\n" + Https, "0.11.8");
        Finds("http.allowed-endpoint = 404\n" + MarkedHttps, "0.11");
        Finds("server.http.allowed-endpoint = 404\n" + MarkedHttps, "0.12");
        Assert.Contains("no HTTP access control", Assert.Single(Finds(MarkedHttps, "0.8.1")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void In_database_does_not_trigger_and_in_file_says_no_more_of_it()
    {
        FindsNothing(Https, options: new JudgementOptions { HttpAccessControl = HttpAccessControlPlace.InDatabase });
        var finding = Assert.Single(Finds(MarkedHttps, options: new JudgementOptions { HttpAccessControl = HttpAccessControlPlace.InFile }));
        Assert.DoesNotContain("database", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[server.listener.http]\nprotocol = \"http\"\nbind = [\"127.0.0.1:8080\", \"[::1]:8080\"]\n")]
    [InlineData("[server.listener.http]\nprotocol = \"http\"\nbind = \"%{env:HTTP}%\"\n")]
    [InlineData("[server.listener.http]\nbind = \"[::]:8080\"\n")]
    [InlineData("[server.listener.imap]\nprotocol = \"imap\"\nbind = \"[::]:143\"\n")]
    [InlineData("")]
    public void Nothing_exposed_does_not_trigger(string text) => FindsNothing(text);

    [Theory]
    [InlineData("http.allowed-endpoint = (starts_with(url_path, '/jmap'))\n")]
    [InlineData("[http]\nallowed-endpoint \"404\"\n")]
    public void Access_control_that_could_not_be_read_is_not_missing(string declaration) => FindsNothing(declaration + Https);

    [Fact]
    public void An_unknown_port_is_still_reachable() =>
        Finds("[server.listener.http]\nprotocol = \"http\"\nbind = ⟦\"0.0.0.0:%{env:PORT}%\"⟧\n");
}
