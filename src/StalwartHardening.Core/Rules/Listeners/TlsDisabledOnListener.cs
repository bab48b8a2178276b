using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Listeners;

/// <summary>TLS switched off on a reachable listener that would use or offer it.</summary>
internal sealed class TlsDisabledOnListener() : Rule(
    id: "SWH1007",
    title: "Do not disable TLS on a listener",
    message: "Listener '{0}' has TLS switched off and serves {2} on {1}; nothing on it can be encrypted, not even with STARTTLS. Set {3}.",
    why: "With `tls.enable = false` the server neither speaks TLS nor offers STARTTLS on that listener, whatever its port is and whatever `tls.implicit` says. Mail between servers then arrives in clear text too.",
    remedy: "Remove `tls.enable = false`; the default is `true`. A listener behind a TLS proxy on the same machine is bound to a loopback address.",
    whyInPlan: "With `useTls` off the server neither speaks TLS nor offers STARTTLS on that listener, whatever its port is and whatever `tlsImplicit` says. Mail between servers then arrives in clear text too.",
    remedyInPlan: "Leave `NetworkListener/useTls` at its default, which is on. A listener behind a TLS proxy on the same machine is bound to a loopback address.")
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        // One line of the server may speak for many listeners.
        var lines = new List<(Setting Written, List<(Listener Listener, BindAddress Address)> Losing)>();
        foreach (var listener in server.Listeners)
        {
            if (listener.TlsEnabled is not { Value: false, Setting: { } written } || !LosesTls(listener) || FirstReachable(listener) is not { } address)
                continue;
            var index = PlaceOf(written, lines);
            if (index < 0)
                lines.Add((written, [(listener, address)]));
            else
                lines[index].Losing.Add((listener, address));
        }

        foreach (var (written, losing) in lines)
            judgement.Add(Report(server, written, losing));
    }

    private static int PlaceOf(Setting written, List<(Setting Written, List<(Listener, BindAddress)>)> lines) =>
        lines.FindIndex(line => line.Written.Key == written.Key && line.Written.ValueSpan == written.ValueSpan);

    private Finding Report(ServerConfiguration server, in Setting written, List<(Listener Listener, BindAddress Address)> losing)
    {
        var (listener, address) = losing[0];
        var subject = new ListenerAddress(listener, address) { Listeners = losing.ConvertAll(static one => one.Listener) };
        // Until 0.6 TLS was off where nothing was said.
        var advice = $"'{listener.Edits.EnabledTlsInWords}'" + (server.Features.OffersTlsByDefault ? " or remove the line" : "");
        if (losing.Count == 1)
            return new Finding(this, written.ValueSpan, written.Key, Display.Text(listener.Id), Display.Text(address.Text), listener.Protocol.DisplayName(), advice) { Subject = subject };
        var names = new string[losing.Count];
        for (var i = 0; i < names.Length; i++)
            names[i] = $"'{Display.Text(losing[i].Listener.Id)}' ({losing[i].Listener.Protocol.DisplayName()} on {Display.Text(losing[i].Address.Text)})";
        return new Finding(this, written.ValueSpan, written.Key, "", "", "", "")
        {
            Subject = subject,
            Wording = $"Listeners {string.Join(", ", names, 0, names.Length - 1)} and {names[names.Length - 1]} have TLS switched off; nothing on them can be encrypted, not even with STARTTLS. Set {advice}.",
        };
    }

    private static BindAddress? FirstReachable(Listener listener)
    {
        foreach (var address in listener.BindAddresses)
        {
            if (address.IsReachableFromElsewhere)
                return address;
        }

        return null;
    }

    // What speaks for several listeners is changed itself.
    private static IReadOnlyList<SettingEdit> Edits(ServerConfiguration server, ListenerAddress subject) =>
        subject.Listeners.Count > 1 && subject.Listener.TlsEnabled.Setting is { } shared
            ? [new SettingEdit.Set(shared.Key, "true")]
            : [subject.Listener.Edits.EnableTls(server, subject.Listener)];

    // listener/tls.rs: without implicit TLS, HTTP has none anyway, so the switch takes nothing away.
    private static bool LosesTls(Listener listener) =>
        listener.Protocol is not (MailProtocol.Http or MailProtocol.Unknown) || listener.TlsImplicit.Value == true;

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) =>
        finding.Subject is ListenerAddress subject
            ?
            [
                new Remedy(
                    subject.Listeners.Count > 1
                        ? "Switch TLS on for all listeners (cuts off clients that speak clear text to a port with implicit TLS)"
                        : $"Switch TLS on for listener '{Display.Text(subject.Listener.Id)}' (cuts off clients that speak clear text to a port with implicit TLS)",
                    "review/SWH1007/enable",
                    RemedySafety.Review,
                    Edits(server, subject)),
            ]
            : [];
}
