using System.Globalization;
using StalwartHardening.Generations;
using StalwartHardening.Plans;

namespace StalwartHardening.Programs;

/// <summary>Values of a plan's draft as C# expressions of the typed objects.</summary>
internal sealed class PlanValueCode(PlanSecrets secrets)
{
    private readonly Dictionary<DraftObject, string> _variables = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _words = new(StringComparer.Ordinal);

    /// <summary>The objects that the program keeps in variables, with their names.</summary>
    public Dictionary<DraftObject, string> Variables => _variables;

    /// <summary>Whether a value needs <c>System</c>.</summary>
    public bool UsesSystem { get; private set; }

    /// <summary>Whether a value needs <c>System.Collections.Generic</c>.</summary>
    public bool UsesCollections { get; private set; }

    /// <summary>An object, created.</summary>
    /// <param name="written">The object.</param>
    /// <param name="path">What it is called, for the names of secrets.</param>
    /// <param name="head">What comes before it.</param>
    /// <param name="remarks">What there is to say of fields that are not written.</param>
    public ProgramCode Create(DraftObject written, string path, string head = "", IReadOnlyList<string>? remarks = null)
    {
        var fields = written.Fields.Where(static field => field.Field is not null).ToList();
        var type = TypeName(written.Type);
        var origin = written.Origin as SourceSpan?;
        if (fields.Count == 0 && remarks is not { Count: > 0 })
            return new ProgramCode($"{head}new {type}()") { Origin = origin };
        var items = fields.ConvertAll(field => new ProgramCode(PropertyName(written.Type, field.Field!) + " = ") { Value = Value(field.Field!, field.Value, path + "/" + field.Name), Origin = field.Origin as SourceSpan? });
        if (remarks is { Count: > 0 })
            return new ProgramCode($"{head}new {type}") { Items = [.. items.Take(1).Select(item => new ProgramCode("") { Value = item, Remark = string.Join("\n", remarks) }), .. items.Skip(1)], Origin = origin };
        return new ProgramCode($"{head}new {type}") { Items = items, Origin = origin };
    }

    /// <summary>The class of a type, or of a variant.</summary>
    public static string TypeName(PlanType type) => ObjectNames.Type(type.Name) + (type.Variant is { } variant ? "." + ObjectNames.Variant(variant) : "");

    /// <summary>The property of a field.</summary>
    public static string PropertyName(PlanType type, PlanField field)
    {
        if (type.Union is not { } union)
            return ObjectNames.Property(field.Name, ObjectNames.Type(type.Name), []);
        var isCommon = union.Variants.All(variant => variant.FindField(field.Name.AsSpan()) is { } other && other.Type.Shape == field.Type.Shape && other.Type.Scalar == field.Type.Scalar && other.Type.Name == field.Type.Name && other.Type.ValueName == field.Type.ValueName);
        return ObjectNames.Property(field.Name, isCommon ? ObjectNames.Type(union.Name) : ObjectNames.Variant(type.Variant!), union.Variants.Select(static variant => ObjectNames.Type(variant.Variant!)));
    }

    /// <summary>What is changed, as the argument of <c>Set</c>.</summary>
    /// <param name="value">The value.</param>
    /// <param name="name">The part that is changed.</param>
    /// <param name="path">What it is called, for the names of secrets.</param>
    public string Part(DraftValue value, string name, string path) => value.Kind switch
    {
        DraftValueKind.Null => "(string?)null",
        DraftValueKind.Text when PlanSecrets.HoldsSecret(name, value.Content) => Plain(path + "/" + name),
        DraftValueKind.Text => ProgramText.Literal(value.Content),
        _ => value.Content,
    };

    /// <summary>A reference as an argument.</summary>
    /// <param name="value">The object, or its id.</param>
    /// <param name="type">The type that it is of.</param>
    public string Reference(DraftValue value, string type) =>
        value.Kind == DraftValueKind.Reference ? _variables[value.Object!] : $"ObjectReference.FromId<{ReferenceName(type)}>({ProgramText.Literal(value.Content)})";

