using System.Globalization;
using System.Text;

namespace StalwartHardening.Expressions.Abstract;

internal enum ConditionKind : byte
{
    Leaf,
    And,
    Or,
    Not,
}

/// <summary>A condition as a tree of what it asks: the shape that the steps of an expression have lost.</summary>
internal sealed class Condition
{
    private Condition(ConditionKind kind, Expression expression, int start, Condition[] parts)
    {
        Kind = kind;
        Expression = expression;
        Start = start;
        Parts = parts;
    }

    public ConditionKind Kind { get; }

    /// <summary>The question, where it is a single one.</summary>
    public Expression Expression { get; }

    public Condition[] Parts { get; }

    private int Start { get; }

    /// <summary>The same for the same question; null where the answer may differ from one time to the next.</summary>
    public string? Identity { get; private set; }

    public int IdentityHash { get; private set; }

    /// <summary>What is known of a request for which it holds; null before anybody asked.</summary>
    public List<(HttpVariable Variable, AbstractValue Value)>? Holds { get; set; }

    /// <summary>What is known of a request for which it fails; null before anybody asked.</summary>
    public List<(HttpVariable Variable, AbstractValue Value)>? Fails { get; set; }

    /// <summary>What it may come to for all requests; null before anybody asked.</summary>
    public (bool MayHold, bool MayFail)? Always { get; set; }

    /// <summary>The tree of a well-formed expression; null for one with missing or superfluous values.</summary>
    public static Condition? Of(Expression expression)
    {
        var steps = expression.Steps;
        var stack = new List<Condition>();
        for (var i = 0; i < steps.Length; i++)
        {
            var operands = steps[i].Kind switch
            {
                ExpressionStepKind.Jump => -1,
                ExpressionStepKind.Unary or ExpressionStepKind.Matches => 1,
                ExpressionStepKind.Binary or ExpressionStepKind.ArrayAccess => 2,
                ExpressionStepKind.Function or ExpressionStepKind.ArrayBuild => steps[i].Number,
                _ => 0,
            };
            if (operands < 0)
                continue;
            if (operands > stack.Count)
                return null;
            var first = stack.Count - operands;
            var start = operands > 0 ? stack[first].Start : i;
            var kind = steps[i].Kind switch
            {
                ExpressionStepKind.Unary when steps[i].Number == (int)ExpressionOperator.Not => ConditionKind.Not,
                ExpressionStepKind.Binary when steps[i].Number == (int)ExpressionOperator.And => ConditionKind.And,
                ExpressionStepKind.Binary when steps[i].Number == (int)ExpressionOperator.Or => ConditionKind.Or,
                _ => ConditionKind.Leaf,
            };
            var node = kind == ConditionKind.Leaf
                ? new Condition(kind, new Expression("", steps.AsSpan(start, i + 1 - start).ToArray()), start, [])
                : new Condition(kind, Expression.Unknown, start, stack.GetRange(first, operands).ToArray());
            stack.RemoveRange(first, operands);
            stack.Add(node);
        }

        if (stack.Count != 1 || stack[0].Start != 0)
            return null;
        stack[0].Identify();
        return stack[0];
    }

    private void Identify()
    {
        foreach (var part in Parts)
            part.Identify();
        if (Kind != ConditionKind.Leaf)
            return;
        var text = new StringBuilder();
        foreach (var step in Expression.Steps)
        {
            if (step.Kind is ExpressionStepKind.Capture || step.Function is { Body: null })
                return;
            text.Append((int)step.Kind).Append(':').Append(step.Number.ToString(CultureInfo.InvariantCulture)).Append(step.Flag ? 'j' : ' ')
                .Append(step.Function?.Name).Append(step.Pattern?.Text).Append(step.Key);
            if (step.Kind == ExpressionStepKind.Constant)
                text.Append((int)step.Constant.Kind).Append(step.Constant.AsText());
            text.Append('\n');
        }

        Identity = text.ToString();
        IdentityHash = StringComparer.Ordinal.GetHashCode(Identity);
    }
}
