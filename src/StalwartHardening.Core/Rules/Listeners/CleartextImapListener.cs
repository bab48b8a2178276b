using StalwartHardening.Remedies;
using StalwartHardening.Server;

namespace StalwartHardening.Rules.Listeners;

/// <summary>IMAP on its cleartext port: a reachable IMAP listener on 143 without implicit TLS.</summary>
internal sealed class CleartextImapListener() : Rule(
    id: "SWH1001",
    title: "Close the cleartext IMAP port 143",
    message: "Listener '{0}' accepts cleartext IMAP on {1}; passwords can cross the network unencrypted. Serve IMAP on 993 with implicit TLS.",
    why: "On port 143 a connection begins in clear text and is only encrypted if the client asks for it. The server offers AUTHENTICATE PLAIN before that, so a client that does not ask, or is kept from asking, sends its password for an eavesdropper to read.",
    remedy: "Serve IMAP on port 993 with `tls.implicit = true` and remove the listener on 143. Every current mail program supports it; RFC 8314 recommends it.",
    remedyInPlan: "Serve IMAP on port 993 with `NetworkListener/tlsImplicit` on, and close the listener on 143 with a `destroy`, or with a `reconcile` that does not list it. Every current mail program supports it; RFC 8314 recommends it.")
{
    /// <inheritdoc/>
    public override bool IsHeart => true;

    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement) =>
        CleartextListeners.Report(this, server, judgement, MailProtocol.Imap, WellKnownPorts.Imap);

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) =>
        finding.Subject is ListenerAddress subject
            ? [ListenerRemedies.Move(server, subject, WellKnownPorts.Imap, WellKnownPorts.Imaps, "review/SWH1001/close", "clients that use port 143")]
            : [];
}
