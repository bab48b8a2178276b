using StalwartHardening.Remedies;
using StalwartHardening.Server;

namespace StalwartHardening.Rules.Listeners;

/// <summary>POP3 on its cleartext port: a reachable POP3 listener on 110 without implicit TLS.</summary>
public sealed class CleartextPop3Listener() : Rule(
    id: "SWH1002",
    title: "Close the cleartext POP3 port 110",
    message: "Listener '{0}' accepts cleartext POP3 on {1}; passwords and mail can cross the network unencrypted. Remove it, or serve POP3 on 995 with implicit TLS.",
    why: "On port 110 a connection begins in clear text and is only encrypted if the client asks for it; somebody on the way can keep it from asking. Most sites need no POP3 at all.",
    remedy: "Remove the listener. Where POP3 is needed, serve it on port 995 with `tls.implicit = true`.")
{
    /// <inheritdoc/>
    public override bool IsHeart => true;

    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement) =>
        CleartextListeners.Report(this, server, judgement, MailProtocol.Pop3, WellKnownPorts.Pop3);

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) =>
        finding.Subject is ListenerAddress subject
            ?
            [
                ListenerRemedies.Remove(server, subject, "review/SWH1002/close", "clients that use POP3 on port 110"),
                ListenerRemedies.Move(server, subject, WellKnownPorts.Pop3, WellKnownPorts.Pop3s, "review/SWH1002/move", "clients that use port 110"),
            ]
            : [];
}
