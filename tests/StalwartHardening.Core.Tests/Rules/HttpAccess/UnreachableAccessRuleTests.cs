using StalwartHardening.Tests.Expressions;

namespace StalwartHardening.Tests.Rules.HttpAccess;

public sealed class UnreachableAccessRuleTests
{
    [Theory]
    [InlineData("its condition never holds", "false")]
    [InlineData("its condition never holds", "url_path == '/a' && url_path == '/b'")]
    [InlineData("its condition never holds", "starts_with(url_path, '/jmap') && method == 'GET' && !starts_with(url_path, '/j')")]
    [InlineData("its condition never holds", "is_tls && protocol == 'http'")]
    [InlineData("its condition never holds", "contains(headers, 'a: b') && !contains(headers, 'a: b')")]
    [InlineData("its condition never holds", "split(url_path, '/')[1] == 'jmap' && starts_with(url_path, '/api')")]
    [InlineData("every request", "true", "is_tls")]
    [InlineData("'is_tls'", "is_tls", "is_tls")]
    [InlineData("'is_tls'", "is_tls", "is_tls && starts_with(url_path, '/jmap')")]
    [InlineData("'is_tls'", "is_tls", "protocol == 'https'")]
    [InlineData("starts_with(url_path, '/jmap')", "starts_with(url_path, '/jmap')", "starts_with(url_path, '/jmap/ws')")]
    [InlineData("starts_with(url_path, '/jmap')", "starts_with(url_path, '/jmap')", "url_path == '/jmap/ws'")]
    [InlineData("starts_with(url_path, '/jmap')", "starts_with(url_path, '/jmap')", "split(url_path, '/')[1] == 'jmap'")]
    [InlineData("starts_with(url_path, '/jmap')", "starts_with(url_path, '/jmap')", "contains(['/jmap', '/jmap/ws'], url_path)")]
    [InlineData("split(url_path, '/')[1]", "contains(['jmap', 'dav'], split(url_path, '/')[1])", "split(url_path, '/')[1] == 'dav'")]
    [InlineData("split(url_path, '/')[1]", "contains(['jmap', 'dav'], split(url_path, '/')[1])", "starts_with(url_path, '/dav/')")]
    [InlineData("matches('^/jmap', url_path)", "matches('^/jmap', url_path)", "url_path == '/jmap/ws' || starts_with(url_path, '/jmap/')")]
    [InlineData("contains(headers, 'a: b')", "contains(headers, 'a: b') || is_tls", "contains(headers, 'a: b')")]
    [InlineData("the rules before it", "is_tls", "!is_tls", "starts_with(url_path, '/jmap')")]
    [InlineData("the rules before it", "url_path == '/a'", "url_path == '/b'", "contains(['/a', '/b'], url_path)")]
    [InlineData("remote_ip", "starts_with(remote_ip, '10.')", "remote_ip == '10.0.0.1'")]
    public void A_rule_that_never_decides_triggers(string reason, params string[] conditions)
    {
        var finding = Assert.Single(Find(conditions), finding => finding.SettingKey == $"{PolicyText.Key}.{conditions.Length - 1:0000}.if");
        Assert.Contains(reason, finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("starts_with(url_path, '/jmap/ws')", "starts_with(url_path, '/jmap')")]
    [InlineData("is_tls && starts_with(url_path, '/jmap')", "starts_with(url_path, '/jmap')")]
    [InlineData("split(url_path, '/')[1] == 'jmap'", "starts_with(url_path, '/jmap')")]
    [InlineData("url_path == '/jmap'", "url == '/jmap'")]
    [InlineData("matches('^/jmap$', url_path)", "starts_with(url_path, '/jmap')")]
    [InlineData("matches('^/a(b)', url_path)", "matches('^/(a)', url_path) && $1 == 'a'")]
    [InlineData("key_exists('store', 'k')", "key_exists('store', 'k')")]
    [InlineData("is_tls", "!is_tls && starts_with(url_path, '/jmap')")]
    [InlineData("remote_port == 1", "remote_port == 2")]
    [InlineData("is_tls && 'GET' protocol ||", "contains(headers, 'x-key: secret')")]
    [InlineData("contains(headers, 'a: b')", "contains(headers, 'a: c')")]
    public void A_rule_that_may_decide_does_not_trigger(params string[] conditions) => Assert.Empty(Find(conditions));

    private static IReadOnlyList<StalwartHardening.Rules.Finding> Find(string[] conditions)
    {
        var settings = new List<string> { "server.listener.https.bind", "[::]:443", "server.listener.https.protocol", "http" };
        for (var i = 0; i < conditions.Length; i++)
            settings.AddRange([$"{PolicyText.Key}.{i:0000}.if", conditions[i], $"{PolicyText.Key}.{i:0000}.then", i % 2 == 0 ? "404" : "200"]);
        settings.AddRange([$"{PolicyText.Key}.{conditions.Length:0000}.else", "404"]);
        return [.. HttpAccessRuleTests.Findings([.. settings]).Where(static finding => finding.Rule.Id == "SWH2009")];
    }
}
