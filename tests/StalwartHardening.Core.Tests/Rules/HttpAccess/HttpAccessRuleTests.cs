using StalwartHardening.Edits;
using StalwartHardening.Generations;
using StalwartHardening.Remedies;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Server.Access;
using StalwartHardening.Settings;
using StalwartHardening.Tests.Expressions;

namespace StalwartHardening.Tests.Rules.HttpAccess;

public sealed class HttpAccessRuleTests
{
    private const string Key = PolicyText.Key;
    private static readonly string[] Ids = ["SWH2002", "SWH2003", "SWH2004", "SWH2005", "SWH2006", "SWH2007", "SWH2009"];

    private static readonly string[] PublicListener =
        ["server.listener.https.bind", "[::]:443", "server.listener.https.protocol", "http", "server.listener.https.tls.implicit", "true"];

    private static readonly string[] LoopbackListener =
        ["server.listener.management.bind", "127.0.0.1:8080", "server.listener.management.protocol", "http"];

    [Fact]
    public void An_allow_list_does_not_trigger() => Assert.Empty(Findings([.. PublicListener, Key, SettingsEndpoints.AllowList]));

    [Fact]
    public void An_allow_list_admits_what_clients_need_and_nothing_else()
    {
        var policy = Server([Key, SettingsEndpoints.AllowList]).HttpAccess;
        foreach (var endpoint in SettingsEndpoints.Instance.All)
        {
            var decision = policy.Decide(new HttpRequest { Target = endpoint.Path, Method = endpoint.Methods[0] }).Decision;
            Assert.Equal(endpoint.IsNeededFromElsewhere ? HttpDecision.LetThrough : HttpDecision.Refused, decision);
        }
    }

    [Fact]
    public void An_allow_list_for_plans_admits_what_clients_need_and_nothing_else()
    {
        var plan = $$$$"""{"@type":"update","object":"Http","value":{"allowedEndpoints":{"match":{},"else":"{{{{PlanInspection.AllowList}}}}"}}}""" + "\n";
        var policy = PlanGeneration.Instance.Read(PlanGeneration.ReadPlan(plan, new ReadingTarget(PlanGeneration.Instance.Newest), TestContext.Current.CancellationToken).Document, PlanGeneration.Instance.Newest).HttpAccess;
        foreach (var endpoint in PlanEndpoints.Instance.All)
        {
            var decision = policy.Decide(new HttpRequest { Target = endpoint.Path, Method = endpoint.Methods[0] }).Decision;
            Assert.Equal(endpoint.IsNeededFromElsewhere ? HttpDecision.LetThrough : HttpDecision.Refused, decision);
        }
    }

