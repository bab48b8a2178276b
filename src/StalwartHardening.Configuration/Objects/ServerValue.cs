using StalwartHardening.Plans;

namespace StalwartHardening.Configuration.Objects;

/// <summary>
/// A value with fields, as servers from 0.16 on know them. What is never assigned is not written: a new object then has the server's
/// default, an existing one keeps what it has. Assigning null clears a field that can be cleared, and takes the assignment of any other back.
/// </summary>
public abstract class ServerValue
{
    private readonly List<AssignedField> _fields = [];

    private protected ServerValue(string type, string? variant)
    {
        var known = PlanSchema.Instance.FindType(type)!;
        Type = variant is null ? known : known.FindVariant(variant.AsSpan())!;
        Site = CallSite.Record(variant ?? type);
    }

    internal PlanType Type { get; }

    /// <summary>Where it was created.</summary>
    internal CallSite Site { get; }

    /// <summary>The fields that were assigned, in that order.</summary>
    internal IReadOnlyList<AssignedField> Fields => _fields;

    /// <summary>The type of the server's schema, never the values: one of them may be a secret.</summary>
    public override string ToString() => Type.ToString();

    private protected object? Get(string field)
    {
        foreach (var known in _fields)
        {
            if (known.Name == field)
                return known.Value;
        }

        return null;
    }

    private protected int? GetWord(string field) => (int?)Get(field);

    private protected void Set(string field, object? value) => Set(field, value, value);

    private protected void SetWord(string field, int? number, string? word)
    {
        if (word is not null && Field(field).Enum is { } words && words.IndexOf(word.AsSpan()) < 0)
            throw FieldLimits.NoMember(Type, field, number);
        Set(field, number, word);
    }

    /// <summary>Keeps a value, and what is to be written for it.</summary>
    private protected void Set(string field, object? value, object? written)
    {
        var index = _fields.FindIndex(known => known.Name == field);
        if (value is null && !CanClear(Field(field)))
        {
            if (index >= 0)
                _fields.RemoveAt(index);
            return;
        }

        FieldLimits.Check(Type, Field(field), value);
        if (written is IEnumerable<string> words && !ReferenceEquals(written, value))
            FieldLimits.CheckWords(Type, Field(field), words);
        var assigned = new AssignedField(field, value, written, CallSite.Record(PropertyName(field)));
        if (index >= 0)
            _fields[index] = assigned;
        else
            _fields.Add(assigned);
    }

    private protected static IEnumerable<string>? Words<T>(IReadOnlyCollection<T>? values, Func<T, string> word) => values?.Select(word);

    private protected static IEnumerable<KeyValuePair<object?, object?>>? Entries<TKey, TValue>(IReadOnlyDictionary<TKey, TValue>? values, Func<TKey, object?> key, Func<TValue, object?> value) =>
        values?.Select(entry => new KeyValuePair<object?, object?>(key(entry.Key), value(entry.Value)));

    private PlanField Field(string name) => Type.FindField(name.AsSpan())!;

    // "None" is a variant where a secret may be missing.
    private static bool CanClear(PlanField field) => field.IsNullable || field.ValueType is { HasVariants: true } union && union.Variants[0].Variant == "None";

    private static string PropertyName(string field) => char.ToUpperInvariant(field[0]) + field.Substring(1);
}

/// <summary>A field that was assigned.</summary>
/// <param name="Name">The field.</param>
/// <param name="Value">What it was assigned.</param>
/// <param name="Written">What is written for it.</param>
/// <param name="Site">Where that was.</param>
internal readonly record struct AssignedField(string Name, object? Value, object? Written, CallSite Site);
