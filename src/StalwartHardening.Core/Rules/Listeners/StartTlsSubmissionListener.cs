using StalwartHardening.Remedies;
using StalwartHardening.Server;

namespace StalwartHardening.Rules.Listeners;

/// <summary>Submission with STARTTLS: a reachable SMTP listener on 587 without implicit TLS.</summary>
internal sealed class StartTlsSubmissionListener() : Rule(
    id: "SWH1003",
    title: "Close the STARTTLS submission port 587",
    message: "Listener '{0}' accepts mail submission on {1} that begins in clear text; an attacker on the path can strip STARTTLS. Serve submission on 465 with implicit TLS.",
    why: "On port 587 a connection begins in clear text and switches to TLS when both sides ask for it. An attacker on the path can take the offer out of the conversation, and a client that does not insist goes on unencrypted.",
    remedy: "Serve submission on port 465 with `tls.implicit = true` (RFC 8314) and remove the listener on 587 once no client needs it.",
    remedyInPlan: "Serve submission on port 465 with `NetworkListener/tlsImplicit` on (RFC 8314), and close the listener on 587 with a `destroy`, or with a `reconcile` that does not list it, once no client needs it.")
{
    /// <inheritdoc/>
    public override bool IsHeart => true;

    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement) =>
        CleartextListeners.Report(this, server, judgement, MailProtocol.Smtp, WellKnownPorts.Submission);

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) =>
        finding.Subject is ListenerAddress subject
            ? [ListenerRemedies.Move(server, subject, WellKnownPorts.Submission, WellKnownPorts.Submissions, "review/SWH1003/close", "clients that use port 587")]
            : [];
}
