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
    [InlineData("[HTTP]\nallowed-endpoint = 404\n")]
    [InlineData("http.allowed_endpoint = 404\n")]
    [InlineData("http.allowed-endpoints = 404\n")]
    [InlineData("http.allowed-endpoint = []\n")]
    public void A_name_the_server_does_not_read_triggers(string declaration) => Finds(declaration + MarkedHttps);

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
