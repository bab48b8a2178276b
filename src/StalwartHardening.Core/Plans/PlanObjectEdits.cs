using StalwartHardening.Edits;

namespace StalwartHardening.Plans;

/// <summary>
/// Takes an object away. Removing it from a plan closes nothing on a running server: what deletes it is a destroy, or a reconcile
/// that no longer lists it.
/// </summary>
internal sealed class PlanObjectRemoval(PlanKey key) : PlanStep
{
    public override IEnumerable<IReadOnlyList<TextChange>> Ways(PlanReading reading)
    {
        if (key.FindOwner(reading.Run.State) is not { } owner)
            yield break;
        var bodies = PlanBodies.Of(reading, owner);
        var taken = new List<TextChange>();
        foreach (var group in bodies.GroupBy(static body => body.Operation).OrderBy(static group => group.Key.Span.Start))
            taken.AddRange(TakeFrom(group.Key, [.. group.Select(static body => body.Node)]));
        if (reading.Kind != PlanTextKind.Plan || !reading.IsOneString)
        {
            if (taken.Count > 0)
                yield return taken;
            yield break;
        }

        if (taken.Count > 0 && IsDeletedOtherwise(reading, key.Type))
            yield return taken;
        foreach (var destroy in Destroys(reading, owner))
            yield return [.. taken.Concat(destroy).OrderBy(static change => change.Start).ThenBy(static change => change.Length)];
    }

    public override bool IsDone(PlanReading reading) => key.FindOwner(reading.Run.State) is null;

    public override string Owner => key.Owner;

    public override bool Touches(string changed) => changed.StartsWith(key.Owner + "/", StringComparison.Ordinal);

    private static IEnumerable<TextChange> TakeFrom(PlanOperation operation, int[] nodes)
    {
        if (operation.Verb == PlanVerb.Update || (nodes.Length == operation.Bodies.Length && operation.Verb != PlanVerb.Reconcile))
            return [PlanLineEdits.Remove(operation)];
        var json = operation.Json;
        return nodes.Length == 1 ? [PlanMemberEdits.Remove(json, operation.ValueNode, nodes[0])] : [];
    }

    // Whatever the plan does not write goes anyway.
    private static bool IsDeletedOtherwise(PlanReading reading, PlanType type) =>
        reading.Run.Operations.Any(operation => operation.IsSound && operation.Type == type
            && ((operation.Verb == PlanVerb.Reconcile && operation.ScopeNode < 0)
                || (operation.Verb == PlanVerb.Destroy && (operation.ValueNode < 0 || operation.Json.Kind(operation.ValueNode) == JsonKind.Null || (operation.Json.Kind(operation.ValueNode) == JsonKind.Object && operation.Json.End(operation.ValueNode) == operation.ValueNode + 1)))));

    // Only what the server has an index for may be asked for; what is unique comes first.
    private static IEnumerable<TextChange[]> Destroys(PlanReading reading, StateObject owner)
    {
        var style = Style(reading);
        var first = reading.Run.Operations.FirstOrDefault(operation => operation.Type?.Index == owner.Type.Index) ?? (reading.Run.Operations.Count > 0 ? reading.Run.Operations[0] : null);
        foreach (var index in owner.Type.Indexes.OrderBy(static index => index.IsUnique ? 0 : 1))
        {
            if (owner[index.Property] is not { Kind: PlanValueKind.Text, Content: { Length: > 0 } text })
                continue;
            var filter = "{" + PlanMemberEdits.Quote(index.Property) + style.Colon + PlanMemberEdits.Quote(text) + "}";
            var line = PlanFieldWays.Operation("destroy", owner.Type, filter, style);
            yield return [first is null ? PlanLineEdits.AtEnd(reading.Texts[0].Text, [], line) : PlanLineEdits.Before(first, line)];
        }
    }
}

/// <summary>Makes a new object.</summary>
internal sealed class PlanObjectInsertion(PlanKey key, List<(PlanKey Key, string Text)> settings) : PlanStep
{
    public override IEnumerable<IReadOnlyList<TextChange>> Ways(PlanReading reading)
    {
        var references = References(reading);
        var tree = new PlanTree();
        foreach (var (setting, text) in settings)
            tree.Set(setting.Path, 0, text);
        var name = FreeId(reading);
        PlanOperation? last = null;
        foreach (var operation in reading.Run.Operations)
        {
            if (operation is { IsSound: true, Verb: PlanVerb.Create or PlanVerb.Upsert or PlanVerb.Reconcile, ValueNode: >= 0 } && operation.Type == key.Type && operation.Json.Kind(operation.ValueNode) == JsonKind.Object)
                last = operation;
        }

        if (last is not null)
        {
            var own = PlanJsonStyle.From(last);
            yield return [PlanMemberEdits.Add(last.Json, last.ValueNode, name, tree.ToObject(key.Type, own, references), own)];
        }

        if (reading.Kind != PlanTextKind.Plan || !reading.IsOneString)
            yield break;
        var style = Style(reading);
        var line = PlanFieldWays.Operation("upsert", key.Type, "{" + PlanMemberEdits.Quote(name) + style.Colon + tree.ToObject(key.Type, style, references) + "}", style);
        yield return [last is not null ? PlanLineEdits.After(last, line) : PlanLineEdits.AtEnd(reading.Texts[0].Text, reading.Run.Operations, line)];
    }

    public override bool IsDone(PlanReading reading)
    {
        foreach (var (setting, text) in settings)
        {
            if (!reading.Document.TryGet(setting.Text(setting.Path.Length), out var found) || found.Value != text)
                return false;
        }

        return true;
    }

    public override string Owner => key.Owner;

    public override bool Touches(string changed) => changed.StartsWith(key.Owner + "/", StringComparison.Ordinal);

    private string FreeId(PlanReading reading)
    {
        var ids = new HashSet<string>(reading.Run.Operations.SelectMany(static operation => operation.Bodies.Select(static body => body.ClientId)), StringComparer.Ordinal);
        var name = key.Name;
        for (var number = 2; ids.Contains(name); number++)
            name = key.Name + "-" + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return name;
    }
}
