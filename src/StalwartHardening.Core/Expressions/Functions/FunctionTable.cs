namespace StalwartHardening.Expressions.Functions;

/// <summary>The functions of one generation, by their exact names.</summary>
internal sealed class FunctionTable
{
    private const int AscendingSortSince = 1;
    private const int NetworksSince = 5;

    private readonly Dictionary<string, ExpressionFunction> _byName = new(StringComparer.Ordinal);

    private FunctionTable()
    {
        foreach (var function in KnownFunctions.OfEveryGeneration)
            Add(function);
    }

    /// <summary>Those of 0.15 and before (<c>expr/functions/mod.rs</c>, 0.15.5).</summary>
    public static FunctionTable Settings { get; } = CreateSettings();

    /// <summary>Those of 0.16.<paramref name="patch"/>.</summary>
    public static FunctionTable ObjectsOf(int patch)
    {
        var table = new FunctionTable();
        table.Add(patch >= AscendingSortSince ? KnownFunctions.SortAscending : KnownFunctions.SortDescending);
        if (patch >= NetworksSince)
            table.Add(KnownFunctions.IsIpInCidr);
        table.AddLookups(localArity: 1);
        return table;
    }

    public ExpressionFunction? Find(string name) => _byName.TryGetValue(name, out var function) ? function : null;

    private static FunctionTable CreateSettings()
    {
        var table = new FunctionTable();
        table.Add(KnownFunctions.SortDescending);
        table.AddLookups(localArity: 2);
        return table;
    }

    private void AddLookups(int localArity)
    {
        foreach (var name in new[] { "key_get", "key_exists", "counter_get", "dns_query" })
            Add(new ExpressionFunction(name, 2));
        foreach (var name in new[] { "key_set", "counter_incr", "sql_query" })
            Add(new ExpressionFunction(name, 3));
        foreach (var name in new[] { "is_local_domain", "is_local_address" })
            Add(new ExpressionFunction(name, localArity));
    }

    private void Add(ExpressionFunction function) => _byName.Add(function.Name, function);
}