    /// <summary>What a field is assigned.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">The value.</param>
    /// <param name="path">What it is called, for the names of secrets.</param>
    public ProgramCode Value(PlanField field, DraftValue value, string path)
    {
        var type = field.Type;
        if (value.Kind == DraftValueKind.Null)
            return new ProgramCode("null");
        if (field.IsSecret && type.Shape == PlanShape.Scalar)
        {
            UsesSystem = true;
            return new ProgramCode(secrets.Text(value.Content, path));
        }

        if (field.IsSecretObject)
            return new ProgramCode(secrets.Object(value.Content, path));
        switch (value.Kind)
        {
            case DraftValueKind.Object:
                return Create(value.Object!, path);
            case DraftValueKind.Many:
                return new ProgramCode("") { Open = '[', Items = [.. value.Items.Select(item => item.Kind == DraftValueKind.Object ? Create(item.Object!, path) : new ProgramCode(Single(type.Scalar, type.Name, item, path)) { Origin = item.Origin as SourceSpan? })] };
            case DraftValueKind.Map:
                UsesCollections = true;
                return new ProgramCode($"new Dictionary<{ClrType(type.Scalar, type.Name)}, {(field.ValueType is { } inner ? TypeName(inner) : ClrType(type.ValueScalar, type.ValueName))}>")
                {
                    Items = [.. value.Entries.Select(entry => new ProgramCode("[" + Single(type.Scalar, type.Name, entry.Key, path) + "] = ")
                    {
                        Value = entry.Value.Kind == DraftValueKind.Object ? Create(entry.Value.Object!, path + "/" + entry.Key.Content) : new ProgramCode(Single(type.ValueScalar, type.ValueName, entry.Value, path + "/" + SecretText.Mask(entry.Key.Content))),
                        Origin = entry.Key.Origin as SourceSpan?,
                    })],
                };
            default:
                return new ProgramCode(type.Shape == PlanShape.Object ? ProgramText.Literal(value.Content) : Single(type.Scalar, type.Name, value, path));
        }
    }

    /// <summary>A value that has no parts.</summary>
    /// <param name="scalar">What it is.</param>
    /// <param name="name">The enumeration or object that it is one of.</param>
    /// <param name="value">The value.</param>
    /// <param name="path">What it is called, for the names of secrets.</param>
    public string Single(PlanScalar scalar, string? name, DraftValue value, string path)
    {
        switch (scalar)
        {
            case PlanScalar.Boolean or PlanScalar.Unsigned or PlanScalar.Integer or PlanScalar.Float:
                return value.Content;
            case PlanScalar.Duration:
                UsesSystem = true;
                return Duration(long.Parse(value.Content, CultureInfo.InvariantCulture));
            case PlanScalar.DateTime:
                UsesSystem = true;
                var time = DateTimeOffset.Parse(value.Content, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUniversalTime();
                return FormattableString.Invariant($"new DateTimeOffset({time.Year}, {time.Month}, {time.Day}, {time.Hour}, {time.Minute}, {time.Second}, TimeSpan.Zero)");
            case PlanScalar.Enum:
                return Word(name!, value.Content);
            case PlanScalar.ObjectId when value.Kind == DraftValueKind.Reference || IsObject(name):
                return Reference(value, name!);
            case PlanScalar.Text when PlanSecrets.HoldsSecret(path.Substring(path.LastIndexOf('/') + 1), value.Content):
                return Plain(path);
            default:
                return ProgramText.Literal(value.Content);
        }
    }

    private string Plain(string path)
    {
        UsesSystem = true;
        return secrets.Plain(path);
    }

    private static bool IsObject(string? name) => name is not null && PlanSchema.Instance.FindType(name.Split('/')[0])?.Kind == PlanTypeKind.Object && !PlanSchema.IsCollection(name.Split('/')[0]);

    private static string ReferenceName(string name) => name.IndexOf('/') < 0 ? ObjectNames.Type(name) : ObjectNames.Type(name.Split('/')[0]) + "." + name.Split('/')[1];

    private string Word(string enumeration, string word)
    {
        var known = PlanSchema.Instance.FindEnum(enumeration)!;
        if (!_words.TryGetValue(enumeration, out var members))
            _words.Add(enumeration, members = ObjectNames.Members(enumeration, known.Values));
        return ObjectNames.Type(enumeration) + "." + members[known.IndexOf(word.AsSpan())];
    }

    private string ClrType(PlanScalar scalar, string? name)
    {
        switch (scalar)
        {
            case PlanScalar.Boolean:
                return "bool";
            case PlanScalar.Unsigned or PlanScalar.Integer:
                return "long";
            case PlanScalar.Float:
                return "double";
            case PlanScalar.Duration:
                UsesSystem = true;
                return "TimeSpan";
            case PlanScalar.DateTime:
                UsesSystem = true;
                return "DateTimeOffset";
            case PlanScalar.Enum:
                return ObjectNames.Type(name!);
            case PlanScalar.ObjectId when IsObject(name):
                return $"ObjectReference<{ReferenceName(name!)}>";
            default:
                return "string";
        }
    }

    private static string Duration(long milliseconds)
    {
        foreach (var (unit, length) in (ReadOnlySpan<(string, long)>)[("Days", 86_400_000), ("Hours", 3_600_000), ("Minutes", 60_000), ("Seconds", 1000)])
        {
            if (milliseconds % length == 0)
                return FormattableString.Invariant($"TimeSpan.From{unit}({milliseconds / length})");
        }

        return FormattableString.Invariant($"TimeSpan.FromMilliseconds({milliseconds})");
    }
}
