using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Reading;

/// <summary>A setting under a name that this version of the server does not read.</summary>
internal sealed class RenamedSetting() : Rule(
    id: "SWH0003",
    title: "Use the current setting name",
    message: "Server {0} ignores '{1}'; it calls this setting '{2}'. Rename it{3}.",
    why: "When a setting is renamed, the server ignores its old name without a word. Access control under `server.http.allowed-endpoint` has been out of force since 0.12, and every path is open.",
    remedy: "Rename the setting; if the file is for an older version of the server, name that as the target version.")
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        foreach (var ignored in server.IgnoredSettings)
        {
            // Written under both names with one value, for servers of both kinds: nothing is lost.
            if (ignored.Reason != IgnoredReason.Renamed || (ignored.AliveIsWritten && IsTheSame(server.Document, ignored)))
                continue;
            judgement.Add(new Finding(
                this,
                IgnoredNames.SpanOf(server, ignored),
                ignored.Settings[0].Key,
                server.Version.ToString(),
                Display.Text(ignored.Name),
                Display.Text(ignored.Alive!),
                ignored.ReadBy is { } reader ? $", or set 'stalwart_hardening.target_version = {reader}' if that is its version" : "")
            {
                Subject = ignored,
            });
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding)
    {
        if (finding.Subject is not IgnoredSetting { Alive: { } alive } ignored)
            yield break;
        yield return ignored.AliveIsWritten
            ? new Remedy(
                $"Remove '{Display.Text(ignored.Name)}', which has no effect beside '{Display.Text(alive)}'",
                "safe/SWH0003/rename",
                RemedySafety.Safe,
                IgnoredNames.Removal(ignored))
            : new Remedy(
                $"Rename '{Display.Text(ignored.Name)}' to '{Display.Text(alive)}'",
                "safe/SWH0003/rename",
                RemedySafety.Safe,
                [new SettingEdit.Rename(ignored.Name, alive)]);
    }

    private static bool IsTheSame(SettingsDocument document, IgnoredSetting ignored)
    {
        foreach (var setting in ignored.Settings)
        {
            if (!document.TryGet(SettingPath.Moved(setting.Key, ignored.Name, ignored.Alive!)!, out var other) || other.Value != setting.Value)
                return false;
        }

        return true;
    }
}
