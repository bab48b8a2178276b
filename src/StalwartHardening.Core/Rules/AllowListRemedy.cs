using StalwartHardening.Remedies;
using StalwartHardening.Server;

namespace StalwartHardening.Rules;

/// <summary>The remedy of last resort for access control: admit what mail clients need, refuse the rest.</summary>
internal static class AllowListRemedy
{
    public static IEnumerable<Remedy> For(ServerConfiguration server, string equivalenceKey) =>
        HttpAllowList.Edits(server) is { } edits
            ? [new Remedy("Admit only what mail clients need (cuts off the web administration and the management API from elsewhere)", equivalenceKey, RemedySafety.Review, edits)]
            : [];
}
