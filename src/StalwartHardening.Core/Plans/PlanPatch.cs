using System.Globalization;

namespace StalwartHardening.Plans;

/// <summary>Hears what the server would refuse in a value.</summary>
internal interface IPatchReporter
{
    /// <param name="kind">What the server calls it.</param>
    /// <param name="cause">What is wrong.</param>
    /// <param name="node">The value.</param>
    /// <param name="onName">Whether the name is to blame.</param>
    /// <param name="message">What is wrong, as a sentence.</param>
    /// <param name="suggestion">What was probably meant.</param>
    void Report(PlanProblemKind kind, PlanProblemCause cause, int node, bool onName, string message, string? suggestion = null);
}

/// <summary>
/// Writes JSON into values as the server does (<c>jmap/patch.rs</c>, <c>types/list.rs</c>, <c>types/map.rs</c>): whole sets, lists,
/// maps and variants are replaced, plain objects are merged, and paths reach into them. It goes on after a mistake, so that one
/// hides nothing else.
/// </summary>
internal sealed class PlanPatch
{
    private readonly JsonText _json;
    private readonly PlanReferences _references;
    private readonly IPatchReporter? _reporter;

    public PlanPatch(JsonText json, PlanReferences references, IPatchReporter? reporter)
    {
        _json = json;
        _references = references;
        _reporter = reporter;
    }

    /// <summary>Whether the server would refuse something.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Whether a field was written at all: the tool sends no update of nothing.</summary>
    public bool HasWritten { get; private set; }

    /// <summary>Whether the object is new: only then are immutable fields taken.</summary>
    public bool IsCreate { get; init; } = true;

    /// <summary>Whether fields that only the server writes are left out instead of refused, as the tool does for upserts.</summary>
    public bool SkipsServerSet { get; init; }

    /// <summary>Whether the body is what a server shows of an object: then the name that the server gave it is kept, by which plans find it again.</summary>
    public bool KeepsNames { get; init; }

    /// <summary>Whether a value that would be refused is taken as it was meant; what cannot be understood is unknown then.</summary>
    public bool Forgives { get; init; }

    /// <summary>Whether immutable fields are left out as well.</summary>
    public bool SkipsImmutable { get; init; }

    /// <summary>Writes the members of a body into the fields of an object; names with a slash are paths.</summary>
    /// <param name="type">The object's type, or its variant.</param>
    /// <param name="fields">Its fields; changed.</param>
    /// <param name="body">The body.</param>
    public void ApplyBody(PlanType type, PlanValue?[] fields, int body)
    {
        List<int>? paths = null;
        for (int member = JsonText.First(body), end = _json.End(body); member < end; member = _json.Next(member))
        {
            if (HasLaterTwin(member, end))
                continue;
            if (_json.TryGetRawName(member, out var raw))
            {
                if (raw.SequenceEqual("@type".AsSpan()))
                    continue;
                if (raw.IndexOf('/') >= 0 && !IsCreate)
                {
                    (paths ??= []).Add(member);
                    continue;
                }

                ApplyMember(type, fields, type.FindField(raw), member);
            }
            else
            {
                var name = _json.Name(member);
                if (name == "@type")
                    continue;
                if (name.IndexOf('/') >= 0 && !IsCreate)
                    (paths ??= []).Add(member);
                else
                    ApplyMember(type, fields, type.FindField(name.AsSpan()), member);
            }
        }

        if (paths is null)
            return;

        // The tool keeps objects sorted by name: a whole value comes before the paths into it.
        paths.Sort((left, right) => SettingPath.Compare(_json.Name(left).AsSpan(), _json.Name(right).AsSpan()));
        foreach (var member in paths)
        {
            var segments = Segments(_json.Name(member));
            var field = type.FindField(segments[0].AsSpan());
            if (field is null)
                FailUnknown(type, segments[0], member);
            else if (IsWritable(type, field, member))
                fields[field.Ordinal] = ApplyPath(field, fields[field.Ordinal] ?? field.Default, segments, 1, member);
        }
    }

