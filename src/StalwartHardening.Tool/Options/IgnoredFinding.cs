using System.Globalization;
using StalwartHardening.Rules;
using StalwartHardening.Settings;
using StalwartHardening.Tool.Formatting;

namespace StalwartHardening.Tool.Options;

/// <summary>
/// A finding that is meant to stay, written in the option file: <c>[[ignore]]</c> with <c>rule</c>, <c>reason</c> and, where it is about
/// one setting, <c>at</c>. For every kind of configuration, above all for those that have no place for a comment.
/// </summary>
internal sealed class IgnoredFinding
{
    private const string Family = "ignore";
    private int _uses;

    private IgnoredFinding(string file, int line, string ruleId, string? at)
    {
        File = file;
        Line = line;
        RuleId = ruleId;
        At = at;
    }

    /// <summary>The option file.</summary>
    public string File { get; }

    /// <summary>The line in it.</summary>
    public int Line { get; }

    /// <summary>The rule.</summary>
    public string RuleId { get; }

    /// <summary>The key, or the beginning of one that ends where a part of it does: <c>NetworkListener/submission</c>, <c>server.listener.submission</c>; null for all.</summary>
    public string? At { get; }

    /// <summary>Whether it has taken a finding back.</summary>
    public bool IsUsed => Volatile.Read(ref _uses) != 0;

    /// <summary>Whether a setting of the option file belongs to one.</summary>
    public static bool IsPartOfOne(string key) => SettingPath.IsBelow(key, Family);

    /// <summary>Those in an option file.</summary>
    /// <exception cref="UsageException">One has no rule, no reason, or something else.</exception>
    public static IEnumerable<IgnoredFinding> ReadAll(SettingsDocument document, string path)
    {
        var entries = new Dictionary<string, Dictionary<string, Setting>>(StringComparer.Ordinal);
        foreach (var setting in document.InTextOrder.ToArray())
        {
            if (!IsPartOfOne(setting.Key))
                continue;
            var own = SettingPath.Parent(setting.Key);
            var name = SettingPath.LastPart(setting.Key);
            if (!SettingPath.IsBelow(own, Family) || name is not ("rule" or "at" or "reason"))
                throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{path}({LineOf(document, setting)}): [[ignore]] has no '{Printable.Text(name)}'; it has rule, at and reason."));
            if (!entries.TryGetValue(own, out var entry))
                entries.Add(own, entry = new Dictionary<string, Setting>(StringComparer.Ordinal));
            entry[name] = setting;
        }

        foreach (var entry in entries.Values)
        {
            var line = entry.Values.Min(setting => LineOf(document, setting));
            if (!entry.TryGetValue("rule", out var rule) || RuleCatalog.Find(rule.Value) is not { } known)
                throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{path}({line}): [[ignore]] needs a rule, such as rule = \"SWH1003\"; there is no rule '{Printable.Text(rule.Value ?? "")}'."));
            if (!entry.TryGetValue("reason", out var reason) || string.IsNullOrWhiteSpace(reason.Value))
                throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"{path}({line}): [[ignore]] needs a reason: the next reader will want to know why {known.Id} is fine here."));
            yield return new IgnoredFinding(path, line, known.Id, entry.TryGetValue("at", out var at) && at.Value.Length > 0 ? at.Value : null);
        }
    }

    /// <summary>Whether <paramref name="finding"/> is one of those that are meant to stay; then this has been of use.</summary>
    public bool Takes(Finding finding)
    {
        if (finding.Rule.Id != RuleId || (At is { } at && !SettingPath.CoversInAnyGeneration(at, finding.SettingKey)))
            return false;
        Volatile.Write(ref _uses, 1);
        return true;
    }

    /// <summary>What to say where it took nothing back.</summary>
    public string WhatIsUnused() => string.Create(
        CultureInfo.InvariantCulture,
        $"{File}({Line}): {UnusedRuleId}: there is no finding of {RuleId}{(At is { } at ? $" at '{Printable.Text(at)}'" : "")} in the checked files. Remove this [[ignore]].");

    private const string UnusedRuleId = "SWH0009";

    private static int LineOf(SettingsDocument document, in Setting setting) => 1 + document.Text.AsSpan(0, Math.Min(setting.KeySpan.Start, document.Text?.Length ?? 0)).Count('\n');
}
