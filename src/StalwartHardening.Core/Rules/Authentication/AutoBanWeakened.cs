using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Server.Sessions;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Authentication;

/// <summary>Limits on guessing and flooding that are off, or so high that they mean nothing.</summary>
internal sealed class AutoBanWeakened() : Rule(
    id: "SWH5003",
    title: "Keep rate limits and automatic bans",
    message: "'{0}' {1}: {2}. {3}",
    why: "Attackers try thousands of passwords a minute. The server bans an address after a hundred failures a day and limits the requests of strangers; that is what makes guessing hopeless (NIST SP 800-53, AC-7).",
    remedy: "Remove the setting: the defaults are made for servers of any size. Exempt the addresses of your own machines one by one with `server.allowed-ip`.",
    remedyInPlan: "Leave the setting at its default, which is made for servers of any size. Exempt the addresses of your own machines one by one with `AllowedIp`.")
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        foreach (var limit in server.Limits)
        {
            if (limit.State == LimitState.InForce)
                continue;
            judgement.Add(new Finding(
                this,
                limit.Setting.ValueSpan,
                limit.Setting.Key,
                Display.Text(limit.Setting.Key),
                limit.State switch
                {
                    LimitState.Off => "switches the limit off",
                    LimitState.Meaningless => "is so high that it limits nobody",
                    LimitState.TooWide => "exempts a whole network of strangers",
                    _ => "is a period of nothing, which makes the server fail at every request it should count",
                },
                limit.Consequence,
                limit.State == LimitState.Breaks ? "Write 'false' to switch it off, or a rate such as '100/1d'." : "Take the default.")
            {
                Subject = limit,
                SeverityOverride = limit.IsAboutPasswords || limit.State == LimitState.Breaks ? null : RuleSeverity.Info,
            });
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) =>
    [
        new Remedy("Take the default (machines that fail often are banned)", "review/SWH5003/default", RemedySafety.Review, [new SettingEdit.Remove(finding.SettingKey, WithChildren: true)]),
    ];
}
