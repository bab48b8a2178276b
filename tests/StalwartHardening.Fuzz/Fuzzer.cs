namespace StalwartHardening.Fuzz;

/// <summary>Makes up inputs of one kind, and says what must hold of each.</summary>
internal abstract class Fuzzer
{
    /// <summary>The name of the command.</summary>
    public abstract string Name { get; }

    /// <summary>How many inputs count as one of the other fuzzers: what compiles a program takes longer.</summary>
    public virtual int Weight => 1;

    /// <summary>An input. The same state of <paramref name="random"/> gives the same one.</summary>
    public abstract string Create(Random random);

    /// <summary>Does with an input what users do, and checks what came out.</summary>
    /// <exception cref="Exception">Something does not hold; any other exception is a mistake as well.</exception>
    public abstract void Try(string input);

    /// <summary>Ends the attempt where <paramref name="holds"/> is false.</summary>
    protected static void Demand(bool holds, string what)
    {
        if (!holds)
            throw new BrokenPromiseException(what);
    }
}

/// <summary>Something does not hold that must.</summary>
internal sealed class BrokenPromiseException(string message) : Exception(message);
