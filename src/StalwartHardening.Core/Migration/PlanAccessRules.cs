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
        var settings = new List<Setting>(TypedAccessRules.Of(rules));
        if (settings.Count == 0)
            settings.Add(new Setting(SettingPath.Join(TypedAccessRules.Family, "otherwise"), "404", default, default));
        return ExpressionTranslation.Translate(TypedAccessRules.Lower(settings, PlanEndpoints.Instance, problems)[0].Value, static _ => null, out _);
    }
}
