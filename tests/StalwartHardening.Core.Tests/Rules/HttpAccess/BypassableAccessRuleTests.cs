using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Tests.Expressions;

namespace StalwartHardening.Tests.Rules.HttpAccess;

/// <summary>Every way around access control, with the request that is refused and its twin that is not; and what looks like one.</summary>
public sealed class BypassableAccessRuleTests
{
    private const string Key = PolicyText.Key;

    private static readonly string[] Public =
        ["server.listener.https.bind", "[::]:443", "server.listener.https.protocol", "http", "server.listener.https.tls.implicit", "true"];

    [Theory]
    [InlineData("!starts_with(url, '/jmap')", "200", "404", "POST /jmap", "POST http://x/jmap")]
    [InlineData("starts_with(url, '/api')", "404", "200", "GET /api/principal", "GET http://x/api/principal")]
    [InlineData("url == '/metrics/prometheus'", "404", "200", "GET /metrics/prometheus", "GET http://x/metrics/prometheus")]
    public void A_comparison_of_the_target(string condition, string then, string otherwise, string refused, string twin) =>
        Finds(condition, then, otherwise, refused, twin);

    [Theory]
    [InlineData("contains(headers, 'x-key: secret')", "200", "404", "POST /jmap", "POST /jmap from 203.0.113.7 with x-key: secret")]
    [InlineData("!contains(headers, 'x-key: secret') && starts_with(url_path, '/api')", "404", "200", "GET /api/principal", "GET /api/principal from 203.0.113.7 with x-key: secret")]
    [InlineData("is_intersect(headers, ['user-agent: curl/8', 'x-a: b'])", "200", "404", "POST /jmap", "POST /jmap from 203.0.113.7 with user-agent: curl/8")]
    public void A_header(string condition, string then, string otherwise, string refused, string twin) => Finds(condition, then, otherwise, refused, twin);

    [Fact]
    public void A_port_the_client_chooses() => Finds("remote_port < 1024", "200", "404", "POST /jmap from 203.0.113.7", "POST /jmap from 203.0.113.7");

    [Theory]
    [InlineData("contains(url_path, '/.well-known')", "200", "404", "GET /api/principal", "GET /api/principal/.well-known")]
    [InlineData("ends_with(url_path, '.png')", "200", "404", "GET /api/principal", "GET /api/principal/.png")]
    [InlineData("matches('[.]css$', url_path)", "200", "404", "GET /api/principal", "GET /api/principal/.css")]
    [InlineData("matches('/jmap', url_path)", "200", "404", "GET /api/principal", "GET /api/principal/jmap")]
    [InlineData("rsplit(url_path, '/')[0] == 'robots.txt'", "200", "404", "GET /api/principal", "GET /api/principal/robots.txt")]
    [InlineData("contains(split(url_path, '/'), 'jmap')", "200", "404", "GET /api/principal", "GET /api/principal/jmap")]
    [InlineData("url_path == '/metrics/prometheus'", "404", "200", "GET /metrics/prometheus", "GET /metrics/prometheus/")]
    [InlineData("ends_with(url_path, '/prometheus')", "404", "200", "GET /metrics/prometheus", "GET /metrics/prometheus/")]
    [InlineData("contains(['/form', '/api/none'], url_path)", "404", "200", "POST /form", "POST /form/")]
    [InlineData("url_path == '/login' || url_path == '/'", "404", "200", "GET /login", "GET /login/")]
    [InlineData("starts_with(url_path, '/dav/cal/john')", "404", "200", "PROPFIND /dav/cal/john", "PROPFIND /dav/cal/%6Aohn")]
    [InlineData("contains(url_path, 'john')", "404", "200", "GET /api/principal/john", "GET /api/principal/%6Aohn")]
    [InlineData("contains(['jmap', 'dav'], split(url_path, '/')[1]) && !contains(url_path, 'private')", "200", "404", "PROPFIND /dav/cal/private", "PROPFIND /dav/cal/%70rivate")]
    [InlineData("url_path == '/jmap/ws'", "404", "200", "GET /jmap/ws", "GET /jmap/ws/")]
    [InlineData("starts_with(url_path, '/autodiscover') || url_path == '/x'", "404", "200", "POST /autodiscover/autodiscover.xml", "POST /Autodiscover/autodiscover.xml")]
    public void Another_spelling_of_the_same_route(string condition, string then, string otherwise, string refused, string twin) =>
        Finds(condition, then, otherwise, refused, twin);

