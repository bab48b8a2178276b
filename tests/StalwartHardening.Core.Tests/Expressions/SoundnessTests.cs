using FsCheck;
using FsCheck.Fluent;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Server.Access;
using StalwartHardening.Server.Listeners;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Expressions;

/// <summary>The judgement over kinds of requests, against the exact evaluator over single ones.</summary>
public sealed class SoundnessTests
{
    private const int Policies = 2_000;
    private const int RequestsPerPolicy = 50;

    private static readonly string[] Paths = ["/", "/api", "/api/principal", "/apix", "/jmap", "/jmap/session", "//api", "/dav/cal/john", "/code/404", "/code/200", "*"];
    private static readonly string[] Addresses = ["203.0.113.7", "198.51.100.20", "2001:db8::7", "192.180.1.9", "172.32.0.1", "100.1.2.3", "11.0.0.1"];
    private static readonly string[] Methods = ["GET", "POST", "OPTIONS", "PROPFIND"];
    private static readonly string[] Headers = ["Host: mail.example.org", "X-Key: secret", "User-Agent: curl/8"];
    private static readonly string[] Listeners = ["https", "management"];

    private static readonly Gen<string> Text = Gen.Elements(
        "'/api'", "'/jmap'", "'/'", "''", "'https'", "'management'", "'10.'", "'192.168.'", "'203.0.113.7'", "'203.'", "'127.0.0.1'",
        "'GET'", "'x-key: secret'", "'http'", "'200'", "'404'", "'deny'", "'1'", "'2001:'");

    private static readonly Gen<string> Variable = Gen.Elements(
        "remote_ip", "url", "url_path", "method", "listener", "is_tls", "protocol", "local_port", "remote_port", "headers", "local_ip");

    private static readonly Gen<string> Atom = Gen.Frequency(
        (4, Variable), (3, Text), (2, Gen.Elements("200", "404", "403", "0", "1", "443", "1.5", "$1", "$0", "true")), (1, Gen.Elements("$1", "['/api', 'x']", "[]")));

    private static Gen<string> Expression(int depth) => depth == 0 ? Atom : Gen.Frequency(
        (2, Atom),
        (4, from l in Expression(depth - 1) from o in Gen.Elements("==", "!=", "<", ">=", "+", "-", "*", "/", "^", "&&", "||", "&&", "||") from r in Expression(depth - 1) select $"{l} {o} {r}"),
        (3, from v in Variable from t in Text from f in Gen.Elements("starts_with", "contains", "ends_with", "eq_ignore_case") select $"{f}({v}, {t})"),
        (1, from e in Expression(depth - 1) select $"!({e})"),
        (1, from e in Expression(depth - 1) select $"({e})"),
        (1, from e in Expression(depth - 1) select $"-{e}"),
        (1, from v in Variable from p in Gen.Elements("'^/(code)/([0-9]+)$'", "'^/api'", "'([0-9]+)'", "'^http'") select $"matches({p}, {v})"),
        (1, from v in Variable from i in Gen.Choose(0, 2) select $"split({v}, '/')[{i}]"),
        (1, from c in Expression(depth - 1) from a in Expression(depth - 1) from b in Expression(depth - 1) select $"if_then({c}, {a}, {b})"),
        (1, from a in Expression(depth - 1) from v in Variable select $"contains([{a}, '127.0.0.1', 'api'], {v})"),
        (1, from l in Expression(depth - 1) from r in Expression(depth - 1) select $"{l} {r}"),
        (1, from l in Expression(depth - 1) from r in Gen.Elements("&&", "||", "&&&", "- &&") select $"{l} {r}"),
        (1, from e in Expression(depth - 1) select $"key_exists('k', {e})"));

    private static readonly Gen<string> Consequence = Gen.Frequency(
        (8, Gen.Elements("200", "404", "403", "'404'", "\"401\"")), (2, Expression(1)), (1, Gen.Elements("", "$1", "'deny'", "404.0")));

