using StalwartHardening.Expressions;

namespace StalwartHardening.Server.Access;

/// <summary>The constants a policy compares with: what a request that it treats specially is likely to hold.</summary>
internal sealed class PolicyLiterals
{
    private const int MaxLiterals = 64;

    private readonly List<string> _texts = [];
    private readonly List<long> _numbers = [];

    public IReadOnlyList<string> Texts => _texts;

    public IReadOnlyList<long> Numbers => _numbers;

    public static PolicyLiterals From(IfBlock block)
    {
        var literals = new PolicyLiterals();
        foreach (var rule in block.Rules)
        {
            literals.Add(rule.If.Expression);
            literals.Add(rule.Then.Expression);
        }

        literals.Add(block.Default.Expression);
        return literals;
    }

    private void Add(Expression? expression)
    {
        if (expression is null)
            return;
        foreach (var step in expression.Steps)
        {
            if (step.Kind == ExpressionStepKind.Constant && step.Constant.IsText && step.Constant.Text.Length > 0)
                Add(_texts, step.Constant.Text);
            else if (step.Kind == ExpressionStepKind.Constant && step.Constant.Kind == ExpressionValueKind.Integer)
                Add(_numbers, step.Constant.Integer);
            else if (step.Kind == ExpressionStepKind.Matches)
                AddPlainParts(step.Pattern!.Text);
        }
    }

    // What is in a pattern without special meaning is what a match would hold.
    private void AddPlainParts(string pattern)
    {
        foreach (var part in pattern.Split('^', '$', '(', ')', '|', '[', ']', '*', '+', '?', '{', '}', '\\'))
        {
            if (part.Length > 1)
                Add(_texts, part);
        }
    }

    private static void Add<T>(List<T> list, T item)
    {
        if (list.Count < MaxLiterals && !list.Contains(item))
            list.Add(item);
    }
}
