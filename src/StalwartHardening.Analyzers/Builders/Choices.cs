namespace StalwartHardening.Analyzers.Builders;

/// <summary>Which way to take where nobody knows: one list of answers is one way through the program.</summary>
internal sealed class Choices(Func<int, bool> answer)
{
    private readonly Dictionary<string, Value> _known = new(StringComparer.Ordinal);
    private readonly HashSet<(string, string)> _excluded = [];

    /// <summary>The answers given so far.</summary>
    public List<bool> Made { get; } = [];

    /// <summary>Takes a way.</summary>
    public bool Take()
    {
        var taken = answer(Made.Count);
        Made.Add(taken);
        return taken;
    }

    /// <summary>What this way has found out about a value that is not known; null where nothing.</summary>
    public Value? Known(OpaqueValue value)
    {
        if (value.Key.Length == 0)
            return null;
        if (_known.TryGetValue(value.Key, out var known))
            return known;
        if (value is NotValue not)
            return Known(not.Operand) is KnownValue { Content: bool operand } ? Value.Of(!operand) : null;
        return value is EqualityValue equality && IsExcluded(equality) ? Value.Of(false) : null;
    }

    /// <summary>What a value that is not known is from now on, because this way is the one where a condition holds or does not.</summary>
    public void Assume(OpaqueValue condition, bool holds)
    {
        if (condition is NotValue not)
        {
            Assume(not.Operand, !holds);
            return;
        }

        if (condition.Key.Length == 0)
            return;
        _known[condition.Key] = Value.Of(holds);
        if (condition is not EqualityValue equality)
            return;
        var (opaque, other) = equality.Left is OpaqueValue left ? (left, equality.Right) : (equality.Right as OpaqueValue, equality.Left);
        if (opaque is null || opaque.Key.Length == 0 || KeyOf(other) is not { } key)
            return;
        if (holds && other is not OpaqueValue)
            _known[opaque.Key] = other;
        else if (!holds)
            _excluded.Add((opaque.Key, key));
    }

    private bool IsExcluded(EqualityValue equality) =>
        equality is { Left: OpaqueValue left } && KeyOf(equality.Right) is { } right && _excluded.Contains((left.Key, right));

    /// <summary>What a value is called; null where two of the kind need not be the same.</summary>
    public static string? KeyOf(Value value) => value switch
    {
        OpaqueValue { Key.Length: > 0 } opaque => opaque.Key,
        KnownValue { Content: null } => "null",
        KnownValue { Text: { } text } => "'" + text + "'",
        KnownValue { Content: not string } known => known.Content.GetType().Name + ":" + Convert.ToString(known.Content, System.Globalization.CultureInfo.InvariantCulture),
        EnumValue member => member.Type.Name + ":" + member.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ObjectValue { Key.Length: > 0 } known => known.Key,
        TypeValue type => type.Type.ToDisplayString(),
        _ => null,
    };

    /// <summary>Walks the ways through a program: all of them while they are few, else the first, its opposite, and each turn by itself.</summary>
    public static void Walk(Func<Choices, bool> run)
    {
        const int EveryWayUpTo = 5;
        const int MaxChoices = 64;
        var first = new Choices(static _ => true);
        if (!run(first) || first.Made.Count == 0)
            return;
        if (first.Made.Count > EveryWayUpTo)
        {
            if (!run(new Choices(static _ => false)))
                return;
            for (var turn = 0; turn < first.Made.Count && turn < MaxChoices; turn++)
            {
                var own = turn;
                if (!run(new Choices(index => index != own)))
                    return;
            }

            return;
        }

        var made = first.Made;
        for (var runs = 1; runs < MaxChoices; runs++)
        {
            var last = made.LastIndexOf(true);
            if (last < 0)
                return;
            bool[] next = [.. made.Take(last), false];
            var choices = new Choices(index => index >= next.Length || next[index]);
            if (!run(choices))
                return;
            made = choices.Made;
        }
    }
}
