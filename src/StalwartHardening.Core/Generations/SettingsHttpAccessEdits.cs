using System.Globalization;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>How access rules are changed in flat settings: entries <c>KEY.0001.if</c>, <c>.then</c>, <c>.else</c>.</summary>
internal sealed class SettingsHttpAccessEdits : HttpAccessEdits
{
    private SettingsHttpAccessEdits()
    {
    }

    public static SettingsHttpAccessEdits Instance { get; } = new();

    /// <inheritdoc/>
    public override SettingEdit? AddElse(HttpAccessPolicy policy, string expression) =>
        NextEntry(policy) is { } entry ? new SettingEdit.Insert([new(SettingPath.Join(entry, "else"), expression)]) : null;

    /// <inheritdoc/>
    public override SettingEdit? RemoveRule(string condition) =>
        SettingPath.OwnerOf(condition, "if") is { } rule ? new SettingEdit.Remove(rule, WithChildren: true) : null;

    /// <inheritdoc/>
    public override SettingEdit? CorrectName(HttpAccessPolicy policy, in Setting misspelt) =>
        policy.Key is { } key && HttpAccessMistakeSearch.SpellingLength(misspelt.Key, SettingsServer.HttpAccessControl) is var length and > 0
        && !SettingPath.IsBelow(misspelt.Key, key)
            ? new SettingEdit.Rename(SettingPath.First(misspelt.Key, length), key)
            : null;

    /// <inheritdoc/>
    public override bool IsMisplaced(in Setting setting) => HttpAccessMistakeSearch.IsMisplaced(setting.Key, SettingsServer.HttpAccessControl);

    private static string? NextEntry(HttpAccessPolicy policy)
    {
        var rules = policy.Block.Rules;
        if (rules.Count == 0 || policy.Key is not { } key)
            return null;
        var position = SettingPath.FirstPart(SettingPath.Relative(rules[rules.Count - 1].If.Setting.Key, key));
        if (!int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        var next = SettingPath.Index(number + 1, position.Length);
        return next.Length == position.Length ? SettingPath.Join(key, next) : null;
    }
}
