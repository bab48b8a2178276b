using System.Globalization;
using System.Text;

namespace StalwartHardening.Expressions.Abstract;

internal enum ConditionKind : byte
{
    Question,
    And,
    Or,
}

/// <summary>
/// A condition as a tree of what it asks: the shape that the steps of an expression have lost. Negations are at the questions, and parts that
/// are joined in the same way lie side by side, however they are nested in the text.
/// </summary>
internal sealed class Condition
{
    // And within or within and; deeper trees are not looked at.
    private const int MaxDepth = 64;

    private Condition(ConditionKind kind, Expression expression, bool isNegated, Condition[] parts)
    {
        Kind = kind;
        Expression = expression;
        IsNegated = isNegated;
        Parts = parts;
    }

    public ConditionKind Kind { get; }

    /// <summary>The question, where it is a single one.</summary>
    public Expression Expression { get; }

    /// <summary>Whether the condition holds where the question is answered with no.</summary>
    public bool IsNegated { get; }

    public Condition[] Parts { get; }

    /// <summary>The same for the same question; null where the answer may differ from one time to the next.</summary>
    public string? Identity { get; private set; }

    public int IdentityHash { get; private set; }

    /// <summary>What is known of a request for which the answer is yes; null before anybody asked.</summary>
    public List<(HttpVariable Variable, AbstractValue Value)>? Holds { get; set; }

    /// <summary>What is known of a request for which the answer is no; null before anybody asked.</summary>
    public List<(HttpVariable Variable, AbstractValue Value)>? Fails { get; set; }

    /// <summary>What the answer may be for all requests; null before anybody asked.</summary>
    public (bool MayHold, bool MayFail)? Always { get; set; }

    /// <summary>The tree of a well-formed expression; null for one with missing or superfluous values, and for one that is nested too deeply.</summary>
    public static Condition? From(Expression expression) => Shape.From(expression.Steps) is { } shape ? shape.Read(shape.Root, isNegated: false, depth: 0) : null;

    private void Identify()
    {
        var text = new StringBuilder();
        foreach (var step in Expression.Steps)
        {
            if (step.Kind is ExpressionStepKind.Capture || step.Function is { Body: null })
                return;
            text.Append((int)step.Kind).Append(':').Append(step.Number.ToString(CultureInfo.InvariantCulture)).Append(step.Flag ? 'j' : ' ')
                .Append(step.Function?.Name).Append(step.Pattern?.Text).Append((int)step.NamedValue.Source).Append(step.NamedValue.Name);
            if (step.Kind == ExpressionStepKind.Constant)
                text.Append((int)step.Constant.Kind).Append(step.Constant.AsText());
            text.Append('\n');
        }

        Identity = text.ToString();
        IdentityHash = StringComparer.Ordinal.GetHashCode(Identity);
    }

    /// <summary>Where each part of an expression begins and ends among its steps, and which parts it is made of.</summary>
    private sealed class Shape(ExpressionStep[] steps)
    {
        private readonly List<Part> _parts = [];

        public int Root => _parts.Count - 1;

        public static Shape? From(ExpressionStep[] steps)
        {
            var shape = new Shape(steps);
            return shape.TryRead() ? shape : null;
        }

        /// <summary>The tree of a part; null where it is nested too deeply.</summary>
        public Condition? Read(int part, bool isNegated, int depth)
        {
            (part, isNegated) = WithoutNegations(part, isNegated);
            if (depth > MaxDepth)
                return null;
            if (_parts[part].Kind == Connective.None)
            {
                var question = new Condition(ConditionKind.Question, new Expression("", steps.AsSpan(_parts[part].Start, _parts[part].End - _parts[part].Start).ToArray()), isNegated, []);
                question.Identify();
                return question;
            }

            var kind = KindOf(part, isNegated);
            var parts = new List<Condition>();
            var pending = new Stack<(int Part, bool IsNegated)>();
            pending.Push((part, isNegated));
            while (pending.Count > 0)
            {
                var (next, isNextNegated) = pending.Pop();
                (next, isNextNegated) = WithoutNegations(next, isNextNegated);
                if (_parts[next].Kind != Connective.None && KindOf(next, isNextNegated) == kind)
                {
                    pending.Push((_parts[next].Right, isNextNegated));
                    pending.Push((_parts[next].Left, isNextNegated));
                }
                else if (Read(next, isNextNegated, depth + 1) is { } read)
                {
                    parts.Add(read);
                }
                else
                {
                    return null;
                }
            }

            return new Condition(kind, Expression.Unknown, isNegated: false, parts.ToArray());
        }

        private bool TryRead()
        {
            var stack = new Stack<int>();
            var jumps = 0;
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
                {
                    jumps++;
                    continue;
                }

                if (operands > stack.Count)
                    return false;
                int first = -1, last = operands > 0 ? stack.Peek() : -1;
                for (var operand = 0; operand < operands; operand++)
                    first = stack.Pop();
                if (ConnectiveOf(steps[i]) is Connective.And or Connective.Or)
                {
                    if (!JumpsFrom(_parts[first].End, i))
                        return false;
                    jumps--;
                }

                stack.Push(_parts.Count);
                _parts.Add(new Part(ConnectiveOf(steps[i]), first < 0 ? i : _parts[first].Start, i + 1, first, last));
            }

            return stack.Count == 1 && _parts[Root].Start == 0 && jumps == 0;
        }

        // Where a value has no operator, a && b c || has as many values as it needs, and yet what decides at a jump is not the operand of
        // the operator that it skips.
        private bool JumpsFrom(int at, int operation) =>
            steps[at] is { Kind: ExpressionStepKind.Jump } jump && at + jump.Number == operation && jump.Flag == (ConnectiveOf(steps[operation]) == Connective.Or);

        private (int Part, bool IsNegated) WithoutNegations(int part, bool isNegated)
        {
            while (_parts[part].Kind == Connective.Not)
                (part, isNegated) = (_parts[part].Left, !isNegated);
            return (part, isNegated);
        }

        // What is not both is either not the one or not the other.
        private ConditionKind KindOf(int part, bool isNegated) => _parts[part].Kind == Connective.And != isNegated ? ConditionKind.And : ConditionKind.Or;

        private static Connective ConnectiveOf(in ExpressionStep step) => (step.Kind, (ExpressionOperator)step.Number) switch
        {
            (ExpressionStepKind.Unary, ExpressionOperator.Not) => Connective.Not,
            (ExpressionStepKind.Binary, ExpressionOperator.And) => Connective.And,
            (ExpressionStepKind.Binary, ExpressionOperator.Or) => Connective.Or,
            _ => Connective.None,
        };

        private enum Connective : byte
        {
            None,
            Not,
            And,
            Or,
        }

        private readonly record struct Part(Connective Kind, int Start, int End, int Left, int Right);
    }
}
