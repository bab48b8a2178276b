using StalwartHardening.Expressions.Functions;

namespace StalwartHardening.Expressions;

/// <summary>Operators and functions within a budget: what the exact and the three-valued evaluator share.</summary>
internal static class ExpressionWork
{
    /// <summary>Applies a binary operator; null where it would cost more than there is, or make too large a value.</summary>
    public static ExpressionValue? TryApply(this ExpressionOperator operation, in ExpressionValue left, in ExpressionValue right, StepBudget budget)
    {
        var size = left.Size + right.Size;

        // Each item is compared with the whole of the other.
        if (operation == ExpressionOperator.Subtract && (left.IsArray || right.IsArray))
            size += left.IsArray ? left.Items.Length * right.Size : right.Items.Length * left.Size;
        return budget.TrySpendOn(size) ? operation.Apply(left, right) : null;
    }

    /// <summary>Applies a unary operator.</summary>
    public static ExpressionValue? TryApply(this ExpressionOperator operation, in ExpressionValue value, StepBudget budget) =>
        budget.TrySpendOn(value.Size) ? operation.Apply(value) : null;

    /// <summary>Calls a function that this tool computes; null where it does not follow the server, or would cost more than there is.</summary>
    public static ExpressionValue? TryCall(this ExpressionFunction function, ReadOnlySpan<ExpressionValue> arguments, StepBudget budget)
    {
        if (!budget.TrySpend(function.Overhead + (function.WorkFor(arguments) / StepBudget.CharactersPerStep)))
            return null;
        return function.Body!(arguments) is { } result && budget.TrySpendOn(result.Size) ? result : null;
    }

    /// <summary>The item of a list, or the empty text.</summary>
    public static ExpressionValue? TryIndex(in ExpressionValue list, in ExpressionValue index, StepBudget budget)
    {
        if (!budget.TrySpendOn(index.Size))
            return null;
        var items = list.AsArray();
        var number = index.AsIndex();
        return number >= 0 && number < items.Length ? items[number] : default;
    }

    /// <summary>Makes a list.</summary>
    public static ExpressionValue? TryBuild(ReadOnlySpan<ExpressionValue> items, StepBudget budget) =>
        budget.TrySpend(items.Length) && ExpressionValue.From(items.ToArray()) is var list && budget.TrySpendOn(list.Size) ? list : null;

    /// <summary>The steps that <see cref="TryBuild"/> takes for a list.</summary>
    public static long ToBuild(in ExpressionValue list) => list.Items.Length + 1 + (list.Size / StepBudget.CharactersPerStep);
}
