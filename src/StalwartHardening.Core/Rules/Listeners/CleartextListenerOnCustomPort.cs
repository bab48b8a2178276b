using StalwartHardening.Remedies;
using StalwartHardening.Server;

namespace StalwartHardening.Rules.Listeners;

/// <summary>IMAP, POP3, HTTP or submission in clear text on a port of somebody's choice. Moving a service hides it from nobody.</summary>
internal sealed class CleartextListenerOnCustomPort() : Rule(
    id: "SWH1005",
    title: "Use implicit TLS on every IMAP, POP3, HTTP and submission listener",
    message: "Listener '{0}' accepts cleartext {2} on {1}; {5}. {3}ind it to a loopback address{4}.",
    why: "IMAP, POP3, HTTP and mail submission carry passwords. Without implicit TLS they begin in clear text on any port, and HTTP stays so; an unusual port number hides nothing from a scanner.",
    remedy: "Set `tls.implicit = true` on the listener, or bind it to a loopback address when a proxy on the same machine speaks TLS for it. A port that is protected in another way can be allowed; the message says how.",
    remedyInPlan: "Turn `NetworkListener/tlsImplicit` on for the listener, or bind it to a loopback address when a proxy on the same machine speaks TLS for it. A port that is protected otherwise goes into `stalwart_hardening.allowed_ports`.")
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        foreach (var listener in server.Listeners)
        {
            if (listener.StartsInCleartext)
                Judge(server, listener, judgement);
        }
    }

    private void Judge(ServerConfiguration server, Listener listener, Judgement judgement) =>
        ListenerFindings.ReportPorts(this, judgement, listener, address => address.IsReachableFromElsewhere && address.Port is { } port && IsCustom(port, server, listener, judgement.Options), $"Set '{listener.Edits.ImplicitTlsInWords}' for it, or b", server);

    // The ports that have a rule of their own are its business. A port that nobody knows yet may be one of them.
    private static bool IsCustom(int port, ServerConfiguration server, Listener listener, JudgementOptions options)
    {
        var ownPort = listener.Protocol switch
        {
            MailProtocol.Imap => WellKnownPorts.Imap,
            MailProtocol.Pop3 => WellKnownPorts.Pop3,
            MailProtocol.Http => WellKnownPorts.AlternativeHttp,
            MailProtocol.Smtp => WellKnownPorts.Submission,
            _ => -1,
        };
        return ownPort >= 0 && port != ownPort && !WellKnownPorts.ExpectsImplicitTls(port, listener.Protocol) && !options.IsAllowed(port)
            && (listener.Protocol != MailProtocol.Smtp || OffersLogIn(server, listener, port));
    }

    // A client that logs in can be kept from STARTTLS; servers that only hand mail over have no password to lose.
    private static bool OffersLogIn(ServerConfiguration server, Listener listener, int port)
    {
        if (port == 25 || listener.TlsEnabled.Value == false)
            return false;
        if (!server.DeclaresSubmissionMechanisms)
            return server.Features.TakesPasswordsByDefault;
        var session = new SmtpSession { Listener = listener.Id, LocalPort = port };
        return server.Smtp.OffersPasswords(session with { IsTls = true }) == true || server.Smtp.OffersPasswords(session) == true;
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding)
    {
        if (finding.Subject is not ListenerAddress subject)
            yield break;
        // Port 80 is where browsers come without TLS and are sent on: TLS there serves nobody.
        if (subject is { Listener.Protocol: MailProtocol.Http, Address.Port: 80 })
        {
            if (ListenerRemedies.HasHttps(server))
                yield return ListenerRemedies.Remove(server, subject, "review/SWH1005/implicit-tls", "clients of plain HTTP on port 80");
            yield return ListenerRemedies.BindToLoopback(server, subject, ListenerRemedies.HasHttps(server) ? "review/SWH1005/loopback" : "review/SWH1005/implicit-tls");
            yield break;
        }

        yield return ListenerRemedies.TurnOnImplicitTls(server, subject.Listener, address => subject.Addresses.Contains(address), "review/SWH1005/implicit-tls");
        yield return ListenerRemedies.BindToLoopback(server, subject, "review/SWH1005/loopback");
    }
}
