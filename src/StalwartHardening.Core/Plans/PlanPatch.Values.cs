using System.Globalization;

namespace StalwartHardening.Plans;

/// <content>Single values, and what to say of those that the server does not take.</content>
internal sealed partial class PlanPatch
{
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
}
