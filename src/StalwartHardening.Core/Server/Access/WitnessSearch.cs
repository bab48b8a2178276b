using StalwartHardening.Expressions;
using StalwartHardening.Expressions.Abstract;
using StalwartHardening.Expressions.Functions;

namespace StalwartHardening.Server.Access;

/// <summary>Looks for a request that access control treats in a wanted way, among those a policy's own constants suggest.</summary>
internal static class WitnessSearch
{
    private const int MaxTrials = 600;
    private const int MaxPairsOfOnePart = 8;

    // The requests that a text suggests are all made up before the first is tried.
    private const int StepsPerText = 16;
    private const int FewTexts = 8;

    public static HttpRequest? Find(HttpRequestPattern pattern, PolicyLiterals literals, StepBudget budget, Func<HttpRequest, bool> isWanted)
    {
        if (isWanted(pattern.Example))
            return pattern.Example;
        if (!budget.TrySpend(StepsPerText * (FewTexts + literals.Texts.Count)))
            return null;
        var variations = Variations(pattern, literals);
        var trials = 0;
        foreach (var choices in variations)
        {
            foreach (var change in choices)
            {
                var request = change(pattern.Example);
                if (isWanted(request))
                    return request;
                if (++trials > MaxTrials || budget.IsSpent)
                    return null;
            }
        }

        for (var i = 0; i < variations.Count; i++)
        {
            for (var j = i + 1; j < variations.Count; j++)
            {
                for (var a = 0; a < Math.Min(variations[i].Count, MaxPairsOfOnePart); a++)
                {
                    for (var b = 0; b < Math.Min(variations[j].Count, MaxPairsOfOnePart); b++)
                    {
                        var request = variations[j][b](variations[i][a](pattern.Example));
                        if (isWanted(request))
                            return request;
                        if (++trials > MaxTrials || budget.IsSpent)
                            return null;
                    }
                }
            }
        }

        return null;
    }

    private static List<List<Func<HttpRequest, HttpRequest>>> Variations(HttpRequestPattern pattern, PolicyLiterals literals)
    {
        var all = new List<List<Func<HttpRequest, HttpRequest>>>();
        if (pattern.IsOpen(HttpRequestParts.Path))
            Add(Paths(literals), static (request, path) => request with { Target = path });
        if (pattern.IsOpen(HttpRequestParts.TargetForm | HttpRequestParts.Path))
            all.Add(TargetForms(literals));
        if (pattern.IsOpen(HttpRequestParts.RemoteIp | HttpRequestParts.AnyAddress))
            Add(Addresses(literals, pattern.IsOpen(HttpRequestParts.AnyAddress)), static (request, address) => request with { RemoteIp = address });
        if (pattern.IsOpen(HttpRequestParts.Method))
            Add(Methods(literals), static (request, method) => request with { Method = method });
        if (pattern.IsOpen(HttpRequestParts.Headers))
            Add(Headers(literals), static (request, header) => request with { Headers = [header] });
        if (pattern.IsOpen(HttpRequestParts.RemotePort))
            Add(Ports(literals), static (request, port) => request with { RemotePort = port });
        if (pattern.IsOpen(HttpRequestParts.Listener))
        {
            Add(literals.Texts, static (request, name) => request with { Listener = name });
            Add(Ports(literals), static (request, port) => request with { LocalPort = port });
            Add(literals.Texts, static (request, address) => request with { LocalIp = address });
            all.Add([static request => request with { IsTls = !request.IsTls }, static request => request with { Listener = "other" }]);
        }

        return all;

        void Add<T>(IEnumerable<T> values, Func<HttpRequest, T, HttpRequest> change)
        {
            var choices = new List<Func<HttpRequest, HttpRequest>>();
            foreach (var value in values)
                choices.Add(request => change(request, value));
            all.Add(choices);
        }
    }

    private static IEnumerable<string> Paths(PolicyLiterals literals)
    {
        yield return "/";
        yield return "/x";
        foreach (var text in literals.Texts)
        {
            if (!IsTargetText(text))
                continue;
            var path = text[0] == '/' ? text : "/" + text;
            yield return path;
            yield return path + "/x";
            yield return path + "x";
            yield return path + "200";
        }
    }

    private static List<Func<HttpRequest, HttpRequest>> TargetForms(PolicyLiterals literals)
    {
        var forms = new List<Func<HttpRequest, HttpRequest>>
        {
            static request => At(request, "http://x", ""),
            static request => At(request, "", "?x"),
        };
        foreach (var text in literals.Texts)
        {
            if (!IsTargetText(text))
                continue;
            forms.Add(request => At(request, "", "?" + text));
            var authority = text.Trim('/');
            if (authority.Length > 0 && authority.IndexOf('/') < 0)
                forms.Add(request => At(request, "http://" + authority, ""));
        }

        return forms;
    }

    // Only a path has several forms; "*" stays what it is.
    private static HttpRequest At(HttpRequest request, string authority, string query)
    {
        var path = request.Path;
        return path.Length > 0 && path[0] == '/' ? request with { Target = authority + path + query } : request;
    }

    private static IEnumerable<string> Addresses(PolicyLiterals literals, bool any)
    {
        yield return "198.51.100.20";
        yield return "2001:db8::7";
        foreach (var text in literals.Texts)
        {
            foreach (var ending in AddressEndings)
            {
                var address = text + ending;
                if (any ? IpText.Parse(address) is not null : PublicAddress.IsPublic(address))
                    yield return address;
            }
        }

        if (!any)
            yield break;
        yield return "192.168.1.7";
        yield return "127.0.0.1";
    }

    private static readonly string[] AddressEndings = ["", "7", ".7", "1.7", ".1.7", "0.1.7", ".0.1.7", "0.0.1.7", ":7", "::7"];

    private static IEnumerable<string> Methods(PolicyLiterals literals)
    {
        yield return "GET";
        yield return "POST";
        yield return "OPTIONS";
        foreach (var text in literals.Texts)
        {
            if (text.All(static c => c is >= 'A' and <= 'Z'))
                yield return text;
        }
    }

    private static IEnumerable<string> Headers(PolicyLiterals literals)
    {
        yield return "X-Probe: x";
        foreach (var text in literals.Texts)
        {
            if (text.Any(static c => c is < ' ' or > '~'))
                continue;
            var colon = text.IndexOf(':');
            if (colon > 0 && text.IndexOf(' ') is var blank && (blank < 0 || blank > colon))
            {
                yield return text;
                yield return text + "200";
            }

            yield return "X-Probe: " + text;
        }
    }

    private static IEnumerable<int> Ports(PolicyLiterals literals)
    {
        foreach (var number in literals.Numbers)
        {
            if (number is > 1 and < 65535)
            {
                yield return (int)number;
                yield return (int)number - 1;
                yield return (int)number + 1;
            }
        }

        yield return 1023;
    }

    private static bool IsTargetText(string text) => text.All(static c => c is > ' ' and <= '~' and not '#');
}
