using System.Globalization;
using System.Text.Json;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Rules.Reading;
using StalwartHardening.Server;
using StalwartHardening.Settings;
using StalwartHardening.Toml;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Input;

namespace StalwartHardening.Tool.Output;

/// <summary>The settings of one server, as the server sees them.</summary>
internal sealed class SettingsView(ServerConfiguration server, JudgementOptions options, RunPlaces places, string text, bool showsSecrets)
{
    private readonly SettingsDocument _document = server.Document;
    private readonly SecretMask _secrets = new(server.Document, text);

    /// <summary>
    /// <c>{"key": "value"}</c> by key, or <c>{"error": {"line": N, "message": ...}, "settings": {...}}</c> where the server refuses the
    /// file, with what it has read by then.
    /// </summary>
    public void WriteJson(TextWriter output)
    {
        JsonText.Write(output, json =>
        {
            json.WriteStartObject();
            if (Problems() is [var problem, ..])
            {
                json.WriteStartObject("error");
                if (places.IsRun)
                    json.WriteString("file", problem.File.Path);
                json.WriteNumber("line", problem.Line);
                json.WriteString("message", problem.Message);
                json.WriteEndObject();
                json.WriteStartObject("settings");
                WriteMembers(json);
                json.WriteEndObject();
            }
            else
            {
                WriteMembers(json);
            }

            json.WriteEndObject();
        });
    }

    /// <summary>One line for each setting, written so that the server reads the same again.</summary>
    public void WriteToml(TextWriter output)
    {
        foreach (var problem in _document.Problems)
            output.Write(string.Create(CultureInfo.InvariantCulture, $"# line {problem.Line}: {Printable.Text(Shown(problem.Message, problem.Span))}\n"));
        for (var i = 0; i < _document.Count; i++)
        {
            var setting = _document[i];
            output.Write(FlatToml.Line(Name(setting), Shown(setting), _document.Version));
        }
    }

    /// <summary>Settings, where each comes from, what is wrong with it; then what holds because nothing is said.</summary>
    public void WriteTable(TextWriter output, Style style)
    {
        var notes = Notes();
        var width = 0;
        for (var i = 0; i < _document.Count; i++)
            width = Math.Max(width, Math.Min(_document[i].Key.Length, 60));
        var problems = Problems();
        foreach (var (file, line, message) in problems)
            output.Write(string.Create(CultureInfo.InvariantCulture, $"{style.Of(RuleSeverity.Error)}line {line}{(places.IsRun ? $" of '{Printable.Text(file.Path)}'" : "")}{style.End}: {(server.IsPlan ? "" : "the server refuses to start on this file: ")}{Printable.Text(message)}\n"));
        if (problems.Count > 0)
            output.Write("\n");

        for (var i = 0; i < _document.Count; i++)
        {
            var setting = _document[i];
            output.Write(string.Create(CultureInfo.InvariantCulture, $"{style.Frame}{Place(setting.KeySpan.Start),5}{style.End}  {style.Bold}{Printable.Text(Name(setting)).PadRight(width)}{style.End}  {Printable.Text(Shorten(Shown(setting)))}\n"));
            foreach (var note in notes.GetValueOrDefault(setting.Key) ?? [])
                output.Write($"       {style.Of(RuleSeverity.Warning)}^ {note}{style.End}\n");
        }

        var defaults = EffectiveDefaults.Of(server);
        if (defaults.Count > 0)
            output.Write($"\n{style.Bold}Not set, so the server takes{style.End}\n");
        foreach (var value in defaults)
        {
            output.Write($"       {style.Bold}{Printable.Text(SecretText.Mask(value.Key)).PadRight(width)}{style.End}  {Printable.Text(value.Value)}\n");
            if (value.Meaning.Length > 0)
                output.Write($"       {style.Quiet}^ {value.Meaning}{style.End}\n");
        }
    }

    private string Place(int offset) =>
        string.Create(CultureInfo.InvariantCulture, $"{(places.IsRun ? Printable.Text(places.PartAt(offset).File.Path) + ":" : "")}{places.At(offset).Line}");

    // A text that the server does not start on; a plan that is not applied as a whole.
    private List<(InputFile File, int Line, string Message)> Problems()
    {
        var problems = new List<(InputFile, int, string)>();
        foreach (var problem in _document.Problems)
            problems.Add((places.PartAt(problem.Span.Start).File, problem.Line, Shown(problem.Message, problem.Span)));
        if (!server.IsPlan)
            return problems;
        foreach (var refusal in server.Refusals)
            problems.Add((places.PartAt(refusal.Span.Start).File, places.At(refusal.Span.Start).Line, Shown(refusal.Message, refusal.Span)));
        return problems;
    }

    // What is ignored, and why: the rules know.
    private Dictionary<string, List<string>> Notes()
    {
        var notes = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var finding in ConfigurationJudge.Judge(server, options))
        {
            if (finding.Rule.Category != RuleCategory.Reading || finding.Rule is UnreadableConfiguration || finding.SettingKey.Length == 0)
                continue;
            if (!notes.TryGetValue(finding.SettingKey, out var list))
                notes.Add(finding.SettingKey, list = []);
            list.Add($"{finding.Rule.Id}: {Printable.Text(OptionAdvice.Say(Shown(finding.Message, finding.Span), AdviceHost.Tool))}");
        }

        return notes;
    }

    private void WriteMembers(Utf8JsonWriter json)
    {
        var end = _document.Problems is [var problem, ..] ? problem.Span.Start : int.MaxValue;
        for (var i = 0; i < _document.Count; i++)
        {
            var setting = _document[i];
            if (setting.ValueSpan.Start >= end)
                continue;
            json.WriteString(Name(setting), Shown(setting));
        }
    }

    private string Shown(in Setting setting)
    {
        if (showsSecrets)
            return setting.Value;
        if (_secrets.HiddenUntil(setting.ValueSpan.Start) > setting.ValueSpan.Start)
            return SecretKeys.Placeholder;
        var masked = Generation.For(_document.Version).MaskSecret(setting.Key, setting.Value);
        return masked == setting.Value && _secrets.Hides(setting.ValueSpan) ? SecretKeys.Placeholder : masked;
    }

    private string Shown(string message, SourceSpan about) => showsSecrets ? message : _secrets.InMessage(message, about);

    private string Name(in Setting setting) => showsSecrets ? setting.Key : _secrets.NameOf(setting);

    private static string Shorten(string value)
    {
        var line = value.IndexOf('\n', StringComparison.Ordinal);
        var end = line >= 0 ? line : value.Length;
        const int longest = 100;
        return end > longest ? string.Concat(value.AsSpan(0, longest), "…") : line >= 0 ? string.Concat(value.AsSpan(0, end), " …") : value;
    }
}
