using System.Text;
using StalwartHardening.Edits;
using StalwartHardening.Fixing;
using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Remedies;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Plans;

/// <summary>What must hold for every fix of every finding in a plan, checked by other means than those the fixes check themselves with.</summary>
internal sealed class PlanRemedyProperties(CancellationToken token)
{
    private static readonly ReadingTarget s_target = new(new ServerVersion(16, ServerVersion.AnyPatch));
    private static readonly JudgementOptions s_options = new() { TargetVersion = s_target.Version };
    private readonly StringBuilder _failures = new();

    public int Applied { get; private set; }

    /// <summary>How many of them let a plan run that was refused, or run on.</summary>
    public int Repaired { get; private set; }

    /// <summary>What is not offered although the plan runs to its end.</summary>
    public List<string> Refused { get; } = [];

    /// <summary>
    /// How many are not offered because the plan stops: the server is then the one it was before, or in the middle, and a change to what
    /// would run later shows in nothing that can be proven. The mistake is to be repaired first.
    /// </summary>
    public int Stopped { get; private set; }

    public string Failures => _failures.ToString();

    public void Check(string name, string text, ServerState? state = null)
    {
        if (state is { } known)
            name += " on a server that is " + known;
        var server = ConfigurationReader.Read(text, s_target with { State = state }, token);
        if (server.Document.Origin is not PlanReading plan)
            return;
        var findings = ConfigurationJudge.Judge(server, s_options, token);
        foreach (var finding in findings)
        {
            foreach (var remedy in finding.Remedies(server))
            {
                var what = $"{name} {finding.Rule.Id} {finding.SettingKey} «{remedy.Title}»";
                if (RemedyApplication.Apply(server, s_options, finding, remedy, cancellationToken: token) is { } changes)
                    CheckOne(what, text, server.Document, findings, finding, remedy, changes);
                else if (!plan.Run.IsSuccess)
                    Stopped++;
                else
                    Refused.Add($"{what}: {string.Join("; ", remedy.Edits)} in\n{text}");
            }
        }
    }

    /// <summary>What was done, and for each rule the shortest plan for which a fix was not offered.</summary>
    public void Report(Action<string> write)
    {
        write($"{Applied} fixes applied, {Refused.Count} not offered in plans that run, {Stopped} in plans that stop");
        foreach (var rule in Refused.GroupBy(refused => refused.Split(' ').First(word => word.StartsWith("SWH", StringComparison.Ordinal))))
            write($"{rule.Key}: {rule.Count()} not offered, such as {rule.MinBy(text => text.Length)}");
    }

