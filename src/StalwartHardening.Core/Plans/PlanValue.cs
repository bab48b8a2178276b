namespace StalwartHardening.Plans;

/// <summary>What a value of the server's state is.</summary>
internal enum PlanValueKind : byte
{
    /// <summary>Cleared, or never given.</summary>
    Null,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A number, as it is written.</summary>
    Number,

    /// <summary>A text, in the server's spelling; empty where the server misses one.</summary>
    Text,

    /// <summary>Another object.</summary>
    Reference,

    /// <summary>A set.</summary>
    Set,

    /// <summary>A list.</summary>
    List,

    /// <summary>A map.</summary>
    Map,

    /// <summary>An object with fields.</summary>
    Object,

    /// <summary>A template fills it in.</summary>
    Unknown,
}

/// <summary>
/// A value of the server's state: what it is, and where it was written. Immutable; an operation that changes a part makes a new
/// value that shares the rest.
/// </summary>
internal sealed class PlanValue
{
    private readonly JsonText? _json;
    private readonly int _node;
    private string? _content;

    internal PlanValue(PlanValueKind kind, JsonText? json, int node, string? content = null)
    {
        Kind = kind;
        _json = json;
        _node = node;
        _content = content;
    }

    internal PlanValue(PlanValueKind kind, PlanMembers members, JsonText? json, int node)
        : this(kind, json, node) => Members = members;

    internal PlanValue(PlanType type, PlanValue?[] fields, JsonText? json, int node)
        : this(PlanValueKind.Object, json, node)
    {
        Type = type;
        Fields = fields;
    }

    internal PlanValue(StateObject target, JsonText? json, int node)
        : this(PlanValueKind.Reference, json, node) => Target = target;

    internal static PlanValue Null { get; } = new(PlanValueKind.Null, null, -1);

    /// <summary>A value that was there before the run and that nobody knows.</summary>
    internal static PlanValue Unknown { get; } = new(PlanValueKind.Unknown, null, -1);

    internal static PlanValue True { get; } = new(PlanValueKind.Boolean, null, -1, "true");

    internal static PlanValue False { get; } = new(PlanValueKind.Boolean, null, -1, "false");

    /// <summary>What the value is.</summary>
    public PlanValueKind Kind { get; }

    /// <summary>The text of a text (decoded, in the server's spelling), a number or a truth value; empty for everything else. Unknown parts as <see cref="Setting.UnknownPart"/>.</summary>
    public string Content => _content ??= Kind is PlanValueKind.Text or PlanValueKind.Number or PlanValueKind.Unknown && _json is not null ? _json.Value(_node) : "";

    /// <summary>The <see cref="Content"/> to show somebody: what is not known as it is written.</summary>
    internal string Written => IsUnknown && _node >= 0 && _json is not null ? _json.Written(_node) : Content;

    /// <summary>The name it is under as it is written, where a part of that is not known; otherwise null.</summary>
    internal string? WrittenName => _node >= 0 && _json is not null && _json.IsNameUnknown(_node) ? _json.WrittenName(_node) : null;

    /// <summary>Whether it is <c>true</c>.</summary>
    public bool IsTrue => Kind == PlanValueKind.Boolean && _content == "true";

    /// <summary>Whether a part of it is not known before a template is filled in.</summary>
    public bool IsUnknown => Kind == PlanValueKind.Unknown || (_json is not null && Kind is PlanValueKind.Text or PlanValueKind.Reference && _json.IsUnknown(_node));

    /// <summary>The members of a set, elements of a list or values of a map; null for everything else.</summary>
    internal PlanMembers? Members { get; }

    /// <summary>The type of an object with fields.</summary>
    public PlanType? Type { get; }

    /// <summary>The fields of an object by their places; null where the default holds.</summary>
    internal PlanValue?[]? Fields { get; }

    /// <summary>The object referred to; null where only an id is known, which is then the <see cref="Content"/>.</summary>
    public StateObject? Target { get; }

    /// <summary>Whether somebody wrote it; false for the server's own defaults.</summary>
    public bool IsWritten => _json is { IsDefault: false };

    /// <summary>Where the value was written; null for defaults.</summary>
    public SourceSpan? Span => IsWritten ? _json!.Span(_node) : null;

    /// <summary>Where the name it is under was written (a set's member is there too); null for defaults.</summary>
    public SourceSpan? NameSpan => IsWritten ? _json!.NameSpan(_node) : null;

    /// <summary>The text it was written in.</summary>
    internal JsonText? Json => _json;

    /// <summary>The value in <see cref="Json"/>.</summary>
    internal int Node => _node;

    /// <summary>A field of an object, defaults included; null where it has none of that name.</summary>
    public PlanValue? this[string field] => Type?.FindField(field.AsSpan()) is { } found ? Fields![found.Ordinal] ?? found.Default : null;

    /// <summary>The names of a set's members, in the order they were added; the keys of a list or map.</summary>
    public IEnumerable<string> Keys
    {
        get
        {
            for (var i = 0; i < (Members?.Count ?? 0); i++)
                yield return Members![i].Key;
        }
    }

    /// <summary>The element or member under a key; null where there is none.</summary>
    public PlanValue? Find(string key) => Members?.Find(key) is >= 0 and var index ? Members![index].Value : null;

    /// <summary>Whether two values are the same, wherever they were written.</summary>
    internal static bool AreEqual(PlanValue left, PlanValue right)
    {
        if (ReferenceEquals(left, right))
            return true;
        if (left.Kind != right.Kind)
            return false;
        switch (left.Kind)
        {
            case PlanValueKind.Null:
                return true;
            case PlanValueKind.Reference:
                return left.Target?.Id == right.Target?.Id && (left.Target is not null || left.Content == right.Content);
            case PlanValueKind.Set or PlanValueKind.List or PlanValueKind.Map:
                if (left.Members!.Count != right.Members!.Count)
                    return false;
                for (var i = 0; i < left.Members.Count; i++)
                {
                    // Lists compare by position: their numbers are renewed when they are stored.
                    var other = left.Kind == PlanValueKind.List ? i : right.Members.Find(left.Members[i].Key);
                    if (other < 0 || (left.Kind != PlanValueKind.Set && !AreEqual(left.Members[i].Value, right.Members[other].Value)))
                        return false;
                }

                return true;
            case PlanValueKind.Object:
                return left.Type == right.Type && AreEqual(left.Type!, left.Fields!, right.Fields!);
            default:
                return left.Content == right.Content;
        }
    }

    internal static bool AreEqual(PlanType type, PlanValue?[] left, PlanValue?[] right)
    {
        for (var i = 0; i < left.Length; i++)
        {
            if (!ReferenceEquals(left[i], right[i]) && !AreEqual(left[i] ?? type.Fields[i].Default, right[i] ?? type.Fields[i].Default))
                return false;
        }

        return true;
    }
}
