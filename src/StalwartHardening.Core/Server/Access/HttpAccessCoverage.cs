using StalwartHardening.Expressions;

namespace StalwartHardening.Server.Access;

/// <summary>Whether access control, read without mistakes, refuses anything where strangers come in.</summary>
internal enum HttpAccessCoverage
{
    /// <summary>It may refuse some request from elsewhere, or there is nothing to be said of it.</summary>
    SomethingRefused,

    /// <summary>It refuses nobody.</summary>
    NothingRefused,

    /// <summary>It refuses requests, but only on listeners that strangers do not reach.</summary>
    OtherListenersOnly,

    /// <summary>It would refuse requests to an address, but no listener is bound to that address alone.</summary>
    OtherAddressesOnly,
}

/// <summary>Works it out.</summary>
internal static class HttpAccessCoverages
{
    private const HttpRequestParts Strangers = HttpRequestParts.ChosenByClient | HttpRequestParts.Path | HttpRequestParts.Method;

    public static HttpAccessCoverage Of(ServerConfiguration server)
    {
        var policy = server.HttpAccess;
        var exposure = server.HttpExposure;
        if (!policy.IsInForce || policy.IsUnknown || !exposure.Concerns)
            return HttpAccessCoverage.SomethingRefused;
        var inquiry = policy.Ask();
        foreach (var entrance in exposure.Entrances)
        {
            foreach (var request in entrance.Cases)
            {
                if (inquiry.Judge(new HttpRequestPattern(request, Strangers)) != HttpAnswer.AlwaysLetThrough)
                    return HttpAccessCoverage.SomethingRefused;
            }
        }

        var example = exposure.Entrances[0].Example;
        foreach (var endpoint in server.Endpoints.All)
        {
            if (OtherAddress.Refusing(inquiry, example with { Target = endpoint.Path, Method = endpoint.Methods[0] }) is not null)
                return HttpAccessCoverage.OtherAddressesOnly;
        }

        var isRefusedElsewhere = inquiry.FindWitness(new HttpRequestPattern(example, Strangers | HttpRequestParts.Listener), HttpDecision.Refused) is not null
            || RefusesAnEndpointElsewhere(server, inquiry, example);
        return inquiry.IsSpent ? HttpAccessCoverage.SomethingRefused
            : isRefusedElsewhere ? HttpAccessCoverage.OtherListenersOnly
            : HttpAccessCoverage.NothingRefused;
    }

    private static bool RefusesAnEndpointElsewhere(ServerConfiguration server, AccessInquiry inquiry, HttpRequest example)
    {
        var block = inquiry.Policy.Block;
        if (!block.Uses(HttpVariable.Listener) && !block.Uses(HttpVariable.LocalPort) && !block.Uses(HttpVariable.IsTls) && !block.Uses(HttpVariable.Protocol))
            return false;
        foreach (var endpoint in server.Endpoints.All)
        {
            var request = example with { Target = endpoint.Path, Method = endpoint.Methods[0] };
            if (inquiry.FindWitness(new HttpRequestPattern(request, HttpRequestParts.Listener), HttpDecision.Refused) is not null)
                return true;
        }

        return false;
    }
}
