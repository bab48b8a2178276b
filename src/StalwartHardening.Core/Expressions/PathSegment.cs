using StalwartHardening.Expressions.Functions;

namespace StalwartHardening.Expressions;

/// <summary>A part of a path that an expression asks for: <c>split(url_path, '/')[1]</c>, or <c>rsplit</c>.</summary>
/// <param name="Variable">What is split.</param>
/// <param name="Separator">Where it is split.</param>
/// <param name="Index">Which part is taken.</param>
/// <param name="IsFromEnd">Whether parts count from the end.</param>
internal readonly record struct PathSegment(HttpVariable Variable, string Separator, long Index, bool IsFromEnd)
{
    /// <summary>The steps it is made of.</summary>
    public const int StepCount = 5;

    /// <summary>Reads the segment that <paramref name="steps"/> begin with.</summary>
    public static bool TryRead(ReadOnlySpan<ExpressionStep> steps, out PathSegment segment)
    {
        segment = default;
        if (steps.Length < StepCount || steps[0].Kind != ExpressionStepKind.Variable || steps[1].Kind != ExpressionStepKind.Constant
            || !IsSplit(steps[2]) || steps[3].Kind != ExpressionStepKind.Constant || steps[4].Kind != ExpressionStepKind.ArrayAccess)
        {
            return false;
        }

        segment = new PathSegment((HttpVariable)steps[0].Number, steps[1].Constant.AsText(), steps[3].Constant.AsIndex(), steps[2].Function == KnownFunctions.SplitFromEnd);
        return true;
    }

    public static bool IsSplit(in ExpressionStep step) => step.Function is { } function && (function == KnownFunctions.Split || function == KnownFunctions.SplitFromEnd);
}
