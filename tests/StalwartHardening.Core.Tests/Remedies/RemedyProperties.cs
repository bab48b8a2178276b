using System.Text;
using StalwartHardening.Edits;
using StalwartHardening.Fixing;
using StalwartHardening.Generations;
using StalwartHardening.Remedies;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests.Remedies;

/// <summary>What must hold for every fix of every finding, checked by other means than those the fixes check themselves with.</summary>
internal sealed class RemedyProperties(JudgementOptions options)
{
    private readonly StringBuilder _failures = new();

    /// <summary>How many fixes were applied, one by one.</summary>
    public int Applied { get; private set; }

    /// <summary>Fixes that were not offered because they cannot be written or would not help: rule, place, text.</summary>
    public List<string> Refused { get; } = [];

    public string Failures => _failures.ToString();

    /// <summary>Applies every remedy of every finding by itself, then the first ones of a safety (or of both) all together.</summary>
    public void Check(string name, string text, params RemedySafety?[] together)
    {
        var document = ServerTomlReader.Read(text, options.TargetVersion);
        var server = Generation.ReadServer(document, options.TargetVersion);
        var findings = ConfigurationJudge.Judge(server, options);
        var isStandard = new Lazy<bool>(() => StandardToml.Check(text) is { Count: 0 });
        foreach (var finding in findings)
        {
            foreach (var remedy in finding.Remedies(server))
            {
                if (RemedyApplication.Apply(server, options, finding, remedy) is { } changes)
                    CheckOne($"{name} {finding.Rule.Id} {finding.SettingKey} «{remedy.Title}»", text, document, findings, finding, remedy, changes, isStandard);
                else
                    Refused.Add($"{name} {finding.Rule.Id} {finding.SettingKey} «{remedy.Title}» in\n{text}");
            }
        }

        foreach (var safety in together)
            CheckAll(name, text, safety, findings, isStandard);
    }

    /// <summary>Tells how many there were.</summary>
    public void Report(ITestOutputHelper output)
    {
        output.WriteLine($"{Applied} fixes applied, {Refused.Count} not offered");
        foreach (var rule in Refused.GroupBy(refused => refused.Split(' ').First(word => word.StartsWith("SWH", StringComparison.Ordinal))))
            output.WriteLine($"{rule.Key}: {rule.Count()} not offered, such as {rule.MinBy(text => text.Length)}");
    }

    private void CheckOne(string name, string text, SettingsDocument document, IReadOnlyList<Finding> findings, Finding finding, Remedy remedy, IReadOnlyList<TextChange> changes, Lazy<bool> isStandard)
    {
        Applied++;
        var result = TextChange.Apply(text, changes);
        var after = ServerTomlReader.Read(result, options.TargetVersion);
        var left = ConfigurationJudge.Judge(Generation.ReadServer(after, options.TargetVersion), options);
        Demand(changes.Count > 0 && result != text, name, "changes nothing", text, result);
        Demand(!remedy.EndsFinding || left.Count(other => SameProblem(other, finding)) < findings.Count(other => SameProblem(other, finding)), name, "leaves the finding", text, result);
        Demand(!NewFindings(findings, left, finding.Severity).Any(), name, "brings " + string.Join(", ", NewFindings(findings, left, finding.Severity)), text, result);
        Demand(after.Problems.Count <= document.Problems.Count, name, "brings an error", text, result);
        Demand(!isStandard.Value || StandardToml.Check(result) is { Count: 0 }, name, "leaves standard TOML", text, result);
        CheckFlatStream(name, text, result, document, after, remedy);
        CheckSurroundings(name, text, result, changes);
    }

    private void CheckAll(string name, string text, RemedySafety? safety, IReadOnlyList<Finding> findings, Lazy<bool> isStandard)
    {
        var result = RemedyApplication.FixAll(text, options, RemedyChoices.First(safety));
        var after = ServerTomlReader.Read(result, options.TargetVersion);
        var left = ConfigurationJudge.Judge(Generation.ReadServer(after, options.TargetVersion), options);
        var heading = $"{name} all {safety?.ToString() ?? "of both kinds"}";
        Demand(RemedyApplication.FixAll(result, options, RemedyChoices.First(safety)) == result, heading, "is not done after one time", text, result);
        Demand(!isStandard.Value || StandardToml.Check(result) is { Count: 0 }, heading, "leaves standard TOML", text, result);
        Demand(after.Problems.Count <= ServerTomlReader.Read(text, options.TargetVersion).Problems.Count, heading, "brings an error", text, result);
        Demand(LargestGap(result) <= Math.Max(1, LargestGap(text)), heading, "leaves two gaps", text, result);
        Demand(text.StartsWith('\uFEFF') == result.StartsWith('\uFEFF'), heading, "changes the byte-order mark", text, result);
        Demand(left.Count(IsLoud) <= findings.Count(IsLoud), heading, "ends with more findings", text, result);
    }

