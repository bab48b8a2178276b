using StalwartHardening.Expressions;
using StalwartHardening.Server;

namespace StalwartHardening.Rules;

/// <summary>Whether a stranger's plain request reaches an endpoint.</summary>
internal static class HttpExposures
{
    /// <summary>A request that reaches the endpoint there, whatever of the entrance is not known; null where there is none.</summary>
    public static HttpRequest? Of(AccessInquiry inquiry, HttpEntrance entrance, HttpEndpoint endpoint)
    {
        HttpRequest? first = null;
        foreach (var example in entrance.Cases)
        {
            if (Of(inquiry, example, endpoint) is not { } witness)
                return null;
            first ??= witness;
        }

        return first;
    }

    private static HttpRequest? Of(AccessInquiry inquiry, HttpRequest example, HttpEndpoint endpoint)
    {
        foreach (var method in endpoint.Methods)
        {
            var request = example with { Target = endpoint.Path, Method = method };
            if (inquiry.Decide(request).Decision == HttpDecision.LetThrough)
                return request;
            if (!inquiry.Policy.Block.Uses(HttpVariable.Method))
                break;
        }

        return null;
    }
}