    private static readonly Gen<SettingsDocument> Policy = Gen.Frequency(
        (1, from e in Expression(3) select PolicyText.Document(e)),
        (3, from count in Gen.Choose(1, 4)
            from rules in Gen.ListOf(Expression(2), count)
            from thens in Gen.ListOf(Consequence, count)
            from otherwise in Consequence
            select PolicyText.Document([.. rules.Zip(thens, static (rule, then) => new[] { rule, then }).SelectMany(static pair => pair)], otherwise)));

    private static readonly Gen<HttpRequest> Request =
        from path in Gen.Elements(Paths)
        from address in Gen.Elements(Addresses)
        from method in Gen.Elements(Methods)
        from listener in Gen.Elements(Listeners)
        from tls in Gen.Elements(true, false)
        from port in Gen.Elements(50000, 443, 1024)
        from form in Gen.Choose(0, 4)
        from header in Gen.Elements(Headers)
        from hasHeader in Gen.Elements(true, false)
        select new HttpRequest
        {
            Target = form switch { 3 => path + "?/api", 4 when path != "*" => "http://x" + path, _ => path },
            RemoteIp = address,
            Method = method,
            Listener = listener,
            IsTls = tls,
            RemotePort = port,
            Headers = hasHeader ? [header] : [],
        };

    private static readonly Gen<(SettingsDocument, HttpRequest, HttpRequestParts, HttpRequest[])> Case =
        from policy in Policy
        from example in Request
        from open in Gen.Choose(0, 255)
        from others in Gen.ArrayOf(Request, RequestsPerPolicy)
        select (policy, example, (HttpRequestParts)open, others);

