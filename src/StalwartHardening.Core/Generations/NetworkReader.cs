using StalwartHardening.Plans;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>
/// Finds networks that the server cannot read: it logs them and goes on without (<c>config/ipmask.rs</c>, <c>listener/blocked.rs</c>,
/// 0.15.5; the same in all versions since 0.7).
/// </summary>
internal static class NetworkReader
{
    private const string Wanted = "It needs an IP address, or a network of at least 8 bits such as '10.0.0.0/8'";

    public static IReadOnlyList<UnreadableNetwork> Read(SettingsDocument document, ServerVersion version, ServerFeatures features, IReadOnlyList<Listener> listeners)
    {
        var found = new List<UnreadableNetwork>();
        IReadOnlyList<Setting>? last = null;
        foreach (var listener in listeners)
        {
            // Most listeners share the server's own list.
            if (ReferenceEquals(last, listener.ProxyNetworks))
                continue;
            last = listener.ProxyNetworks;
            ReadProxies(last, features, found);
        }

        if (version.IsAtLeast(8, 1))
            ReadSet(document, "server.allowed-ip", "addresses in it are banned like any other", features, found);
        if (version.IsAtLeast(7))
            ReadSet(document, "server.blocked-ip", "addresses in it are not blocked", features, found);
        return found;
    }

    // One list is one mistake.
    private static void ReadProxies(IReadOnlyList<Setting> networks, ServerFeatures features, List<UnreadableNetwork> found)
    {
        List<Setting>? bad = null;
        foreach (var network in networks)
        {
            if (!IsReadable(network.Value, features))
                (bad ??= []).Add(network);
        }

        if (bad is null)
            return;
        var first = bad[0];
        bad.RemoveAt(0);
        if (first.Value.Length == 0 && first.KeySpan == first.ValueSpan)
            found.Add(new UnreadableNetwork(first, "braces make a set, and the server takes its members for names: it trusts no proxy. Write the networks in brackets.") { Others = bad });
        else
            found.Add(new UnreadableNetwork(first, $"the server does not trust a proxy there. {Wanted}.{(bad.Count == 0 ? "" : $" The same holds of {string.Join(" and ", bad.Select(static other => $"'{Display.Text(other.Value)}'"))}.")}") { Others = bad });
    }

    // The members of a set are in the keys; those of an array are not.
    private static void ReadSet(SettingsDocument document, string family, string consequence, ServerFeatures features, List<UnreadableNetwork> found)
    {
        if (document.TryGet(family, out var single) && single.Value.Length > 0)
            found.Add(NotASet(single, consequence));
        foreach (ref readonly var setting in document.Below(family))
        {
            var member = SettingPath.Relative(setting.Key, family);
            if (IsReadable(member, features))
                continue;
            if (SettingPath.IsNumber(member.AsSpan()) && setting.Value.Length > 0)
            {
                // One array is one mistake.
                found.Add(NotASet(setting, consequence));
                return;
            }

            found.Add(new UnreadableNetwork(setting with { Value = member, ValueSpan = setting.KeySpan }, $"{consequence}. {Wanted}."));
        }
    }

    private static UnreadableNetwork NotASet(in Setting setting, string consequence) =>
        new(setting, $"the server takes the members from the keys of a set: {consequence}. Write each address as a key of its own, \"192.0.2.1\" = \"\" in a table of that name.");

    private static bool IsReadable(string text, ServerFeatures features) =>
        Macros.HasUnknownPart(Macros.MaskUnknown(text, features, MacroStage.Listeners)) || Macros.HasUnknownPart(Macros.MaskUnknown(text, features, MacroStage.Everything))
        || ServerText.IpNetwork(text) is not null;
}
