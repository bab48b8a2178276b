namespace StalwartHardening.Expressions.Functions;

/// <summary>The functions of one generation, by their exact names.</summary>
internal sealed class FunctionTable
{
    private const int AscendingSortSince = 1;
    private const int NetworksSince = 5;

    private static readonly FunctionTable FirstObjects = new(localArity: 1, KnownFunctions.SortDescending);
    private static readonly FunctionTable ObjectsBeforeNetworks = new(localArity: 1, KnownFunctions.SortAscending);
    private static readonly FunctionTable Objects = new(localArity: 1, KnownFunctions.SortAscending, KnownFunctions.IsIpInCidr);

    private readonly Dictionary<string, ExpressionFunction> _byName = new(StringComparer.Ordinal);

    private FunctionTable(int localArity, params ExpressionFunction[] own)
    {
        foreach (var function in KnownFunctions.OfEveryGeneration)
            Add(function);
        foreach (var function in own)
            Add(function);
        foreach (var name in new[] { "key_get", "key_exists", "counter_get", "dns_query" })
            Add(new ExpressionFunction(name, 2));
        foreach (var name in new[] { "key_set", "counter_incr", "sql_query" })
            Add(new ExpressionFunction(name, 3));
        foreach (var name in new[] { "is_local_domain", "is_local_address" })
            Add(new ExpressionFunction(name, localArity));
    }

    /// <summary>Those of 0.15 and before (<c>expr/functions/mod.rs</c>, 0.15.5).</summary>
    public static FunctionTable Settings { get; } = new(localArity: 2, KnownFunctions.SortDescending);

    /// <summary>Those of 0.16.<paramref name="patch"/>.</summary>
    public static FunctionTable ObjectsOf(int patch) => patch switch
    {
        >= NetworksSince => Objects,
        >= AscendingSortSince => ObjectsBeforeNetworks,
        _ => FirstObjects,
    };

    public ExpressionFunction? Find(string name) => _byName.TryGetValue(name, out var function) ? function : null;

    private void Add(ExpressionFunction function) => _byName.Add(function.Name, function);
}