    /// <summary>A whole value for a field.</summary>
    public PlanValue Apply(PlanField field, PlanValue current, int node)
    {
        switch (_json.Kind(node))
        {
            case JsonKind.Null when field.IsNullable:
                return new PlanValue(PlanValueKind.Null, _json, node);
            case JsonKind.Placeholder:
                return new PlanValue(PlanValueKind.Unknown, _json, node);
        }

        return field.Type.Shape switch
        {
            PlanShape.Set => WholeSet(field, current, node),
            PlanShape.List => WholeList(field, current, node),
            PlanShape.Map => WholeMap(field, current, node),
            PlanShape.Object => WholeObject(field.ValueType!, current, node),
            _ => Single(field, field.Type.Scalar, field.Type.Name, current, node),
        };
    }

    /// <summary>The variant that a body says it is; null, with a report, where it says none that exists.</summary>
    public PlanType? VariantOf(PlanType type, int body)
    {
        var node = _json.Find(body, "@type");
        if (node >= 0 && _json.Kind(node) == JsonKind.Text && type.FindVariant(_json.Value(node).AsSpan()) is { } variant)
            return variant;
        if (node >= 0 && _json.IsUnknown(node))
            return null;
        var wrong = node >= 0 && _json.Kind(node) == JsonKind.Text ? _json.Value(node) : null;
        var suggestion = wrong is null ? null : NameSuggestion.For(wrong, type.Variants.Select(known => known.Variant!));
        Fail(PlanProblemCause.UnknownWord, node >= 0 ? node : body, wrong is null
            ? $"'@type' must say which {type.Name} this is: {Words(type.Variants.Select(known => known.Variant!))}."
            : $"'{Display.Text(wrong)}' is not a type of {type.Name}; expected one of {Words(type.Variants.Select(known => known.Variant!))}.", suggestion);
        return null;
    }

    private void ApplyMember(PlanType type, PlanValue?[] fields, PlanField? field, int member)
    {
        if (field is null)
        {
            if (!_json.IsNameUnknown(member))
                FailUnknown(type, _json.Name(member), member);
        }
        else if (IsWritable(type, field, member))
        {
            fields[field.Ordinal] = Apply(field, fields[field.Ordinal] ?? field.Default, member);
        }
    }

    private bool IsWritable(PlanType type, PlanField field, int member)
    {
        if (field.IsServerSet)
        {
            if (KeepsNames && field.IsTyped(type.Union ?? type))
                return true;
            if (!SkipsServerSet)
                Fail(PlanProblemCause.ReadOnly, member, $"Only the server writes '{field.Name}'.", onName: true);
            return false;
        }

        if (field.IsImmutable && !IsCreate)
        {
            if (!SkipsImmutable)
                Fail(PlanProblemCause.ReadOnly, member, $"'{field.Name}' cannot be changed once the object exists.", onName: true);
            return false;
        }

        HasWritten = true;
        return true;
    }

    private PlanValue ApplyPath(PlanField field, PlanValue current, string[] segments, int at, int node)
    {
        if (at == segments.Length)
            return Apply(field, current, node);
        if (current.Kind == PlanValueKind.Unknown && field.Type.Shape is PlanShape.Set or PlanShape.List or PlanShape.Map)
            current = new PlanValue(field.Type.Shape switch { PlanShape.Set => PlanValueKind.Set, PlanShape.List => PlanValueKind.List, _ => PlanValueKind.Map }, PlanMembers.Unknown, null, -1);
        var isLast = at == segments.Length - 1;

        // A lone star is a wildcard in a path, not a name.
        if (segments[at] == "*" && field.Type.Shape is PlanShape.Set or PlanShape.List or PlanShape.Map)
            return FailPath(current, segments, node);
        var removes = isLast && _json.Kind(node) == JsonKind.Null;
        switch (field.Type.Shape)
        {
            case PlanShape.Set:
            {
                var key = isLast ? Key(field, field.Type.Scalar, segments[at]) : null;
                if (key is null || _json.Kind(node) is not (JsonKind.True or JsonKind.False or JsonKind.Null))
                    return FailPath(current, segments, node);
                var members = current.Members!.Copy();
                if (_json.Kind(node) == JsonKind.True)
                    members.Set(key, Member(field, key, null, node));
                else
                    members.Remove(key);
                return new PlanValue(PlanValueKind.Set, members, current.Json, current.Node);
            }

            case PlanShape.List:
            {
                if (!TryParseNumber(segments[at], out var number))
                    return FailPath(current, segments, node);
                var key = number.ToString(CultureInfo.InvariantCulture);
                var place = current.Members!.Find(key);
                if (removes && place < 0 && !current.Members.MayHoldMore)
                    return FailPath(current, segments, node);
                var members = current.Members.Copy();
                if (removes)
                    members.Remove(key);
                else
                    members.Set(key, IntoObject(field.ValueType!, place < 0 ? null : members[place].Value, segments, at + 1, node));
                return new PlanValue(PlanValueKind.List, members.InNumericOrder(renumber: false), current.Json, current.Node);
            }

            case PlanShape.Map:
            {
                var key = Key(field, field.Type.Scalar, segments[at]);
                if (key is null)
                    return FailPath(current, segments, node);
                var members = current.Members!.Copy();
                var place = members.Find(key);
                if (removes)
                    members.Remove(key);
                else if (field.Type.ValueIsObject)
                    members.Set(key, IntoObject(field.ValueType!, place < 0 ? null : members[place].Value, segments, at + 1, node));
                else if (isLast)
                    members.Set(key, Single(field, field.Type.ValueScalar, field.Type.ValueName, PlanValue.Null, node));
                else
                    return FailPath(current, segments, node);
                return new PlanValue(PlanValueKind.Map, members, current.Json, current.Node);
            }

            case PlanShape.Object when current.Kind != PlanValueKind.Unknown || field.ValueType is { HasVariants: false }:
                return IntoObject(field.ValueType!, current.Kind == PlanValueKind.Null ? null : current.Kind == PlanValueKind.Unknown ? Forgotten(field.ValueType!) : current, segments, at, node);
            default:
                return current.Kind == PlanValueKind.Unknown ? current : FailPath(current, segments, node);
        }
    }

