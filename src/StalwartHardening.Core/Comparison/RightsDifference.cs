using StalwartHardening.Server;

namespace StalwartHardening.Comparison;

/// <summary>What an account may do in one configuration and not in the other.</summary>
/// <param name="Account">Its login name.</param>
/// <param name="Gained">What it may do only now.</param>
/// <param name="Lost">What it may do no longer.</param>
internal sealed record RightsDifference(string Account, IReadOnlyList<string> Gained, IReadOnlyList<string> Lost)
{
    internal static IReadOnlyList<RightsDifference> Between(ServerConfiguration old, ServerConfiguration current)
    {
        var before = RightsOf(old);
        var after = RightsOf(current);
        var differences = new List<RightsDifference>();
        foreach (var account in before.Keys.Union(after.Keys, StringComparer.Ordinal).OrderBy(static account => account, StringComparer.Ordinal))
        {
            before.TryGetValue(account, out var had);
            after.TryGetValue(account, out var has);
            string[] gained = [.. (has ?? []).Where(right => had?.Contains(right) != true)];
            string[] lost = [.. (had ?? []).Where(right => has?.Contains(right) != true)];
            if (gained.Length > 0 || lost.Length > 0)
                differences.Add(new RightsDifference(account, gained, lost));
        }

        return differences;
    }

    private static Dictionary<string, List<string>> RightsOf(ServerConfiguration server)
    {
        var rights = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var account in server.Accounts)
        {
            if (!account.CanLogIn || account.IsUnknown)
                continue;
            if (!rights.TryGetValue(account.Name.Value, out var own))
                rights.Add(account.Name.Value, own = []);
            own.Add("log in");
            if (account.IsAdministrator)
                own.Add("administer");
            if (account.Impersonation is not null)
                own.Add("log in as anybody");
            foreach (var service in account.Services)
                own.Add("use " + service.Service);
        }

        return rights;
    }
}