    private static bool IsLoud(Finding finding) => finding.Severity >= RuleSeverity.Warning;

    private static bool SameProblem(Finding one, Finding other) => one.Rule == other.Rule;

    private static IEnumerable<string> NewFindings(IReadOnlyList<Finding> before, IReadOnlyList<Finding> after, RuleSeverity atLeast) =>
        after.Where(finding => finding.Severity >= atLeast).GroupBy(finding => finding.Rule.Id)
            .Where(group => group.Count() > before.Count(finding => finding.Rule.Id == group.Key && finding.Severity >= atLeast))
            .Select(group => group.Key);

    // Keys that came or went are named by the remedy; indexes after a removed element may change.
    private void CheckFlatStream(string name, string text, string result, SettingsDocument before, SettingsDocument after, Remedy remedy)
    {
        var old = Lines(before, remedy);
        var current = Lines(after, remedy);
        Demand(old.SequenceEqual(current), name, "changes settings it does not name: " + string.Join(" | ", old.Except(current).Concat(current.Except(old))), text, result);
    }

    private static List<string> Lines(SettingsDocument document, Remedy remedy)
    {
        var lines = new List<string>();
        foreach (var setting in document.InTextOrder)
        {
            if (!remedy.Edits.Any(edit => Names(edit, setting.Key)))
                lines.Add(string.Join('.', setting.Key.Split('.').Select(part => part.Length >= 4 && part.All(char.IsAsciiDigit) ? "#" : part)) + "=" + setting.Value);
        }

        lines.Sort(StringComparer.Ordinal);
        // An element that took the index of a removed one would be left out only once.
        return remedy.Edits.Any(edit => edit is SettingEdit.Remove remove && remove.Key.Split('.').Any(part => part.Length >= 4 && part.All(char.IsAsciiDigit))) ? Loose(lines, remedy) : lines;
    }

    private static List<string> Loose(List<string> lines, Remedy remedy) => lines.Where(line => !remedy.Edits.Any(edit => edit is SettingEdit.Remove remove
        && line.StartsWith(string.Join('.', remove.Key.Split('.').TakeWhile(part => !(part.Length >= 4 && part.All(char.IsAsciiDigit)))) + ".", StringComparison.Ordinal))).ToList();

    private static bool Names(SettingEdit edit, string key) => edit switch
    {
        SettingEdit.Remove remove => key == remove.Key || (remove.WithChildren && key.StartsWith(remove.Key + ".", StringComparison.Ordinal)),
        SettingEdit.Set set => key == set.Key,
        SettingEdit.Insert insert => insert.Settings.Any(setting => setting.Key == key),
        SettingEdit.Rename rename => key == rename.Key || key == rename.NewKey || key.StartsWith(rename.Key + ".", StringComparison.Ordinal) || key.StartsWith(rename.NewKey + ".", StringComparison.Ordinal),
        _ => false,
    };

    private void CheckSurroundings(string name, string text, string result, IReadOnlyList<TextChange> changes)
    {
        var position = 0;
        foreach (var change in changes)
        {
            Demand(change.Start >= position && change.Start + change.Length <= text.Length, name, "has changes that overlap", text, result);
            position = change.Start + change.Length;
        }

        if (text.Contains("\r\n", StringComparison.Ordinal) && !text.Replace("\r\n", "", StringComparison.Ordinal).Contains('\n', StringComparison.Ordinal))
            Demand(!result.Replace("\r\n", "", StringComparison.Ordinal).Contains('\n', StringComparison.Ordinal), name, "mixes line breaks", text, result);
        if (!text.Contains('\r', StringComparison.Ordinal))
            Demand(!result.Contains('\r', StringComparison.Ordinal), name, "brings carriage returns", text, result);
        Demand(text.StartsWith('\uFEFF') == result.StartsWith('\uFEFF'), name, "changes the byte-order mark", text, result);
        Demand(LargestGap(result) <= Math.Max(1, LargestGap(text)), name, "leaves two gaps", text, result);
    }

    private static int LargestGap(string text)
    {
        var (largest, current) = (0, 0);
        foreach (var line in text.Split('\n'))
        {
            current = line.Trim().Length == 0 ? current + 1 : 0;
            largest = Math.Max(largest, current);
        }

        return largest;
    }

    private void Demand(bool holds, string name, string failure, string text, string result)
    {
        if (!holds && _failures.Length < 6000)
            _failures.Append("### ").Append(name).Append(' ').AppendLine(failure).AppendLine("--- before").AppendLine(text).AppendLine("--- after").AppendLine(result);
    }
}
