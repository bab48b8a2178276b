using System.Text;
using StalwartHardening.Plans;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>What ends a mistake in a plan where there is one way that its author can have meant. The plan is run again before anybody sees it.</summary>
internal static class PlanRepairs
{
    private const string OldPath = "url_path";
    private const string Path = "path";

    // What people call objects by, the most telling first.
    private static readonly string[] s_keys = ["name", "description", "url", "hostname", "directory", "namespace", "selector", "address"];

    /// <summary>The repair of something refused; null where only the author knows.</summary>
    public static TextRepair? Of(PlanReading reading, PlanProblem problem)
    {
        if (!reading.IsOneString)
            return null;
        if (problem.Operation < 0)
            return problem.Cause == PlanProblemCause.Syntax ? OfLayout(reading, problem.Span) : null;
        var operation = reading.Run.Operations[problem.Operation];
        return problem.Cause switch
        {
            PlanProblemCause.Expression => OldVariable(operation.Json, problem.Span),
            PlanProblemCause.WrongType => OfArray(operation, problem.Span),
            PlanProblemCause.UnknownName or PlanProblemCause.UnknownWord when problem.Suggestion is { Length: > 0 } meant => Renamed(operation.Json, problem.Span, meant),
            _ when problem.Kind == PlanProblemKind.NoMatchKey => MatchOn(operation),
            _ => null,
        };
    }

    /// <summary>The repair of something that runs and does otherwise than it seems.</summary>
    public static TextRepair? Of(PlanReading reading, PlanRemark remark) =>
        reading.IsOneString && remark.Kind == PlanRemarkKind.MatchesOnValues ? MatchOn(reading.Run.Operations[remark.Operation]) : null;

    // The tool reads line by line: an operation that jq has spread over several, all of them in one array, a mark that an editor has written.
    private static TextRepair? OfLayout(PlanReading reading, SourceSpan place)
    {
        foreach (var text in reading.Texts)
        {
            if (!text.Text.AsSpan(place.Start, Math.Min(place.Length, text.Text.Length - place.Start)).StartsWith("\uFEFF".AsSpan()))
            {
                for (var node = 0; node < text.Json.Count; node = text.Json.End(node))
                {
                    var span = text.Json.Span(node);
                    if (span.Start == place.Start && text.Json.Kind(node) is JsonKind.Array or JsonKind.Object)
                        return new TextRepair("Write one operation per line (the plan is then applied)", span.Start, span.Length, Lines(text.Json, node));
                }

                continue;
            }

            return new TextRepair("Remove the byte-order mark (the plan is then applied)", place.Start, 1, "");
        }

        return null;
    }

    private static string Lines(JsonText json, int node)
    {
        var lines = new StringBuilder();
        if (json.Kind(node) == JsonKind.Object)
        {
            AppendLine(lines, json, node);
            return lines.ToString();
        }

        for (int item = JsonText.First(node), end = json.End(node); item < end; item = json.Next(item))
        {
            if (lines.Length > 0)
                lines.Append('\n');
            AppendLine(lines, json, item);
        }

        return lines.ToString();
    }

    // Texts hold no line breaks: each that is there stands between two parts of the value, with the blanks around it.
    private static void AppendLine(StringBuilder line, JsonText json, int node)
    {
        var span = json.Span(node);
        for (int i = span.Start, end = span.End; i < end; i++)
        {
            if (json.Text[i] is not ('\n' or '\r'))
            {
                line.Append(json.Text[i]);
                continue;
            }

            while (line.Length > 0 && line[line.Length - 1] is ' ' or '\t')
                line.Length--;
            while (i + 1 < end && char.IsWhiteSpace(json.Text[i + 1]))
                i++;
        }
    }

