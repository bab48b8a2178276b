using System.Globalization;

namespace StalwartHardening.Plans;

/// <summary>
/// Reads operations of a plan as a draft: the same plan in the terms in which programs put plans together. What the draft's terms
/// cannot say to the letter stays as it is written (<see cref="DraftOperation.Verbatim"/>).
/// </summary>
internal sealed class DraftReader
{
    private readonly IReadOnlyList<PlanOperation> _operations;
    private readonly Func<PlanOperation, int, bool>? _leavesOut;
    private readonly HashSet<int> _verbatim = [];
    private readonly Dictionary<string, DraftObject?> _objects = new(StringComparer.Ordinal);
    private readonly List<DraftObject> _open = [];

    private static readonly Dictionary<string, string> NoIds = [];

    private DraftReader(IReadOnlyList<PlanOperation> operations, Func<PlanOperation, int, bool>? leavesOut)
    {
        _operations = operations;
        _leavesOut = leavesOut;
    }

    /// <summary>Reads operations. Whatever was written carries the <see cref="SourceSpan"/> of its text as its origin.</summary>
    /// <param name="operations">The operations; each is read by its type.</param>
    /// <param name="leavesOut">Says of an operation's node whether it is to be left out; null where nothing is.</param>
    public static DraftPlan Read(IReadOnlyList<PlanOperation> operations, Func<PlanOperation, int, bool>? leavesOut = null)
    {
        var reader = new DraftReader(operations, leavesOut);
        while (true)
        {
            // An object of an operation that stays as it is cannot be referred to; those who do stay as they are, too.
            if (reader.TryRead() is { } plan)
                return plan;
        }
    }

    private DraftPlan? TryRead()
    {
        var plan = new DraftPlan();
        var drafts = new DraftOperation?[_operations.Count];
        _objects.Clear();
        for (var i = 0; i < drafts.Length; i++)
        {
            var operation = _operations[i];
            var draft = _verbatim.Contains(i) ? null : Read(operation);
            if (draft is null)
            {
                if (_verbatim.Add(i) && operation.Bodies.Length > 0)
                    return null;
                foreach (var (clientId, _) in operation.Bodies)
                    _objects[clientId] = null;
            }

            drafts[i] = draft;
        }

        var ids = DraftIds.Of([.. drafts.Select((draft, i) => draft ?? DraftOperation.Verbatim(VerbatimJson.Of(_operations[i], NoIds), null))], []);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var known in _objects)
        {
            if (known.Value is { } written && ids.TryGetValue(written, out var id))
                names[known.Key] = id;
        }

