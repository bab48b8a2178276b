using System.Globalization;
using System.Text;

namespace StalwartHardening.Plans;

/// <summary>Values as JSON: what the server would answer, and what the plan says, both with sorted names, so that equal values are equal texts.</summary>
internal static class PlanJson
{
    /// <summary>How references are shown.</summary>
    public enum References
    {
        /// <summary>By the server's id, as the server answers.</summary>
        ById,

        /// <summary>As <c>@Type:label</c>.</summary>
        ByLabel,

        /// <summary>As <c>#type-id</c>, the client ids of a snapshot.</summary>
        ByClientId,
    }

    public static void Append(StringBuilder json, PlanValue value, References references)
    {
        switch (value.Kind)
        {
            case PlanValueKind.Null:
                json.Append("null");
                break;
            case PlanValueKind.Boolean:
                json.Append(value.IsTrue ? "true" : "false");
                break;
            case PlanValueKind.Number:
                json.Append(value.Content);
                break;
            case PlanValueKind.Reference:
                AppendText(json, Reference(value, references));
                break;
            case PlanValueKind.Set or PlanValueKind.Map or PlanValueKind.List:
                AppendMembers(json, value, references);
                break;
            case PlanValueKind.Object:
                AppendFields(json, value.Type!, value.Fields!, references, static (_, _) => true);
                break;
            default:
                AppendText(json, references == References.ByLabel ? value.Written : value.Content);
                break;
        }
    }

    /// <summary>An object's fields, sorted by name.</summary>
    public static void AppendFields(StringBuilder json, PlanType type, PlanValue?[] fields, References references, Func<PlanField, PlanValue, bool> isShown)
    {
        json.Append('{');
        var first = true;
        if (type.Variant is not null)
        {
            json.Append("\"@type\":");
            AppendText(json, type.Variant);
            first = false;
        }

        foreach (var field in type.Fields.OrderBy(field => field.Name, StringComparer.Ordinal))
        {
            var value = fields[field.Ordinal] ?? field.Default;
            if (!isShown(field, value) || field.IsServerSet)
                continue;
            if (value.Kind == PlanValueKind.Null && (field.IsSecret || field.SincePatch > 0))
                continue;
            if (references == References.ByClientId && value is { Kind: PlanValueKind.Text, Content: "" })
                continue;
            if (!first)
                json.Append(',');
            first = false;
            AppendText(json, field.Name);
            json.Append(':');
            if (field.IsSecret && value.Kind == PlanValueKind.Text && references != References.ByClientId)
                json.Append("\"****\"");
            else
                Append(json, value, references);
        }

        json.Append('}');
    }

    private static void AppendMembers(StringBuilder json, PlanValue value, References references)
    {
        json.Append('{');
        var members = value.Members!;
        var keys = new (string Key, PlanValue Value)[members.Count];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = (members[i].Value is { Kind: PlanValueKind.Reference } reference && value.Kind == PlanValueKind.Set ? Reference(reference, references) : references == References.ByLabel ? members[i].Value.WrittenName ?? members[i].Key : members[i].Key, members[i].Value);
        if (value.Kind != PlanValueKind.List)
            Array.Sort(keys, (left, right) => string.CompareOrdinal(left.Key, right.Key));
        for (var i = 0; i < keys.Length; i++)
        {
            if (i > 0)
                json.Append(',');
            AppendText(json, keys[i].Key);
            json.Append(':');
            if (value.Kind == PlanValueKind.Set)
                json.Append("true");
            else
                Append(json, keys[i].Value, references);
        }

        json.Append('}');
    }

    private static string Reference(PlanValue value, References references) => value.Target is not { } target ? value.Content : references switch
    {
        References.ByLabel => "@" + target.Type.Name + ":" + (target.Label ?? target.ServerId),
        References.ByClientId => "#" + ClientId(target),
        _ => target.ServerId,
    };

    /// <summary>The client id under which a snapshot lists an object.</summary>
    public static string ClientId(StateObject target) =>
        target.Type.Name.ToLowerInvariant() + "-" + (target.ServerId[0] == '~' ? ServerText.Id(target.Id) : target.ServerId);

    /// <summary>A value of a plan, names sorted and of two with one name the last.</summary>
    public static void AppendRaw(StringBuilder json, JsonText text, int node)
    {
        switch (text.Kind(node))
        {
            case JsonKind.Object:
            {
                var members = new SortedDictionary<string, int>(StringComparer.Ordinal);
                for (int member = JsonText.First(node), end = text.End(node); member < end; member = text.Next(member))
                    members[text.Name(member)] = member;
                json.Append('{');
                var first = true;
                foreach (var member in members)
                {
                    if (!first)
                        json.Append(',');
                    first = false;
                    AppendText(json, member.Key);
                    json.Append(':');
                    AppendRaw(json, text, member.Value);
                }

                json.Append('}');
                break;
            }

            case JsonKind.Array:
                json.Append('[');
                for (int item = JsonText.First(node), end = text.End(node); item < end; item = text.Next(item))
                {
                    if (item != JsonText.First(node))
                        json.Append(',');
                    AppendRaw(json, text, item);
                }

                json.Append(']');
                break;
            case JsonKind.Text or JsonKind.Placeholder:
                AppendText(json, text.Comparable(node));
                break;
            default:
                json.Append(text.Value(node));
                break;
        }
    }

    /// <summary>A text in double quotes.</summary>
    public static void AppendText(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (var c in text)
        {
            switch (c)
            {
                case '"':
                    json.Append("\\\"");
                    break;
                case '\\':
                    json.Append("\\\\");
                    break;
                case '\n':
                    json.Append("\\n");
                    break;
                case '\r':
                    json.Append("\\r");
                    break;
                case '\t':
                    json.Append("\\t");
                    break;
                case < ' ':
                    json.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    json.Append(c);
                    break;
            }
        }

        json.Append('"');
    }
}
