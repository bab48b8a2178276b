using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.HttpAccess;

/// <summary>No HTTP access control under a name the server reads, and an HTTP listener that others can reach.</summary>
internal sealed class MissingHttpAccessControl() : Rule(
    id: "SWH2001",
    title: "Configure HTTP access control",
    message: "{2}: listener '{0}' on {1} serves every path, the management API included, to everybody. {3}",
    why: "Without `http.allowed-endpoint` the server answers every request on every HTTP listener: the web administration and the management API under `/api`, metrics, forms. One password then separates the internet from the whole server. Rules that refuse only on listeners nobody reaches leave the others as open. A file cannot show whether the rule is kept in the server's database instead, where the web administration writes it.",
    remedy: "Declare which paths outsiders may ask for and refuse the rest, for example with `http.allowed-endpoint = \"if_then(starts_with(url_path, '/jmap'), 200, 404)\"`. Where the rule is in the server's database, set `stalwart_hardening.http_access_control = in_database`.",
    whyInPlan: "Without rules in `Http/allowedEndpoints` the server answers every request on every HTTP listener: JMAP, through which it is managed, the pages of the web administration, metrics, forms. One password then separates the internet from the whole server. Rules that refuse only on listeners nobody reaches leave the others as open.",
    remedyInPlan: "Declare in `Http/allowedEndpoints` which paths outsiders may ask for and refuse the rest, for example with `{\"match\": {}, \"else\": \"if_then(starts_with(path, '/jmap'), 200, 404)\"}`.")
{
    /// <inheritdoc/>
    public override bool IsHeart => true;

    /// <inheritdoc/>
    internal override bool IsAboutAbsence => true;

    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        if (!server.Document.IsComplete || judgement.Options.HttpAccessControl == HttpAccessControlPlace.InDatabase)
            return;
        var isForOthers = server.HttpAccessMistakes.Count == 0 && server.HttpAccessCoverage == HttpAccessCoverage.OtherListenersOnly;
        if (!isForOthers && (server.DeclaresHttpAccessControl || IsMisspelled(server) || (server.HttpAccessControlKey is { } broken && server.Document.IsBroken(broken))))
            return;
        if (FirstExposed(server) is not { } exposed)
            return;

        var (statement, advice) = server.HttpAccessControlKey is not { } key
            ? ($"Server {server.Version} has no HTTP access control", "Update to 0.9.1 or newer, or bind the listener to a loopback address.")
            : isForOthers
                ? ($"'{key}' refuses requests on other listeners only", "Make its rules apply here, too.")
            : judgement.Options.HttpAccessControl == HttpAccessControlPlace.InFile || !server.Features.KeepsSettingsInDatabase
                ? ($"No '{key}'", "Declare which paths may be asked for.")
                : ($"No '{key}'", "Declare which paths may be asked for, or, if the database holds that rule, set 'stalwart_hardening.http_access_control = in_database'.");
        judgement.Add(new Finding(
            this,
            exposed.Address.Span,
            exposed.Address.Setting.Key,
            Display.Text(exposed.Listener.Id),
            Display.Text(exposed.Address.Text),
            statement,
            advice)
        {
            Subject = exposed,
            SeverityOverride = server.Features.KeepsSettingsInDatabase || isForOthers || OpensMoreThanLogIns(server) ? null : RuleSeverity.Info,
        });
    }

    // Servers of objects ship without access rules, and almost nobody writes some: worth a warning where something asks for no log-in.
    private static bool OpensMoreThanLogIns(ServerConfiguration server)
    {
        foreach (var endpoint in server.Endpoints.All)
        {
            if (endpoint.Group is HttpEndpointGroup.Metrics or HttpEndpointGroup.Form && server.Endpoints.IsServed(endpoint, server) == true && server.Endpoints.NeedOf(endpoint, server) == HttpEndpointNeed.Nothing)
                return true;
        }

        return false;
    }

    // The wrong name is what is to be repaired, and it is reported as such.
    private static bool IsMisspelled(ServerConfiguration server)
    {
        foreach (var mistake in server.HttpAccessMistakes)
        {
            if (mistake.Kind == HttpAccessMistakeKind.UnreadKey)
                return true;
        }

        return false;
    }

    private static ListenerAddress? FirstExposed(ServerConfiguration server)
    {
        ListenerAddress? first = null;
        foreach (var listener in server.Listeners)
        {
            if (listener.Protocol != MailProtocol.Http)
                continue;
            foreach (var address in listener.BindAddresses)
            {
                if (address.IsReachableFromElsewhere && (first is null || IsBefore(address.Span, first.Address.Span)))
                    first = new ListenerAddress(listener, address);
            }
        }

        return first;
    }

    private static bool IsBefore(SourceSpan one, SourceSpan other) =>
        one.Source != other.Source ? one.Source < other.Source : one.Start < other.Start;

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) =>
        AllowListRemedy.For(server, finding, "review/SWH2001/allow-list");
}
