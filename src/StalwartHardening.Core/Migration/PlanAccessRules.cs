using StalwartHardening.Generations;
using StalwartHardening.Server.Access;

namespace StalwartHardening.Migration;

/// <summary>HTTP access rules as the typed builders keep them, as one expression of a server from 0.16 on.</summary>
internal static class PlanAccessRules
{
    /// <summary>The expression; null where none says the same.</summary>
    /// <param name="rules">The settings below <see cref="TypedAccessRules.Family"/>, in the order they were written.</param>
    /// <param name="problems">What no expression can say, each with its setting; null where nobody wants to know.</param>
    public static string? Write(IReadOnlyList<Setting> rules, IList<KeyValuePair<Setting, string>>? problems = null)
    {
        var settings = rules.Where(static setting => SettingPath.IsBelow(setting.Key, TypedAccessRules.Family)).ToList();
        if (settings.Count == 0)
            settings.Add(new Setting(SettingPath.Join(TypedAccessRules.Family, "otherwise"), "404", default, default));
        return ExpressionTranslation.Translate(TypedAccessRules.Lower(WithClientPaths(settings), problems)[0].Value, static _ => null, out _);
    }

    // Mail clients ask a server from 0.16 on for more than one before it.
    private static List<Setting> WithClientPaths(List<Setting> settings)
    {
        var old = SettingsEndpoints.ClientPaths;
        var result = new List<Setting>(settings);
        foreach (var list in settings.Select(static setting => SettingPath.ListOf(setting.Key)).Distinct(StringComparer.Ordinal).ToList())
        {
            var paths = settings.FindAll(setting => SettingPath.EndsIn(list, "path") && SettingPath.ListOf(setting.Key) == list);
            if (paths.Count == 0 || old.Any(path => !paths.Exists(setting => setting.Value == path)))
                continue;
            var more = PlanEndpoints.Instance.AllowedPaths.Where(path => !paths.Exists(setting => setting.Value == path)).ToList();
            for (var i = 0; i < more.Count; i++)
                result.Insert(result.IndexOf(paths[paths.Count - 1]) + 1 + i, new Setting(SettingPath.Entry(list, paths.Count + i), more[i], paths[0].KeySpan, paths[0].ValueSpan));
        }

        return result;
    }
}
