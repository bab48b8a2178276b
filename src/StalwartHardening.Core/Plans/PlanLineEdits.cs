using StalwartHardening.Edits;

namespace StalwartHardening.Plans;

/// <summary>New operations in a plan's text, each on a line of its own, and operations that go with their line.</summary>
internal static class PlanLineEdits
{
    private static readonly char[] s_lineEnds = ['\n', PlanText.Separator];

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
        var end = LineEnd(text, operation.Span.End);
        return end == text.Length || text[end] != '\n' ? new TextChange(end, 0, LineBreak(text) + line) : new TextChange(end + 1, 0, line + LineBreak(text));
    }

    /// <summary>Takes an operation away with its line.</summary>
    public static TextChange Remove(PlanOperation operation)
    {
        var text = operation.Json.Text;
        var start = LineStart(text, operation.Span.Start);
        var end = LineEnd(text, operation.Span.End);
        return new TextChange(start, (end < text.Length && text[end] == '\n' ? end + 1 : end) - start, "");
    }

    // The next plan of a run begins a line of its own.
    private static int LineStart(string text, int position) => position == 0 ? 0 : text.LastIndexOfAny(s_lineEnds, position - 1) + 1;

    private static int LineEnd(string text, int position) => text.IndexOfAny(s_lineEnds, position) is >= 0 and var end ? end : text.Length;

    private static string LineBreak(string text) => text.IndexOf("\r\n", StringComparison.Ordinal) >= 0 ? "\r\n" : "\n";
}
