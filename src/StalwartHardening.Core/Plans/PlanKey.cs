namespace StalwartHardening.Plans;

/// <summary>A setting's key, <c>NetworkListener/imap/bind/[::]:143</c>, taken apart by the schema: which object, and the way to the value in it.</summary>
internal sealed class PlanKey
{
    private PlanKey(PlanType type, string name, string[] path)
    {
        Type = type;
        Name = name;
        Path = path;
    }

    /// <summary>The object's type.</summary>
    public PlanType Type { get; }

    /// <summary>The object's name as it stands in the key; empty for a singleton.</summary>
    public string Name { get; }

    /// <summary>Fields, members and elements on the way to the value, decoded; empty for the object itself.</summary>
    public string[] Path { get; }

    /// <summary>What every key of the object begins with.</summary>
    public string Owner => Name.Length == 0 ? Type.Name : Type.Name + "/" + Name;

    /// <summary>Takes a key apart; null where it belongs to no type.</summary>
    public static PlanKey? Parse(string key)
    {
        var parts = key.Split('/');
        if (PlanSchema.Instance.FindObject(parts[0].AsSpan()) is not { } type)
            return null;
        var first = type.Kind == PlanTypeKind.Object ? 2 : 1;
        if (parts.Length < first)
            return null;
        var path = new string[parts.Length - first];
        for (var i = 0; i < path.Length; i++)
            path[i] = Unescape(parts[first + i]);
        return new PlanKey(type, first == 2 ? parts[1] : "", path);
    }

    /// <summary>The same object, and another way in it.</summary>
    public PlanKey With(string[] path) => new(Type, Name, path);

    /// <summary>The key up to and with the first parts of the path.</summary>
    public string Text(int parts)
    {
        var text = Owner;
        for (var i = 0; i < parts; i++)
            text += "/" + Escape(Path[i]);
        return text;
    }

    /// <summary>The field that the last part of the path names, or is a member or element of; null where there is none.</summary>
    public PlanField? Field(out bool isMember)
    {
        PlanField? field = null;
        isMember = false;
        var type = Type;
        for (var i = 0; i < Path.Length; i++)
        {
            if (field is not null && !isMember && field.Type.Shape is PlanShape.Set or PlanShape.List or PlanShape.Map)
            {
                isMember = true;
                continue;
            }

            if (field is not null)
            {
                if (field.ValueType is not { } next)
                    return null;
                type = next;
            }

            field = type.FindFieldAnywhere(Path[i].AsSpan());
            isMember = false;
            if (field is null)
                return null;
        }

        return field;
    }

    /// <summary>The object in a state; null where there is none.</summary>
    public StateObject? FindOwner(PlanState state)
    {
        // A singleton that says what holds anyway is not stored, and says it all the same.
        if (Type.Kind != PlanTypeKind.Object)
            return state.Holding(Type);
        var objects = state.Objects(Type);
        var end = Name.IndexOf("~~", StringComparison.Ordinal);
        var skip = end < 0 ? 0 : int.Parse(Name.Substring(end + 2), System.Globalization.CultureInfo.InvariantCulture) - 1;
        var name = end < 0 ? Name : Name.Substring(0, end);
        foreach (var known in objects)
        {
            if (Escape(known.Label ?? known.ServerId) == name && skip-- == 0)
                return known;
        }

        return null;
    }

    /// <summary>The value in a state, defaults included; null where there is none.</summary>
    public PlanValue? Find(PlanState state)
    {
        if (FindOwner(state) is not { } owner || Path.Length == 0)
            return null;
        var value = owner[Path[0]];
        for (var i = 1; i < Path.Length && value is not null; i++)
            value = value.Type is not null ? value[Path[i]] : Member(value, Path[i]);
        return value;
    }

    /// <summary>A name as it stands in a key or a JSON pointer.</summary>
    public static string Escape(string name) => name.IndexOf('~') < 0 && name.IndexOf('/') < 0 ? name : name.Replace("~", "~0").Replace("/", "~1");

    private static string Unescape(string name) => name.IndexOf('~') < 0 ? name : name.Replace("~1", "/").Replace("~0", "~");

    // A member that is an object is in the key under its label.
    private static PlanValue? Member(PlanValue value, string name)
    {
        if (value.Find(name) is { } found)
            return found;
        for (var i = 0; i < (value.Members?.Count ?? 0); i++)
        {
            if (value.Members![i].Value is { Target: { } target } member && (target.Label ?? target.ServerId) == name)
                return member;
        }

        return null;
    }
}
