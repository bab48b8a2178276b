using StalwartHardening.Expressions;
using StalwartHardening.Expressions.Abstract;

namespace StalwartHardening.Tests.Expressions;

/// <summary>
/// How much the cautious evaluator knows. That it never says too much is shown by random tests; here is that it does not say too little: a request of
/// which the path begins with <c>/jmap/s</c>, which comes from some public address by GET or POST, to the listener <c>https</c>, and of which nothing else is known.
/// </summary>
public sealed class CautiousEvaluationTests
{
    [Theory]
    // What is written is known.
    [InlineData("1 + 2", "3")]
    [InlineData("listener == 'https'", "1")]
    [InlineData("listener + ':443'", "https:443")]
    [InlineData("local_port", "anything")]
    [InlineData("local_port == 443", "0 | 1")]
    [InlineData("local_port + 1", "anything")]
    [InlineData("local_port >= 1", "0 | 1")]
    [InlineData("local_port < 1", "0 | 1")]
    [InlineData("local_port ^ 1", "0 | 1")]
    [InlineData("-local_port", "anything")]
    [InlineData("!local_port", "0 | 1")]
    [InlineData("!listener", "0")]
    // Each of a few values.
    [InlineData("method", "GET | POST")]
    [InlineData("method == 'GET'", "0 | 1")]
    [InlineData("method == 'PUT'", "0")]
    [InlineData("method != 'PUT'", "1")]
    [InlineData("method + method", "GETGET | GETPOST | POSTGET | POSTPOST")]
    [InlineData("len(method)", "3 | 4")]
    [InlineData("len(method) > 2", "1")]
    [InlineData("[method, listener][0]", "GET | POST")]
    [InlineData("[method, listener][1]", "https")]
    [InlineData("[method, listener][2]", "")]
    [InlineData("[method, remote_port][0]", "anything")]
    // A condition that is decided either way, and one that is not.
    [InlineData("method == 'PUT' && local_port", "0")]
    [InlineData("!(local_port && method == 'PUT')", "1")]
    [InlineData("!(local_port && listener)", "0 | 1")]
    [InlineData("listener || local_port", "https")]
    [InlineData("!(local_port || method == 'PUT')", "0 | 1")]
    [InlineData("if_then(listener, 404, 200)", "404")]
    [InlineData("if_then(method == 'PUT', 404, 200)", "200")]
    [InlineData("if_then(local_port, 404, 200)", "200 | 404")]
    [InlineData("if_then(local_port, 404, 404)", "404")]
    [InlineData("if_then(local_port, remote_ip, remote_ip)", "a public address")]
    [InlineData("if_then(local_port, remote_ip, 404)", "anything")]
    [InlineData("if_then(local_port, url_path, url_path)", "anything")]
    // Beginnings of the path.
    [InlineData("url_path", "/jmap/s...")]
    [InlineData("!url_path", "0")]
    [InlineData("is_empty(url_path)", "0")]
    [InlineData("starts_with(url_path, '/jmap')", "1")]
    [InlineData("starts_with(url_path, '/jmap/s')", "1")]
    [InlineData("starts_with(url_path, '/jmap/session')", "0 | 1")]
    [InlineData("starts_with(url_path, '/api')", "0")]
    [InlineData("starts_with(url_path, method)", "0 | 1")]
    [InlineData("contains(url_path, 'map')", "1")]
    [InlineData("contains(url_path, '/j')", "1")]
    [InlineData("contains(url_path, 'api')", "0 | 1")]
    [InlineData("contains(['/api', '/jmap'], url_path)", "0")]
    [InlineData("contains(['/api', '/jmap/session'], url_path)", "0 | 1")]
    [InlineData("contains(['/api', 404], url_path)", "0 | 1")]
    [InlineData("contains([], url_path)", "0")]
    [InlineData("url_path == '/api'", "0")]
    [InlineData("'/api' == url_path", "0")]
    [InlineData("url_path != '/api'", "1")]
    [InlineData("url_path == '/jmap/s'", "0 | 1")]
    [InlineData("url_path == 404", "0 | 1")]
    [InlineData("url_path == local_port", "0 | 1")]
    [InlineData("split(url_path, '/')[0]", "")]
    [InlineData("split(url_path, '/')[1]", "jmap")]
    [InlineData("split(url_path, '/')[2]", "s...")]
    [InlineData("split(url_path, '/')[3]", "anything")]
    [InlineData("split(url_path, '/')[0 - 1]", "anything")]
    [InlineData("split(url_path, '/')[local_port]", "anything")]
    [InlineData("split(url_path, 'map')[0]", "anything")]
    [InlineData("split(url_path, '/')", "[, jmap, s...")]
    [InlineData("!split(url_path, '/')", "0")]
    [InlineData("matches('^/jmap', url_path)", "1")]
    [InlineData("matches('^/api', url_path)", "0")]
    [InlineData("matches('^/jmap/session', url_path)", "0 | 1")]
    [InlineData("matches('^/jmap$', url_path)", "0 | 1")]
    [InlineData("matches('map', url_path)", "0 | 1")]
    // Captures of a match that is known, of one that has failed, and of one that nobody knows.
    [InlineData("if_then(matches('^ht(.*)$', listener), $1, '')", "tps")]
    [InlineData("if_then(matches('^ht(.*)$', listener), $2, 'x')", "")]
    [InlineData("matches('^ht(.*)$', listener) && matches('x', listener) || $1", "0")]
    [InlineData("if_then(matches('^/(.*)$', url_path), $1, '')", "anything")]
    // Addresses of elsewhere.
    [InlineData("remote_ip", "a public address")]
    [InlineData("!remote_ip", "0")]
    [InlineData("is_empty(remote_ip)", "0")]
    [InlineData("is_number(remote_ip)", "0")]
    [InlineData("is_ip_addr(remote_ip)", "1")]
    [InlineData("is_ipv4_addr(remote_ip)", "0 | 1")]
    [InlineData("remote_ip == '8.8.8.8'", "0 | 1")]
    [InlineData("remote_ip == '10.0.0.1'", "0")]
    [InlineData("'10.0.0.1' != remote_ip", "1")]
    [InlineData("remote_ip == 0", "1")]
    [InlineData("remote_ip == 5", "0")]
    [InlineData("remote_ip == local_port", "0 | 1")]
    [InlineData("contains(['10.0.0.1', '127.0.0.1'], remote_ip)", "0")]
    [InlineData("contains(['10.0.0.1', '8.8.8.8'], remote_ip)", "0 | 1")]
    [InlineData("contains([0], remote_ip)", "1")]
    [InlineData("contains([], remote_ip)", "0")]
    [InlineData("contains(listener, remote_ip)", "0 | 1")]
    [InlineData("starts_with(remote_ip, '')", "1")]
    [InlineData("starts_with(remote_ip, '10.')", "0")]
    [InlineData("starts_with(remote_ip, '1')", "0 | 1")]
    // What a look-up says, nobody knows; and it may fail, which counts as true.
    [InlineData("key_exists('a', 'b')", "anything")]
    [InlineData("hash(url_path, 'md5')", "anything")]
    public void What_is_known_of_a_request_decides(string expression, string expected) => Assert.Equal(expected, Show(Evaluate(expression)));

