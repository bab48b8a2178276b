using StalwartHardening.Remedies;
using StalwartHardening.Server;

namespace StalwartHardening.Rules.Listeners;

/// <summary>POP3 on its cleartext port: a reachable POP3 listener on 110 without implicit TLS.</summary>
internal sealed class CleartextPop3Listener() : Rule(
    id: "SWH1002",
    title: "Close the cleartext POP3 port 110",
    message: "Listener '{0}' serves POP3 on {1} that begins in clear text; {5}. Remove it, or serve POP3 on 995 with implicit TLS.",
    why: "On port 110 a connection begins in clear text and is only encrypted if the client asks for it; an attacker on the path can keep it from asking, or answer in the server's place. The server itself takes passwords there only after STLS, unless `imap.auth.allow-plain-text` says otherwise. Most sites need no POP3 at all.",
    remedy: "Remove the listener. Where POP3 is needed, serve it on port 995 with `tls.implicit = true`.",
    whyInPlan: "On port 110 a connection begins in clear text and is only encrypted if the client asks for it; an attacker on the path can keep it from asking, or answer in the server's place. The server itself takes passwords there only after STLS, unless `Imap/allowPlainTextAuth` says otherwise. Most sites need no POP3 at all.",
    remedyInPlan: "Close the listener with a `destroy`, or with a `reconcile` that does not list it. Where POP3 is needed, serve it on port 995 with `NetworkListener/tlsImplicit` on.")
{
    /// <inheritdoc/>
    public override bool IsHeart => true;

    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement) =>
        CleartextListeners.Report(this, server, judgement, MailProtocol.Pop3, WellKnownPorts.Pop3);

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding)
    {
        if (finding.Subject is not ListenerAddress subject)
            yield break;
        yield return ListenerRemedies.Remove(server, subject, "review/SWH1002/close", "clients that use POP3 on port 110");

        // Where 995 is served, moving would be removing under another name.
        if (!ListenerRemedies.IsServed(server, WellKnownPorts.Pop3s))
            yield return ListenerRemedies.Move(server, subject, WellKnownPorts.Pop3, WellKnownPorts.Pop3s, "review/SWH1002/move", "clients that use port 110");
    }
}
