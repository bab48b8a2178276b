namespace StalwartHardening.Expressions;

internal enum ExpressionOperator : byte
{
    Not,
    Negate,
    Multiply,
    Divide,
    Add,
    Subtract,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
    Xor,
    And,
    Or,
}

internal static class ExpressionOperators
{
    /// <summary>How tightly a binary operator binds; all of them group to the left (<c>expr/parser.rs</c>, 0.15.5).</summary>
    public static int Precedence(this ExpressionOperator operation) => operation switch
    {
        ExpressionOperator.Multiply or ExpressionOperator.Divide => 7,
        ExpressionOperator.Add or ExpressionOperator.Subtract => 6,
        ExpressionOperator.Less or ExpressionOperator.LessOrEqual or ExpressionOperator.Greater or ExpressionOperator.GreaterOrEqual => 5,
        ExpressionOperator.Equal or ExpressionOperator.NotEqual => 4,
        ExpressionOperator.Xor => 3,
        ExpressionOperator.And => 2,
        _ => 1,
    };

    public static ExpressionValue Apply(this ExpressionOperator operation, in ExpressionValue value) =>
        operation == ExpressionOperator.Not ? ExpressionValue.From(!value.IsTrue) : value.Negated();

    public static ExpressionValue Apply(this ExpressionOperator operation, in ExpressionValue left, in ExpressionValue right) => operation switch
    {
        ExpressionOperator.Multiply => left.Times(right),
        ExpressionOperator.Divide => left.DividedBy(right),
        ExpressionOperator.Add => left.Plus(right),
        ExpressionOperator.Subtract => left.Minus(right),
        ExpressionOperator.Less => ExpressionValue.From(left.CompareTo(right) is < 0),
        ExpressionOperator.LessOrEqual => ExpressionValue.From(left.CompareTo(right) is <= 0),
        ExpressionOperator.Greater => ExpressionValue.From(left.CompareTo(right) is > 0),
        ExpressionOperator.GreaterOrEqual => ExpressionValue.From(left.CompareTo(right) is >= 0),
        ExpressionOperator.Equal => ExpressionValue.From(left.EqualTo(right)),
        ExpressionOperator.NotEqual => ExpressionValue.From(!left.EqualTo(right)),
        ExpressionOperator.Xor => ExpressionValue.From(left.IsTrue ^ right.IsTrue),
        ExpressionOperator.And => ExpressionValue.From(left.IsTrue & right.IsTrue),
        _ => ExpressionValue.From(left.IsTrue | right.IsTrue),
    };
}
