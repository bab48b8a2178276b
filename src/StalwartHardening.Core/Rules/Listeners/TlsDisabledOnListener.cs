using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Listeners;

/// <summary>TLS switched off on a reachable listener that would use or offer it.</summary>
public sealed class TlsDisabledOnListener() : Rule(
    id: "SWH1007",
    title: "Do not switch TLS off on a listener",
    message: "Listener '{0}' has TLS switched off and serves {2} on {1}; nothing on it can be encrypted, not even with STARTTLS. Set '{3}' or remove the line.",
    why: "With `tls.enable = false` the server neither speaks TLS nor offers STARTTLS on that listener, whatever its port is and whatever `tls.implicit` says. Mail between servers then arrives in clear text too.",
    remedy: "Remove `tls.enable = false`; the default is `true`. A listener behind a TLS proxy on the same machine is bound to a loopback address.")
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        foreach (var listener in server.Listeners)
        {
            if (listener.TlsEnabled is not { Value: false, Setting: { } written } || !LosesTls(listener))
                continue;
            foreach (var address in listener.BindAddresses)
            {
                if (!address.IsReachableFromElsewhere)
                    continue;
                judgement.Add(ListenerFindings.At(this, listener, address, written.ValueSpan, written.Key, listener.Edits.EnabledTlsInWords));
                break;
            }
        }
    }

    // listener/tls.rs: without implicit TLS, HTTP has none anyway, so the switch takes nothing away.
    private static bool LosesTls(Listener listener) =>
        listener.Protocol is not (MailProtocol.Http or MailProtocol.Unknown) || listener.TlsImplicit.Value == true;

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) =>
        finding.Subject is ListenerAddress subject
            ?
            [
                new Remedy(
                    $"Switch TLS on for listener '{Display.Text(subject.Listener.Id)}' (cuts off clients that speak clear text to a port with implicit TLS)",
                    "review/SWH1007/enable",
                    RemedySafety.Review,
                    [subject.Listener.Edits.EnableTls(server, subject.Listener)]),
            ]
            : [];
}
