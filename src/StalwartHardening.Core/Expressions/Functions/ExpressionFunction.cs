namespace StalwartHardening.Expressions.Functions;

/// <summary>What a function does with its arguments; null where this tool does not follow the server.</summary>
internal delegate ExpressionValue? FunctionBody(ReadOnlySpan<ExpressionValue> arguments);

/// <summary>A function of the expression language, by its exact name (<c>expr/functions/mod.rs</c>, 0.15.5).</summary>
internal sealed class ExpressionFunction
{
    private static readonly Dictionary<string, ExpressionFunction> ByName = Create();

    private ExpressionFunction(string name, int arity, FunctionBody? body, bool isPredicate)
    {
        Name = name;
        Arity = arity;
        Body = body;
        IsPredicate = isPredicate;
    }

    public string Name { get; }

    public int Arity { get; }

    /// <summary>Null for the functions that ask a store, a directory or the DNS, and can fail.</summary>
    public FunctionBody? Body { get; }

    /// <summary>Whether plain arguments give 0 or 1 and nothing else.</summary>
    public bool IsPredicate { get; }

    public static ExpressionFunction? Find(string name) => ByName.TryGetValue(name, out var function) ? function : null;

    private static Dictionary<string, ExpressionFunction> Create()
    {
        var functions = new Dictionary<string, ExpressionFunction>(StringComparer.Ordinal);
        Add("count", 1, ListFunctions.Count);
        Add("sort", 2, ListFunctions.Sort);
        Add("dedup", 1, ListFunctions.Dedup);
        Add("winnow", 1, ListFunctions.Winnow);
        Predicate("is_intersect", 2, ListFunctions.IsIntersect);
        Predicate("is_email", 1, static v => ExpressionValue.Of(EmailText.IsEmail(v[0].AsText())));
        Add("email_part", 2, TextFunctions.EmailPart);
        Predicate("is_empty", 1, ListFunctions.IsEmpty);
        Predicate("is_number", 1, static v => ExpressionValue.Of(v[0].Kind is ExpressionValueKind.Integer or ExpressionValueKind.Float));
        Predicate("is_ip_addr", 1, static v => ExpressionValue.Of(IpText.Parse(v[0].AsText()) is not null));
        Predicate("is_ipv4_addr", 1, static v => ExpressionValue.Of(IpText.Parse(v[0].AsText())?.Length == 4));
        Predicate("is_ipv6_addr", 1, static v => ExpressionValue.Of(IpText.Parse(v[0].AsText())?.Length == 16));
        Add("ip_reverse_name", 1, static v => ExpressionValue.Of(IpText.Parse(v[0].AsText()) is { } address ? IpText.ReverseName(address) : ""));
        Add("trim", 1, TextFunctions.Trim);
        Add("trim_start", 1, TextFunctions.TrimStart);
        Add("trim_end", 1, TextFunctions.TrimEnd);
        Add("len", 1, TextFunctions.Length);
        Add("count_chars", 1, TextFunctions.CountCharacters);
        Add("to_lowercase", 1, TextFunctions.ToLowercase);
        Add("to_uppercase", 1, TextFunctions.ToUppercase);
        Add("is_uppercase", 1, TextFunctions.IsUppercase);
        Add("is_lowercase", 1, TextFunctions.IsLowercase);
        Add("has_digits", 1, TextFunctions.HasDigits);
        Add("count_spaces", 1, TextFunctions.CountSpaces);
        Add("count_uppercase", 1, TextFunctions.CountUppercase);
        Add("count_lowercase", 1, TextFunctions.CountLowercase);
        Predicate("contains", 2, TextFunctions.Contains);
        Predicate("contains_ignore_case", 2, TextFunctions.ContainsIgnoreCase);
        Predicate("eq_ignore_case", 2, static v => ExpressionValue.Of(TextFunctions.EqualsIgnoringAsciiCase(v[0].AsText(), v[1].AsText())));
        Predicate("starts_with", 2, static v => ExpressionValue.Of(v[0].AsText().StartsWith(v[1].AsText(), StringComparison.Ordinal)));
        Predicate("ends_with", 2, static v => ExpressionValue.Of(v[0].AsText().EndsWith(v[1].AsText(), StringComparison.Ordinal)));
        Add("lines", 1, SplitFunctions.Lines);
        Add("substring", 3, TextFunctions.Substring);
        Add("strip_prefix", 2, TextFunctions.StripPrefix);
        Add("strip_suffix", 2, TextFunctions.StripSuffix);
        Add("split", 2, SplitFunctions.Split);
        Add("rsplit", 2, SplitFunctions.SplitFromEnd);
        Add("split_once", 2, SplitFunctions.SplitOnce);
        Add("rsplit_once", 2, SplitFunctions.SplitOnceFromEnd);
        Add("split_n", 3, SplitFunctions.SplitTimes);
        Add("split_words", 1, SplitFunctions.SplitWords);
        Add("hash", 2, TextFunctions.Hash);
        Add("if_then", 3, static v => v[0].IsTrue ? v[1] : v[2]);
        foreach (var name in new[] { "key_get", "key_exists", "counter_get", "dns_query", "is_local_domain", "is_local_address" })
            functions.Add(name, new ExpressionFunction(name, 2, null, false));
        foreach (var name in new[] { "key_set", "counter_incr", "sql_query" })
            functions.Add(name, new ExpressionFunction(name, 3, null, false));
        return functions;

        void Add(string name, int arity, FunctionBody body) => functions.Add(name, new ExpressionFunction(name, arity, body, false));

        void Predicate(string name, int arity, FunctionBody body) => functions.Add(name, new ExpressionFunction(name, arity, body, true));
    }
}
