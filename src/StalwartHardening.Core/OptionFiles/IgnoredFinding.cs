using StalwartHardening.Rules;
using StalwartHardening.Settings;

namespace StalwartHardening.OptionFiles;

/// <summary>
/// A finding that is meant to stay, written in the option file: <c>[[ignore]]</c> with <c>rule</c>, <c>reason</c> and, where it is about
/// one setting, <c>at</c>. For every kind of configuration, above all for those that have no place for a comment.
/// </summary>
internal sealed class IgnoredFinding
{
    private const string Family = "ignore";

    private IgnoredFinding(int line, string ruleId, string? at)
    {
        Line = line;
        RuleId = ruleId;
        At = at;
    }

    /// <summary>The line in the option file, from 1.</summary>
    public int Line { get; }

    /// <summary>The rule.</summary>
    public string RuleId { get; }

    /// <summary>The key, or the beginning of one that ends where a part of it does: <c>NetworkListener/submission</c>, <c>server.listener.submission</c>; null for all.</summary>
    public string? At { get; }

    /// <summary>What to say where it takes no finding back.</summary>
    public OptionFileProblem Unused => new(Line, $"there is no finding of {RuleId}{(At is { } at ? $" at '{Display.Text(at)}'" : "")} in the checked files. Remove this [[ignore]].");

    /// <summary>Whether a setting of the option file belongs to one.</summary>
    public static bool IsPartOfOne(string key) => SettingPath.IsBelow(key, Family);

    /// <summary>Those in an option file. One that has no rule, no reason or something else is a problem and takes nothing back: half of it may be what its author meant to narrow it by.</summary>
    /// <param name="document">The option file.</param>
    /// <param name="lines">Its lines.</param>
    /// <param name="problems">Takes what cannot be.</param>
    public static IReadOnlyList<IgnoredFinding> ReadAll(SettingsDocument document, LineTable lines, List<OptionFileProblem> problems)
    {
        var entries = new Dictionary<string, Dictionary<string, Setting>>(StringComparer.Ordinal);
        var broken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var setting in document.InTextOrder.ToArray())
        {
            if (!IsPartOfOne(setting.Key))
                continue;
            var own = SettingPath.ChildOf(Family, setting.Key);
            var name = SettingPath.LastPart(setting.Key);
            if (SettingPath.Parent(setting.Key) != own || name is not ("rule" or "at" or "reason"))
            {
                problems.Add(new OptionFileProblem(lines.LineOf(setting.KeySpan.Start), $"[[ignore]] has no '{Display.Text(name)}'; it has rule, at and reason."));
                broken.Add(own);
                continue;
            }

            if (!entries.TryGetValue(own, out var entry))
                entries.Add(own, entry = new Dictionary<string, Setting>(StringComparer.Ordinal));
            entry[name] = setting;
        }

        var ignored = new List<IgnoredFinding>();
        foreach (var (own, entry) in entries.Select(static entry => (entry.Key, entry.Value)))
        {
            var line = entry.Values.Min(setting => lines.LineOf(setting.KeySpan.Start));
            if (broken.Contains(own))
                continue;
            if (!entry.TryGetValue("rule", out var rule) || RuleCatalog.Find(rule.Value) is not { } known)
                problems.Add(new OptionFileProblem(line, $"[[ignore]] needs a rule, such as rule = \"SWH1003\"; there is no rule '{Display.Text(rule.Value ?? "")}'."));
            else if (!entry.TryGetValue("reason", out var reason) || string.IsNullOrWhiteSpace(reason.Value))
                problems.Add(new OptionFileProblem(line, $"[[ignore]] needs a reason: the next reader will want to know why {known.Id} is fine here."));
            else
                ignored.Add(new IgnoredFinding(line, known.Id, entry.TryGetValue("at", out var at) && at.Value.Length > 0 ? at.Value : null));
        }

        return ignored;
    }

    /// <summary>Whether <paramref name="finding"/> is one of those that are meant to stay.</summary>
    public bool Covers(Finding finding) => Covers(finding.Rule.Id, finding.SettingKey);

    /// <summary>Whether a finding of a rule about a setting is one of those that are meant to stay.</summary>
    public bool Covers(string ruleId, string settingKey) => ruleId == RuleId && (At is not { } at || SettingPath.CoversInAnyGeneration(at, settingKey));
}
