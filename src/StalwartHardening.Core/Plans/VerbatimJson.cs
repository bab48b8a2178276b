using System.Text;

namespace StalwartHardening.Plans;

/// <summary>An operation as it is written, on one line, with the ids that its plan gives to objects now.</summary>
internal static class VerbatimJson
{
    /// <summary>Writes an operation.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="ids">The new id of each old one that has changed.</param>
    public static string Of(PlanOperation operation, IReadOnlyDictionary<string, string> ids)
    {
        var json = new StringBuilder();
        Append(json, operation.Json, operation.Node, ids);
        return json.ToString();
    }

    private static void Append(StringBuilder json, JsonText text, int node, IReadOnlyDictionary<string, string> ids)
    {
        var kind = text.Kind(node);
        if (kind is not (JsonKind.Object or JsonKind.Array))
        {
            if (kind == JsonKind.Text)
                PlanJson.AppendText(json, Id(text.Value(node), ids));
            else
                json.Append(text.Value(node));
            return;
        }

        json.Append(kind == JsonKind.Object ? '{' : '[');
        for (int member = JsonText.First(node), end = text.End(node); member < end; member = text.Next(member))
        {
            if (member != JsonText.First(node))
                json.Append(',');
            if (kind == JsonKind.Object)
            {
                PlanJson.AppendText(json, Id(text.Name(member), ids));
                json.Append(':');
            }

            Append(json, text, member, ids);
        }

        json.Append(kind == JsonKind.Object ? '}' : ']');
    }

    private static string Id(string text, IReadOnlyDictionary<string, string> ids) => text.Length > 1 && text[0] == '#' && ids.TryGetValue(text.Substring(1), out var id) ? "#" + id : text;
}
