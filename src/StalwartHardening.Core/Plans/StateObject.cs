namespace StalwartHardening.Plans;

/// <summary>
/// An object on the server. Immutable: an operation that changes it puts another one with the same <see cref="Id"/> in its place.
/// </summary>
internal sealed class StateObject
{
    internal StateObject(PlanType type, int id, string serverId, PlanValue?[] fields, int createdBy, int writtenBy)
    {
        Type = type;
        Id = id;
        ServerId = serverId;
        Fields = fields;
        CreatedBy = createdBy;
        WrittenBy = writtenBy;
    }

    /// <summary>The type; the variant where the type has several.</summary>
    public PlanType Type { get; }

    /// <summary>Tells objects of one run apart.</summary>
    public int Id { get; }

    /// <summary>The id that the server gave it, as far as it can be known; a made-up one that begins with <c>~</c> otherwise.</summary>
    public string ServerId { get; }

    internal PlanValue?[] Fields { get; }

    /// <summary>The operation that made it; -1 for what was there before.</summary>
    public int CreatedBy { get; }

    /// <summary>The last operation that changed it; -1 where none did.</summary>
    public int WrittenBy { get; }

    /// <summary>Where its body was written; null for what was there before.</summary>
    public SourceSpan? Span { get; init; }

    /// <summary>Whether it may have been there before the run with values that nobody knows.</summary>
    public bool IsPartial { get; init; }

    /// <summary>The object that a first boot made, which this one still equals or has come from; null for all others.</summary>
    internal StateObject? Factory { get; init; }

    /// <summary>The settings of an object that a first boot makes, once somebody has asked.</summary>
    internal (string Key, string Text, PlanValue Value)[]? Settings { get; set; }

    /// <summary>A field, defaults included; null where the type has none of that name.</summary>
    public PlanValue? this[string field] => Type.FindField(field.AsSpan()) is { } found ? Fields[found.Ordinal] ?? found.Default : null;

    /// <summary>A field, defaults included.</summary>
    public PlanValue this[PlanField field] => Fields[field.Ordinal] ?? field.Default;

    /// <summary>What people call it: the text that its type is matched on, else its <c>name</c>; null where it has none.</summary>
    public string? Label => LabelValue?.Content;

    /// <summary>The value of the property that people know it by; null where it has none.</summary>
    internal PlanValue? LabelValue
    {
        get
        {
            var value = Type.Label.Length > 0 ? this[Type.Label] : null;
            if (value is not { Kind: PlanValueKind.Text, Content.Length: > 0 })
                value = this["name"];
            return value is { Kind: PlanValueKind.Text, Content.Length: > 0 } ? value : null;
        }
    }

    /// <summary>Whether it is exactly what a first boot makes.</summary>
    public bool IsFactory
    {
        get
        {
            var factory = Factory ?? (Type.Kind == PlanTypeKind.Object && Label is { } label ? FactoryServer.State.Objects(Type).FirstOrDefault(made => made.Label == label) : null);
            return factory is not null && factory.Type == Type && !IsPartial && (ReferenceEquals(factory.Fields, Fields) || PlanValue.AreEqual(Type, factory.Fields, Fields));
        }
    }

    private int _hasReferences = -1;

    /// <summary>Whether it refers to other objects.</summary>
    internal bool HasReferences
    {
        get
        {
            if (_hasReferences < 0)
                _hasReferences = HasReference(Fields) ? 1 : 0;
            return _hasReferences == 1;
        }
    }

    /// <summary>Adds the ids of all objects that it refers to.</summary>
    internal void AddReferences(HashSet<int> ids)
    {
        if (HasReferences)
            AddReferences(Fields, ids);
    }

    private static void AddReferences(PlanValue?[] fields, HashSet<int> ids)
    {
        foreach (var field in fields)
        {
            if (field is not null)
                AddReferences(field, ids);
        }
    }

    private static void AddReferences(PlanValue value, HashSet<int> ids)
    {
        if (value.Kind == PlanValueKind.Reference)
        {
            if (value.Target is { } target)
                ids.Add(target.Id);
        }
        else if (value.Fields is { } fields)
        {
            AddReferences(fields, ids);
        }
        else
        {
            for (var i = 0; i < (value.Members?.Count ?? 0); i++)
                AddReferences(value.Members![i].Value, ids);
        }
    }

    private static bool HasReference(PlanValue?[] fields)
    {
        foreach (var field in fields)
        {
            if (field is not null && HasReference(field))
                return true;
        }

        return false;
    }

    private static bool HasReference(PlanValue value)
    {
        if (value.Kind == PlanValueKind.Reference)
            return value.Target is not null;
        if (value.Fields is { } fields)
            return HasReference(fields);
        for (var i = 0; i < (value.Members?.Count ?? 0); i++)
        {
            if (HasReference(value.Members![i].Value))
                return true;
        }

        return false;
    }
}
