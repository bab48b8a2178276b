using StalwartHardening.Edits;

namespace StalwartHardening.Plans;

/// <summary>The ways to give a field of an object a value where the plan does not write it, or not whole.</summary>
internal static class PlanFieldWays
{
    /// <summary>Ways to write the value at the end of a path.</summary>
    /// <param name="reading">The plan.</param>
    /// <param name="key">The value.</param>
    /// <param name="json">The value, given the number of the path's parts that are written around it.</param>
    /// <param name="style">The plan's spacing.</param>
    public static IEnumerable<IReadOnlyList<TextChange>> Of(PlanReading reading, PlanKey key, Func<int, string> json, PlanJsonStyle style)
    {
        var owner = key.FindOwner(reading.Run.State);
        if (owner is not null)
        {
            foreach (var (operation, body) in PlanBodies.Of(reading, owner))
            {
                foreach (var way in InBody(operation, body, key, json))
                    yield return way;
            }
        }
        else if (key.Type.Kind != PlanTypeKind.Object)
        {
            // A singleton that the server has and nobody wrote to with success.
            foreach (var operation in reading.Run.Operations.Reverse())
            {
                if (operation is { IsSound: true, Verb: PlanVerb.Update, ValueNode: >= 0 } && operation.Type == key.Type && operation.Json.Kind(operation.ValueNode) == JsonKind.Object)
                {
                    foreach (var way in InBody(operation, operation.ValueNode, key, json))
                        yield return way;
                }
            }
        }

        if (reading.Kind != PlanTextKind.Plan || !reading.IsOneString)
            yield break;
        if (key.Type.Kind == PlanTypeKind.Singleton)
        {
            var members = Member("@type", owner?.Type.Variant, style) + Whole(key, json, style);
            yield return [PlanLineEdits.AtEnd(reading.Texts[0].Text, reading.Run.Operations, Operation("update", key.Type, "{" + members + "}", style))];
        }
        else if (owner is { Label: { } label } && key.Type.Label.Length > 0)
        {
            var members = Member("@type", owner.Type.Variant, style) + Member(key.Type.Label, label, style) + Whole(key, json, style);
            var value = "{" + PlanMemberEdits.Quote(label) + style.Colon + "{" + members + "}}";
            yield return [PlanLineEdits.AtEnd(reading.Texts[0].Text, reading.Run.Operations, Operation("upsert", key.Type, value, style))];
        }
    }

    /// <summary>An operation on a line of its own.</summary>
    public static string Operation(string verb, PlanType type, string value, PlanJsonStyle style) =>
        "{" + Member("@type", verb, style) + Member("object", type.Name, style) + "\"value\"" + style.Colon + value + "}";

    private static string Member(string name, string? value, PlanJsonStyle style) =>
        value is null ? "" : PlanMemberEdits.Quote(name) + style.Colon + PlanMemberEdits.Quote(value) + style.Comma;

    private static string Whole(PlanKey key, Func<int, string> json, PlanJsonStyle style) => PlanMemberEdits.Quote(key.Path[0]) + style.Colon + json(1);

    private static IEnumerable<IReadOnlyList<TextChange>> InBody(PlanOperation operation, int body, PlanKey key, Func<int, string> json)
    {
        var text = operation.Json;
        var style = PlanJsonStyle.From(operation);
        var at = body;
        var depth = 0;
        while (depth < key.Path.Length && text.Kind(at) == JsonKind.Object && text.Find(at, key.Path[depth]) is >= 0 and var next)
        {
            at = next;
            depth++;
        }

        if (depth == key.Path.Length)
            yield return [PlanMemberEdits.Replace(text, at, json(depth))];
        else if (text.Kind(at) == JsonKind.Object)
            yield return [PlanMemberEdits.Add(text, at, key.Path[depth], json(depth + 1), style)];
        else
            yield return [PlanMemberEdits.Replace(text, at, json(depth))];

        // Where a part of the way is written as a path, or what is stored would be replaced: one path to the value.
        var path = string.Join("/", key.Path.Select(PlanKey.Escape));
        yield return text.Find(body, path) is >= 0 and var written
            ? [PlanMemberEdits.Replace(text, written, json(key.Path.Length))]
            : [PlanMemberEdits.Add(text, body, path, json(key.Path.Length), style)];
    }
}