    [Theory]
    [InlineData("split(url_path, '/')[1] == 'jmap'")]
    [InlineData("starts_with(url_path, '/jmap/') || url_path == '/jmap'")]
    [InlineData("contains(['/jmap', '/jmap/session', '/robots.txt'], url_path)")]
    [InlineData("matches('^/jmap(/|$)', url_path)")]
    [InlineData("matches('^/calendar/[a-z]+$', url_path)")]
    [InlineData("starts_with(url_path, '/dav/cal/john')")]
    [InlineData("split(url_path, '/')[1] == 'dav' && split(url_path, '/')[2] == 'cal'")]
    [InlineData("method == 'OPTIONS' && starts_with(url_path, '/dav')")]
    public void An_admission_by_whole_segments_does_not_trigger(string condition) => FindsNothing(condition, "200", "404");

    [Fact]
    public void An_admission_by_the_target_that_no_other_target_gets_does_not_trigger() => FindsNothing("starts_with(url, '/jmap')", "200", "404");

    [Theory]
    [InlineData("split(url_path, '/')[1] == 'api'")]
    [InlineData("starts_with(url_path, '/api')")]
    [InlineData("contains(['api', 'metrics', 'form'], split(url_path, '/')[1])")]
    [InlineData("matches('^/(api|metrics)', url_path)")]
    public void A_refusal_by_whole_segments_does_not_trigger(string condition) => FindsNothing(condition, "404", "200");

    [Theory]
    [InlineData("matches('^/code/([0-9]+)$', url_path)", "$1", "/code/403", "/code/200")]
    [InlineData("starts_with(url_path, '/code/')", "split(url_path, '/')[2]", "/code/403", "/code/200")]
    [InlineData("matches('^x-code: ([0-9]+)', headers[0])", "$1", "x-code: 403", "x-code: 200")]
    public void A_status_the_client_picks(string condition, string then, string refused, string twin)
    {
        var finding = Finds(condition, then, "404", refused, twin);
        Assert.Equal(Key + ".0000.then", finding.SettingKey);
    }

    [Fact]
    public void A_status_the_client_picks_in_one_expression()
    {
        var finding = Assert.Single(Bypasses([.. Public, Key, "if_then(matches('^/code/([0-9]+)$', url_path), $1, 404)"]));
        Assert.Equal(Key, finding.SettingKey);
    }

    [Theory]
    [InlineData("if_then(starts_with(url_path, '/jmap'), 200, 404)")]
    [InlineData("200 + 4")]
    [InlineData("404 - 204 * starts_with(url_path, '/jmap')")]
    public void A_status_that_hangs_on_the_request_is_not_picked(string then) => FindsNothing("split(url_path, '/')[1] == 'jmap'", then, "404");

