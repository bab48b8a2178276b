using StalwartHardening.Remedies;
using StalwartHardening.Server;

namespace StalwartHardening.Rules.Listeners;

/// <summary>IMAP, POP3 or HTTP in clear text on a port of somebody's choice. Moving a service hides it from nobody.</summary>
public sealed class CleartextListenerOnCustomPort() : Rule(
    id: "SWH1005",
    title: "Use implicit TLS on every IMAP, POP3 and HTTP listener",
    message: "Listener '{0}' accepts cleartext {2} on {1}; passwords can cross the network unencrypted. Set '{3}' for it, or bind it to a loopback address{4}.",
    why: "IMAP, POP3 and HTTP carry passwords. Without implicit TLS they begin in clear text on any port, and HTTP stays so; an unusual port number hides nothing from a scanner.",
    remedy: "Set `tls.implicit = true` on the listener, or bind it to a loopback address when a proxy on the same machine speaks TLS for it. A port that is protected in another way can be allowed; the message says how.")
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        foreach (var listener in server.Listeners)
        {
            if (!listener.StartsInCleartext)
                continue;
            ListenerFindings.ReportPorts(this, judgement, listener, address => address.IsReachableFromElsewhere && IsCustom(address.Port, listener.Protocol, judgement.Options), listener.Edits.ImplicitTlsInWords);
        }
    }

    // The ports that have a rule of their own are its business. An unknown port is in clear text whichever it is,
    // unless it may be one that its owner has allowed.
    private static bool IsCustom(int? port, MailProtocol protocol, JudgementOptions options)
    {
        var ownPort = protocol switch
        {
            MailProtocol.Imap => WellKnownPorts.Imap,
            MailProtocol.Pop3 => WellKnownPorts.Pop3,
            MailProtocol.Http => WellKnownPorts.AlternativeHttp,
            _ => -1,
        };
        if (ownPort < 0)
            return false;
        return port is { } known
            ? known != ownPort && !WellKnownPorts.ExpectsImplicitTls(known, protocol) && !options.IsAllowed(known)
            : options.AllowedPorts.Count == 0;
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding)
    {
        if (finding.Subject is not ListenerAddress subject)
            yield break;
        yield return ListenerRemedies.TurnOnImplicitTls(server, subject.Listener, address => subject.Addresses.Contains(address), "review/SWH1005/implicit-tls");
        yield return ListenerRemedies.BindToLoopback(server, subject, "review/SWH1005/loopback");
    }
}
