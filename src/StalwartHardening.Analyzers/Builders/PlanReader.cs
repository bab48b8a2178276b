using System.Globalization;
using StalwartHardening.Plans;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>Puts the plan together that a program writes: the same draft that the library makes when the program runs.</summary>
internal sealed class PlanReader(BuilderVocabulary vocabulary, ServerDraft server)
{
    private const int MaxDepth = 24;

    private readonly Dictionary<ObjectValue, DraftObject> _known = [];

    /// <summary>The plan; a statement of a template stands for what nobody has seen.</summary>
    public DraftText Read()
    {
        var plan = new DraftPlan { HasHiddenParts = !server.IsComplete };
        foreach (var call in server.Operations)
        {
            if (call.Json is { Length: > 0 } json)
            {
                plan.Add(DraftOperation.Verbatim(json, call.Place));
                continue;
            }

            if (call.Type is not { } type || call.Verb == PlanVerb.None)
            {
                plan.HasHiddenParts = true;
                continue;
            }

            plan.HasHiddenParts |= call.IsOpen;
            var objects = call.Objects.Where(static written => written.Value is ObjectValue).Select(written => Object((ObjectValue)written.Value, isExample: call.Verb is PlanVerb.Destroy or PlanVerb.Update)).Where(static written => written is not null).Select(static written => written!).ToList();
            if (objects.Count == 0 && call.Objects.Count > 0)
                continue;
            foreach (var (path, value, place) in call.Patches)
                objects[0].Set(path, Value(value, null, 0) ?? DraftValue.Unknown(), place);
            plan.Add(new DraftOperation(call.Verb, type, objects, call.Place)
            {
                MatchOn = call.MatchOn?.Select(name => Property(type, name)).ToList(),
                Scope = call.Scope?.Value is ObjectValue example ? Object(example, isExample: true) : null,
                Target = call.Target is { } target ? Reference(target) : null,
            });
        }

        return plan.Write();
    }

    private DraftObject? Object(ObjectValue value, bool isExample = false, int depth = 0)
    {
        if (!isExample && _known.TryGetValue(value, out var known))
            return known;
        if (vocabulary.PlanTypeOf(value.Type) is not { } type || depth > MaxDepth)
            return null;
        var written = new DraftObject(type, value.Place);
        if (!isExample)
            _known.Add(value, written);
        foreach (var member in value.Members)
        {
            if (vocabulary.PlanFieldOf(member.Key) is { } name && Value(member.Value, type.FindField(name.AsSpan()), depth + 1) is { } field)
                written.Set(name, field, member.Value.Origin ?? value.Place);
        }

        return written;
    }

    // Nothing where an assignment is taken back.
    private DraftValue? Value(Located located, PlanField? field, int depth)
    {
        var origin = (object?)located.Origin;
        switch (located.Value)
        {
            case KnownValue { Content: null }:
                return field is null || field.IsNullable || field.ValueType is { HasVariants: true, Variants: [{ Variant: "None" }, ..] } ? DraftValue.Null(origin) : null;
            case KnownValue { Content: bool truth }:
                return DraftValue.Literal(truth ? "true" : "false", origin);
            case KnownValue { Content: TimeSpan duration }:
                // The server counts whole milliseconds, and refuses parts of one.
                return DraftValue.Literal((duration.Ticks / (decimal)TimeSpan.TicksPerMillisecond).ToString("0.####", CultureInfo.InvariantCulture), origin);
            case KnownValue { Content: string text }:
                return DraftValue.Text(text, origin);
            case KnownValue { Content: IFormattable number }:
                return DraftValue.Literal(number is double or float || field?.Type is { Shape: PlanShape.Scalar, Scalar: PlanScalar.Float } ? DraftValue.Json(Convert.ToDouble(number, CultureInfo.InvariantCulture)) : number.ToString(null, CultureInfo.InvariantCulture), origin);
            case TextsValue { Texts: [var text] }:
                return DraftValue.Text(text, origin);
            case EnumValue word:
                return DraftValue.Text(vocabulary.TextsOf(word.Type).Of(word.Number) is [var own, ..] ? own : word.Number.ToString(CultureInfo.InvariantCulture), origin);
            case ObjectValue value when field?.Type is { Shape: PlanShape.Object or PlanShape.List } or { ValueIsObject: true } || field is null:
                return Object(value, isExample: true, depth) is { } inner ? DraftValue.From(inner, origin) : DraftValue.Unknown(origin);
            case ObjectValue:
                return Reference(located);
            case ListValue { IsOpen: false } list:
                return DraftValue.Many(list.Items.Select(item => Value(item, field, depth + 1) ?? DraftValue.Unknown(item.Origin)).ToList(), origin);
            case MapValue { IsOpen: false } map:
                return DraftValue.Map(map.Entries.Select(entry => new KeyValuePair<DraftValue, DraftValue>(Value(entry.Key, null, depth + 1) ?? DraftValue.Unknown(), Value(entry.Value, null, depth + 1) ?? DraftValue.Unknown())).ToList(), origin);
            default:
                return DraftValue.Unknown(origin);
        }
    }

    private DraftValue Reference(Located located) => located.Value switch
    {
        ObjectValue target => Object(target) is { } known ? DraftValue.Reference(known, located.Origin) : DraftValue.Unknown(located.Origin),
        TextsValue { Texts: [var id] } => DraftValue.Text(id, located.Origin),
        _ => DraftValue.Unknown(located.Origin),
    };

    private static string Property(PlanType type, string name)
    {
        if (name.Length == 0 || Has(type, name))
            return name;
        var camel = char.ToLowerInvariant(name[0]) + name.Substring(1);
        return Has(type, camel) ? camel : name;
    }

    private static bool Has(PlanType type, string name) => type.FindField(name.AsSpan()) is not null || type.Variants.Any(variant => variant.FindField(name.AsSpan()) is not null);
}
