using StalwartHardening.Expressions;
using StalwartHardening.Expressions.Functions;

namespace StalwartHardening.Server.Access;

/// <summary>
/// Refusals that hang on <c>local_ip</c>: it is the address the listener is bound to, <c>::</c> or <c>0.0.0.0</c> where that is any, not
/// the one the client connected to (<c>http-proto/context.rs</c>, 0.15.5).
/// </summary>
internal static class OtherAddress
{
    /// <summary>The request as its author imagined it, to an address that a rule names, where it would be refused; null where it would not.</summary>
    public static HttpRequest? Refusing(AccessInquiry inquiry, HttpRequest request)
    {
        if (!inquiry.Policy.Block.Uses(HttpVariable.LocalIp) || request.LocalIp is not ("::" or "0.0.0.0"))
            return null;
        foreach (var text in inquiry.Policy.Literals.Texts)
        {
            if (text == request.LocalIp || IpText.Parse(text) is null)
                continue;
            var imagined = request with { LocalIp = text };
            if (inquiry.Decide(imagined).Decision == HttpDecision.Refused)
                return imagined;
        }

        return null;
    }
}
