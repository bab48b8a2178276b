using StalwartHardening.Expressions;
using StalwartHardening.Expressions.Functions;

namespace StalwartHardening.Server.Access;

/// <summary>A part of an expression that compares <c>remote_ip</c> with a text, otherwise than whole.</summary>
internal readonly struct AddressComparison
{
    private static readonly ExpressionFunction[] Comparing = [KnownFunctions.StartsWith, KnownFunctions.EndsWith, KnownFunctions.Contains, KnownFunctions.ContainsIgnoreCase];

    private readonly ExpressionStep _step;
    private readonly ExpressionValue _constant;
    private readonly bool _isSwapped;

    private AddressComparison(ExpressionStep step, ExpressionValue constant, bool isSwapped)
    {
        _step = step;
        _constant = constant;
        _isSwapped = isSwapped;
    }

    /// <summary>The texts of addresses, or of their beginnings, that are compared with.</summary>
    public IEnumerable<string> Texts => _step.Kind == ExpressionStepKind.Matches ? PlainTexts(_step.Pattern!.Text) : [_constant.AsText()];

    /// <summary>Whether the text may be elsewhere than at the beginning.</summary>
    public bool IsAnywhere => _step.Kind == ExpressionStepKind.Matches ? !_step.Pattern!.Text.StartsWith("^", StringComparison.Ordinal) : _step.Function is not null && _step.Function != KnownFunctions.StartsWith;

    /// <summary>Whether the text is a regular expression, where a dot stands for any character.</summary>
    public bool IsPattern => _step.Kind == ExpressionStepKind.Matches;

    /// <summary>Whether it asks what comes first in the order of texts, where 100 is between 10. and 11.</summary>
    public bool IsOrdering => _step.Kind == ExpressionStepKind.Binary;

    public static IEnumerable<AddressComparison> In(Expression expression)
    {
        var steps = expression.Steps;
        for (var i = 0; i < steps.Length; i++)
        {
            if (steps[i].Kind != ExpressionStepKind.Variable || steps[i].Number != (int)HttpVariable.RemoteIp)
                continue;
            if (i + 1 < steps.Length && steps[i + 1] is { Kind: ExpressionStepKind.Matches, Pattern.IsSupported: true })
                yield return new AddressComparison(steps[i + 1], default, false);
            else if (i + 2 < steps.Length && steps[i + 1].Kind == ExpressionStepKind.Constant && steps[i + 1].Constant.IsText && Compares(steps[i + 2]))
                yield return new AddressComparison(steps[i + 2], steps[i + 1].Constant, false);
            else if (i > 0 && i + 1 < steps.Length && steps[i - 1].Kind == ExpressionStepKind.Constant && steps[i - 1].Constant.IsText && IsOrder(steps[i + 1]))
                yield return new AddressComparison(steps[i + 1], steps[i - 1].Constant, true);
        }
    }

    /// <summary>Whether the comparison holds for an address; not where that would cost more than there is.</summary>
    public bool Takes(string address, StepBudget budget)
    {
        var value = ExpressionValue.From(address);
        if (_step.Kind == ExpressionStepKind.Matches)
            return _step.Pattern!.TryMatch(address, budget, out var captures) && captures is not null;
        var answer = _step.Kind != ExpressionStepKind.Binary ? _step.Function!.TryCall([value, _constant], budget)
            : _isSwapped ? ((ExpressionOperator)_step.Number).TryApply(_constant, value, budget)
            : ((ExpressionOperator)_step.Number).TryApply(value, _constant, budget);
        return answer is { IsTrue: true };
    }

    private static bool Compares(in ExpressionStep step) =>
        (step.Function is { } function && Array.IndexOf(Comparing, function) >= 0) || IsOrder(step);

    private static bool IsOrder(in ExpressionStep step) => step.Kind == ExpressionStepKind.Binary
        && (ExpressionOperator)step.Number is ExpressionOperator.Less or ExpressionOperator.LessOrEqual or ExpressionOperator.Greater or ExpressionOperator.GreaterOrEqual;

    // ^(10.|192.168.): the alternatives, up to where something else than text begins.
    private static IEnumerable<string> PlainTexts(string pattern)
    {
        foreach (var alternative in pattern.Replace("\\", "").Replace("[.]", ".").Split('|', '(', ')'))
        {
            var length = 0;
            var text = alternative.TrimStart('^', '?', ':');
            while (length < text.Length && text[length] is >= '0' and <= '9' or >= 'a' and <= 'f' or '.' or ':')
                length++;
            if (length > 0)
                yield return text.Substring(0, length);
        }
    }
}
