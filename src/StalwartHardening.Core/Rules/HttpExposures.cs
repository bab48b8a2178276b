using StalwartHardening.Expressions;
using StalwartHardening.Server;

namespace StalwartHardening.Rules;

/// <summary>Whether a stranger's plain request reaches an endpoint.</summary>
internal static class HttpExposures
{
    public static HttpRequest? Of(HttpAccessPolicy policy, HttpRequest example, HttpEndpoint endpoint)
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
