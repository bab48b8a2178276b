using StalwartHardening.Expressions.Abstract;

namespace StalwartHardening.Expressions.Functions;

/// <summary>What a function does with its arguments; null where this tool does not follow the server.</summary>
internal delegate ExpressionValue? FunctionBody(ReadOnlySpan<ExpressionValue> arguments);

/// <summary>What a function may come to when its arguments are known in part; null where nothing is known of that.</summary>
internal delegate AbstractValue? AbstractFunctionBody(AbstractValue[] arguments);

/// <summary>A function of the expression language: what it does exactly, and what is known of it when its arguments are not.</summary>
internal sealed class ExpressionFunction(string name, int arity, FunctionBody? body = null)
{
    public string Name { get; } = name;

    public int Arity { get; } = arity;

    /// <summary>Null for the functions that ask a store, a directory or the DNS, and can fail.</summary>
    public FunctionBody? Body { get; } = body;

    /// <summary>The same for arguments of which not every value is known; null for functions of which nothing is known then.</summary>
    public AbstractFunctionBody? AbstractBody { get; init; }

    /// <summary>Whether it gives 0 or 1 and nothing else, whatever the arguments.</summary>
    public bool IsPredicate { get; init; }

    /// <summary>Whether it compares every item of one argument with every item of itself or of another, so that its work grows with their product.</summary>
    public bool ComparesPairs { get; init; }

    /// <summary>The steps a call takes whatever its arguments (see <see cref="StepBudget"/>).</summary>
    public int Overhead { get; init; } = 4;

    /// <summary>The work of one call, in characters that are read or written (see <see cref="StepBudget"/>).</summary>
    public long WorkFor(ReadOnlySpan<ExpressionValue> arguments)
    {
        var size = 0L;
        foreach (var argument in arguments)
            size += argument.Size;
        if (!ComparesPairs)
            return size;
        long first = arguments[0].IsArray ? arguments[0].Items.Length : 1;
        long second = arguments.Length > 1 && arguments[1].IsArray ? arguments[1].Items.Length : first;
        return size + (first * second * StepBudget.CharactersPerStep) + (first * (arguments.Length > 1 ? arguments[1].Size : size));
    }
}