    [Fact]
    public void No_request_contradicts_the_judgement_of_its_kind()
    {
        int pairs = 0, refused = 0, through = 0, maybe = 0, witnesses = 0, taken = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Policies), Prop.ForAll(Case.ToArbitrary(), sample =>
        {
            var (document, example, open, others) = sample;
            var policy = Generation.ReadServer(document, ServerVersion.Newest).HttpAccess;
            taken += policy.IsInForce ? 1 : 0;
            var pattern = new HttpRequestPattern(example, open);
            var answer = policy.Judge(pattern);
            refused += answer == HttpAnswer.AlwaysRefused ? 1 : 0;
            through += answer == HttpAnswer.AlwaysLetThrough ? 1 : 0;
            maybe += answer == HttpAnswer.MayBeLetThrough ? 1 : 0;
            foreach (var other in others)
            {
                pairs++;
                var decision = policy.Decide(Within(pattern, other)).Decision;
                if (decision == (answer == HttpAnswer.AlwaysRefused ? HttpDecision.LetThrough : HttpDecision.Refused) && answer != HttpAnswer.MayBeLetThrough)
                    return false;
            }

            foreach (var wanted in new[] { HttpDecision.LetThrough, HttpDecision.Refused })
            {
                if (policy.FindWitness(pattern, wanted) is not { } witness)
                    continue;
                witnesses++;
                if (policy.Decide(witness).Decision != wanted || !IsWithin(pattern, witness))
                    return false;
            }

            return true;
        }));
        Assert.Equal(Policies * RequestsPerPolicy, pairs);

        // A judgement that always says "maybe" would be sound too.
        TestContext.Current.TestOutputHelper?.WriteLine($"pairs {pairs}, policies taken {taken}, refused {refused}, let through {through}, maybe {maybe}, witnesses {witnesses}");
        Assert.True(refused > Policies / 50 && through > Policies / 50 && taken > Policies / 2 && witnesses > Policies / 2);
    }

    private static readonly Gen<string> Question = Gen.OneOf(
        from v in Gen.Elements("url_path", "listener", "method", "remote_ip", "url") from t in Gen.Elements("'/api'", "'/jmap'", "'/jmap/session'", "'https'", "'GET'", "'203.0.113.7'") from f in Gen.Elements("{0} == {1}", "starts_with({0}, {1})", "{0} != {1}", "contains([{1}, '/api/principal'], {0})", "contains({0}, {1})", "{1} == {0}") select string.Format(System.Globalization.CultureInfo.InvariantCulture, f, v, t),
        Gen.Elements("is_tls", "protocol == 'https'", "protocol == 'http'", "is_tls == 0", "local_port == 443", "remote_port > 443", "matches('^/jmap', url_path)", "matches('^/jmap/s', url_path)", "matches('^/api/[a-z]+$', url_path)",
            "split(url_path, '/')[1] == 'jmap'", "contains(['jmap', 'api'], split(url_path, '/')[1])", "contains(headers, 'x-key: secret')", "split(url_path, '/')[2] == 'session'", "$1 == '404'", "true", "false"));

    private static Gen<string> Questions(int depth) => depth == 0 ? Question : Gen.Frequency(
        (2, Question),
        (2, from l in Questions(depth - 1) from r in Questions(depth - 1) from o in Gen.Elements("&&", "||") select $"({l}) {o} ({r})"),
        (1, from q in Questions(depth - 1) select $"!({q})"));

    [Fact]
    public void A_rule_that_is_said_never_to_decide_never_decides()
    {
        var policies = from count in Gen.Choose(2, 4)
                       from rules in Gen.ListOf(Gen.Frequency((5, Questions(2)), (1, Expression(2))), count)
                       select PolicyText.Document([.. rules.SelectMany(static rule => new[] { rule, "404" })], "200");
        var cases = from policy in policies from requests in Gen.ArrayOf(Request, 100) select (policy, requests);
        int hidden = 0, notHidden = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Policies), Prop.ForAll(cases.ToArbitrary(), sample =>
        {
            var policy = Generation.ReadServer(sample.policy, ServerVersion.Newest).HttpAccess;
            if (!policy.IsInForce || policy.IsUnknown)
                return true;
            var reasons = AccessRuleReach.Of(policy);
            hidden += reasons.Count(static reason => reason is not null);
            notHidden += reasons.Count(static reason => reason is null);
            foreach (var request in sample.requests)
            {
                policy.Decide(request, out var decided);
                if (decided < reasons.Length && reasons[decided] is not null)
                    return false;
            }

            return true;
        }));
        TestContext.Current.TestOutputHelper?.WriteLine($"never deciding {hidden}, others {notHidden}");
        Assert.True(hidden > Policies / 20 && notHidden > Policies);
    }

    // The request as one of the kind: the parts that are not open are those of the example.
    private static HttpRequest Within(HttpRequestPattern pattern, HttpRequest other)
    {
        var example = pattern.Example;
        bool Open(HttpRequestParts part) => (pattern.Open & part) != 0;
        var target = Open(HttpRequestParts.Path) ? other.Target
            : Open(HttpRequestParts.TargetForm) && example.Path != "*" ? "http://y" + example.Path + "?/jmap"
            : example.Target;
        return example with
        {
            Target = target,
            RemoteIp = Open(HttpRequestParts.RemoteIp | HttpRequestParts.AnyAddress) ? other.RemoteIp : example.RemoteIp,
            RemotePort = Open(HttpRequestParts.RemotePort) ? other.RemotePort : example.RemotePort,
            Method = Open(HttpRequestParts.Method) ? other.Method : example.Method,
            Headers = Open(HttpRequestParts.Headers) ? other.Headers : example.Headers,
            Listener = Open(HttpRequestParts.Listener) ? other.Listener : example.Listener,
            IsTls = Open(HttpRequestParts.Listener) ? other.IsTls : example.IsTls,
        };
    }

    private static bool IsWithin(HttpRequestPattern pattern, HttpRequest witness)
    {
        var example = pattern.Example;
        bool Same(HttpRequestParts part, bool same) => same || (pattern.Open & part) != 0;
        return Same(HttpRequestParts.Path, witness.Path == example.Path)
            && Same(HttpRequestParts.Path | HttpRequestParts.TargetForm, witness.Target == example.Target)
            && Same(HttpRequestParts.RemoteIp | HttpRequestParts.AnyAddress, witness.RemoteIp == example.RemoteIp)
            && Same(HttpRequestParts.RemotePort, witness.RemotePort == example.RemotePort)
            && Same(HttpRequestParts.Method, witness.Method == example.Method)
            && Same(HttpRequestParts.Headers, witness.Headers.SequenceEqual(example.Headers))
            && Same(HttpRequestParts.Listener, witness.Listener == example.Listener && witness.IsTls == example.IsTls);
    }
}
