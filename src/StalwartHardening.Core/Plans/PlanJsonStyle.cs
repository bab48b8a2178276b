namespace StalwartHardening.Plans;

/// <summary>How a plan's author spaces names and members, so that what is added looks like the rest.</summary>
/// <param name="Comma">Between two members.</param>
/// <param name="Colon">Between a name and its value.</param>
internal readonly record struct PlanJsonStyle(string Comma, string Colon)
{
    /// <summary>The style of an operation, as its first members show it.</summary>
    public static PlanJsonStyle From(PlanOperation operation)
    {
        var json = operation.Json;
        var first = JsonText.First(operation.Node);
        if (json.Kind(operation.Node) != JsonKind.Object || first >= json.End(operation.Node))
            return new PlanJsonStyle(",", ":");
        var colon = Between(json, json.NameSpan(first).End, json.Span(first).Start, ':');
        var second = json.Next(first);
        var comma = second < json.End(operation.Node) ? Between(json, json.Span(first).End, json.NameSpan(second).Start, ',') : colon == ":" ? "," : ", ";
        return new PlanJsonStyle(comma, colon);
    }

    // Nothing that is added may break a line.
    private static string Between(JsonText json, int start, int end, char mark)
    {
        var text = json.Text.Substring(start, Math.Max(0, end - start));
        return text.Trim() == mark.ToString() && text.IndexOf('\n') < 0 && text.IndexOf('\r') < 0 ? text : mark + " ";
    }
}
