using StalwartHardening.Expressions;
using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.HttpAccess;

/// <summary>A rule of the access control that never decides.</summary>
public sealed class UnreachableAccessRule() : Rule(
    id: "SWH2009",
    title: "Remove access rules that never decide",
    message: "This rule never decides: {0}. Remove it, or move it before the rule that hides it.",
    why: "The first rule whose condition holds decides. A rule that no request can reach looks like protection, or like access, that is not there.",
    remedy: "Remove the rule, correct its condition, or move it before the one that hides it.")
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        var policy = server.HttpAccess;
        if (!policy.IsInForce || policy.IsUnknown)
            return;
        var block = policy.Block;
        var outcome = policy.Outcome(new HttpRequestPattern(new HttpRequest(), (HttpRequestParts)255));
        for (var i = 0; i < block.Rules.Count; i++)
        {
            var condition = block.Rules[i].If;
            var reason = outcome.MayDecide[i] ? HiddenBy(block, i) : NeverHolds(policy, condition.Expression) ? "its condition never holds" : "a rule before it decides about every request";
            if (reason is not null)
                judgement.Add(new Finding(this, condition.Setting.ValueSpan, condition.Setting.Key, reason));
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding)
    {
        // Without any rule an "else" is an error, and an error lets everything through.
        var block = server.HttpAccess.Block;
        var key = finding.SettingKey;
        var end = key.LastIndexOf(".if", StringComparison.Ordinal);
        if (block.Rules.Count < 2 || end < 0 || end + 3 != key.Length)
            yield break;
        yield return new Remedy("Remove the rule that never decides", "safe/SWH2009/remove", RemedySafety.Safe, [new SettingEdit.Remove(key.Substring(0, end), WithChildren: true)]);
    }

    private static bool NeverHolds(HttpAccessPolicy policy, Expression condition) =>
        !policy.Evaluate(condition, new HttpRequestPattern(new HttpRequest(), (HttpRequestParts)255)).MayBeTrue;

    private static string? HiddenBy(IfBlock block, int index)
    {
        var condition = block.Rules[index].If.Expression;
        if (AsksStore(condition) || HasCapture(condition))
            return null;
        for (var i = 0; i < index; i++)
        {
            var earlier = block.Rules[i].If.Expression;
            if (earlier.Text.Trim() == condition.Text.Trim())
                return "a rule before it has the same condition";
            if (TryGetPrefix(earlier, out var variable, out var prefix) && TryGetPrefix(condition, out var sameVariable, out var longer)
                && variable == sameVariable && longer.StartsWith(prefix, StringComparison.Ordinal))
            {
                return $"a rule before it already decides about everything that starts with '{Display.Text(prefix)}'";
            }
        }

        return null;
    }

    private static bool TryGetPrefix(Expression expression, out int variable, out string prefix)
    {
        variable = 0;
        prefix = "";
        var steps = expression.Steps;
        if (steps.Length != 3 || steps[0].Kind != ExpressionStepKind.Variable || steps[0].Number == (int)HttpVariable.Headers
            || steps[1].Kind != ExpressionStepKind.Constant || !steps[1].Constant.IsText || steps[2].Function?.Name != "starts_with")
        {
            return false;
        }

        variable = steps[0].Number;
        prefix = steps[1].Constant.Text;
        return true;
    }

    private static bool AsksStore(Expression expression)
    {
        foreach (var step in expression.Steps)
        {
            if (step.Function is { Body: null })
                return true;
        }

        return false;
    }

    private static bool HasCapture(Expression expression)
    {
        foreach (var step in expression.Steps)
        {
            if (step.Kind == ExpressionStepKind.Capture)
                return true;
        }

        return false;
    }
}
