using StalwartHardening.Remedies;
using StalwartHardening.Server;

namespace StalwartHardening.Rules.Listeners;

/// <summary>Plain HTTP on the port of the server's own quick start: a reachable HTTP listener on 8080 without implicit TLS.</summary>
internal sealed class PlainHttpListener() : Rule(
    id: "SWH1004",
    title: "Close the plain HTTP port 8080",
    message: "Listener '{0}' serves plain HTTP on {1}; the web administration, JMAP and their passwords cross the network unencrypted. Use the HTTPS listener, or bind it to a loopback address.",
    why: "The server's quick start opens port 8080 for the initial setup. It stays open afterwards, without TLS, on every address: the administrator's password and every JMAP or WebDAV request can be read in transit.",
    remedy: "Remove the listener once an HTTPS listener (443 with `tls.implicit = true`) exists, or bind it to 127.0.0.1 and [::1] for a reverse proxy on the same machine.",
    whyInPlan: "The first boot makes a listener on port 8080 for the initial setup, and an `upsert` of others does not close it. It stays open, without TLS, on every address: the administrator's password and every JMAP or WebDAV request can be read in transit.",
    remedyInPlan: "Close the listener with a `destroy`, or with a `reconcile` that lists the ones that are meant, once an HTTPS listener exists; or bind it to 127.0.0.1 and [::1] for a reverse proxy on the same machine.")
{
    /// <inheritdoc/>
    public override bool IsHeart => true;

    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement) =>
        CleartextListeners.Report(this, server, judgement, MailProtocol.Http, WellKnownPorts.AlternativeHttp);

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding)
    {
        if (finding.Subject is not ListenerAddress subject)
            yield break;
        if (ListenerRemedies.HasHttps(server))
            yield return ListenerRemedies.Remove(server, subject, "review/SWH1004/close", "clients of plain HTTP on port 8080");
        yield return ListenerRemedies.BindToLoopback(server, subject, ListenerRemedies.HasHttps(server) ? "review/SWH1004/loopback" : "review/SWH1004/close");
        if (ListenerRemedies.ListAll(server, subject, finding.Options.IsAllowed, "review/SWH1004/list-all") is { } listed)
            yield return listed;
    }
}
