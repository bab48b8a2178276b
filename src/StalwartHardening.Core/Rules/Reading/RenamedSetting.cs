using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Reading;

/// <summary>A setting under a name that this version of the server does not read.</summary>
public sealed class RenamedSetting() : Rule(
    id: "SWH0003",
    title: "Call settings by the name the server reads",
    message: "Server {0} does not read '{1}'; it calls this setting '{2}'. What is written here has no effect, and the server says nothing.",
    why: "When a setting is renamed, the server ignores its old name without a word. Access control under `server.http.allowed-endpoint` has been out of force since 0.12, and every path is open.",
    remedy: "Rename the setting, or set `stalwart_hardening.target_version` if the server is older than the newest that reads TOML.")
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        foreach (var rename in server.Renames)
        {
            // Written under both names, for servers of both kinds: nothing is lost.
            if (First(server.Document, rename.UnreadName) is { } setting && !server.IsDeclared(rename.ReadName))
            {
                judgement.Add(new Finding(this, server.FindName(setting, rename.UnreadName), setting.Key, server.Version.ToString(), rename.UnreadName, rename.ReadName)
                {
                    Subject = rename,
                });
            }
        }
    }

    // A list is many keys and one setting: the finding stands at the first that was written.
    private static Setting? First(SettingsDocument document, string key)
    {
        Setting? first = document.TryGet(key, out var single) ? single : null;
        foreach (ref readonly var setting in document.StartingWith(key, key.Length, "."))
        {
            if (first is not { } earliest || setting.KeySpan.Start < earliest.KeySpan.Start)
                first = setting;
        }

        return first;
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) =>
        finding.Subject is SettingRename rename
            ?
            [
                new Remedy(
                    $"Rename '{rename.UnreadName}' to '{rename.ReadName}'",
                    "safe/SWH0003/rename",
                    RemedySafety.Safe,
                    [new SettingEdit.Rename(rename.UnreadName, rename.ReadName)]),
            ]
            : [];
}
