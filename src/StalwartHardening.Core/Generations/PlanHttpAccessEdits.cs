using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>How access rules are changed in a plan: <c>Http/allowedEndpoints/match/0/if</c>. A rule list there always has an alternative, and no second name.</summary>
internal sealed class PlanHttpAccessEdits : HttpAccessEdits
{
    private const string If = "/if";

    private PlanHttpAccessEdits()
    {
    }

    public static PlanHttpAccessEdits Instance { get; } = new();

    /// <inheritdoc/>
    public override SettingEdit? AddElse(HttpAccessPolicy policy, string expression) => new SettingEdit.Set(PlanServer.AccessControl + "/else", expression);

    /// <inheritdoc/>
    public override SettingEdit? RemoveRule(string condition) =>
        condition.EndsWith(If, StringComparison.Ordinal)
            ? new SettingEdit.Remove(condition.Substring(0, condition.Length - If.Length), WithChildren: true)
            : null;

    /// <inheritdoc/>
    public override SettingEdit? CorrectName(HttpAccessPolicy policy, in Setting misspelt) => null;

    /// <inheritdoc/>
    public override bool IsMisplaced(in Setting setting) => false;
}
