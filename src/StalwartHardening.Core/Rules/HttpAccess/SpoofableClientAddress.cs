using System.Globalization;
using StalwartHardening.Expressions;
using StalwartHardening.Expressions.Abstract;
using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.HttpAccess;

/// <summary>Client addresses taken from what the client says.</summary>
internal sealed class SpoofableClientAddress() : Rule(
    id: "SWH2006",
    title: "Trust client addresses only from your own proxies",
    message: "{0}: {1}. {2}",
    why: "Bans, rate limits and access control go by the client's address, and a refused request from a loopback address is let through all the same. With `http.use-x-forwarded` any client may write that address into a header, and a peer in a trusted PROXY network may write it into the connection; there is no list of trusted proxies for the headers.",
    remedy: "Bind the listener to the address the proxy connects to, let the proxy replace the headers, or turn `http.use-x-forwarded` off. Trust PROXY headers from the proxy's own addresses only.",
    whyInPlan: "Bans, rate limits and access control go by the client's address, and a refused request from a loopback address is let through all the same. With `Http/useXForwarded` any client may write that address into a header, and a peer in a trusted PROXY network may write it into the connection; there is no list of trusted proxies for the headers.",
    remedyInPlan: "Bind the listener to the address the proxy connects to, let the proxy replace the headers, or turn `Http/useXForwarded` off. Trust PROXY headers from the proxy's own addresses only.")
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        var forwarded = server.Http.UsesForwarded;
        if (forwarded is { Value: true, Setting: { } setting } && FirstExposed(server) is { } listener)
        {
            var consequence = server.HttpAccess.IsInForce && !server.HttpAccess.IsUnknown
                ? $"'GET {server.SensitivePath}' with 'Forwarded: for=127.0.0.1' comes from loopback to the server, which waives every refusal of its access control"
                : "a request with 'Forwarded: for=127.0.0.1' comes from loopback to the server, which waives bans and limits";
            judgement.Add(
                this,
                setting.ValueSpan,
                setting.Key,
                $"'{forwarded.Name}' takes the client's address from headers, and everybody reaches listener '{Display.Text(listener.Id)}'",
                consequence,
                "Bind it to the address of the proxy, which must replace these headers.");
        }

        foreach (var network in WorldwideProxies(server))
        {
            judgement.Add(
                this,
                network.ValueSpan,
                network.Key,
                $"PROXY headers from {Display.Text(network.Value)} are believed",
                "anybody who connects from there may claim any address, also 127.0.0.1, which bans, limits and access control exempt",
                "Name the proxy's own addresses.");
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding)
    {
        if (finding.SettingKey == server.Http.UsesForwarded.Name)
            yield return new Remedy("Do not take addresses from headers (behind a proxy, all clients then share its address)", "review/SWH2006/turn-off", RemedySafety.Review, [server.Http.UsesForwarded.Set(false)]);
    }

    private static Listener? FirstExposed(ServerConfiguration server)
    {
        foreach (var listener in server.Listeners)
        {
            if (listener.Protocol == MailProtocol.Http && listener.IsReachableFromElsewhere)
                return listener;
        }

        return null;
    }

    // Each network once, however many listeners inherit it.
    private static List<Setting> WorldwideProxies(ServerConfiguration server)
    {
        var networks = new List<Setting>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        IReadOnlyList<Setting>? last = null;
        foreach (var listener in server.Listeners)
        {
            // Listeners that inherit the server's list share it.
            if (!listener.IsReachableFromElsewhere || ReferenceEquals(last, listener.ProxyNetworks))
                continue;
            last = listener.ProxyNetworks;
            foreach (var network in listener.ProxyNetworks)
            {
                if (PublicAddress.IsWideNetwork(network.Value) && seen.Add(network.Key))
                    networks.Add(network);
            }
        }

        return networks;
    }
}
