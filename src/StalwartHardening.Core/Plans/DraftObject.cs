namespace StalwartHardening.Plans;

/// <summary>An object of a plan that is being put together: what it is, and the fields that somebody gave a value, in that order.</summary>
/// <param name="type">Its type; the variant where the type has several.</param>
/// <param name="origin">What wrote it, to be told apart later.</param>
internal sealed class DraftObject(PlanType type, object? origin)
{
    private readonly List<DraftField> _fields = [];

    /// <summary>The type; the variant where the type has several.</summary>
    public PlanType Type { get; } = type;

    /// <summary>Who wrote it.</summary>
    public object? Origin { get; } = origin;

    /// <summary>What somebody called it who wrote it down; empty where it has no name. Nothing depends on it.</summary>
    public string Name { get; init; } = "";

    /// <summary>The fields that have a value, in the order in which they were given one.</summary>
    public IReadOnlyList<DraftField> Fields => _fields;

    /// <summary>Gives a field a value; an earlier one is replaced.</summary>
    /// <param name="name">The field, or a path to a part of it: <c>services/smtp/cleartext</c>.</param>
    /// <param name="value">The value.</param>
    /// <param name="origin">Who wrote it.</param>
    public void Set(string name, DraftValue value, object? origin)
    {
        var field = new DraftField(Type.FindFieldAnywhere(name.AsSpan()), name, value, origin);
        var index = _fields.FindIndex(known => known.Name == name);
        if (index >= 0)
            _fields[index] = field;
        else
            _fields.Add(field);
    }

    /// <summary>The value of a field; null where it has none.</summary>
    public DraftValue? Find(string name)
    {
        foreach (var field in _fields)
        {
            if (field.Name == name)
                return field.Value;
        }

        return null;
    }
}

/// <summary>A field of an object with its value.</summary>
/// <param name="Field">The field; null for a path, and for a field that the server does not have.</param>
/// <param name="Name">Its name, or the path.</param>
/// <param name="Value">The value.</param>
/// <param name="Origin">Who wrote it.</param>
internal readonly record struct DraftField(PlanField? Field, string Name, DraftValue Value, object? Origin);