    // The documentation still shows the name that 0.15 had. What is in quotes is no variable.
    private static TextRepair? OldVariable(JsonText json, SourceSpan span)
    {
        var raw = json.Text.Substring(span.Start, span.Length);
        if (raw.IndexOf('\\') >= 0 || raw.IndexOf("if_then", StringComparison.Ordinal) < 0 && raw.IndexOf(OldPath, StringComparison.Ordinal) < 0)
            return null;
        var text = new StringBuilder(raw.Length);
        var isQuoted = false;
        var found = false;
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '\'')
                isQuoted = !isQuoted;
            if (!isQuoted && string.CompareOrdinal(raw, i, OldPath, 0, OldPath.Length) == 0 && !IsWord(raw, i - 1) && !IsWord(raw, i + OldPath.Length))
            {
                text.Append(Path);
                found = true;
                i += OldPath.Length - 1;
            }
            else
            {
                text.Append(raw[i]);
            }
        }

        return found ? new TextRepair($"Call it '{Path}' (who is refused by the rule is then refused)", span.Start, span.Length, text.ToString()) : null;
    }

    // Single values are the members of a set, objects the elements of a list.
    private static TextRepair? OfArray(PlanOperation operation, SourceSpan span)
    {
        var json = operation.Json;
        if (NodeAt(operation, span) is not (>= 0 and var node) || json.Kind(node) != JsonKind.Array)
            return null;
        var members = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var isSet = true;
        for (int item = JsonText.First(node), end = json.End(node); item < end; item = json.Next(item))
        {
            var place = json.Span(item);
            var raw = json.Text.Substring(place.Start, place.Length);
            if (members.Count > 0 && isSet != (json.Kind(item) != JsonKind.Object))
                return null;
            switch (json.Kind(item))
            {
                case JsonKind.Text:
                    if (known.Add(raw))
                        members.Add(raw + ":" + Gap(json.Text, span) + "true");
                    break;
                case JsonKind.Number:
                    if (known.Add(raw))
                        members.Add("\"" + raw + "\":" + Gap(json.Text, span) + "true");
                    break;
                case JsonKind.Object:
                    isSet = false;
                    members.Add($"\"{members.Count}\":{Gap(json.Text, span)}{raw}");
                    break;
                default:
                    return null;
            }
        }

        return new TextRepair($"Write the array as a {(isSet ? "set" : "list")} (the plan then runs on from here)", span.Start, span.Length, "{" + string.Join("," + Gap(json.Text, span), members) + "}");
    }

    private static TextRepair? Renamed(JsonText json, SourceSpan span, string meant)
    {
        var raw = json.Text.Substring(span.Start, span.Length);
        return raw.Length > 2 && raw[0] == '"' && raw[raw.Length - 1] == '"' && raw.IndexOf('/') < 0 && meant.IndexOf('"') < 0
            ? new TextRepair($"Call it '{Display.Text(meant)}' (it then takes effect)", span.Start, span.Length, "\"" + meant + "\"")
            : null;
    }

    // A property that every body has, each with another text.
    private static TextRepair? MatchOn(PlanOperation operation)
    {
        var json = operation.Json;
        if (operation.ValueNode < 0 || operation.Bodies.Length == 0)
            return null;
        foreach (var key in s_keys)
        {
            var values = new HashSet<string>(StringComparer.Ordinal);
            if (!Array.TrueForAll(operation.Bodies, body => json.Find(body.Node, key) is >= 0 and var node && json.Kind(node) == JsonKind.Text && !json.IsUnknown(node) && values.Add(json.Value(node))))
                continue;
            var title = $"Match on '{key}' (the plan then changes what has that {key}, instead of making another)";
            if (operation.MatchOnNode >= 0)
                return json.Span(operation.MatchOnNode) is var old ? new TextRepair(title, old.Start, old.Length, $"[\"{key}\"]") : null;
            var name = json.NameSpan(operation.ValueNode);
            var gap = Gap(json.Text, operation.Span);
            return new TextRepair(title, name.Start, 0, $"\"matchOn\":{gap}[\"{key}\"],{gap}");
        }

        return null;
    }

    // Whether the author leaves a blank after a colon.
    private static string Gap(string text, SourceSpan span)
    {
        var colon = text.IndexOf("\":", text.LastIndexOf('\n', Math.Max(0, span.Start - 1)) + 1, StringComparison.Ordinal);
        return colon >= 0 && colon + 2 < text.Length && text[colon + 2] == ' ' ? " " : "";
    }

    private static int NodeAt(PlanOperation operation, SourceSpan span)
    {
        for (int node = operation.Node, end = operation.Json.End(node); node < end; node++)
        {
            if (operation.Json.Span(node) == span)
                return node;
        }

        return -1;
    }

    private static bool IsWord(string text, int index) => index >= 0 && index < text.Length && (char.IsLetterOrDigit(text[index]) || text[index] == '_');
}
