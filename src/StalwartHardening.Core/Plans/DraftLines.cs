using System.Text;

namespace StalwartHardening.Plans;

/// <summary>
/// What a plan says, an operation a line, so that two plans which say the same have the same lines: objects have the ids that their labels
/// give them, and neither fields nor operations have an order.
/// </summary>
internal static class DraftLines
{
    /// <summary>The lines, sorted.</summary>
    public static IReadOnlyList<string> Of(PlanReading plan)
    {
        var lines = new List<string>();
        var text = PlanText.Read(DraftReader.Read(plan.Run.Operations).Write().Text);
        foreach (var line in text.Lines)
        {
            var json = new StringBuilder();
            Append(json, text.Json, line.Node);
            lines.Add(json.ToString());
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static void Append(StringBuilder text, JsonText json, int node)
    {
        var kind = json.Kind(node);
        if (kind is not (JsonKind.Object or JsonKind.Array))
        {
            if (kind == JsonKind.Text)
                PlanJson.AppendText(text, json.Value(node));
            else
                text.Append(json.Value(node));
            return;
        }

        var members = new List<string>();
        for (int member = JsonText.First(node), end = json.End(node); member < end; member = json.Next(member))
        {
            var part = new StringBuilder();
            if (kind == JsonKind.Object)
            {
                PlanJson.AppendText(part, json.Name(member));
                part.Append(':');
            }

            Append(part, json, member);
            members.Add(part.ToString());
        }

        if (kind == JsonKind.Object)
            members.Sort(StringComparer.Ordinal);
        text.Append(kind == JsonKind.Object ? '{' : '[').Append(string.Join(",", members)).Append(kind == JsonKind.Object ? '}' : ']');
    }
}
