using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>
/// Settings that changed their name. The server does not read the other name and says nothing
/// (<c>UPGRADING/v0_12.md</c>; the reading code at the tags).
/// </summary>
internal static class SettingRenames
{
    private static readonly Rename[] Known =
    [
        new("server.http.allowed-endpoint", "http.allowed-endpoint", 12, new ServerVersion(9, 1)),
        new("server.http.headers", "http.headers", 12, new ServerVersion(7, 0)),
        new("server.http.hsts", "http.hsts", 12, new ServerVersion(8, 1)),
        new("server.http.permissive-cors", "http.permissive-cors", 12, new ServerVersion(8, 1)),
        new("server.http.url", "http.url", 12, new ServerVersion(8, 0)),
        new("server.http.use-x-forwarded", "http.use-x-forwarded", 12, new ServerVersion(7, 0)),
        new("jmap.rate-limit.account", "http.rate-limit.account", 12, new ServerVersion(5, 0)),
        new("jmap.rate-limit.anonymous", "http.rate-limit.anonymous", 12, new ServerVersion(5, 0)),
    ];

    // Changed twice: until 0.6 the headers belonged to the limits of JMAP.
    private static string Before7(string name, ServerVersion version) =>
        name == "server.http.use-x-forwarded" && !version.IsAtLeast(7) ? "jmap.rate-limit.use-forwarded" : name;

    /// <summary>The name by which <paramref name="version"/> reads the setting that is called <paramref name="currentName"/> in the newest version.</summary>
    public static string NameFor(string currentName, ServerVersion version)
    {
        foreach (var rename in Known)
        {
            if (rename.NewName == currentName)
                return version.IsAtLeast(rename.SinceMinor) ? rename.NewName : Before7(rename.OldName, version);
        }

        return currentName;
    }

    /// <param name="OldName">The key read by versions before <paramref name="SinceMinor"/>.</param>
    /// <param name="NewName">The key read since.</param>
    /// <param name="SinceMinor">The first version ("0.N.0") that reads the new name.</param>
    /// <param name="Introduced">The first version that reads the old name; before it there was no such setting.</param>
    private sealed record Rename(string OldName, string NewName, int SinceMinor, ServerVersion Introduced);
}
