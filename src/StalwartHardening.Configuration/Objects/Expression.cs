using StalwartHardening.Configuration.Annotations;
using StalwartHardening.Migration;
using StalwartHardening.Server.Access;
using StalwartHardening.Settings;

namespace StalwartHardening.Configuration.Objects;

public sealed partial class Expression
{
    /// <summary>An expression without rules: <c>"local_port != 25"</c>, also for numbers and switches, <c>"200"</c>. It replaces the rules that the server has.</summary>
    /// <param name="text">The expression in the server's language.</param>
    [SettingText("{text}")]
    public static implicit operator Expression(string text) => FromText(text);

    /// <summary>
    /// Access rules for <see cref="Http.AllowedEndpoints"/>, written as the builders for servers up to 0.15 write them: the first that matches
    /// answers, and 404 where none does. <see cref="Endpoints"/> are those of a server from 0.16 on.
    /// </summary>
    /// <example>
    /// <code>
    /// plan.Update(new Http
    /// {
    ///     AllowedEndpoints = Expression.FromAccessRules(rules =&gt;
    ///     {
    ///         rules.Allow(Endpoints.ForMailClients);
    ///         rules.Allow().From("10.0.0.0/8");
    ///     }),
    /// });
    /// </code>
    /// </example>
    /// <param name="configure">Adds the rules.</param>
    /// <exception cref="ArgumentException">A rule is one that the server's expressions cannot express.</exception>
    [PlanOperation("accessRules")]
    public static Expression FromAccessRules(Action<AccessRulesBuilder> configure)
    {
        if (configure is null)
            throw new ArgumentNullException(nameof(configure));
        var sheet = new SettingsSheet();
        configure(new AccessRulesBuilder(sheet, TypedAccessRules.Family));
        var unsaid = new List<KeyValuePair<Setting, string>>();
        var text = PlanAccessRules.Write([.. sheet.Settings.Select(static setting => new Setting(setting.Key, setting.Value, default, default))], unsaid);
        var problems = sheet.Problems.Concat(unsaid.Select(static problem => $"'{problem.Key.Value}': {problem.Value}.")).ToList();
        return problems.Count > 0 ? throw new ArgumentException(string.Join(" ", problems), nameof(configure))
            : FromText(text ?? throw new ArgumentException("No expression says what these rules say.", nameof(configure)));
    }

    /// <summary>An expression without rules; it replaces the rules that the server has.</summary>
    /// <param name="text">The expression in the server's language.</param>
    [SettingText("{text}")]
    public static Expression FromText(string text) => new() { Match = [], Else = text };
}
