using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Server.Records;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Connections;

/// <summary>Logs that hold too much, or not what matters.</summary>
internal sealed class InsufficientLogging() : Rule(
    id: "SWH6006",
    title: "Log events, not message content",
    message: "'{0}' {1}: {2}. {3}",
    why: "At the level `trace` the server records every byte of each session, passwords and mail included, in a file that many can read and copy. At the level `error`, with login events or with all logs switched off, an attack leaves no trace (NIST SP 800-53, AU-2 and AU-12).",
    remedy: "Record at `info`; raise the level for individual events, and only while you investigate something.")
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        foreach (var remark in server.LogRemarks)
        {
            judgement.Add(new Finding(
                this,
                remark.Setting.ValueSpan,
                remark.Setting.Key,
                Display.Text(remark.Setting.Key),
                remark.Kind switch { LogRemarkKind.RecordsEverything => "records every byte of each session", LogRemarkKind.RecordsTooLittle => "records failures of the server only", LogRemarkKind.RecordsNothing => "switches the last log off", _ => "leaves out the events about log-in and attacks" },
                remark.Kind switch { LogRemarkKind.RecordsEverything => "passwords and mail end up in the log", LogRemarkKind.RecordsTooLittle or LogRemarkKind.RecordsNothing => "nobody can tell afterwards who tried to log in and who was banned", _ => "an attack leaves no trace" },
                remark.Kind switch { LogRemarkKind.LeavesOut => "Leave them in.", LogRemarkKind.RecordsNothing => "Switch it on.", _ => "Record at 'info'." })
            {
                Subject = remark,
                SeverityOverride = remark.Kind == LogRemarkKind.RecordsEverything ? null : RuleSeverity.Info,
            });
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) =>
        finding.Subject is LogRemark remark
            ?
            [
                new Remedy(
                    remark.Kind switch { LogRemarkKind.LeavesOut => "Record these events", LogRemarkKind.RecordsNothing => "Switch the log on", _ => "Record at 'info'" },
                    "safe/SWH6006/info",
                    RemedySafety.Safe,
                    [remark.Kind switch { LogRemarkKind.LeavesOut => new SettingEdit.Remove(finding.SettingKey), LogRemarkKind.RecordsNothing => new SettingEdit.Set(finding.SettingKey, "true"), _ => new SettingEdit.Set(finding.SettingKey, "info") }]),
            ]
            : [];
}