    private void CheckOne(string name, string text, SettingsDocument document, IReadOnlyList<Finding> findings, Finding finding, Remedy remedy, IReadOnlyList<TextChange> changes)
    {
        Applied++;
        var result = TextChange.Apply(text, changes);
        var before = (PlanReading)document.Origin!;
        var syntax = ConfigurationReader.SyntaxOf(PlanGeneration.Instance.Read(document, document.Version));
        var after = syntax.Read(result, token);
        var left = ConfigurationJudge.Judge(PlanGeneration.Instance.Read(after, after.Version), s_options, token);
        Demand(result != text, name, "changes nothing", text, result);
        Demand(!remedy.EndsFinding || left.Count(other => other.Rule == finding.Rule) < findings.Count(other => other.Rule == finding.Rule), name, "leaves the finding", text, result);
        var reading = (PlanReading)after.Origin!;
        Demand(reading.Run.Problems.Count <= before.Run.Problems.Count, name, "brings an error: " + string.Join(" | ", reading.Run.Problems.Select(problem => problem.Message)), text, result);
        Demand(reading.Texts[0].Lines.Count(line => line.SpansLines) <= before.Texts[0].Lines.Count(line => line.SpansLines), name, "breaks a line", text, result);
        if (!before.Texts[0].Lines.Exists(line => line.SpansLines))
        {
            foreach (var line in result.Split('\n'))
                Demand(PlanText.Read(line, 0, token).Lines.Count <= 1, name, "puts two operations on a line", text, result);
        }

        // What was refused leaves more behind once it is not.
        if (remedy.LetsMoreTakeEffect)
        {
            Repaired++;
            Demand(reading.Run.Problems.Count < before.Run.Problems.Count || finding.Rule.Id == "SWH0012", name, "ends no mistake", text, result);
            Demand(changes.Count == 1, name, "changes more than one place", text, result);
            return;
        }

        // What no edit names stays, in the settings as they are judged.
        var old = Lines(document, remedy);
        var current = Lines(after, remedy);
        Demand(old.SetEquals(current), name, "changes settings it does not name: " + string.Join(" | ", old.Except(current).Select(line => "-" + line).Concat(current.Except(old).Select(line => "+" + line))), text, result);

        // The same edits once more find nothing to do.
        var again = syntax.Write(result, [.. remedy.Edits.Where(edit => edit is not (SettingEdit.Remove or SettingEdit.RemoveUnlisted))], token);
        Demand(again is not { Count: > 0 } || remedy.Edits.Any(edit => edit is SettingEdit.Insert), name, "changes something when it is repeated", text, result);
        if (text.Contains("\r\n", StringComparison.Ordinal) && !text.Replace("\r\n", "", StringComparison.Ordinal).Contains('\n', StringComparison.Ordinal))
            Demand(!result.Replace("\r\n", "", StringComparison.Ordinal).Contains('\n', StringComparison.Ordinal), name, "mixes line breaks", text, result);
        var kept = 0;
        foreach (var change in changes)
        {
            Demand(change.Start >= kept && change.Start + change.Length <= text.Length, name, "has changes that overlap", text, result);
            kept = change.Start + change.Length;
        }
    }

    // Elements of lists are counted anew after one that went. What equals its default is the same whether somebody wrote it or not:
    // an operation that changes nothing is as good as none.
    private static HashSet<string> Lines(SettingsDocument document, Remedy remedy)
    {
        var lines = new HashSet<string>(StringComparer.Ordinal);
        foreach (var setting in document.InTextOrder)
        {
            var key = setting.Key;
            if (!remedy.Edits.Any(edit => Names(edit, key)) && setting.Value != "{}" && !IsDefault(document, key))
                lines.Add(key + "=" + setting.Value);
        }

        return lines;
    }

    private static bool IsDefault(SettingsDocument document, string key) =>
        PlanKey.Parse(key) is { Path.Length: > 0 } parsed && parsed.With([parsed.Path[0]]) is var whole && whole.Field(out _) is { } field
        && whole.Find(((PlanReading)document.Origin!).Run.State) is { } value && PlanValue.AreEqual(value, field.Default);

    private static bool Names(SettingEdit edit, string key) => edit switch
    {
        SettingEdit.Remove remove => IsBelow(key, remove.Key) || (remove.Key.Contains("/match/", StringComparison.Ordinal) && IsBelow(key, remove.Key.Substring(0, remove.Key.LastIndexOf('/')))),
        SettingEdit.RemoveUnlisted unlisted => unlisted.Keys.Any(gone => IsBelow(key, gone)),
        SettingEdit.Set set => key == set.Key || key == string.Concat(set.Key.AsSpan(0, set.Key.LastIndexOf('/') + 1), set.Value.Replace("/", "~1", StringComparison.Ordinal)),
        SettingEdit.Insert insert => insert.Settings.Any(setting => setting.Key == key),
        _ => false,
    };

    private static bool IsBelow(string key, string parent) => key == parent || key.StartsWith(parent + "/", StringComparison.Ordinal);

    private void Demand(bool holds, string name, string failure, string text, string result)
    {
        if (!holds && _failures.Length < 12000)
            _failures.Append("### ").Append(name).Append(' ').AppendLine(failure).AppendLine("--- before").AppendLine(text).AppendLine("--- after").AppendLine(result);
    }
}