    // What an address may begin with, over the public networks of both families.
    [Theory]
    [InlineData("1", true)]
    [InlineData("10", true)]
    [InlineData("10.", false)]
    [InlineData("100.6", true)]
    [InlineData("100.64.", false)]
    [InlineData("100.127.", false)]
    [InlineData("100.128.", true)]
    [InlineData("127.", false)]
    [InlineData("169.254.", false)]
    [InlineData("169.253.", true)]
    [InlineData("172.15.", true)]
    [InlineData("172.16.", false)]
    [InlineData("172.31.", false)]
    [InlineData("172.32.", true)]
    [InlineData("192.168.", false)]
    [InlineData("192.167.", true)]
    [InlineData("223.", true)]
    [InlineData("224.", false)]
    [InlineData("0.", false)]
    [InlineData("8.8.8.8", true)]
    [InlineData("8.8.8.8.", false)]
    [InlineData("256.", false)]
    [InlineData("08.", false)]
    [InlineData("2001:", true)]
    [InlineData("2001:db8::7", true)]
    [InlineData("200", true)]
    [InlineData("20010", false)]
    [InlineData("200:", false)]
    [InlineData("3fff:", true)]
    [InlineData("4000:", false)]
    [InlineData("fe80:", false)]
    [InlineData("::", false)]
    [InlineData("2001:db8:8.8.", false)]
    [InlineData("G", false)]
    [InlineData("a", false)]
    [InlineData("2g", false)]
    [InlineData("2/", false)]
    [InlineData("2;", false)]
    public void A_public_address_may_begin_with(string prefix, bool expected) =>
        Assert.Equal(expected ? "0 | 1" : "0", Show(Evaluate($"starts_with(remote_ip, '{prefix}')")));

