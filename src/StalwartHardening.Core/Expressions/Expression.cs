using StalwartHardening.Expressions.Patterns;
using StalwartHardening.Expressions.Functions;

namespace StalwartHardening.Expressions;

internal enum ExpressionStepKind : byte
{
    Variable,
    Global,
    Capture,
    Constant,
    Unary,
    Binary,

    /// <summary>Goes <see cref="ExpressionStep.Number"/> steps further when the value on top is as true as <see cref="ExpressionStep.Flag"/>.</summary>
    Jump,
    Function,
    ArrayAccess,
    ArrayBuild,
    Matches,
    NamedValue,
}

/// <summary>One step of a compiled expression; steps work on a stack.</summary>
internal readonly record struct ExpressionStep(ExpressionStepKind Kind, int Number = 0, bool Flag = false)
{
    public ExpressionValue Constant { get; init; }

    public ExpressionFunction? Function { get; init; }

    public RustPattern? Pattern { get; init; }

    public NamedValue NamedValue { get; init; }
}

/// <summary>An expression as the server compiles it: a list of steps in postfix order.</summary>
internal sealed class Expression
{
    /// <summary>An expression whose text is not known (a macro, code): it may yield anything, or not even parse.</summary>
    public static readonly Expression Unknown = new("", []) { IsUnknown = true };

    public Expression(string text, ExpressionStep[] steps)
    {
        Text = text;
        Steps = steps;
        var uses = 0;
        foreach (var step in steps)
        {
            if (step.Kind == ExpressionStepKind.Variable && step.Number < ExpressionLanguage.FirstOtherVariable)
                uses |= 1 << step.Number;
        }

        _uses = uses;
        _lists = ConstantList.AllIn(steps);
    }

    private readonly int _uses;
    private readonly ConstantList?[]? _lists;

    /// <summary>The text the expression was read from.</summary>
    public string Text { get; }

    public ExpressionStep[] Steps { get; }

    /// <summary>The list of constants that a step begins; null where it begins none.</summary>
    public ConstantList? ListAt(int step) => _lists?[step];

    public bool IsUnknown { get; private init; }

    /// <summary>Whether there is nothing to evaluate: blanks, <c>()</c>, <c>}</c>.</summary>
    public bool IsEmpty => Steps.Length == 0 && !IsUnknown;

    public bool Uses(HttpVariable variable) => (_uses & (1 << (int)variable)) != 0;
}
