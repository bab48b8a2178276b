namespace StalwartHardening.Plans;

/// <summary>A setting's key, <c>NetworkListener/imap/bind/[::]:143</c>, taken apart by the schema: which object, and the way to the value in it.</summary>
internal sealed class PlanKey
{
    private const char Separator = '/';
    private const string SeparatorText = "/";

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
    public string Owner => Name.Length == 0 ? Type.Name : Join(Type.Name, Name);

    /// <summary>Takes a key apart; null where it belongs to no type.</summary>
    public static PlanKey? Parse(string key)
    {
        var parts = Parts(key);
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
            text = Join(text, Escape(Path[i]));
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

    /// <summary>What the keys of everything in <paramref name="key"/> begin with.</summary>
    public static string PrefixOf(string key) => key + SeparatorText;

    /// <summary>The key of something in an object, whose fields' keys begin with <paramref name="prefix"/>: the object's own name and its separator.</summary>
    /// <param name="key">A key of the object.</param>
    /// <param name="prefix">The type and its separator.</param>
    public static string PrefixOfObject(string key, string prefix) => key.IndexOf(Separator, prefix.Length) is >= 0 and var end ? key.Substring(0, end + 1) : PrefixOf(key);

    /// <summary>The key of a part of what has <paramref name="key"/>.</summary>
    public static string Join(string key, string part) => key + SeparatorText + part;

    /// <summary>Whether <paramref name="key"/> is <paramref name="owner"/>, or something in it.</summary>
    public static bool IsAtOrBelow(string key, string owner) =>
        key.StartsWith(owner, StringComparison.Ordinal) && (key.Length == owner.Length || key[owner.Length] == Separator);

    /// <summary>Whether <paramref name="key"/> is something in <paramref name="owner"/>.</summary>
    public static bool IsBelow(string key, string owner) => key.Length > owner.Length && IsAtOrBelow(key, owner);

    /// <summary>Whether <paramref name="key"/> begins with <paramref name="prefix"/>, its final separator included.</summary>
    public static bool HasPrefix(string key, string prefix) => key.StartsWith(prefix, StringComparison.Ordinal);

    /// <summary>Whether a part inside of <paramref name="key"/>, neither the first nor the last, is <paramref name="part"/>.</summary>
    public static bool HasPart(string key, string part) => key.IndexOf(SeparatorText + part + SeparatorText, StringComparison.Ordinal) > 0;

    /// <summary>Whether the last part ends with these letters.</summary>
    public static bool EndsInLetters(string key, string letters) => key.EndsWith(letters, StringComparison.Ordinal);

    /// <summary>Whether a part is an address with its scheme, <c>https://</c> and the like.</summary>
    public static bool HoldsAddress(string key) => key.IndexOf(":~1~1", StringComparison.Ordinal) > 0;

    /// <summary>The name, as it was written, that begins at a place of <paramref name="key"/> and is its last part.</summary>
    public static string NameAt(string key, int start) => Unescape(key.Substring(start));

    /// <summary>What <paramref name="key"/> has after <paramref name="prefix"/>, its final separator included.</summary>
    public static string Relative(string key, string prefix) => key.Substring(prefix.Length);

    /// <summary>The key of what the last part is in.</summary>
    public static string Parent(string key) => key.Substring(0, Math.Max(0, key.LastIndexOf(Separator)));

    /// <summary>The last part, as it stands in the key.</summary>
    public static string LastPart(string key) => key.Substring(key.LastIndexOf(Separator) + 1);

    /// <summary>The parts, as they stand in the key.</summary>
    public static string[] Parts(string key) => key.Split(Separator);

    /// <summary>Whether the last parts are <paramref name="name"/>.</summary>
    public static bool EndsIn(string key, string name) =>
        key.Length > name.Length && key.EndsWith(name, StringComparison.Ordinal) && key[key.Length - name.Length - 1] == Separator;

    /// <summary>A name as it stands in a key or a JSON pointer.</summary>
    public static string Escape(string name) => name.IndexOf('~') < 0 && name.IndexOf('/') < 0 ? name : name.Replace("~", "~0").Replace("/", "~1");

    /// <summary>A name as it was written, from how it stands in a key or a JSON pointer.</summary>
    public static string Unescape(string name) => name.IndexOf('~') < 0 ? name : name.Replace("~1", "/").Replace("~0", "~");

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