    [Fact]
    public void The_paths_of_an_allow_list_are_those_of_what_clients_need()
    {
        foreach (var endpoints in (HttpEndpoints[])[SettingsEndpoints.Instance, PlanEndpoints.Instance])
            Assert.Equal(endpoints.PathsOf(static endpoint => endpoint.IsNeededFromElsewhere).Order(StringComparer.Ordinal), endpoints.AllowedPaths.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("200")]
    [InlineData("if_then(is_tls, 200, 200)")]
    [InlineData("'200'")]
    public void A_constant_200_allows_everything(string expression)
    {
        var finding = Assert.Single(Findings([.. PublicListener, Key, expression]));
        Assert.Equal("SWH2002", finding.Rule.Id);
        Assert.Contains("GET /api/principal", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    [InlineData("remote_ip == '10.0.0.1'")]
    [InlineData("'deny'")]
    [InlineData("starts_with(url_path, '/jmap') && 404 || 200")]
    [InlineData("")]
    [InlineData("4040")]
    [InlineData("deny")]
    [InlineData("starts_with(urlpath, '/jmap')")]
    [InlineData("if_then(starts_with(url_path, '/jmap'), 200, 'deny')")]
    [InlineData("if_then(starts_with(url_path, '/jmap'), 404, 'deny')")]
    public void What_is_no_status_fails_open(string expression)
    {
        var finding = Assert.Single(Findings([.. PublicListener, Key, expression]));
        Assert.Equal("SWH2003", finding.Rule.Id);
    }

    [Theory]
    [InlineData("'deny'")]
    [InlineData("false")]
    [InlineData("'403 Forbidden'")]
    [InlineData("'denied'")]
    [InlineData("'refuse'")]
    [InlineData("'refused'")]
    [InlineData("'reject'")]
    [InlineData("'rejected'")]
    [InlineData("'forbidden'")]
    [InlineData("'forbid'")]
    [InlineData("'block'")]
    [InlineData("'blocked'")]
    [InlineData("'drop'")]
    [InlineData("'no'")]
    [InlineData("'404 Not Found'")]
    [InlineData("'401 Unauthorized'")]
    [InlineData("'not found'")]
    [InlineData("'Unauthorized'")]
    public void A_word_that_refuses_becomes_403(string expression)
    {
        var (server, finding) = Single([.. PublicListener, Key, expression]);
        var remedy = Assert.Single(finding.Remedies(server));
        Assert.Equal(RemedySafety.Safe, remedy.Safety);
        Assert.Equal(new SettingEdit.Set(Key, "403"), Assert.Single(remedy.Edits));
    }

    [Fact]
    public void The_branch_without_a_status_is_marked_wherever_it_is() =>
        Assert.Equal(Key + ".0000.then", Assert.Single(Findings([.. PublicListener, Key + ".0000.if", "starts_with(url_path, '/jmap')", Key + ".0000.then", "'deny'", Key + ".0001.else", "404"])).SettingKey);

    [Theory]
    [InlineData("%{env:OTHER}%")]
    [InlineData("starts_with(url_path, '/%{env:OTHER}%')")]
    public void Where_a_rule_is_not_known_nobody_knows_who_gets_through(string condition) =>
        Assert.Empty(Findings([.. PublicListener, Key + ".0000.if", "starts_with(url_path, '/api')", Key + ".0000.then", "200", Key + ".0001.if", condition, Key + ".0001.then", "404", Key + ".0002.else", "404"]));

    [Fact]
    public void Forwarded_addresses_waive_only_refusals_that_are_known()
    {
        var finding = Assert.Single(Findings([.. PublicListener, "http.use-x-forwarded", "true", Key, "if_then(starts_with(url_path, '/%{env:X}%'), 200, 404)"]));
        Assert.Equal("SWH2006", finding.Rule.Id);
        Assert.DoesNotContain("waives every refusal", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_without_else_fail_open()
    {
        var (server, finding) = Single([.. PublicListener, Key + ".0000.if", "starts_with(url_path, '/jmap')", Key + ".0000.then", "200"]);
        Assert.Equal("SWH2003", finding.Rule.Id);
        var insert = Assert.IsType<SettingEdit.Insert>(Assert.Single(finding.Remedies(server).First().Edits));
        Assert.Equal(new KeyValuePair<string, string>(Key + ".0001.else", "404"), Assert.Single(insert.Settings));
    }

    [Theory]
    [InlineData("http.allowed_endpoint", "http.allowed_endpoint")]
    [InlineData("server.listener.https.http.allowed-endpoint", "server.listener.https.http.allowed-endpoint")]
    [InlineData("http.http.Allowed-Endpoint.0000.if", "http.http.Allowed-Endpoint")]
    [InlineData("Http.allowed-endpoint.0000.if", "Http.allowed-endpoint")]
    [InlineData("http.Allowed-Endpoint", "http.Allowed-Endpoint")]
    [InlineData("http.allowed-endpoints", "http.allowed-endpoints")]
    public void A_key_the_server_does_not_read_fails_open(string key, string root)
    {
        var (server, finding) = Single([.. PublicListener, key, "404"]);
        Assert.Equal("SWH2003", finding.Rule.Id);
        Assert.Equal(new SettingEdit.Rename(root, Key), Assert.Single(finding.Remedies(server).First().Edits));
    }

    [Fact]
    public void Entries_with_unknown_names_fail_open() =>
        Assert.Equal("SWH2003", Assert.Single(Findings([.. PublicListener, Key + ".0000.when", "true", Key + ".0000.status", "404"])).Rule.Id);

    [Fact]
    public void A_renamed_key_is_left_to_the_rules_about_names() =>
        Assert.Empty(Findings([.. PublicListener, "server.http.allowed-endpoint", "404"]));

    [Fact]
    public void A_renamed_key_lets_everything_through()
    {
        var policy = Server(["server.http.allowed-endpoint", "404"]).HttpAccess;
        Assert.Equal(HttpDecision.LetThrough, policy.Decide(new HttpRequest { Target = "/api/principal" }).Decision);
        var old = Generation.ReadServer(Document(["server.http.allowed-endpoint", "404"]), new ServerVersion(11, 8));
        Assert.Equal(HttpDecision.Refused, old.HttpAccess.Decide(new HttpRequest { Target = "/api/principal" }).Decision);
    }

    [Fact]
    public void A_deny_list_exposes_what_it_forgets()
    {
        var findings = Findings([.. PublicListener, .. Rules("starts_with(url_path, '/login')", "404", "200")]);
        Assert.Equal(["SWH2004", "SWH2004"], findings.Select(static finding => finding.Rule.Id));
        Assert.Contains(findings, static finding => finding.Message.Contains("management API", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("contains(['', 'login', 'index.html', 'api', 'metrics', 'form'], split(url_path, '/')[1])", "the web administration")]
    [InlineData("contains(['principal', 'settings', 'queue', 'logs', 'reload'], split(url_path, '/')[2]) || !contains(['api', 'jmap'], split(url_path, '/')[1])", "the management API")]
    public void A_deny_list_exposes_pages_and_operations_it_does_not_name(string condition, string what)
    {
        var finding = Assert.Single(Findings([.. PublicListener, .. Rules(condition, "404", "200")]));
        Assert.Equal("SWH2004", finding.Rule.Id);
        Assert.Contains(what, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_picture_of_the_log_in_page_is_no_secret() =>
        Assert.Empty(Findings([.. PublicListener, .. Rules("contains(['jmap', 'logo.svg'], split(url_path, '/')[1])", "200", "404")]));

    [Theory]
    [InlineData("true", null, true)]
    [InlineData("true", "x", false)]
    [InlineData("false", null, false)]
    public void Metrics_without_credentials_are_exposed(string enable, string? secret, bool expected)
    {
        List<string> settings = [.. PublicListener, "metrics.prometheus.enable", enable,
            .. Rules("contains(['jmap', 'metrics'], split(url_path, '/')[1])", "200", "404")];
        if (secret is not null)
            settings.AddRange(["metrics.prometheus.auth.username", "m", "metrics.prometheus.auth.secret", secret]);
        Assert.Equal(expected, Findings([.. settings]).Any(static finding => finding.Rule.Id == "SWH2004"));
    }

    [Fact]
    public void An_administrators_own_address_does_not_trigger() =>
        Assert.Empty(Findings([.. PublicListener, .. Rules("remote_ip == '203.0.113.7' || starts_with(url_path, '/jmap')", "200", "404")]));

    [Fact]
    public void A_loopback_listener_does_not_trigger() =>
        Assert.Empty(Findings([.. LoopbackListener, .. Rules("starts_with(url_path, '/login')", "404", "200")]));

    [Fact]
    public void A_management_listener_that_is_admitted_by_name_does_not_trigger() =>
        Assert.Empty(Findings([.. PublicListener, .. LoopbackListener, .. Rules("listener == 'management' || contains(['jmap'], split(url_path, '/')[1])", "200", "404")]));

    [Theory]
    [InlineData("%{env:POLICY}%")]
    [InlineData("if_then(url_path == '%{cfg:x}%', 200, 200)")]
    public void An_unknown_part_does_not_trigger(string expression) => Assert.Empty(Findings([.. PublicListener, Key, expression]));

    [Fact]
    public void A_rule_on_the_target_is_bypassable()
    {
        var (server, finding) = Single([.. PublicListener, .. Rules("!starts_with(url, '/')", "200", "404")]);
        Assert.Equal("SWH2005", finding.Rule.Id);
        Assert.Contains("http://x/", finding.Message, StringComparison.Ordinal);
        Assert.Equal(new SettingEdit.Set(Key + ".0000.if", "!starts_with(url_path, '/')"), Assert.Single(finding.Remedies(server).First().Edits));
    }

    [Theory]
    [InlineData("contains(headers, 'x-key: secret')")]
    [InlineData("contains(url, '/.well-known')")]
    [InlineData("contains(url_path, '/.well-known')")]
    [InlineData("starts_with(remote_ip, '10.1')")]
    [InlineData("starts_with(remote_ip, '192.180.1.')")]
    [InlineData("remote_port == 4711")]
    public void What_a_client_can_write_is_bypassable(string condition) =>
        Assert.Equal("SWH2005", Assert.Single(Findings([.. PublicListener, .. Rules(condition, "200", "404")])).Rule.Id);

    [Fact]
    public void A_status_the_client_picks_is_bypassable()
    {
        var finding = Assert.Single(Findings([.. PublicListener, .. Rules("matches('^/code/([0-9]+)$', url_path)", "$1", "404")]));
        Assert.Equal("SWH2005", finding.Rule.Id);
        Assert.Equal(Key + ".0000.then", finding.SettingKey);
    }

    [Theory]
    [InlineData("starts_with(remote_ip, '10.1.')")]
    [InlineData("starts_with(remote_ip, '192.168.1.')")]
    [InlineData("starts_with(remote_ip, '10.')")]
    [InlineData("remote_ip == '127.0.0.1'")]
    public void A_private_network_does_not_trigger(string condition) =>
        Assert.Empty(Findings([.. PublicListener, .. Rules(condition, "200", "404")]));

    [Fact]
    public void Forwarded_addresses_on_an_exposed_listener_trigger()
    {
        var finding = Assert.Single(Findings([.. PublicListener, "http.use-x-forwarded", "true", Key, SettingsEndpoints.AllowList]));
        Assert.Equal("SWH2006", finding.Rule.Id);
        Assert.Contains("waives every refusal", finding.Message, StringComparison.Ordinal);
        Assert.Empty(Findings([.. LoopbackListener, "http.use-x-forwarded", "true"]));
    }

    [Theory]
    [InlineData("8.0.0.0/8", true)]
    [InlineData("10.0.0.0/8", false)]
    [InlineData("203.0.113.7", false)]
    [InlineData("172.16.0.0/12", false)]
    [InlineData("2000::/8", true)]
    public void Trusted_networks_of_strangers_trigger(string network, bool expected) =>
        Assert.Equal(expected ? ["SWH2006"] : [], Findings(["server.proxy.trusted-networks.0000", network, "server.listener.smtp.protocol", "smtp", "server.listener.smtp.bind", "[::]:25"]).Select(static finding => finding.Rule.Id));

    [Fact]
    public void Trusted_networks_that_no_reachable_listener_uses_do_not_trigger() =>
        Assert.Empty(Findings(["server.proxy.trusted-networks", "8.0.0.0/8", "server.listener.smtp.protocol", "smtp", "server.listener.smtp.bind", "127.0.0.1:25"]));

    [Theory]
    [InlineData("http.permissive-cors", "true", true)]
    [InlineData("http.permissive-cors", "false", false)]
    [InlineData("http.permissive-cors", "1", false)]
    [InlineData("http.headers.0000", "Access-Control-Allow-Origin: *", true)]
    [InlineData("http.headers.0000", "Access-Control-Allow-Origin: https://example.org", false)]
    public void Permissive_cors_triggers(string key, string value, bool expected) =>
        Assert.Equal(expected ? ["SWH2007"] : [], Findings([key, value]).Select(static finding => finding.Rule.Id));

    [Theory]
    [InlineData("true", false)]
    [InlineData("false", true)]
    [InlineData("%{env:HSTS}%", false)]
    [InlineData(null, true)]
    public void Hsts_is_advised(string? value, bool expected)
    {
        string[] settings = value is null ? PublicListener : [.. PublicListener, "http.hsts", value];
        Assert.Equal(expected, All(settings).Any(static finding => finding.Rule.Id == "SWH2008"));
    }

    [Theory]
    [InlineData("Strict-Transport-Security: max-age=1", false)]
    [InlineData("  strict-transport-security: max-age=1", false)]
    [InlineData("\uFFFC", false)]
    [InlineData("X-Strict-Transport-Security: max-age=1", true)]
    [InlineData("X-Trace: 1", true)]
    public void A_header_may_say_the_same(string header, bool expected) =>
        Assert.Equal(expected, All([.. PublicListener, "http.headers.0000", header]).Any(static finding => finding.Rule.Id == "SWH2008"));

    [Theory]
    [InlineData("starts_with(url, '/api')", "starts_with(url_path, '/api')")]
    [InlineData("starts_with(url, '/api') || url == '/url'", "starts_with(url_path, '/api') || url_path == '/url'")]
    [InlineData("is_tls && starts_with(url, '/api') && listener == 'https'", "is_tls && starts_with(url_path, '/api') && listener == 'https'")]
    public void A_comparison_of_the_target_becomes_one_of_the_path(string condition, string expected)
    {
        var server = Server([.. PublicListener, .. Rules(condition, "404", "200")]);
        var finding = ConfigurationJudge.Judge(server, JudgementOptions.Default, TestContext.Current.CancellationToken).First(static finding => finding.Rule.Id == "SWH2005");
        Assert.Equal(new SettingEdit.Set(Key + ".0000.if", expected), Assert.Single(finding.Remedies(server).First().Edits));
    }

    [Fact]
    public void Hsts_is_turned_on()
    {
        var server = Server([.. PublicListener, "http.hsts", "false"]);
        var finding = ConfigurationJudge.Judge(server, JudgementOptions.Default, TestContext.Current.CancellationToken).First(static finding => finding.Rule.Id == "SWH2008");
        Assert.Equal(new SettingEdit.Set("http.hsts", "true"), Assert.Single(Assert.Single(finding.Remedies(server)).Edits));
    }

    [Theory]
    [InlineData("allow")]
    [InlineData("denyall")]
    [InlineData("maybe")]
    public void Another_word_does_not(string word)
    {
        var (server, finding) = Single([.. PublicListener, .. Rules("starts_with(url_path, '/jmap')", "200", $"'{word}'")]);
        Assert.DoesNotContain(finding.Remedies(server), static remedy => remedy.Safety == RemedySafety.Safe);
    }

    [Theory]
    [InlineData("false")]
    [InlineData("starts_with(url_path, '/jmap/ws')")]
    [InlineData("starts_with(url_path, '/jmap')")]
    [InlineData("")]
    public void A_rule_that_never_decides_triggers(string condition)
    {
        var (server, finding) = Single([.. PublicListener, Key + ".0000.if", "starts_with(url_path, '/jmap')", Key + ".0000.then", "200",
            Key + ".0001.if", condition, Key + ".0001.then", "403", Key + ".0002.else", "404"]);
        Assert.Equal("SWH2009", finding.Rule.Id);
        Assert.Equal(new SettingEdit.Remove(Key + ".0001", WithChildren: true), Assert.Single(finding.Remedies(server).First().Edits));
    }

    [Theory]
    [InlineData("if_then(is_tls, 404, 200)", "")]
    [InlineData("if_then(is_tls, 200, 404)", "")]
    [InlineData("if_then(protocol == 'http', 404, 200)", "")]
    [InlineData("if_then(is_tls && contains(headers, 'x-key: y') || split(url_path, '/')[1] == 'jmap', 200, 404)", "")]
    [InlineData("if_then(contains(headers, 'x-key: y') || is_tls && url_path == '/robots.txt', 200, 404)", "SWH2005")]
    [InlineData("if_then(starts_with(url_path, '/api') || is_tls && url_path == '/x', 404, 200)", "SWH2004")]
    [InlineData("if_then(is_tls, 200, 200)", "SWH2002")]
    [InlineData("200", "SWH2002")]
    public void Tls_that_nobody_knows_yet_is_judged_in_both_cases(string expression, string id)
    {
        var findings = All(["server.listener.https.bind", "[::]:443", "server.listener.https.protocol", "http", "server.listener.https.tls.implicit", "%{env:TLS}%", Key, expression]);
        Assert.Equal(id.Length > 0 ? [id] : [], findings.Select(static finding => finding.Rule.Id).Where(static id => id.StartsWith("SWH200", StringComparison.Ordinal) && id != "SWH2008"));
    }

    [Fact]
    public void Both_spellings_of_autodiscover_are_served_and_admitted()
    {
        var policy = Server([Key, SettingsEndpoints.AllowList]).HttpAccess;
        foreach (var path in new[] { "/autodiscover/autodiscover.xml", "/Autodiscover/Autodiscover.xml" })
        {
            Assert.Contains(SettingsEndpoints.Instance.All, endpoint => endpoint.Path == path);
            Assert.Equal(HttpDecision.LetThrough, policy.Decide(new HttpRequest { Target = path, Method = "POST" }).Decision);
        }
    }

    [Fact]
    public void A_rule_behind_one_that_always_holds_triggers() =>
        Assert.Contains(Findings([.. PublicListener, Key + ".0000.if", "true", Key + ".0000.then", "404",
            Key + ".0001.if", "is_tls", Key + ".0001.then", "403", Key + ".0002.else", "404"]), static finding => finding.Rule.Id == "SWH2009");

    [Theory]
    [InlineData("SWH2002", "200")]
    [InlineData("SWH2004", "if_then(starts_with(url_path, '/login'), 404, 200)")]
    public void The_allow_list_ends_the_finding(string id, string expression)
    {
        var server = Server([.. PublicListener, Key, expression]);
        var finding = ConfigurationJudge.Judge(server, JudgementOptions.Default, TestContext.Current.CancellationToken).First(finding => finding.Rule.Id == id);
        var set = Assert.IsType<SettingEdit.Set>(Assert.Single(finding.Remedies(server).First().Edits));
        Assert.Empty(Findings([.. PublicListener, set.Key, set.Value]));
    }

    internal static string[] Rules(string condition, string then, string otherwise) =>
        [Key + ".0000.if", condition, Key + ".0000.then", then, Key + ".0001.else", otherwise];

    internal static SettingsDocument Document(string[] settings)
    {
        var list = new List<Setting>();
        for (var i = 0; i < settings.Length; i += 2)
            list.Add(PolicyText.Of(settings[i], settings[i + 1]));
        return PolicyText.Document(list);
    }

    internal static ServerConfiguration Server(string[] settings) => Generation.ReadServer(Document(settings), ServerVersion.Newest);

    internal static IReadOnlyList<Finding> All(string[] settings) => ConfigurationJudge.Judge(Server(settings), JudgementOptions.Default, TestContext.Current.CancellationToken);

    internal static IReadOnlyList<Finding> Findings(string[] settings) => [.. All(settings).Where(static finding => Ids.Contains(finding.Rule.Id))];

    private static (ServerConfiguration, Finding) Single(string[] settings)
    {
        var server = Server(settings);
        return (server, Assert.Single(ConfigurationJudge.Judge(server, JudgementOptions.Default, TestContext.Current.CancellationToken), static finding => Ids.Contains(finding.Rule.Id)));
    }
}