    [Theory]
    [InlineData("starts_with(remote_ip, '10.1')", "10.10.7.7", "Write '10.1.'")]
    [InlineData("starts_with(remote_ip, '10')", "100.7.7.7", "Write '10.'")]
    [InlineData("starts_with(remote_ip, '172.16')", "172.160.7.7", "Write '172.16.'")]
    [InlineData("starts_with(remote_ip, '203.0.113.7')", "203.0.113.70", "'=='")]
    [InlineData("starts_with(remote_ip, '192.180.1.')", "192.180.1.7", "192.168.1.")]
    [InlineData("starts_with(remote_ip, '192.186.')", "192.186.7.7", "192.168.")]
    [InlineData("starts_with(remote_ip, '172.32.')", "172.32.7.7", "172.31.")]
    [InlineData("starts_with(remote_ip, '172.')", "172.217.16.7", "172.16.")]
    [InlineData("starts_with(remote_ip, '100.')", "100.1.2.7", "100.64.")]
    [InlineData("contains(remote_ip, '10.0.0.')", "110.0.0.7", "anywhere")]
    [InlineData("contains(remote_ip, '192.168.')", "8.192.168.7", "anywhere")]
    [InlineData("ends_with(remote_ip, '.5')", "8.8.8.5", "anywhere")]
    [InlineData("matches('^10.', remote_ip)", "100.7.7.7", "any character")]
    [InlineData("matches('192[.]168[.]', remote_ip)", "8.192.168.7", "anywhere")]
    [InlineData("remote_ip >= '10.0.0.0' && remote_ip < '11'", "100.7.7.7", "")]
    [InlineData("starts_with(remote_ip, '2001:db8:1')", "2001:db8:1a::7", "Write '2001:db8:1:'")]
    public void An_address_written_as_text(string condition, string twin, string advice)
    {
        var finding = Finds(condition, "200", "404", " from ", " from " + twin);
        Assert.Contains(advice, finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("starts_with(remote_ip, '10.1.')")]
    [InlineData("starts_with(remote_ip, '10.')")]
    [InlineData("starts_with(remote_ip, '192.168')")]
    [InlineData("starts_with(remote_ip, '192.168.')")]
    [InlineData("starts_with(remote_ip, '127.')")]
    [InlineData("starts_with(remote_ip, '172.16.')")]
    [InlineData("starts_with(remote_ip, '203.0.113.')")]
    [InlineData("starts_with(remote_ip, '198.51.')")]
    [InlineData("starts_with(remote_ip, 'fd')")]
    [InlineData("starts_with(remote_ip, 'fe80:')")]
    [InlineData("starts_with(remote_ip, '2001:db8:')")]
    [InlineData("starts_with(remote_ip, '2001:db8:abcd')")]
    [InlineData("matches('^10[.]', remote_ip)")]
    [InlineData("matches('^192.168.', remote_ip)")]
    [InlineData("remote_ip == '10.1'")]
    [InlineData("contains(['10.0.0.1', '192.168.1.2'], remote_ip)")]
    [InlineData("remote_ip == '203.0.113.7'")]
    [InlineData("is_ipv4_addr(remote_ip) && starts_with(remote_ip, '172.') && split(remote_ip, '.')[1] >= 16 && split(remote_ip, '.')[1] <= 31")]
    public void A_network_that_is_what_it_says_does_not_trigger(string condition) => FindsNothing(condition, "200", "404");

    [Fact]
    public void A_refused_network_does_not_trigger() => FindsNothing("starts_with(remote_ip, '203.0') || split(url_path, '/')[1] == 'api'", "404", "200");

    [Fact]
    public void The_address_of_a_listener_on_any_address()
    {
        string[] settings = [.. Public, .. HttpAccessRuleTests.Rules("local_ip == '192.0.2.1' && split(url_path, '/')[1] != 'jmap'", "404", "200")];
        var finding = Assert.Single(HttpAccessRuleTests.Findings(settings));
        Assert.Equal("SWH2005", finding.Rule.Id);
        Assert.Contains("GET /api/principal from 203.0.113.7 to 192.0.2.1", finding.Message, StringComparison.Ordinal);
        Assert.Contains("GET /api/principal from 203.0.113.7 to ::", finding.Message, StringComparison.Ordinal);
        Assert.Equal(Key + ".0000.if", finding.SettingKey);
    }

    [Fact]
    public void The_address_of_a_listener_next_to_rules_that_refuse()
    {
        string[] settings = [.. Public, Key + ".0000.if", "local_ip == '192.0.2.1' && split(url_path, '/')[1] == 'api'", Key + ".0000.then", "404",
            Key + ".0001.if", "contains(['jmap', 'api'], split(url_path, '/')[1])", Key + ".0001.then", "200", Key + ".0002.else", "404"];
        Assert.Equal("SWH2005", Assert.Single(HttpAccessRuleTests.Findings(settings)).Rule.Id);
    }

    [Theory]
    [InlineData("192.0.2.1:443", "local_ip == '192.0.2.1' && split(url_path, '/')[1] != 'jmap'", "404", "200")]
    [InlineData("[::]:443", "local_ip == '127.0.0.1' || split(url_path, '/')[1] == 'jmap'", "200", "404")]
    public void The_address_of_a_listener_that_is_bound_to_it_or_admits_nobody_does_not_trigger(string bind, string condition, string then, string otherwise) =>
        Assert.Empty(HttpAccessRuleTests.Findings(["server.listener.https.bind", bind, "server.listener.https.protocol", "http", "server.listener.https.tls.implicit", "true",
            .. HttpAccessRuleTests.Rules(condition, then, otherwise)]));

    [Fact]
    public void Two_parts_of_one_expression_are_two_findings()
    {
        var findings = Bypasses([.. Public, Key, "if_then(contains(headers, 'x-key: y') || starts_with(remote_ip, '10.1') || split(url_path, '/')[1] == 'jmap', 200, 404)"]);
        Assert.Equal(2, findings.Count);
        Assert.All(findings, static finding => Assert.Equal(Key, finding.SettingKey));
    }

    [Fact]
    public void Rules_in_force_elsewhere_only_do_not_trigger() =>
        Assert.Empty(Bypasses(["server.listener.a.bind", "127.0.0.1:8080", "server.listener.a.protocol", "http", .. HttpAccessRuleTests.Rules("contains(headers, 'x-key: y')", "200", "404")]));

    private static Finding Finds(string condition, string then, string otherwise, string refused, string twin)
    {
        string[] settings = [.. Public, "metrics.prometheus.enable", "true", "form.enable", "true", .. HttpAccessRuleTests.Rules(condition, then, otherwise)];
        var finding = Assert.Single(Bypasses(settings));
        var sides = finding.Message.Split("' but lets '");
        Assert.Contains(refused, sides[0], StringComparison.Ordinal);
        Assert.Contains(twin, sides[1], StringComparison.Ordinal);
        return finding;
    }

    private static void FindsNothing(string condition, string then, string otherwise) =>
        Assert.Empty(Bypasses([.. Public, "metrics.prometheus.enable", "true", "form.enable", "true", .. HttpAccessRuleTests.Rules(condition, then, otherwise)]));

    private static IReadOnlyList<Finding> Bypasses(string[] settings) => [.. HttpAccessRuleTests.Findings(settings).Where(static finding => finding.Rule.Id == "SWH2005")];
}
