using System.Globalization;

namespace StalwartHardening.Plans;

/// <content>Sets, lists and maps, which a body gives whole: their members and the names of these.</content>
internal sealed partial class PlanPatch
{
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
}
