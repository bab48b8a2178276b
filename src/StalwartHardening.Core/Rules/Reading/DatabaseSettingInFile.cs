using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Reading;

/// <summary>Settings in the file that a declared list of local keys leaves to the database.</summary>
internal sealed class DatabaseSettingInFile() : Rule(
    id: "SWH0005",
    title: "Mark the settings of the file as local",
    message: "'{0}' does not cover '{1}'{2}, so the server expects it in its database: it warns at each start, and later changes there have no effect while this setting is here. Add '{3}' to the list.",
    why: "The file wins over the database, key by key. A setting that is in the file and not listed as local can be changed in the web administration, which says it has been saved, and the next start takes the file's again. Where no list is declared, the server's own list holds, and nothing is reported.",
    remedy: "Add a pattern to `config.local-keys`, or move the setting to the database.",
    severity: RuleSeverity.Info)
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        if (server.UncoveredSettings is not { } uncovered)
            return;
        judgement.Add(new Finding(
            this,
            uncovered.First.KeySpan,
            uncovered.First.Key,
            uncovered.List,
            Display.Text(uncovered.Name),
            uncovered.Families switch { 1 => "", 2 => " and settings of another family", var count => $" and settings of {count - 1} other families" },
            Display.Text(uncovered.Pattern))
        {
            Subject = uncovered,
        });
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) =>
        finding.Subject is UncoveredSettings { NextKey: { } key } uncovered
            ?
            [
                new Remedy($"List '{Display.Text(uncovered.Pattern)}' as local", "safe/SWH0005/list", RemedySafety.Safe, [new SettingEdit.Set(key, uncovered.Pattern)])
                {
                    // Other families may be left.
                    EndsFinding = false,
                },
            ]
            : [];
}
