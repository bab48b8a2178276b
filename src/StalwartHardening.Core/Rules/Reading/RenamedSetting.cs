using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

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
        foreach (var rename in SettingRenames.All)
        {
            // Where the setting does not exist at all, no name is the right one.
            if (server.Version < rename.Introduced)
                continue;
            var isNew = server.Version.IsAtLeast(rename.SinceMinor);
            var (dead, alive) = isNew ? (rename.OldName, rename.NewName) : (rename.NewName, rename.OldName);
            // Written under both names, for servers of both kinds: nothing is lost.
            if (First(server.Document, dead) is { } setting && !server.IsDeclared(alive))
            {
                judgement.Add(new Finding(this, NameSpan(server.Document, setting, dead), setting.Key, server.Version.ToString(), dead, alive)
                {
                    Subject = rename,
                });
            }
        }
    }

    private static SourceSpan NameSpan(SettingsDocument document, in Setting setting, string name) =>
        setting.Key != name && document.Text is { } text ? TomlKeyLocator.Find(text, document.Version, name) ?? setting.KeySpan : setting.KeySpan;

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
        finding.Subject is SettingRename
            ?
            [
                new Remedy(
                    $"Rename '{finding.Arguments[1]}' to '{finding.Arguments[2]}'",
                    "safe/SWH0003/rename",
                    RemedySafety.Safe,
                    [new SettingEdit.Rename(finding.Arguments[1], finding.Arguments[2])]),
            ]
            : [];
}