    private PlanValue IntoObject(PlanType type, PlanValue? current, string[] segments, int at, int node)
    {
        current ??= PlanDefaults.Of(type);
        if (current.Kind == PlanValueKind.Unknown)
            return current;
        if (at == segments.Length)
            return WholeObject(type, current, node);
        var variant = current.Type!;
        var field = variant.FindField(segments[at].AsSpan());
        if (field is null)
        {
            if (variant.Fields.Count == 0)
                return FailPath(current, segments, node);
            FailUnknown(variant, segments[at], node);
            return current;
        }

        if (!IsWritable(variant, field, node))
            return current;
        var fields = (PlanValue?[])current.Fields!.Clone();
        fields[field.Ordinal] = ApplyPath(field, fields[field.Ordinal] ?? field.Default, segments, at + 1, node);
        return new PlanValue(variant, fields, current.Json, current.Node);
    }

    private PlanValue WholeObject(PlanType type, PlanValue current, int node)
    {
        if (_json.Kind(node) == JsonKind.Placeholder)
            return new PlanValue(PlanValueKind.Unknown, _json, node);
        if (type.HasVariants)
        {
            var variant = _json.Kind(node) == JsonKind.Object ? VariantOf(type, node) : null;
            if (variant is null)
            {
                if (_json.Kind(node) != JsonKind.Object)
                    Fail(_json.Kind(node) == JsonKind.Null ? PlanProblemCause.NullNotAllowed : PlanProblemCause.WrongType, node, $"This must be an object that says in '@type' which {type.Name} it is: {Words(type.Variants.Select(known => known.Variant!))}.");
                return new PlanValue(PlanValueKind.Unknown, _json, node);
            }

            var values = new PlanValue?[variant.Fields.Count];
            if (values.Length > 0)
                ApplyFields(variant, values, node);
            return new PlanValue(variant, values, _json, node);
        }

        if (_json.Kind(node) != JsonKind.Object)
        {
            Fail(_json.Kind(node) == JsonKind.Null ? PlanProblemCause.NullNotAllowed : PlanProblemCause.WrongType, node, type.Name == "Expression"
                ? "An expression is an object: {\"else\": \"...\"}, with rules in \"match\" if it has any."
                : $"This must be an object with the fields of {type.Name}.");
            return Refused(current, node);
        }

        if (current.Kind == PlanValueKind.Unknown)
            current = Forgotten(type);
        else if (current.Kind != PlanValueKind.Object)
            current = PlanDefaults.Of(type);
        var merged = (PlanValue?[])current.Fields!.Clone();
        ApplyFields(type, merged, node);
        return new PlanValue(type, merged, _json, node);
    }

    // A stored object of which nothing is known.
    private static PlanValue Forgotten(PlanType type)
    {
        var fields = new PlanValue?[type.Fields.Count];
        for (var i = 0; i < fields.Length; i++)
            fields[i] = PlanValue.Unknown;
        return new PlanValue(type, fields, null, -1);
    }

