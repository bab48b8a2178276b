using StalwartHardening.Expressions;
using StalwartHardening.Expressions.Abstract;

namespace StalwartHardening.Server.Access;

/// <summary>Whether any request gets as far as a rule, and past its condition.</summary>
internal static class AccessRuleReach
{
    private const HttpRequestParts Everything = (HttpRequestParts)255;

    // Where earlier rules leave more cases, one of them is left out of account, which hides less.
    private const int MaxCasesLeft = 2;

    // A rule is compared with this many before it, so that time grows with the rules and not with their square.
    private const int MaxEarlierRules = 200;

    /// <summary>For each rule, why it never decides; null where it may.</summary>
    public static string?[] Of(HttpAccessPolicy policy)
    {
        var rules = policy.Block.Rules;
        var reasons = new string?[rules.Count];
        var pattern = new HttpRequestPattern(new HttpRequest(), Everything);
        var inquiry = policy.Ask();
        var budget = inquiry.Budget;
        var outcome = inquiry.Outcome(pattern);
        var anything = policy.ContextOf(pattern);
        var conditions = new Condition?[rules.Count];
        var left = new List<RequestCase> { RequestCase.All };
        for (var i = 0; i < rules.Count; i++)
        {
            if (!budget.TrySpend(rules[i].If.Expression.Steps.Length))
            {
                budget.NoteSpentAt(rules[i].If.Setting);
                break;
            }

            conditions[i] = Condition.From(rules[i].If.Expression);
            var own = RequestCase.Where([RequestCase.All], conditions[i], true, budget);
            if (!own.Exists(one => one.Judge(conditions[i], anything, budget).MayHold) || !inquiry.Evaluate(rules[i].If, pattern).MayBeTrue)
                reasons[i] = "its condition never holds";
            else if (!outcome.MayDecide[i])
                reasons[i] = "a rule before it decides about every request";
            else if (Hider(conditions, i, own, anything, budget) is { } hider)
                reasons[i] = $"a rule before it, with the condition '{Settings.Display.Text(rules[hider].If.Expression.Text.Trim())}', already decides about everything this one is for";
            else if (IsHidden(conditions, i, RequestCase.Where(left, conditions[i], true, budget), anything, budget))
                reasons[i] = "the rules before it already decide about everything this one is for";
            if (i >= MaxEarlierRules)
                continue;
            var rest = RequestCase.Where(left, conditions[i], false, budget);
            if (rest.Count <= MaxCasesLeft)
                left = rest;
        }

        inquiry.Note();
        return reasons;
    }

    private static int? Hider(Condition?[] conditions, int index, List<RequestCase> cases, IAbstractContext anything, StepBudget budget)
    {
        cases = cases.FindAll(one => !one.IsCertain(conditions[index], false, anything, budget));
        for (var i = 0; i < Math.Min(index, MaxEarlierRules); i++)
        {
            var hides = true;
            for (var at = 0; at < cases.Count && hides; at++)
                hides = cases[at].IsCertain(conditions[i], true, anything, budget);
            if (hides)
                return i;
        }

        return null;
    }

    // In every case the condition fails, or an earlier one holds.
    private static bool IsHidden(Condition?[] conditions, int index, List<RequestCase> cases, IAbstractContext anything, StepBudget budget)
    {
        foreach (var one in cases)
        {
            var isDecided = one.IsCertain(conditions[index], false, anything, budget);
            for (var i = 0; i < Math.Min(index, MaxEarlierRules) && !isDecided; i++)
                isDecided = one.IsCertain(conditions[i], true, anything, budget);
            if (!isDecided)
                return false;
        }

        return true;
    }
}
