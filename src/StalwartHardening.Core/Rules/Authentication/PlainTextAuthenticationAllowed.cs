using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Server.Sessions;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Authentication;

/// <summary>Passwords that may be sent before the connection is encrypted.</summary>
internal sealed class PlainTextAuthenticationAllowed() : Rule(
    id: "SWH5001",
    title: "Accept passwords over TLS only",
    message: "{0}: {1}; passwords can cross the network unencrypted. {2}",
    why: "A mail program that is offered a login before TLS may accept it, and an attacker on the path then has the password (RFC 8314, 4.1; RFC 4954, 4). The server's own rule offers passwords over TLS only; a custom rule that does not ask for `is_tls` gives that up.",
    remedy: "Ask for `is_tls` in `session.auth.mechanisms`, or remove it: its default is safe. Leave `imap.auth.allow-plain-text` off; it also governs POP3 and ManageSieve.",
    remedyInPlan: "Ask for `is_tls` in `MtaStageAuth/saslMechanisms`, or leave it at its default, which is safe. Leave `Imap/allowPlainTextAuth` off; it also governs POP3 and ManageSieve.")
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        JudgeSmtp(server, judgement);
        JudgeMailAccess(server, judgement);
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) =>
    [
        new Remedy(
            "Accept passwords over TLS only (programs that send them without are cut off)",
            "review/SWH5001/tls-only",
            RemedySafety.Review,
            [new SettingEdit.Remove(finding.Subject as string ?? finding.SettingKey, WithChildren: true)]),
    ];

    private void JudgeSmtp(ServerConfiguration server, Judgement judgement)
    {
        var rule = server.Smtp.Mechanisms;
        if (!rule.IsInForce)
            return;
        foreach (var entrance in SmtpEntrance.Of(server))
        {
            // On an implicit listener everything is encrypted; one that nobody knows may be.
            if (entrance.Listener is { UsesImplicitTls: not false })
                continue;
            var session = entrance.Session;
            if (server.Smtp.OffersPasswords(session) != true || rule.Evaluate(session, out var decided) is null)
                continue;
            judgement.Add(new Finding(
                this,
                decided.ValueSpan,
                decided.Key,
                $"'{rule.Key}' offers PLAIN or LOGIN on port {entrance.Port} before TLS",
                $"to anybody, such as {session.RemoteIp}, who has not sent STARTTLS",
                "Ask for 'is_tls'.")
            {
                Subject = rule.Key,
            });
            return;
        }
    }

    private void JudgeMailAccess(ServerConfiguration server, Judgement judgement)
    {
        if (server.AllowsPlainText is not { Value: true, Setting: { } setting })
            return;
        foreach (var listener in server.Listeners)
        {
            if (listener.Protocol is not (MailProtocol.Imap or MailProtocol.Pop3 or MailProtocol.ManageSieve) || !listener.StartsInCleartext || !listener.IsReachableFromElsewhere)
                continue;
            judgement.Add(
                this,
                setting.ValueSpan,
                setting.Key,
                $"'{Display.Text(setting.Key)}' is on",
                $"listener '{Display.Text(listener.Id)}' accepts a login over {listener.Protocol.DisplayName()} without TLS",
                "Turn it off.");
            return;
        }
    }
}