    // Names with a slash are no paths inside of a value.
    private void ApplyFields(PlanType type, PlanValue?[] fields, int node)
    {
        for (int member = JsonText.First(node), end = _json.End(node); member < end; member = _json.Next(member))
        {
            if (HasLaterTwin(member, end))
                continue;
            if (_json.TryGetRawName(member, out var raw))
            {
                if (!raw.SequenceEqual("@type".AsSpan()))
                    ApplyMember(type, fields, type.FindField(raw), member);
            }
            else if (!_json.NameIs(member, "@type"))
            {
                ApplyMember(type, fields, type.FindField(_json.Name(member).AsSpan()), member);
            }
        }
    }

    private PlanValue WholeSet(PlanField field, PlanValue current, int node)
    {
        if (_json.Kind(node) != JsonKind.Object)
        {
            Fail(_json.Kind(node) == JsonKind.Null ? PlanProblemCause.NullNotAllowed : PlanProblemCause.WrongType, node, $"'{field.Name}' is a set: {{\"member\": true}}, not {Describe(node)}.");
            return Meant(field, current, node);
        }

        var members = new PlanMembers(Math.Min(8, _json.End(node) - node - 1));
        for (int member = JsonText.First(node), end = _json.End(node); member < end; member = _json.Next(member))
        {
            string? key = null;
            if (field.Enum is { } words && _json.TryGetRawName(member, out var raw))
                key = words.IndexOf(raw) is >= 0 and var word ? words.Values[word] : null;
            else if (_json.IsNameUnknown(member))
                key = _json.Name(member);
            else
                key = Key(field, field.Type.Scalar, _json.Name(member), member);
            if (key is null)
            {
                FailKey(field, field.Type.Scalar, _json.Name(member), member);
                continue;
            }

            switch (_json.Kind(member))
            {
                case JsonKind.True:
                    members.Set(key, Member(field, key, members, member));
                    break;
                case JsonKind.False:
                    members.Remove(key);
                    break;
                case JsonKind.Placeholder:
                    members.Set(key, new PlanValue(PlanValueKind.Unknown, _json, member));
                    break;
                default:
                    Fail(_json.Kind(member) == JsonKind.Null ? PlanProblemCause.NullNotAllowed : PlanProblemCause.WrongType, member, _json.Kind(member) == JsonKind.Null
                        ? $"A member of a set is true or false: null removes members only at the end of a path, \"{field.Name}/{Display.Text(key)}\": null."
                        : "A member of a set is true or false.");
                    break;
            }
        }

        return new PlanValue(PlanValueKind.Set, members, _json, node);
    }

    private PlanValue Member(PlanField field, string key, PlanMembers? members, int node) =>
        field.Type.Scalar == PlanScalar.ObjectId && _references.FindById(field.Schema.FindType(field.Type.Name!)!, key) is { } target
            ? new PlanValue(target, _json, node)
            : new PlanValue(PlanValueKind.Boolean, _json, node, "true");

    private PlanValue WholeList(PlanField field, PlanValue current, int node)
    {
        if (_json.Kind(node) != JsonKind.Object)
        {
            Fail(_json.Kind(node) == JsonKind.Null ? PlanProblemCause.NullNotAllowed : PlanProblemCause.WrongType, node, $"'{field.Name}' is a list: {{\"0\": ..., \"1\": ...}}, not {Describe(node)}.");
            return Meant(field, current, node);
        }

        var members = new PlanMembers(Math.Min(8, _json.End(node) - node - 1));
        for (int member = JsonText.First(node), end = _json.End(node); member < end; member = _json.Next(member))
        {
            var name = _json.Name(member);
            if (!TryParseNumber(name, out var number))
            {
                if (!_json.IsNameUnknown(member))
                    Fail(PlanProblemCause.WrongType, member, $"The elements of '{field.Name}' have numbers as keys, not '{Display.Text(name)}'.", onName: true);
                continue;
            }

            members.Set(number.ToString(CultureInfo.InvariantCulture), WholeObject(field.ValueType!, PlanDefaults.Of(field.ValueType!), member));
        }

        return new PlanValue(PlanValueKind.List, members.InNumericOrder(renumber: false), _json, node);
    }

