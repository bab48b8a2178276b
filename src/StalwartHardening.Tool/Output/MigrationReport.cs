using System.Globalization;
using System.Text.Json;
using StalwartHardening.Migration;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Formatting;

namespace StalwartHardening.Tool.Output;

/// <summary>What became of every setting of a configuration that was migrated. It shows no values, so that it shows no secrets.</summary>
internal sealed class MigrationReport(ConfigurationMigration migration, ServerConfiguration server, string text, string path, IReadOnlyList<Finding> before, IReadOnlyList<Finding> after, bool isComplete)
{
    // What the vendor's script does, and what is left to this plan (resources/scripts/migrate_v016.py).
    private const string Vendor =
        "The vendor's script (migrate_v016.py) carries over what only the database knows, accounts, domains and lists, and the stores, certificates and DKIM keys; it makes config.json. " +
        "It carries over none of the listeners, access rules, limits, roles and permissions: every account becomes an ordinary user. Run it first, then apply this plan and restart the server.";

    private readonly LineMap _lines = new(text);
    private readonly SecretMask _secrets = new(server.Document, text);

    /// <summary>For people.</summary>
    public void WriteText(TextWriter output, Style style)
    {
        var written = migration.Settings.Count(static setting => setting.Outcome <= MigrationOutcome.Changed);
        output.Write(string.Create(CultureInfo.InvariantCulture, $"{style.Bold}{Printable.Text(path)}{style.End}: {written} of {Count(migration.Settings.Count, "setting")} in {Count(migration.Operations.Count, "operation")}\n"));
        foreach (var problem in server.Document.Problems)
            output.Write(string.Create(CultureInfo.InvariantCulture, $"  line {problem.Line}: the server does not start on this file; what can be read around it is migrated.\n"));
        foreach (var note in migration.Notes)
            output.Write($"  {style.Of(RuleSeverity.Warning)}!{style.End} {note}\n");
        if (isComplete)
            WriteOperations(output, style);
        foreach (var (outcome, title) in Titles)
            WriteOutcome(output, style, outcome, title);
        if (migration.Defaults.Count > 0)
            output.Write($"\n{style.Bold}Defaults that changed; the plan keeps the old ones{style.End}\n");
        foreach (var kept in migration.Defaults)
            output.Write($"  {Printable.Text(kept.Target)} = {Printable.Text(kept.Old)}\n      {Printable.Text(kept.Note)}\n");
        output.Write($"\n{style.Bold}Findings{style.End}\n");
        output.Write(string.Create(CultureInfo.InvariantCulture, $"  {Warnings(before)} before, {Warnings(after)} after; run 'stalwart-harden check' on the plan.\n"));
        foreach (var gone in Gone())
            output.Write($"  {gone.Id} {gone.Title}: no longer, because what it is about is not in the plan\n");
        output.Write($"\n{Vendor}\n");
    }

    /// <summary>For programs.</summary>
    public void WriteJson(TextWriter output)
    {
        JsonText.Write(output, json =>
        {
            json.WriteStartObject();
            json.WriteString("file", path);
            json.WriteStartArray("operations");
            foreach (var operation in migration.Operations)
            {
                json.WriteStartObject();
                json.WriteNumber("line", operation.Line);
                json.WriteString("operation", operation.Verb);
                json.WriteString("object", operation.Type);
                json.WriteStartArray("settings");
                foreach (var setting in operation.Settings)
                    json.WriteStringValue(Name(setting));
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("settings");
            foreach (var setting in migration.Settings)
            {
                json.WriteStartObject();
                json.WriteString("key", Name(setting.Setting));
                json.WriteNumber("line", _lines.At(setting.Setting.KeySpan.Start).Line);
                json.WriteString("outcome", NameOf(setting.Outcome));
                if (setting.Targets.Count > 0)
                {
                    json.WriteTexts("targets", setting.Targets);
                }

                if (setting.Note.Length > 0)
                    json.WriteString("note", Note(setting));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("defaults");
            foreach (var kept in migration.Defaults)
            {
                json.WriteStartObject();
                json.WriteString("field", kept.Target);
                json.WriteString("value", kept.Old);
                json.WriteString("note", kept.Note);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteTexts("notes", migration.Notes);
            json.WriteEndObject();
        });
    }

    private static readonly (MigrationOutcome Outcome, string Title)[] Titles =
    [
        (MigrationOutcome.Changed, "In the plan, with a changed meaning"),
        (MigrationOutcome.NotWritable, "Cannot be written: do it by hand"),
        (MigrationOutcome.Elsewhere, "Stands elsewhere: the environment, or config.json"),
        (MigrationOutcome.Database, "To be created again in the database"),
        (MigrationOutcome.NoCounterpart, "Nothing takes its place"),
        (MigrationOutcome.NotRead, "The old server did not read it either"),
    ];

    private void WriteOperations(TextWriter output, Style style)
    {
        output.Write($"\n{style.Bold}The lines of the plan{style.End}\n");
        foreach (var operation in migration.Operations)
        {
            output.Write(string.Create(CultureInfo.InvariantCulture, $"  {operation.Line,3}  {operation.Verb} {operation.Type}\n"));
            foreach (var setting in operation.Settings)
                output.Write(string.Create(CultureInfo.InvariantCulture, $"       {style.Frame}{_lines.At(setting.KeySpan.Start).Line,5}{style.End}  {Printable.Text(Name(setting))}\n"));
        }
    }

    // What has one reason is said once.
    private void WriteOutcome(TextWriter output, Style style, MigrationOutcome outcome, string title)
    {
        var groups = migration.Settings.Where(setting => setting.Outcome == outcome).GroupBy(Note).ToList();
        if (groups.Count == 0)
            return;
        output.Write($"\n{style.Bold}{title}{style.End}\n");
        foreach (var group in groups)
        {
            foreach (var setting in group)
                output.Write(string.Create(CultureInfo.InvariantCulture, $"  {style.Frame}{_lines.At(setting.Setting.KeySpan.Start).Line,5}{style.End}  {Printable.Text(Name(setting.Setting))}\n"));
            if (group.Key.Length > 0)
                output.Write($"         {style.Quiet}{Printable.Text(group.Key)}{style.End}\n");
        }
    }

    private List<Rule> Gone()
    {
        var left = after.Select(static finding => finding.Rule.Id).ToHashSet(StringComparer.Ordinal);
        return [.. before.Where(finding => finding.Rule.Category != RuleCategory.Reading && !left.Contains(finding.Rule.Id)).Select(static finding => finding.Rule).DistinctBy(static rule => rule.Id).OrderBy(static rule => rule.Id, StringComparer.Ordinal)];
    }

    private static string Warnings(IReadOnlyList<Finding> findings) => Count(findings.Count(static finding => finding.Severity >= RuleSeverity.Warning), "warning");

    private static string Count(int count, string thing) => string.Create(CultureInfo.InvariantCulture, $"{count} {thing}{(count == 1 ? "" : "s")}");

    private string Name(in Setting setting) => _secrets.NameOf(setting);

    private string Note(MigratedSetting setting) => _secrets.InMessage(setting.Note, setting.Setting.ValueSpan);

    private static string NameOf(MigrationOutcome outcome) => outcome switch
    {
        MigrationOutcome.Written => "written",
        MigrationOutcome.Changed => "changed",
        MigrationOutcome.Elsewhere => "elsewhere",
        MigrationOutcome.Database => "database",
        MigrationOutcome.NotWritable => "not-writable",
        MigrationOutcome.NotRead => "not-read",
        _ => "no-counterpart",
    };
}
