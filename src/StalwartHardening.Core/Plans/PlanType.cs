namespace StalwartHardening.Plans;

/// <summary>How objects of a type exist.</summary>
internal enum PlanTypeKind
{
    /// <summary>Any number, each with an id.</summary>
    Object,

    /// <summary>Exactly one, always there.</summary>
    Singleton,

    /// <summary>Only as the value of a field.</summary>
    Embedded,
}

/// <summary>A type of the server's schema, or one variant of a type that has several.</summary>
internal sealed class PlanType
{
    private readonly PlanField[] _fields;
    private readonly NameTable _fieldTable;
    private readonly PlanType[] _variants;
    private readonly NameTable? _variantTable;
    private string[]? _labelProperty;

    internal PlanType(string name, PlanTypeKind kind, string label, int index, PlanField[] fields, (string Name, PlanField[] Fields)[] variants, PlanIndex[] indexes)
    {
        Name = name;
        Kind = kind;
        Label = label;
        Index = index;
        Indexes = indexes;
        _fields = fields;
        _fieldTable = new NameTable(Array.ConvertAll(fields, field => field.Name));
        _variants = Array.ConvertAll(variants, variant => new PlanType(this, variant.Name, variant.Fields));
        if (variants.Length > 0)
            _variantTable = new NameTable(Array.ConvertAll(variants, variant => variant.Name));
    }

    private PlanType(PlanType union, string variant, PlanField[] fields)
    {
        Name = union.Name;
        Kind = union.Kind;
        Label = union.Label;
        Index = union.Index;
        Indexes = union.Indexes;
        Union = union;
        Variant = variant;
        _fields = fields;
        _fieldTable = new NameTable(Array.ConvertAll(fields, field => field.Name));
        _variants = [];
    }

    /// <summary>The type's name, without the <c>x:</c> that requests put before it.</summary>
    public string Name { get; }

    /// <summary>How objects of the type exist.</summary>
    public PlanTypeKind Kind { get; }

    /// <summary>The property that objects are matched on when nobody says which; empty where there is none.</summary>
    public string Label { get; }

    /// <summary>The label alone, as the list of properties that objects are matched on.</summary>
    internal string[] LabelProperty => _labelProperty ??= [Label];

    /// <summary>The type's place in the schema.</summary>
    internal int Index { get; }

    /// <summary>What the server can look objects up by.</summary>
    internal PlanIndex[] Indexes { get; }

    /// <summary>The type this is a variant of.</summary>
    public PlanType? Union { get; }

    /// <summary>The variant's name, which objects carry in <c>@type</c>.</summary>
    public string? Variant { get; }

    /// <summary>The variants, in the server's order (the first is the default); empty where there are none.</summary>
    public IReadOnlyList<PlanType> Variants => _variants;

    /// <summary>Whether objects say in <c>@type</c> which variant they are.</summary>
    public bool HasVariants => _variants.Length > 0;

    /// <summary>The fields; none where the type has variants.</summary>
    public IReadOnlyList<PlanField> Fields => _fields;

    /// <summary>Finds a field; names are written exactly so.</summary>
    public PlanField? FindField(ReadOnlySpan<char> name) => _fieldTable.IndexOf(name) is >= 0 and var index ? _fields[index] : null;

    /// <summary>Finds a variant; names are written exactly so.</summary>
    public PlanType? FindVariant(ReadOnlySpan<char> name) => _variantTable?.IndexOf(name) is >= 0 and var index ? _variants[index] : null;

    /// <summary>Finds a field of any variant.</summary>
    internal PlanField? FindFieldAnywhere(ReadOnlySpan<char> name)
    {
        if (FindField(name) is { } own)
            return own;
        foreach (var variant in _variants)
        {
            if (variant.FindField(name) is { } field)
                return field;
        }

        return null;
    }

    /// <inheritdoc/>
    public override string ToString() => Variant is null ? Name : Name + "/" + Variant;
}

/// <summary>A property that the server can look objects of a type up by.</summary>
/// <param name="Property">The property.</param>
/// <param name="IsUnique">Whether no two objects may share a value.</param>
/// <param name="IsText">Whether words are looked up instead of the whole value.</param>
internal readonly record struct PlanIndex(string Property, bool IsUnique, bool IsText);
