using StalwartHardening.Expressions;
using StalwartHardening.Server;

namespace StalwartHardening.Rules;

/// <summary>Whether a stranger's plain request reaches an endpoint.</summary>
internal static class HttpExposures
{
    /// <summary>A request that reaches the endpoint there, whatever of the entrance is not known; null where there is none.</summary>
    public static HttpRequest? Of(HttpAccessPolicy policy, HttpEntrance entrance, HttpEndpoint endpoint)
    {
        HttpRequest? first = null;
        foreach (var example in entrance.Cases)
        {
            if (Of(policy, example, endpoint) is not { } witness)
                return null;
            first ??= witness;
        }

        return first;
    }

    private static HttpRequest? Of(HttpAccessPolicy policy, HttpRequest example, HttpEndpoint endpoint)
    {
        foreach (var method in endpoint.Methods)
        {
            var request = example with { Target = endpoint.Path, Method = method };
            if (policy.Decide(request).Decision == HttpDecision.LetThrough)
                return request;
            if (!policy.Block.Uses(HttpVariable.Method))
                break;
        }

        return null;
    }
}
