using StalwartHardening.Expressions.Patterns;
using StalwartHardening.Expressions.Functions;

namespace StalwartHardening.Expressions;

internal enum ExpressionTokenKind : byte
{
    End,
    Variable,
    Global,
    Capture,
    Constant,
    Unary,
    Binary,
    OpenParenthesis,
    CloseParenthesis,
    OpenBracket,
    CloseBracket,
    Comma,
    Function,
    Matches,

    /// <summary>A function that takes a literal name and nothing else.</summary>
    NamedValue,
}

/// <summary>One token of an expression, with the place it was written at.</summary>
internal readonly record struct ExpressionToken(ExpressionTokenKind Kind, int Start, int Length)
{
    public ExpressionValue Constant { get; init; }

    /// <summary>The variable, the number of the capture, or the operator.</summary>
    public int Number { get; init; }

    public ExpressionFunction? Function { get; init; }

    /// <summary>The pattern of <c>matches</c>.</summary>
    public RustPattern? Pattern { get; init; }

    /// <summary>What <see cref="ExpressionTokenKind.NamedValue"/> asks for.</summary>
    public NamedValue NamedValue { get; init; }

    public HttpVariable Variable => (HttpVariable)Number;

    public ExpressionOperator Operator => (ExpressionOperator)Number;
}