    [Theory]
    [InlineData("8.0.0.0/8", true)]
    [InlineData("8.0.0.0/15", true)]
    [InlineData("8.0.0.0/16", false)]
    [InlineData("8.0.0.0/7", false)]
    [InlineData("8.0.0.0", false)]
    [InlineData("10.0.0.0/8", false)]
    [InlineData("2000::/8", true)]
    [InlineData("2001:db8::/31", true)]
    [InlineData("2001:db8::/32", false)]
    [InlineData("fe80::/10", false)]
    [InlineData(" 8.0.0.0 / 8 ", true)]
    [InlineData("8.0.0.0/x", false)]
    public void A_wide_network_holds_a_machine_of_everybody(string network, bool expected) => Assert.Equal(expected, PublicAddress.IsWideNetwork(network));

    // A list that is given, of which an address may be in any.
    [Theory]
    [InlineData("'10.0.0.0/8'", "0")]
    [InlineData("'172.16.0.0/12'", "0")]
    [InlineData("'172.0.0.0/8'", "0 | 1")]
    [InlineData("'192.168.0.0/16'", "0")]
    [InlineData("'192.168.0.0/15'", "0 | 1")]
    [InlineData("'192.166.0.0/15'", "0 | 1")]
    [InlineData("'8.8.8.8'", "0 | 1")]
    [InlineData("'8.8.8.8/33'", "0")]
    [InlineData("'2001:db8::/32'", "0 | 1")]
    [InlineData("'fe80::/10'", "0")]
    [InlineData("'::ffff:0:0/96'", "0 | 1")]
    [InlineData("'nothing'", "0")]
    [InlineData("local_ip", "0 | 1")]
    public void A_public_address_may_be_in_a_network(string network, string expected) =>
        Assert.Equal(expected, Show(Evaluate($"is_ip_in_cidr(remote_ip, {network})", ExpressionLanguage.Objects)));

    [Fact]
    public void Sixteen_values_are_told_apart_and_more_are_anything()
    {
        Assert.Equal(4, Evaluate("method + method").Options!.Length);
        Assert.Equal(16, Evaluate("method + method + method + method").Options!.Length);
        Assert.Null(Evaluate("method + method + method + method + method").Options);
    }

    [Theory]
    [InlineData("key_exists('a', 'b')", true)]
    [InlineData("listener && key_exists('a', 'b')", true)]
    [InlineData("method == 'PUT' && key_exists('a', 'b')", false)]
    [InlineData("starts_with(url_path, 'x')", false)]
    public void What_may_be_asked_of_a_store_may_fail(string expression, bool expected)
    {
        var evaluator = new AbstractEvaluator(new JmapRequests(), StepBudget.ForQuestionAbout(expression.Length));
        evaluator.Evaluate(Parse(expression, ExpressionLanguage.Settings));
        Assert.Equal(expected, evaluator.MayHaveFailed);
    }

    private static AbstractValue Evaluate(string expression, ExpressionLanguage? language = null) =>
        new AbstractEvaluator(new JmapRequests(), StepBudget.ForQuestionAbout(expression.Length)).Evaluate(Parse(expression, language ?? ExpressionLanguage.Settings));

    private static Expression Parse(string text, ExpressionLanguage language)
    {
        Assert.True(ExpressionParser.TryParse(text, language, StepBudget.ForQuestionAbout(text.Length), out var expression, out var problem), problem.Message);
        return expression;
    }

    private static string Show(in AbstractValue value) =>
        value.Options is { } options ? string.Join(" | ", options.Select(static option => option.AsText()).Order(StringComparer.Ordinal))
        : value.IsPublicAddress ? "a public address"
        : value.Beginning is { } beginning ? beginning + "..."
        : value.Items is { } items ? "[" + string.Join(", ", items.Select(static item => item.AsText())) + "..."
        : "anything";

    private sealed class JmapRequests : IAbstractContext
    {
        public AbstractValue Get(HttpVariable variable) => variable switch
        {
            HttpVariable.UrlPath => AbstractValue.StartingWith("/jmap/s"),
            HttpVariable.RemoteIp => AbstractValue.AnyPublicAddress,
            HttpVariable.Method => AbstractValue.From(ExpressionValue.From("GET"), ExpressionValue.From("POST")),
            HttpVariable.Listener => AbstractValue.From(ExpressionValue.From("https")),
            _ => AbstractValue.Anything,
        };

        public bool TryGet(in NamedValue name, out ExpressionValue value)
        {
            value = default;
            return false;
        }
    }
}
