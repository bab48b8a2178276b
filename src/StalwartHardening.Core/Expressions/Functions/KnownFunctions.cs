namespace StalwartHardening.Expressions.Functions;

/// <summary>
/// The functions that this tool computes (<c>expr/functions/mod.rs</c>, 0.15.5 and 0.16.18). Where something is known of a function although its
/// arguments are not, it is beside what the function does.
/// </summary>
internal static class KnownFunctions
{
    public static readonly ExpressionFunction StartsWith = new("starts_with", 2, static v => ExpressionValue.From(v[0].AsText().StartsWith(v[1].AsText(), StringComparison.Ordinal)))
    {
        IsPredicate = true,
        AbstractBody = AbstractFunctions.StartsWith,
    };

    public static readonly ExpressionFunction EndsWith = Predicate("ends_with", 2, static v => ExpressionValue.From(v[0].AsText().EndsWith(v[1].AsText(), StringComparison.Ordinal)));

    public static readonly ExpressionFunction Contains = new("contains", 2, TextFunctions.Contains) { IsPredicate = true, ComparesPairs = true, AbstractBody = AbstractFunctions.Contains };

    public static readonly ExpressionFunction ContainsIgnoreCase = Predicate("contains_ignore_case", 2, TextFunctions.ContainsIgnoreCase);

    public static readonly ExpressionFunction Split = new("split", 2, SplitFunctions.Split) { AbstractBody = AbstractFunctions.Split };

    public static readonly ExpressionFunction SplitFromEnd = new("rsplit", 2, SplitFunctions.SplitFromEnd);

    public static readonly ExpressionFunction IsIpInCidr = new("is_ip_in_cidr", 2, static v => ExpressionValue.From(IpNetwork.Holds(v[1].AsText(), v[0].AsText())))
    {
        IsPredicate = true,
        AbstractBody = AbstractFunctions.IsIpInCidr,
    };

    // Up to 0.16.0 the second argument asks for the larger ones first, since then for the smaller ones.
    public static readonly ExpressionFunction SortDescending = new("sort", 2, static v => ListFunctions.Sort(v[0], descending: v[1].IsTrue)) { ComparesPairs = true };

    public static readonly ExpressionFunction SortAscending = new("sort", 2, static v => ListFunctions.Sort(v[0], descending: !v[1].IsTrue)) { ComparesPairs = true };

    /// <summary>Those that every generation has, with the same meaning.</summary>
    public static IReadOnlyList<ExpressionFunction> OfEveryGeneration { get; } =
    [
        StartsWith,
        EndsWith,
        Contains,
        ContainsIgnoreCase,
        Split,
        SplitFromEnd,
        new("count", 1, ListFunctions.Count),
        new("dedup", 1, ListFunctions.Dedup) { ComparesPairs = true },
        new("winnow", 1, ListFunctions.Winnow),
        new("is_intersect", 2, ListFunctions.IsIntersect) { IsPredicate = true, ComparesPairs = true },
        Predicate("is_email", 1, static v => ExpressionValue.From(EmailText.IsEmail(v[0].AsText()))),
        new("email_part", 2, TextFunctions.EmailPart),
        new("is_empty", 1, ListFunctions.IsEmpty) { IsPredicate = true, AbstractBody = AbstractFunctions.IsEmpty },
        new("is_number", 1, static v => ExpressionValue.From(v[0].Kind is ExpressionValueKind.Integer or ExpressionValueKind.Float)) { IsPredicate = true, AbstractBody = AbstractFunctions.IsNumber },
        new("is_ip_addr", 1, static v => ExpressionValue.From(IpText.Parse(v[0].AsText()) is not null)) { IsPredicate = true, AbstractBody = AbstractFunctions.IsIpAddress },
        Predicate("is_ipv4_addr", 1, static v => ExpressionValue.From(IpText.Parse(v[0].AsText())?.Length == 4)),
        Predicate("is_ipv6_addr", 1, static v => ExpressionValue.From(IpText.Parse(v[0].AsText())?.Length == 16)),
        new("ip_reverse_name", 1, static v => ExpressionValue.From(IpText.Parse(v[0].AsText()) is { } address ? IpText.ReverseName(address) : "")),
        new("trim", 1, TextFunctions.Trim),
        new("trim_start", 1, TextFunctions.TrimStart),
        new("trim_end", 1, TextFunctions.TrimEnd),
        new("len", 1, TextFunctions.Length),
        new("count_chars", 1, TextFunctions.CountCharacters),
        new("to_lowercase", 1, TextFunctions.ToLowercase),
        new("to_uppercase", 1, TextFunctions.ToUppercase),
        new("is_uppercase", 1, TextFunctions.IsUppercase),
        new("is_lowercase", 1, TextFunctions.IsLowercase),
        new("has_digits", 1, TextFunctions.HasDigits),
        new("count_spaces", 1, TextFunctions.CountSpaces),
        new("count_uppercase", 1, TextFunctions.CountUppercase),
        new("count_lowercase", 1, TextFunctions.CountLowercase),
        Predicate("eq_ignore_case", 2, static v => ExpressionValue.From(TextFunctions.EqualsIgnoringAsciiCase(v[0].AsText(), v[1].AsText()))),
        new("lines", 1, SplitFunctions.Lines),
        new("substring", 3, TextFunctions.Substring),
        new("strip_prefix", 2, TextFunctions.StripPrefix),
        new("strip_suffix", 2, TextFunctions.StripSuffix),
        new("split_once", 2, SplitFunctions.SplitOnce),
        new("rsplit_once", 2, SplitFunctions.SplitOnceFromEnd),
        new("split_n", 3, SplitFunctions.SplitTimes),
        new("split_words", 1, SplitFunctions.SplitWords),
        new("hash", 2, TextFunctions.Hash) { Overhead = 200 },
        new("if_then", 3, static v => v[0].IsTrue ? v[1] : v[2]) { AbstractBody = AbstractFunctions.IfThen },
    ];

    private static ExpressionFunction Predicate(string name, int arity, FunctionBody body) => new(name, arity, body) { IsPredicate = true };
}
