using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Server.Sessions;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Authentication;

/// <summary>Submission without log-in, or under any name.</summary>
internal sealed class UnauthenticatedSubmission() : Rule(
    id: "SWH5004",
    title: "Require authentication and matching senders for submission",
    message: "{0}: {1}. {2}",
    why: "On the submission ports the server accepts mail from its own users. Without a login anybody can send mail to them there, past the checks of port 25; and where the sender need not be one of the account's addresses, one user can send in the name of another (RFC 6409, 4.3 and 6.1).",
    remedy: "Remove `session.auth.require` and `session.auth.must-match-sender`: their defaults require a login everywhere except on port 25, and for the account's own addresses.",
    remedyInPlan: "Leave `MtaStageAuth/require` and `MtaStageAuth/mustMatchSender` at their defaults: they require a login everywhere except on port 25, and for the account's own addresses.")
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        JudgeLogin(server, judgement);
        JudgeSender(server, judgement);
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) =>
        finding.Subject is string key
            ? [new Remedy("Ask for it (programs that rely on the rule are refused)", "review/SWH5004/default", RemedySafety.Review, [new SettingEdit.Remove(key, WithChildren: true)])]
            : [];

    private void JudgeLogin(ServerConfiguration server, Judgement judgement)
    {
        var rule = server.Smtp.Require;
        if (!rule.IsInForce)
            return;
        foreach (var entrance in SmtpEntrance.Of(server))
        {
            if (entrance.Port == 25 || entrance.Listener is null)
                continue;
            var session = entrance.Session with { IsTls = true };
            if (server.Smtp.RequiresLogin(session) != false)
                continue;
            rule.Evaluate(session, out var decided);
            judgement.Add(new Finding(
                this,
                decided.ValueSpan,
                decided.Key,
                $"'{rule.Key}' requires no login on port {entrance.Port}",
                "anybody leaves mail there for the server's users",
                "Ask for it everywhere but on port 25: 'local_port != 25'.")
            {
                Subject = rule.Key,
            });
            return;
        }
    }

    private void JudgeSender(ServerConfiguration server, Judgement judgement)
    {
        var rule = server.Smtp.MustMatch;
        var session = new SmtpSession { LocalPort = 465, IsTls = true, AuthenticatedAs = "jane", Sender = "joe@" + SmtpSession.OwnDomain };
        if (!rule.IsInForce || rule.Decide(session, true, out var decided) != false)
            return;
        judgement.Add(new Finding(
            this,
            decided.ValueSpan,
            decided.Key,
            $"'{rule.Key}' lets everybody who has logged in name any sender",
            "one user can send in the name of another, and one stolen password in the name of all",
            "Leave it on; give shared addresses to the accounts that use them.")
        {
            Subject = rule.Key,
            SeverityOverride = RuleSeverity.Info,
        });
    }
}
