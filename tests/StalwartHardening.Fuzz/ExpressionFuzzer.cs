using StalwartHardening.Generations;
using StalwartHardening.Server.Access;
using StalwartHardening.Settings;
using StalwartHardening.Tests.Expressions;

namespace StalwartHardening.Fuzz;

/// <summary>Expressions: what the three-valued evaluator says of every request holds for each that the exact one decides.</summary>
internal sealed class ExpressionFuzzer : Fuzzer
{
    private static readonly string[] Words =
    [
        "url", "url_path", "remote_ip", "headers", "$0", "$1", "method", "listener", "is_tls", "'/api'", "'GET'", "1", "-1.5", "0", "'203.0.113.7'", "[", "]", "(", ")", ",", "!", "-", "+", "*", "/", "&&", "||", "^", "==", "!=", "<", ">=",
        "contains(", "starts_with(", "ends_with(", "matches('^/(a.*)$', ", "split(url, '/')", "is_empty(", "if_then(", "key_get('a', ", "hash(", "to_lowercase(", "count(", "is_ip_addr(", "ip_reverse_name(", "cidr(", "%{env:X}%", "'it''s'", "\"", "'", "\\", "nobody_knows(", "0xFF", "1e9", "99999999999999999999",
    ];

    private static readonly HttpRequest[] Requests =
    [
        new() { Target = "/" }, new() { Target = "/api/principal", Method = "POST", RemoteIp = "198.51.100.20" }, new() { Target = "/jmap?x=1", RemoteIp = "2001:db8::7" }, new() { Target = "//api", Method = "OPTIONS" },
    ];

    public override string Name => "expressions";

    public override string Create(Random random)
    {
        var words = Enumerable.Range(0, random.Next(1, 14)).Select(_ => Words[random.Next(Words.Length)]).ToList();
        // What is opened is closed, as a rule: else little would be parsed.
        if (random.Next(5) > 0)
            words.AddRange(Enumerable.Repeat(")", Math.Max(0, words.Sum(static word => word.Count('(') - word.Count(')')))));
        return Mutation.Of(string.Join(random.Next(3) == 0 ? "" : " ", words), random, random.Next(3)).Replace('\n', ' ');
    }

    public override void Try(string input) => TryPolicy("[{ if = '''" + input.Replace("'''", "", StringComparison.Ordinal) + " ''', then = '404' }, { else = '200' }]");

    /// <summary>A policy is judged and decided, and the two do not contradict each other.</summary>
    public static void TryPolicy(string rules)
    {
        var policy = Generation.ReadServer(HostilePolicies.Document(rules), ServerVersion.Newest).HttpAccess;
        foreach (var request in Requests)
        {
            var decision = policy.Decide(request).Decision;
            foreach (var open in (HttpRequestParts[])[0, HttpRequestParts.RemoteIp, (HttpRequestParts)255])
            {
                var answer = policy.Judge(new HttpRequestPattern(request, open));
                Demand(answer != HttpAnswer.AlwaysRefused || decision != HttpDecision.LetThrough, "a request is let through of which all are refused");
                Demand(answer != HttpAnswer.AlwaysLetThrough || decision != HttpDecision.Refused, "a request is refused of which all are let through");
            }
        }
    }
}
