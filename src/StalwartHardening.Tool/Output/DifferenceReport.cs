using System.Text.Json;
using StalwartHardening.Comparison;
using StalwartHardening.Rules;
using StalwartHardening.Server.Exposure;
using StalwartHardening.Tool.Formatting;

namespace StalwartHardening.Tool.Output;

/// <summary>A difference, for people and programs.</summary>
internal static class DifferenceReport
{
    public static void WriteText(ConfigurationDifference difference, TextWriter output, Style style)
    {
        foreach (var note in difference.Notes)
            output.Write($"{style.Quiet}{Printable.Text(note)}{style.End}\n");
        if (difference.IsEmpty)
        {
            output.Write("Nothing differs.\n");
            return;
        }

        if (difference.Settings.Count > 0)
            output.Write($"{style.Bold}Settings{style.End}\n");
        foreach (var setting in difference.Settings)
        {
            var key = Printable.Text(setting.Key);
            if (setting.Before is null)
                output.Write($"{style.Good}  + {key}{Value(setting.After!)}{style.End}\n");
            else if (setting.After is null)
                output.Write($"{style.Removed}  - {key}{Value(setting.Before)}{style.End}\n");
            else
                output.Write($"  ~ {key}: {Printable.Text(setting.Before)} -> {Printable.Text(setting.After)}\n");
        }

        WriteChanges(output, style, "Opens", difference.Exposure.Opened, style.Of(RuleSeverity.Warning));
        WriteChanges(output, style, "Closes", difference.Exposure.Closed, style.Good);
        if (difference.Rights.Count > 0)
            output.Write($"{style.Bold}Rights{style.End}\n");
        foreach (var rights in difference.Rights)
        {
            output.Write($"  {Printable.Text(rights.Account)}\n");
            foreach (var right in rights.Gained)
                output.Write($"{style.Of(RuleSeverity.Warning)}    + may {right}{style.End}\n");
            foreach (var right in rights.Lost)
                output.Write($"{style.Good}    - may no longer {right}{style.End}\n");
        }
    }

    public static void WriteJson(ConfigurationDifference difference, TextWriter output)
    {
        JsonText.Write(output, json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("differs", !difference.IsEmpty);
            json.WriteBoolean("opens_something", difference.OpensSomething);
            json.WriteStartArray("settings");
            foreach (var setting in difference.Settings)
            {
                json.WriteStartObject();
                json.WriteString("key", setting.Key);
                json.WriteString("before", setting.Before);
                json.WriteString("after", setting.After);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteChanges(json, "opened", difference.Exposure.Opened);
            WriteChanges(json, "closed", difference.Exposure.Closed);
            json.WriteStartArray("rights");
            foreach (var rights in difference.Rights)
            {
                json.WriteStartObject();
                json.WriteString("account", rights.Account);
                json.WriteTexts("gained", rights.Gained);
                json.WriteTexts("lost", rights.Lost);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteTexts("notes", difference.Notes);
            json.WriteEndObject();
        });
    }

    private static string Value(string value) => value.Length == 0 ? "" : " = " + Printable.Text(value);

    private static void WriteChanges(TextWriter output, Style style, string title, IReadOnlyList<ExposureChange> changes, string colour)
    {
        if (changes.Count == 0)
            return;
        output.Write($"{style.Bold}{title}{style.End}\n");
        foreach (var change in changes)
        {
            var how = change.Before.Length == 0 ? change.After : change.After.Length == 0 ? change.Before : change.Before + " -> " + change.After;
            output.Write($"{colour}  {(change.Before.Length == 0 ? '+' : change.After.Length == 0 ? '-' : '~')} {Printable.Text(change.What)}: {Printable.Text(how)}{style.End}\n");
        }
    }

    private static void WriteChanges(Utf8JsonWriter json, string name, IReadOnlyList<ExposureChange> changes)
    {
        json.WriteStartArray(name);
        foreach (var change in changes)
        {
            json.WriteStartObject();
            json.WriteString("what", change.What);
            json.WriteString("before", change.Before);
            json.WriteString("after", change.After);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
