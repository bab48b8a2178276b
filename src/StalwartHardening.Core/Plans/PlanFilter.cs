namespace StalwartHardening.Plans;

/// <summary>The filter of a destroy, <c>jmap/registry/query.rs</c>: properties that the server has an index for, joined with AND.</summary>
internal sealed class PlanFilter
{
    private static readonly string[] s_describing = ["name", "description", "clientId"];

    private readonly JsonText _json;
    private readonly PlanType _type;

    public PlanFilter(JsonText json, PlanType type)
    {
        _json = json;
        _type = type;
    }

    /// <summary>The property that the server has no index for.</summary>
    public string? BadProperty { get; private set; }

    /// <summary>What a value is not, where the server has an index but cannot look such a value up: "an id".</summary>
    public string? Wanted { get; private set; }

    /// <summary>The value to blame; -1 where it is the filter as a whole.</summary>
    public int BadNode { get; private set; } = -1;

    /// <summary>The conditions of a filter; null where the server refuses it.</summary>
    public List<(PlanIndex Index, string Value)>? Read(int node)
    {
        var conditions = new List<(PlanIndex, string)>();
        var open = new Stack<int>();
        open.Push(node);
        while (open.Count > 0)
        {
            node = open.Pop();
            if (_json.Kind(node) != JsonKind.Object)
                return Bad(node);
            if (_json.Find(node, "operator") is >= 0 and var join)
            {
                if (!_json.ValueIs(join, "AND"))
                    return Bad(join);
                var parts = _json.Find(node, "conditions");
                if (parts < 0 || _json.Kind(parts) != JsonKind.Array)
                    return Bad(node);
                for (int part = JsonText.First(parts), end = _json.End(parts); part < end; part = _json.Next(part))
                    open.Push(part);
                continue;
            }

            for (int member = JsonText.First(node), end = _json.End(node); member < end; member = _json.Next(member))
            {
                var name = _json.Name(member);
                var found = Array.FindIndex(_type.Indexes, index => index.Property == name);
                if (found < 0 || _json.Kind(member) != JsonKind.Text)
                {
                    BadProperty = name;
                    return Bad(member);
                }

                var value = _json.Value(member);
                if (!_json.IsUnknown(member))
                {
                    (var spelled, Wanted) = Spell(name, value);
                    if (spelled is null)
                    {
                        BadProperty = name;
                        return Bad(member);
                    }

                    value = spelled;
                }

                conditions.Add((_type.Indexes[found], value));
            }
        }

        return conditions;
    }

    // The server's spelling of a value that it looks up; null where it is none, with what it had to be.
    private (string? Value, string? Wanted) Spell(string name, string value) => _type.FindFieldAnywhere(name.AsSpan())?.Type.Scalar switch
    {
        PlanScalar.IpNetwork => (ServerText.IpNetwork(value), "an IP address or a network of at least 8 bits"),
        PlanScalar.ObjectId => (ServerText.IsId(value) ? value : null, "an id: references do not count in a filter"),
        _ when name == "@type" => (_type.FindVariant(value.AsSpan()) is null ? null : value, $"a type of {_type.Name}"),
        _ => (value, null),
    };

    /// <summary>Whether an object fulfils all conditions.</summary>
    public static bool Matches(StateObject candidate, List<(PlanIndex Index, string Value)> conditions)
    {
        foreach (var (index, value) in conditions)
        {
            if (!Matches(candidate, index, value))
                return false;
        }

        return true;
    }

    private static bool Matches(StateObject candidate, PlanIndex index, string value)
    {
        if (index.Property == "@type")
            return candidate.Type.Variant == value;
        if (index.IsText)
        {
            var text = index.Property == "text"
                ? string.Join(" ", s_describing.Select(property => candidate[property]?.Content))
                : candidate[index.Property] is { Members: { } } set ? string.Join(" ", set.Keys) : candidate[index.Property]?.Content ?? "";
            var words = Words(text);
            return Words(value).All(words.Contains);
        }

        return candidate[index.Property] switch
        {
            { Kind: PlanValueKind.Reference } reference => (reference.Target?.ServerId ?? reference.Content) == value,
            { Kind: PlanValueKind.Set } set => set.Find(value) is not null,
            { Kind: PlanValueKind.Text } text => text.Content == value,
            _ => false,
        };
    }

    private static HashSet<string> Words(string text)
    {
        var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetterOrDigit(text[i]))
            {
                if (start < 0)
                    start = i;
            }
            else if (start >= 0)
            {
                words.Add(text.Substring(start, i - start));
                start = -1;
            }
        }

        return words;
    }

    private List<(PlanIndex, string)>? Bad(int node)
    {
        BadNode = node;
        return null;
    }
}
