using StalwartHardening.Remedies;
using StalwartHardening.Server;

namespace StalwartHardening.Rules.Listeners;

/// <summary>Services that many sites have open and few use: ManageSieve on 4190, POP3 on 995.</summary>
internal sealed class UnusedServiceListener() : Rule(
    id: "SWH1008",
    title: "Close unused ManageSieve and POP3 listeners",
    message: "Listener '{0}' serves {2} on {1}; many sites never use it, and what is open can be attacked. Remove it unless your clients need it, or set 'stalwart_hardening.allowed_ports = {4}'.",
    why: "The server's quick start opens ManageSieve on 4190 and POP3 on 995. Both are safe to serve, and each is one more service to guess passwords on. The guide \"Securing your server\" advises closing what is not used.",
    remedy: "Remove the listener, or allow its port; the message says how.",
    whyInPlan: "The first boot opens ManageSieve on 4190 and POP3 on 995. Both are safe to serve, and each is one more service to guess passwords on. The guide \"Securing your server\" advises closing what is not used.",
    remedyInPlan: "Close the listener with a `destroy`, or with a `reconcile` that does not list it; or say that it is wanted: `stalwart_hardening.allowed_ports = 4190, 995`.",
    severity: RuleSeverity.Info)
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        foreach (var listener in server.Listeners)
        {
            if (listener.Protocol is MailProtocol.ManageSieve or MailProtocol.Pop3)
                Judge(listener, judgement);
        }
    }

    private void Judge(Listener listener, Judgement judgement) =>
        ListenerFindings.ReportPorts(this, judgement, listener, address => address.Port is { } port && address.IsReachableFromElsewhere && IsOftenUnused(listener, port) && !judgement.Options.IsAllowed(port));

    // POP3 on 995 without implicit TLS is SWH1006.
    private static bool IsOftenUnused(Listener listener, int port) => listener.Protocol switch
    {
        MailProtocol.ManageSieve => port == WellKnownPorts.ManageSieve,
        MailProtocol.Pop3 => port == WellKnownPorts.Pop3s && listener.UsesImplicitTls == true,
        _ => false,
    };

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding)
    {
        if (finding.Subject is not ListenerAddress subject)
            yield break;
        yield return ListenerRemedies.Remove(server, subject, "review/SWH1008/close", "clients that use " + subject.Listener.Protocol.DisplayName());
        if (ListenerRemedies.ListAll(server, subject, finding.Options.IsAllowed, "review/SWH1008/list-all") is { } listed)
            yield return listed;
    }
}
