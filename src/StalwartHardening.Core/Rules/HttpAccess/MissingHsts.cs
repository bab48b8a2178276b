using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.HttpAccess;

/// <summary>HTTPS for everybody, without telling browsers to stay with it.</summary>
internal sealed class MissingHsts() : Rule(
    id: "SWH2008",
    title: "Enable HTTP Strict Transport Security",
    message: "Listener '{0}' serves HTTPS on {1} without HSTS: a browser that is sent to plain HTTP follows. Set '{2}' once all host names below the domain speak HTTPS.",
    why: "Without a Strict-Transport-Security header a browser follows a link or a typed address to plain HTTP, where an attacker on the path can take over the login page. The header makes it remember HTTPS for a year.",
    remedy: "Set `http.hsts = true`. It also covers all subdomains, so check first that they speak HTTPS.",
    remedyInPlan: "Turn `Http/enableHsts` on. It also covers all subdomains, so check first that they speak HTTPS.",
    severity: RuleSeverity.Info)
{
    /// <inheritdoc/>
    internal override bool IsAboutAbsence => true;

    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        if (server.Http.Hsts is not { } hsts)
            return;
        if (hsts.Value != false || (hsts.Setting is null && !server.Document.IsComplete) || SendsHeader(server))
            return;
        foreach (var listener in server.Listeners)
        {
            if (listener.Protocol != MailProtocol.Http || listener.UsesImplicitTls != true)
                continue;
            foreach (var address in listener.BindAddresses)
            {
                if (!address.IsReachableFromElsewhere)
                    continue;
                judgement.Add(this, hsts.Setting?.ValueSpan ?? address.Span, hsts.Setting?.Key ?? address.Setting.Key, Display.Text(listener.Id), Display.Text(address.Text), server.InWords(hsts.Name, "true"));
                return;
            }
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) =>
        server.Http.Hsts is { } hsts
            ? [new Remedy("Send HSTS (subdomains that speak no HTTPS are cut off)", "review/SWH2008/hsts", RemedySafety.Review, [hsts.Set(true)])]
            : [];

    private static bool SendsHeader(ServerConfiguration server)
    {
        foreach (var header in server.Http.Headers)
        {
            if (IsHsts(header.Value) || header.Value.IndexOf(Setting.UnknownPart) >= 0)
                return true;
        }

        return false;
    }

    private static bool IsHsts(string header) => header.TrimStart().StartsWith("Strict-Transport-Security:", StringComparison.OrdinalIgnoreCase);
}
