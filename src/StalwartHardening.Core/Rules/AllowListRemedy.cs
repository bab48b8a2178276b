using StalwartHardening.Remedies;
using StalwartHardening.Server;

namespace StalwartHardening.Rules;

/// <summary>The remedy of last resort for access control: admit what mail clients need, refuse the rest.</summary>
internal static class AllowListRemedy
{
    public static IEnumerable<Remedy> For(ServerConfiguration server)
    {
        if (server.HttpAccess.Key is not { } key)
            return [];

        // One value: it wins over a list in the server's database, while a list would be merged with it (if_block.rs, 0.15.5).
        var edits = new List<SettingEdit>();
        if (server.Document.StartingWith(key + ".").Count > 0)
            edits.Add(new SettingEdit.Remove(key, WithChildren: true));
        edits.Add(new SettingEdit.Set(key, HttpEndpoints.AllowList));
        return [new Remedy("Admit only what mail clients need (web administration from elsewhere is cut off)", "allow-list", RemedySafety.Review, edits)];
    }
}
