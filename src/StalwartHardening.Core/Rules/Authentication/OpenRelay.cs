using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Server.Sessions;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Authentication;

/// <summary>A server that sends mail to others for anybody.</summary>
internal sealed class OpenRelay() : Rule(
    id: "SWH5002",
    title: "Relay only for authenticated users",
    message: "'{0}' lets anybody send mail to other servers: {1} is accepted without a login. Admit those who have logged in: '!is_empty(authenticated_as)'.",
    why: "A server that passes mail on for strangers is found within hours, sends spam until its address is on every block list, and stays there (RFC 5321, 7.9; RFC 2505, 2.1). What a client says of itself, its sender and its greeting, proves nothing.",
    remedy: "Remove `session.rcpt.relay`: its default admits those who have logged in. Add single addresses of your own machines with `remote_ip == '...'` if they cannot log in.",
    remedyInPlan: "Leave `MtaStageRcpt/allowRelaying` at its default, which admits those who have logged in. Add single addresses of your own machines with `remote_ip == '...'` if they cannot log in.")
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        var relay = server.Smtp.Relay;
        if (!relay.IsInForce)
            return;
        foreach (var entrance in SmtpEntrance.Of(server))
        {
            foreach (var session in Strangers(entrance, relay.Literals))
            {
                judgement.Cancellation.ThrowIfCancellationRequested();
                if (server.Smtp.RequiresLogin(session) != false || server.Smtp.MayRelay(session) != true)
                    continue;
                relay.Evaluate(session, out var decided);
                judgement.Add(new Finding(this, decided.ValueSpan, decided.Key, relay.Key, $"{session.RemoteIp} on port {session.LocalPort}, MAIL FROM:<{Display.Text(session.Sender)}>, RCPT TO:<{session.Recipient}>") { Subject = relay.Key });
                return;
            }
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) =>
        finding.Subject is string key
            ? [new Remedy("Relay only for authenticated users (machines that rely on the rule are refused)", "review/SWH5002/log-in", RemedySafety.Review, [new SettingEdit.Remove(key, WithChildren: true)])]
            : [];

    // What a stranger may choose: whether to encrypt, and what to say of itself and of the sender. The recipient is elsewhere.
    private static IEnumerable<SmtpSession> Strangers(SmtpEntrance entrance, IReadOnlyList<string> literals)
    {
        var start = entrance.Session;
        foreach (var session in start.IsTls ? new[] { start } : [start, start with { IsTls = true }])
        {
            yield return session;
            yield return session with { Sender = "someone@" + SmtpSession.OwnDomain };
            foreach (var literal in literals)
            {
                yield return session with { Sender = literal.IndexOf('@') > 0 ? literal : "someone@" + literal.TrimStart('@') };
                yield return session with { HeloDomain = literal };
            }
        }
    }
}
