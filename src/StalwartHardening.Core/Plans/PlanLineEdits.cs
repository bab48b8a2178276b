using StalwartHardening.Edits;

namespace StalwartHardening.Plans;

/// <summary>New operations in a plan's text, each on a line of its own, and operations that go with their line.</summary>
internal static class PlanLineEdits
{
    /// <summary>A line before the one in which an operation begins.</summary>
    public static TextChange Before(PlanOperation operation, string line)
    {
        var text = operation.Json.Text;
        var start = LineStart(text, operation.Span.Start);
        return new TextChange(start, 0, line + LineBreak(text));
    }

    /// <summary>A line after the last operation, before an order to load the settings anew.</summary>
    public static TextChange AtEnd(string text, IReadOnlyList<PlanOperation> operations, string line)
    {
        if (operations.Count > 0 && operations[operations.Count - 1] is { Verb: PlanVerb.Create, Type.Name: "Action" } order)
            return Before(order, line);
        if (operations.Count > 0)
            return After(operations[operations.Count - 1], line);
        return text.Length == 0 || text[text.Length - 1] == '\n'
            ? new TextChange(text.Length, 0, line + LineBreak(text))
            : new TextChange(text.Length, 0, LineBreak(text) + line);
    }

    /// <summary>A line after the one in which an operation ends.</summary>
    public static TextChange After(PlanOperation operation, string line)
    {
        var text = operation.Json.Text;
        var end = text.IndexOf('\n', operation.Span.End);
        return end < 0 ? new TextChange(text.Length, 0, LineBreak(text) + line) : new TextChange(end + 1, 0, line + LineBreak(text));
    }

    /// <summary>Takes an operation away with its line.</summary>
    public static TextChange Remove(PlanOperation operation)
    {
        var text = operation.Json.Text;
        var start = LineStart(text, operation.Span.Start);
        var end = text.IndexOf('\n', operation.Span.End);
        return new TextChange(start, (end < 0 ? text.Length : end + 1) - start, "");
    }

    private static int LineStart(string text, int position) => position == 0 ? 0 : text.LastIndexOf('\n', position - 1) + 1;

    private static string LineBreak(string text) => text.IndexOf("\r\n", StringComparison.Ordinal) >= 0 ? "\r\n" : "\n";
}
