using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Server.Sessions;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Authentication;

/// <summary>Strangers who may ask which addresses exist.</summary>
internal sealed class AddressDisclosure() : Rule(
    id: "SWH5006",
    title: "Do not disclose which addresses exist",
    message: "'{0}' {1}: spammers and password guessers learn which addresses exist. {2}",
    why: "VRFY and EXPN answer whether an address exists and who is on a list. Their answers help only those who collect addresses (RFC 5321, 7.3); the server answers them only to those who have logged in, unless told otherwise.",
    remedy: "Remove the setting: its default answers only to those who have logged in.",
    remedyInPlan: "Leave the setting at its default, which answers only to those who have logged in.",
    severity: RuleSeverity.Info)
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        JudgeCommand(server, judgement, server.Smtp.VerifyAddress, "tells anybody whether an address exists");
        JudgeCommand(server, judgement, server.Smtp.ExpandList, "tells anybody who is on a list");
        if (server.AllowsDirectoryQueries is { Value: true, Setting: { } setting })
            judgement.Add(this, setting.ValueSpan, setting.Key, Display.Text(setting.Key), "shows every user the names of all others", "Leave it off unless people share folders.");
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) =>
    [
        new Remedy("Take the default (strangers no longer get an answer)", "review/SWH5006/default", RemedySafety.Review, [new SettingEdit.Remove(finding.Subject as string ?? finding.SettingKey, WithChildren: true)]),
    ];

    private void JudgeCommand(ServerConfiguration server, Judgement judgement, SmtpRule rule, string what)
    {
        if (!rule.IsInForce)
            return;
        foreach (var entrance in SmtpEntrance.Of(server))
        {
            if (rule.Decide(entrance.Session, false, out var decided) != true)
                continue;
            judgement.Add(new Finding(this, decided.ValueSpan, decided.Key, Display.Text(rule.Key), what, "Answer only to those who have logged in.") { Subject = rule.Key });
            return;
        }
    }
}
