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
    ConfigGet,
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

    /// <summary>The key of <c>config_get</c>.</summary>
    public string? Key { get; init; }

    public HttpVariable Variable => (HttpVariable)Number;

    public ExpressionOperator Operator => (ExpressionOperator)Number;
}
