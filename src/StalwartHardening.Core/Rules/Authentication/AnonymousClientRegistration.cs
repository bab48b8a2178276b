using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Authentication;

/// <summary>OAuth clients that anybody may register.</summary>
internal sealed class AnonymousClientRegistration() : Rule(
    id: "SWH5005",
    title: "Do not allow anonymous OAuth client registration",
    message: "'{0}'{1} lets anybody register an OAuth client: a page under any name may then ask users for access to their mail. Turn it off.",
    why: "A registered client appears to users under the name it gave itself. Where anybody may register one, a link in a mail is enough to ask for lasting access to a mailbox, with the server's own login page (RFC 7591, 5).",
    remedy: "Turn `oauth.client-registration.anonymous` off and register the clients you know.",
    remedyInPlan: "Turn `OidcProvider/anonymousClientRegistration` off, which is on by default, and register the clients you know as `OAuthClient`.")
{
    /// <inheritdoc/>
    internal override bool IsAboutAbsence => true;

    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        var registration = server.OAuth.AnonymousRegistration;
        if (registration.Value != true || (registration.Setting ?? server.OAuth.Place) is not { } setting || (registration.Setting is null && IsOutOfReach(server)))
            return;
        judgement.Add(new Finding(this, setting.ValueSpan, registration.Name, Display.Text(registration.Name), registration.Setting is null ? ", left at its default," : "")
        {
            // Where the server allows it by itself, it is nobody's mistake.
            SeverityOverride = server.OAuth.IsOpenByDefault ? RuleSeverity.Info : null,
        });
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) =>
        [new Remedy("Let only those register clients who may (others are refused)", "review/SWH5005/turn-off", RemedySafety.Review, [new SettingEdit.Set(finding.SettingKey, "false")])];

    private static bool IsOutOfReach(ServerConfiguration server) => server.HttpExposure.IsPiece || !server.HttpExposure.Entrances.Any();
}
