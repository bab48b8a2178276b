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

    /// <summary>Hears what the server takes and makes nothing of.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="node">The member that does nothing.</param>
    /// <param name="message">What happens, as a sentence.</param>
    void Notice(PlanRemarkKind kind, int node, string message);
}

/// <summary>
/// Writes JSON into values as the server does (<c>jmap/patch.rs</c>, <c>types/list.rs</c>, <c>types/map.rs</c>): whole sets, lists,
/// maps and variants are replaced, plain objects are merged, and paths reach into them. It goes on after a mistake, so that one
/// hides nothing else.
/// </summary>
internal sealed partial class PlanPatch
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

    /// <summary>Whether an object that looks new may be a stored one after all: then names with a slash may be paths into it.</summary>
    public bool MayBeStored { get; init; }

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
                if (raw.IndexOf('/') >= 0 && (!IsCreate || MayBeStored))
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
                if (name.IndexOf('/') >= 0 && (!IsCreate || MayBeStored))
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
            else
                NoticeIgnored(type, variant, node);
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

    // auth/permissions.rs: a variant without fields takes any and keeps none.
    private void NoticeIgnored(PlanType type, PlanType variant, int node)
    {
        for (int member = JsonText.First(node), end = _json.End(node); member < end; member = _json.Next(member))
        {
            if (_json.NameIs(member, "@type") || _json.IsNameUnknown(member))
                continue;
            var name = _json.Name(member);
            var takers = type.Variants.Where(other => other.FindField(name.AsSpan()) is not null).Select(static other => other.Variant!).ToList();
            _reporter?.Notice(PlanRemarkKind.IgnoredByVariant, member, $"'{Display.Text(name)}' is ignored: '{variant.Variant}' takes no fields.{(takers.Count > 0 ? $" Those that do: {Words(takers)}." : "")}");
        }
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

    private PlanValue FailPath(PlanValue current, string[] segments, int node)
    {
        Fail(PlanProblemCause.Path, node, $"The path '{Display.Text(string.Join("/", segments))}' does not lead to anything that takes this value.", onName: true);
        return current;
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
            {
                _reporter?.Notice(PlanRemarkKind.WrittenTwice, member, $"'{Display.Text(_json.Name(member))}' is written twice in one object: only the last one counts.");
                return true;
            }
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
