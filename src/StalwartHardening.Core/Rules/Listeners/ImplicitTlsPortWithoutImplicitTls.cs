using StalwartHardening.Remedies;
using StalwartHardening.Server;

namespace StalwartHardening.Rules.Listeners;

/// <summary>A port on which every client expects TLS from the first byte, served without it.</summary>
internal sealed class ImplicitTlsPortWithoutImplicitTls() : Rule(
    id: "SWH1006",
    title: "Enable implicit TLS on ports 465, 993, 995 and 443",
    message: "Listener '{0}' serves {2} on {1} without implicit TLS; clients that expect TLS there fail or are led to clear text. Set {3}.",
    why: "Clients begin TLS at once on 465, 993, 995 and 443. Without implicit TLS the server answers in clear text: clients fail, and the usual workaround, switching encryption off in the client, makes it worse. The server-wide `server.tls.implicit` that the documentation shows has not been read since 0.7.",
    remedy: "Add `tls.implicit = true` to the listener itself.",
    whyInPlan: "Clients begin TLS at once on 465, 993, 995 and 443. Without implicit TLS the server answers in clear text: clients fail, and the usual workaround, switching encryption off in the client, makes it worse. `useTls` by itself only offers STARTTLS, and for HTTP nothing at all.",
    remedyInPlan: "Turn `NetworkListener/tlsImplicit` on for the listener.")
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        foreach (var listener in server.Listeners)
        {
            // Where only the switched-off TLS is in the way, SWH1007 points at the switch.
            if (!listener.StartsInCleartext || listener is { TlsImplicit.Value: true, TlsEnabled.Setting: not null })
                continue;
            // One switch is missing, however many addresses it would speak for.
            foreach (var address in listener.BindAddresses)
            {
                if (!ExpectsImplicitTls(listener, address))
                    continue;
                // Until 0.6 TLS itself was off by default, and implicit when it was on.
                var needsEnable = listener.TlsEnabled.Value == false;
                var guilty = needsEnable ? listener.TlsEnabled : listener.TlsImplicit;
                var advice = !needsEnable ? $"'{listener.Edits.ImplicitTlsInWords}' for this listener{(server.IsPlan ? "" : "; the server reads no server-wide key for it")}"
                    : listener.TlsImplicit.Value == true ? $"'{listener.Edits.EnabledTlsInWords}' for this listener"
                    : $"'{listener.Edits.EnabledTlsInWords}' and '{listener.Edits.ImplicitTlsInWords}' for this listener";
                judgement.Add(guilty is { IsInvalid: false, Setting: { } written }
                    ? ListenerFindings.At(this, listener, address, written.ValueSpan, written.Key, advice)
                    : ListenerFindings.At(this, listener, address, address.Span, address.Setting.Key, advice));
                break;
            }
        }
    }

    private static bool ExpectsImplicitTls(Listener listener, BindAddress address) =>
        address.IsReachableFromElsewhere && address.Port is { } port && WellKnownPorts.ExpectsImplicitTls(port, listener.Protocol);

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) =>
        finding.Subject is ListenerAddress subject
            ? [ListenerRemedies.TurnOnImplicitTls(server, subject.Listener, address => ExpectsImplicitTls(subject.Listener, address), "review/SWH1006/implicit-tls")]
            : [];
}
