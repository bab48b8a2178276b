using StalwartHardening.Remedies;
using StalwartHardening.Server;

namespace StalwartHardening.Rules;

/// <summary>
/// The remedy of last resort for access control: admit what mail clients need, and everything to the networks that administrators come
/// from; refuse the rest.
/// </summary>
internal static class AllowListRemedy
{
    // What RFC 1918 keeps for private use; in IPv6 such a network ends within a group, which a comparison of texts cannot say.
    private static readonly string[] PrivateNetworks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

    /// <summary>The remedies; the second leaves private networks in, where nobody said which networks administrators use.</summary>
    public static IEnumerable<Remedy> For(ServerConfiguration server, Finding finding, string equivalenceKey)
    {
        if (finding.Options.AdministrationNetworks is { Count: > 0 } networks)
        {
            if (HttpAllowList.Edits(server, networks) is { } kept)
                yield return new Remedy($"Admit only what mail clients need, and administration from {string.Join(", ", networks)} (cuts off administrators elsewhere)", equivalenceKey, RemedySafety.Review, kept) { AdmittedNetworks = networks };
            yield break;
        }

        if (HttpAllowList.Edits(server, []) is not { } edits)
            yield break;
        yield return new Remedy("Admit only what mail clients need (cuts off the web administration and the management API from elsewhere)", equivalenceKey, RemedySafety.Review, edits) { AdmittedNetworks = [] };
        if (HttpAllowList.Edits(server, PrivateNetworks) is { } wider)
            yield return new Remedy("Admit only what mail clients need, and administration from private networks (cuts off administrators elsewhere)", equivalenceKey + "-and-private-networks", RemedySafety.Review, wider) { AdmittedNetworks = PrivateNetworks };
    }
}