    // As Rust reads an unsigned number: a plus may be before it.
    private static bool TryParseNumber(string text, out uint number) =>
        uint.TryParse(text.Length > 1 && text[0] == '+' ? text.Substring(1) : text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private PlanValue WholeMap(PlanField field, PlanValue current, int node)
    {
        if (_json.Kind(node) != JsonKind.Object)
        {
            Fail(_json.Kind(node) == JsonKind.Null ? PlanProblemCause.NullNotAllowed : PlanProblemCause.WrongType, node, $"'{field.Name}' is an object of names and values, not {Describe(node)}.");
            return Refused(current, node);
        }

        var members = new PlanMembers(Math.Min(8, _json.End(node) - node - 1));
        for (int member = JsonText.First(node), end = _json.End(node); member < end; member = _json.Next(member))
        {
            var key = _json.IsNameUnknown(member) ? _json.Name(member) : Key(field, field.Type.Scalar, _json.Name(member), member);
            if (key is null)
                FailKey(field, field.Type.Scalar, _json.Name(member), member);
            else if (field.Type.ValueIsObject)
                members.Set(key, WholeObject(field.ValueType!, PlanDefaults.Of(field.ValueType!), member));
            else
                members.Set(key, Single(field, field.Type.ValueScalar, field.Type.ValueName, PlanValue.Null, member));
        }

        return new PlanValue(PlanValueKind.Map, members, _json, node);
    }

    // The server's spelling of a set's member or a map's name; null where it is none.
    private string? Key(PlanField field, PlanScalar scalar, string name, int node = -1)
    {
        switch (scalar)
        {
            case PlanScalar.Enum:
                return field.Enum!.IndexOf(name.AsSpan()) is >= 0 and var word ? field.Enum.Values[word] : null;
            case PlanScalar.ObjectId:
                if (node >= 0 && name.Length > 1 && name[0] == '#')
                    return _references.Resolve(name.Substring(1))?.ServerId;
                return ServerText.IsId(name) || _references.FindById(field.Schema.FindType(field.Type.Name!)!, name) is not null ? name : null;
            case PlanScalar.IpNetwork:
                return ServerText.IpNetwork(name);
            case PlanScalar.IpAddress:
                return ServerText.IpAddress(name);
            case PlanScalar.SocketAddress:
                return ServerText.SocketAddress(name);
            case PlanScalar.Unsigned:
                return ulong.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? name : null;
            default:
                name = name.Trim();
                return name.Length == 0 ? null : name;
        }
    }

    private PlanValue Single(PlanField field, PlanScalar scalar, string? scalarName, PlanValue current, int node)
    {
        var kind = _json.Kind(node);
        if (kind == JsonKind.Placeholder)
            return new PlanValue(PlanValueKind.Unknown, _json, node);
        if (kind == JsonKind.Text && _json.IsUnknown(node))
            return new PlanValue(PlanValueKind.Text, _json, node);
        switch (scalar)
        {
            case PlanScalar.Boolean:
                if (kind is JsonKind.True or JsonKind.False)
                    return new PlanValue(PlanValueKind.Boolean, _json, node, kind == JsonKind.True ? "true" : "false");
                return FailValue(field, current, node, "true or false");
            case PlanScalar.Unsigned or PlanScalar.Duration:
                if (kind == JsonKind.Number && ulong.TryParse(_json.Value(node), NumberStyles.None, CultureInfo.InvariantCulture, out var unsigned))
                {
                    if (scalar == PlanScalar.Duration && unsigned == 0)
                        return FailValue(field, current, node, "a number of milliseconds greater than 0", PlanProblemCause.OutOfRange);
                    return new PlanValue(PlanValueKind.Number, _json, node);
                }

                return FailValue(field, current, node, scalar == PlanScalar.Duration ? "a number of milliseconds" : "a whole number from 0");
            case PlanScalar.Integer:
                if (kind == JsonKind.Number && long.TryParse(_json.Value(node), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
                    return new PlanValue(PlanValueKind.Number, _json, node);
                return FailValue(field, current, node, "a whole number");
            case PlanScalar.Float:
                return kind == JsonKind.Number ? new PlanValue(PlanValueKind.Number, _json, node) : FailValue(field, current, node, "a number");
        }

        if (kind != JsonKind.Text || _json[node].Length == 2)
            return FailValue(field, current, node, "a text that is not empty");
        switch (scalar)
        {
            case PlanScalar.Enum:
            {
                var words = field.Type.Shape == PlanShape.Scalar ? field.Enum! : field.Schema.FindEnum(scalarName!)!;
                var word = _json.TryGetRawValue(node, out var raw) ? words.IndexOf(raw) : words.IndexOf(_json.Value(node).AsSpan());
                if (word >= 0)
                    return new PlanValue(PlanValueKind.Text, _json, node, words.Values[word]);
                var wrong = _json.Value(node);
                Fail(PlanProblemCause.UnknownWord, node, $"'{Display.Text(wrong)}' is not a value of '{field.Name}'; expected one of {Words(words.Values)}.", NameSuggestion.For(wrong, words.Values));
                return Refused(current, node);
            }

            case PlanScalar.ObjectId:
            {
                var id = _json.Value(node);
                if (id.Length > 1 && id[0] == '#')
                {
                    if (_references.Resolve(id.Substring(1)) is { } referred)
                        return new PlanValue(referred, _json, node);
                    HasFailed = true;
                    _reporter?.Report(PlanProblemKind.MethodError, PlanProblemCause.Reference, node, false, $"No operation before this one makes an object '{Display.Text(id)}'.");
                    return Refused(current, node);
                }

                var type = field.Schema.FindType(scalarName!)!;
                if (_references.FindById(type, id) is { } target)
                    return new PlanValue(target, _json, node);
                return ServerText.IsId(id)
                    ? new PlanValue(PlanValueKind.Reference, _json, node, id)
                    : FailValue(field, current, node, $"the id of {Display.WithArticle(type.Name)}, or a reference that begins with '#'", PlanProblemCause.Reference);
            }

            case PlanScalar.IpNetwork:
                return Spelled(field, current, node, ServerText.IpNetwork(_json.Value(node)), "an IP address or a network of at least 8 bits", PlanProblemCause.Network);
            case PlanScalar.IpAddress:
                return Spelled(field, current, node, ServerText.IpAddress(_json.Value(node)), "an IP address", PlanProblemCause.Network);
            case PlanScalar.SocketAddress:
                return Spelled(field, current, node, ServerText.SocketAddress(_json.Value(node)), "an IP address with a port", PlanProblemCause.Network);
            case PlanScalar.DateTime:
                return ServerText.IsDateTime(_json.Value(node)) ? new PlanValue(PlanValueKind.Text, _json, node) : FailValue(field, current, node, "a point in time such as 2030-01-01T00:00:00Z");
            case PlanScalar.EmailAddress:
                return Spelled(field, current, node, ServerText.Email(_json.Value(node)), "an e-mail address", PlanProblemCause.WrongType);
        }

        return field.Spelling switch
        {
            PlanSpelling.Domain => Spelled(field, current, node, ServerText.Domain(_json.Value(node)), "a domain's name", PlanProblemCause.WrongType),
            PlanSpelling.LocalPart => Spelled(field, current, node, ServerText.LocalPart(_json.Value(node)), "the part of an e-mail address before the '@'", PlanProblemCause.WrongType),
            _ => new PlanValue(PlanValueKind.Text, _json, node),
        };
    }

    private PlanValue Spelled(PlanField field, PlanValue current, int node, string? spelled, string wanted, PlanProblemCause cause) =>
        spelled is null ? FailValue(field, current, node, wanted, cause) : new PlanValue(PlanValueKind.Text, _json, node, spelled);

    private PlanValue FailValue(PlanField field, PlanValue current, int node, string wanted, PlanProblemCause cause = PlanProblemCause.WrongType)
    {
        Fail(_json.Kind(node) == JsonKind.Null ? PlanProblemCause.NullNotAllowed : cause, node, $"'{field.Name}' must be {wanted}, not {Describe(node, field.IsSecret)}.");
        return Refused(current, node);
    }

    // What is refused leaves what was there; were it repaired, nobody can say what it would be.
    private PlanValue Refused(PlanValue current, int node) => Forgives ? new PlanValue(PlanValueKind.Unknown, _json, node, "") : current;

    // An array where a set or a list belongs says which members are meant.
    private PlanValue Meant(PlanField field, PlanValue current, int node)
    {
        if (!Forgives || _json.Kind(node) != JsonKind.Array)
            return Refused(current, node);
        var members = new PlanMembers(4);
        for (int member = JsonText.First(node), end = _json.End(node); member < end; member = _json.Next(member))
        {
            if (field.Type.Shape == PlanShape.List)
                members.Set(members.Count.ToString(CultureInfo.InvariantCulture), WholeObject(field.ValueType!, PlanDefaults.Of(field.ValueType!), member));
            else if (_json.Kind(member) == JsonKind.Text && (_json.IsUnknown(member) ? _json.Value(member) : Key(field, field.Type.Scalar, _json.Value(member))) is { } key)
                members.Set(key, Member(field, key, null, member));
        }

        return new PlanValue(field.Type.Shape == PlanShape.List ? PlanValueKind.List : PlanValueKind.Set, members, _json, node);
    }

    private PlanValue FailPath(PlanValue current, string[] segments, int node)
    {
        Fail(PlanProblemCause.Path, node, $"The path '{Display.Text(string.Join("/", segments))}' does not lead to anything that takes this value.", onName: true);
        return current;
    }

    private void FailKey(PlanField field, PlanScalar scalar, string name, int node)
    {
        var (cause, wanted) = scalar switch
        {
            PlanScalar.Enum => (PlanProblemCause.UnknownWord, field.Enum!.Values.Count <= 12 ? "one of " + Words(field.Enum.Values) : Display.WithArticle(field.Enum.Name)),
            PlanScalar.ObjectId => (PlanProblemCause.Reference, $"the id of {Display.WithArticle(field.Type.Name!)} or a reference to one that is made before"),
            PlanScalar.IpNetwork => (PlanProblemCause.Network, "an IP address or a network of at least 8 bits"),
            PlanScalar.IpAddress => (PlanProblemCause.Network, "an IP address"),
            PlanScalar.SocketAddress => (PlanProblemCause.Network, "an IP address with a port, such as [::]:993"),
            _ => (PlanProblemCause.WrongType, "a text that is not empty"),
        };
        Fail(cause, node, $"A member of '{field.Name}' is {wanted}, not '{Display.Text(name)}'.", scalar == PlanScalar.Enum ? NameSuggestion.For(name, field.Enum!.Values) : null, onName: true);
    }

    private void FailUnknown(PlanType type, string name, int node)
    {
        var suggestion = NameSuggestion.For(name, type.Fields.Select(field => field.Name));
        Fail(PlanProblemCause.UnknownName, node, $"{type} has no field '{Display.Text(name)}'.", suggestion, onName: true);
    }

    private void Fail(PlanProblemCause cause, int node, string message, string? suggestion = null, bool onName = false)
    {
        HasFailed = true;
        _reporter?.Report(PlanProblemKind.InvalidPatch, cause, node, onName, message, suggestion);
    }

    private string Describe(int node, bool isSecret = false) => _json.Kind(node) switch
    {
        JsonKind.Null => "null",
        JsonKind.Array => "an array",
        JsonKind.Object => "an object",
        JsonKind.Text => _json[node].Length == 2 ? "an empty text" : isSecret ? "this text" : $"'{Display.Text(_json.Value(node))}'",
        _ => _json.Value(node),
    };

    private static string Words(IEnumerable<string> words)
    {
        var shown = words.Take(12).ToList();
        return string.Join(", ", shown) + (words.Skip(shown.Count).Any() ? ", ..." : "");
    }

    // Of two members with one name the last counts. Looked for only where it is cheap: nobody writes hundreds of fields.
    private bool HasLaterTwin(int member, int end)
    {
        if (_json.IsNameUnknown(member))
            return false;
        if (!_json.TryGetRawName(member, out var name))
            name = _json.Name(member).AsSpan();
        var looked = 0;
        for (var other = _json.Next(member); other < end && looked < 100; other = _json.Next(other), looked++)
        {
            // Names are compared as they are read, however they are escaped.
            if (_json.TryGetRawName(other, out var otherName) ? otherName.SequenceEqual(name) : !_json.IsNameUnknown(other) && _json.Name(other).AsSpan().SequenceEqual(name))
                return true;
        }

        return false;
    }

    /// <summary>The parts of a path, <c>~1</c> and <c>~0</c> resolved.</summary>
    private static string[] Segments(string path)
    {
        var segments = path.Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            if (segments[i].IndexOf('~') >= 0)
                segments[i] = segments[i].Replace("~1", "/").Replace("~0", "~");
        }

        return segments;
    }
}
