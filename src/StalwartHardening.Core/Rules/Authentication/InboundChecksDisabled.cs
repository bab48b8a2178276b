using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Server.Sessions;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Authentication;

/// <summary>Checks of incoming mail that are off.</summary>
internal sealed class InboundChecksDisabled() : Rule(
    id: "SWH5007",
    title: "Verify the sender of incoming mail",
    message: "'{0}' switches {1} off: {2}. Take the default.",
    why: "SPF, DKIM, DMARC and ARC tell forged mail from real mail, and filters stop what is dangerous. Where they are off, a message in the name of a bank, or of the recipient's own director, looks like any other (RFC 7208; NIST SP 800-177).",
    remedy: "Remove the setting: the defaults check what arrives on port 25.",
    remedyInPlan: "Leave the setting at its default, which checks what arrives on port 25.",
    severity: RuleSeverity.Info)
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        foreach (var check in server.InboundChecks)
            judgement.Add(this, check.Setting.ValueSpan, check.Setting.Key, Display.Text(check.Setting.Key), check.What, check.Consequence);
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) =>
        [new Remedy("Take the default (mail that fails the check is marked or refused)", "review/SWH5007/default", RemedySafety.Review, [new SettingEdit.Remove(finding.SettingKey, WithChildren: true)])];
}