        for (var i = 0; i < drafts.Length; i++)
            plan.Add(drafts[i] ?? DraftOperation.Verbatim(VerbatimJson.Of(_operations[i], names), _operations[i].Span));
        return plan;
    }

    private DraftOperation? Read(PlanOperation operation)
    {
        if (operation.Type is not { } type || PlanSchema.IsCollection(type.Name))
            return null;
        var json = operation.Json;
        switch (operation.Verb)
        {
            case PlanVerb.Update:
                return ReadUpdate(operation, type, json);
            case PlanVerb.Destroy:
                if (operation.ValueNode < 0 || json.End(operation.ValueNode) == operation.ValueNode + 1 && json.Kind(operation.ValueNode) == JsonKind.Object)
                    return new DraftOperation(PlanVerb.Destroy, type, [], operation.Span);
                return Example(json, operation.ValueNode, type) is { } filter ? new DraftOperation(PlanVerb.Destroy, type, [filter], operation.Span) : null;
            case PlanVerb.None:
                return null;
        }

        var scope = operation.ScopeNode >= 0 ? Example(json, operation.ScopeNode, type) : null;
        if (operation.ScopeNode >= 0 && scope is null || ReadBodies(operation, type, json) is not { } bodies)
            return null;
        var draft = new DraftOperation(operation.Verb, type, bodies, operation.Span) { Scope = scope };
        if (operation.Verb != PlanVerb.Create && bodies.Count > 0)
        {
            var usual = DraftMatching.Of(draft);
            var own = operation.MatchOn;
            if (usual is null || own is null || !usual.SequenceEqual(own, StringComparer.Ordinal))
                draft.MatchOn = own ?? ["*"];
        }

        return draft;
    }

    private List<DraftObject>? ReadBodies(PlanOperation operation, PlanType type, JsonText json)
    {
        if (operation.ValueNode >= 0 && json.Kind(operation.ValueNode) != JsonKind.Object)
            return null;
        var bodies = operation.Bodies.OrderBy(static body => body.Node).ToList();
        var drafts = new List<DraftObject>(bodies.Count);
        foreach (var (clientId, node) in bodies)
        {
            if (json.Kind(node) != JsonKind.Object || VariantOf(json, node, type) is not { } variant)
                return null;
            var written = new DraftObject(variant, json.MemberSpan(node)) { Name = clientId };
            drafts.Add(written);
            _objects[clientId] = written;
        }

        for (var i = 0; i < drafts.Count; i++)
        {
            // An object that refers to itself, or to one that refers to it, cannot be said before it is there.
            _open.Add(drafts[i]);
            var isWhole = Fill(operation, drafts[i], bodies[i].Node, mayHavePaths: false);
            _open.Clear();
            if (!isWhole)
                return null;
        }

        return HasCircle(drafts) ? null : drafts;
    }

    private DraftOperation? ReadUpdate(PlanOperation operation, PlanType type, JsonText json)
    {
        if (operation.ValueNode < 0 || json.Kind(operation.ValueNode) != JsonKind.Object)
            return null;
        DraftValue? target = null;
        var variant = VariantOf(json, operation.ValueNode, type);
        if (type.Kind == PlanTypeKind.Object)
        {
            if (operation.IdNode < 0 || (target = Reference(json, operation.IdNode, json.Value(operation.IdNode))) is null)
                return null;

            // The patch need not say what the object is; a class does.
            if (variant is null && json.Find(operation.ValueNode, "@type") < 0)
                variant = target.Object?.Type;
        }

        if (variant is null)
            return null;
        var patch = new DraftObject(variant, json.Span(operation.ValueNode));
        return Fill(operation, patch, operation.ValueNode, mayHavePaths: true) ? new DraftOperation(PlanVerb.Update, type, [patch], operation.Span) { Target = target } : null;
    }

    private DraftObject? Example(JsonText json, int node, PlanType type)
    {
        if (json.Kind(node) != JsonKind.Object || VariantOf(json, node, type) is not { } variant)
            return null;
        var example = new DraftObject(variant, json.Span(node));
        return Fill(null, example, node, mayHavePaths: false, json) ? example : null;
    }

    private static PlanType? VariantOf(JsonText json, int node, PlanType type)
    {
        var at = json.Find(node, "@type");
        return !type.HasVariants ? at < 0 ? type : null : at >= 0 && json.Kind(at) == JsonKind.Text ? type.FindVariant(json.Value(at).AsSpan()) : null;
    }

    private bool Fill(PlanOperation? operation, DraftObject written, int node, bool mayHavePaths, JsonText? text = null)
    {
        var json = text ?? operation!.Json;
        for (int member = JsonText.First(node), end = json.End(node); member < end; member = json.Next(member))
        {
            var name = json.Name(member);
            if (name == "@type" || operation is not null && _leavesOut?.Invoke(operation, member) == true)
                continue;
            var field = written.Type.FindField(name.AsSpan());
            var value = field is not null ? field.IsTyped(written.Type) ? Value(json, member, field) : null
                : mayHavePaths && name.IndexOf('/') > 0 && !PlanSchema.IsSecretName(name) && written.Type.FindField(name.AsSpan(0, name.IndexOf('/'))) is not null ? PartOf(json, member) : null;
            if (value is null)
                return false;
            written.Set(name, value, json.MemberSpan(member));
        }

        return true;
    }

    // What a patch of a part may say.
    private static DraftValue? PartOf(JsonText json, int node) => json.Kind(node) switch
    {
        JsonKind.Null => DraftValue.Null(json.Span(node)),
        JsonKind.True => DraftValue.Literal("true", json.Span(node)),
        JsonKind.False => DraftValue.Literal("false", json.Span(node)),
        JsonKind.Number when IsWhole(json.Value(node), out _) => DraftValue.Literal(json.Value(node), json.Span(node)),
        JsonKind.Text when json.Value(node) is { } text && !text.StartsWith("#", StringComparison.Ordinal) => DraftValue.Text(text, json.Span(node)),
        _ => null,
    };

    private DraftValue? Value(JsonText json, int node, PlanField field)
    {
        var origin = json.Span(node);
        if (json.Kind(node) == JsonKind.Null)
            return field.IsNullable ? DraftValue.Null(origin) : null;
        var type = field.Type;
        if (type.Shape == PlanShape.Scalar)
            return Scalar(json, node, type.Scalar, field, type.Name, origin);
        if (json.Kind(node) != JsonKind.Object)
            return null;
        switch (type.Shape)
        {
            case PlanShape.Set:
                return Members(json, node, member => json.Kind(member) == JsonKind.True ? Name(json, member, field) : null) is { } members ? DraftValue.Many(members, origin) : null;
            case PlanShape.List:
                var index = 0;
                return Members(json, node, member => json.NameIs(member, index++.ToString(CultureInfo.InvariantCulture)) ? Inner(json, member, field.ValueType!) : null) is { } items ? DraftValue.Many(items, origin) : null;
            case PlanShape.Map:
                var keys = Members(json, node, member => Name(json, member, field));
                var values = Members(json, node, member => field.ValueType is { } inner ? Inner(json, member, inner) : Scalar(json, member, type.ValueScalar, null, type.ValueName, json.Span(member)));
                return keys is null || values is null || keys.Select(static key => key.Content).Distinct(StringComparer.Ordinal).Count() < keys.Count ? null
                    : DraftValue.Map(keys.Select((key, place) => new KeyValuePair<DraftValue, DraftValue>(key, values[place])).ToList(), origin);
            default:
                return field.IsSecretObject ? SecretOf(json, node, field) : Short(json, node, field.ValueType!) ?? Inner(json, node, field.ValueType!);
        }
    }

    private static List<DraftValue>? Members(JsonText json, int node, Func<int, DraftValue?> read)
    {
        var members = new List<DraftValue>();
        for (int member = JsonText.First(node), end = json.End(node); member < end; member = json.Next(member))
        {
            if (read(member) is not { } value)
                return null;
            members.Add(value);
        }

        return members;
    }

    private DraftValue? Inner(JsonText json, int node, PlanType type)
    {
        if (json.Kind(node) != JsonKind.Object || VariantOf(json, node, type) is not { } variant)
            return null;
        var written = new DraftObject(variant, json.Span(node));
        return Fill(null, written, node, mayHavePaths: false, json) ? DraftValue.From(written, json.Span(node)) : null;
    }

    // An expression without rules.
    private static DraftValue? Short(JsonText json, int node, PlanType type) =>
        type.Name == "Expression" && json.Find(node, "match") is >= 0 and var match && json.Find(node, "else") is >= 0 and var otherwise
        && json.Kind(match) == JsonKind.Object && json.End(match) == match + 1 && json.Kind(otherwise) == JsonKind.Text && Count(json, node) == 2
            ? DraftValue.Text(json.Value(otherwise), json.Span(otherwise)) : null;

    private static DraftValue? SecretOf(JsonText json, int node, PlanField field)
    {
        if (VariantOf(json, node, field.ValueType!) is not { } variant)
            return null;
        var origin = json.Span(node);
        if (variant.Variant == "None")
            return Count(json, node) == 1 ? DraftValue.Null(origin) : null;
        if (Count(json, node) != 2)
            return null;
        return variant.Variant switch
        {
            "EnvironmentVariable" when TextOf(json, node, "variableName") is { } name && IsMacroPart(name) => DraftValue.Text("%{env:" + name + "}%", origin),
            "File" when TextOf(json, node, "filePath") is { } path && IsMacroPart(path) => DraftValue.Text("%{file:" + path + "}%", origin),
            "Value" or "Text" when TextOf(json, node, "secret") is { Length: > 0 } text && text.IndexOf("%{", StringComparison.Ordinal) < 0 => DraftValue.Text(text, origin),
            _ => null,
        };
    }

    private static string? TextOf(JsonText json, int node, string name) => json.Find(node, name) is >= 0 and var member && json.Kind(member) == JsonKind.Text ? json.Value(member) : null;

    private static bool IsMacroPart(string text) => text.Length > 0 && text.IndexOfAny(['{', '}', '%', '\r', '\n']) < 0;

    private static int Count(JsonText json, int node)
    {
        var count = 0;
        for (int member = JsonText.First(node), end = json.End(node); member < end; member = json.Next(member))
            count++;
        return count;
    }

    // A member of a set or a name of a map.
    private DraftValue? Name(JsonText json, int node, PlanField field)
    {
        var name = json.Name(node);
        var origin = json.NameSpan(node);
        return field.Type.Scalar switch
        {
            PlanScalar.Enum => field.Enum?.IndexOf(name.AsSpan()) is >= 0 and var index ? DraftValue.Text(field.Enum.Values[index], origin) : null,
            PlanScalar.ObjectId => Reference(json, node, name) is { } reference ? reference : null,
            PlanScalar.Boolean or PlanScalar.Float or PlanScalar.Duration or PlanScalar.DateTime => null,
            PlanScalar.Unsigned or PlanScalar.Integer => IsWhole(name, out _) ? DraftValue.Literal(name, origin) : null,
            _ => DraftValue.Text(name, origin),
        };
    }

    private DraftValue? Scalar(JsonText json, int node, PlanScalar scalar, PlanField? field, string? name, SourceSpan origin)
    {
        var kind = json.Kind(node);
        var text = json.Value(node);
        switch (scalar)
        {
            case PlanScalar.Boolean:
                return kind is JsonKind.True or JsonKind.False ? DraftValue.Literal(kind == JsonKind.True ? "true" : "false", origin) : null;
            case PlanScalar.Unsigned or PlanScalar.Integer:
                return kind == JsonKind.Number && IsWhole(text, out var number) && (number >= 0 || scalar == PlanScalar.Integer) && !(number < field?.Minimum) && !(number > field?.Maximum) ? DraftValue.Literal(text, origin) : null;
            case PlanScalar.Duration:
                return kind == JsonKind.Number && IsWhole(text, out var duration) && duration is > 0 and < long.MaxValue / TimeSpan.TicksPerMillisecond && !(duration < field?.Minimum) && !(duration > field?.Maximum) ? DraftValue.Literal(text, origin) : null;
            case PlanScalar.Float:
                return kind == JsonKind.Number && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && !double.IsInfinity(real) && !(real < field?.Minimum) && !(real > field?.Maximum) ? DraftValue.Literal(DraftValue.Json(real), origin) : null;
        }

        if (kind != JsonKind.Text)
            return null;
        switch (scalar)
        {
            case PlanScalar.DateTime:
                return DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _) ? DraftValue.Text(text, origin) : null;
            case PlanScalar.Enum:
                var words = name is null ? null : PlanSchema.Instance.FindEnum(name);
                return words?.IndexOf(text.AsSpan()) is >= 0 and var index ? DraftValue.Text(words.Values[index], origin) : null;
            case PlanScalar.ObjectId:
                return Reference(json, node, text);
            default:
                return text.Length == 0 && field?.IsNullable != true ? null : DraftValue.Text(text, origin);
        }
    }

    // Another object of the plan, or the id of one that the server has.
    private DraftValue? Reference(JsonText json, int node, string text)
    {
        var origin = json.Span(node);
        if (text.Length > 1 && text[0] == '#')
            return _objects.TryGetValue(text.Substring(1), out var target) && target is not null && !_open.Contains(target) ? DraftValue.Reference(target, origin) : null;
        return text.Length > 0 && text.All(static c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_') ? DraftValue.Text(text, origin) : null;
    }

    private static bool IsWhole(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number) && number.ToString(CultureInfo.InvariantCulture) == text;

    // Objects of one operation may refer to each other, as long as one of them comes first.
    private static bool HasCircle(List<DraftObject> objects)
    {
        var state = new Dictionary<DraftObject, bool>();
        return objects.Exists(Visit);

        bool Visit(DraftObject written)
        {
            if (state.TryGetValue(written, out var isDone))
                return !isDone;
            state.Add(written, false);
            foreach (var needed in DraftOrder.Needed(written))
            {
                if (objects.Contains(needed) && Visit(needed))
                    return true;
            }

            state[written] = true;
            return false;
        }
    }
}
