namespace StalwartHardening.Plans;

/// <summary>Where a plan writes an object.</summary>
internal static class PlanBodies
{
    /// <summary>The bodies that write an object, the last one first.</summary>
    public static List<(PlanOperation Operation, int Node)> Of(PlanReading reading, StateObject owner)
    {
        var found = new List<(PlanOperation, int)>();
        var places = PlacesOf(owner);
        var operations = reading.Run.Operations;
        for (var i = operations.Count - 1; i >= 0; i--)
        {
            var operation = operations[i];
            if (!operation.IsSound || operation.Type?.Index != owner.Type.Index || operation.Verb is PlanVerb.None or PlanVerb.Destroy)
                continue;
            if (operation.Verb == PlanVerb.Update)
            {
                if (operation.ValueNode >= 0 && operation.Json.Kind(operation.ValueNode) == JsonKind.Object && (owner.Type.Kind != PlanTypeKind.Object || Holds(operation.Json, operation.ValueNode, places)))
                    found.Add((operation, operation.ValueNode));
                continue;
            }

            foreach (var (_, body) in operation.Bodies)
            {
                if (operation.Json.Kind(body) == JsonKind.Object && (owner.Type.Kind != PlanTypeKind.Object || IsNamed(operation.Json, body, owner) || Holds(operation.Json, body, places) || operation.Json.Span(body) == owner.Span))
                    found.Add((operation, body));
            }
        }

        return found;
    }

    private static bool IsNamed(JsonText json, int body, StateObject owner) =>
        owner.Type.Label.Length > 0 && owner.Label is { } label && json.Find(body, owner.Type.Label) is >= 0 and var name && json.ValueIs(name, label);

    private static bool Holds(JsonText json, int node, List<(JsonText Json, int Node)> places)
    {
        foreach (var place in places)
        {
            if (place.Json == json && place.Node >= node && place.Node < json.End(node))
                return true;
        }

        return false;
    }

    private static List<(JsonText Json, int Node)> PlacesOf(StateObject owner)
    {
        var places = new List<(JsonText, int)>();
        void Add(PlanValue? value)
        {
            if (value is null)
                return;
            if (value is { IsWritten: true, Json: { } json })
                places.Add((json, value.Node));
            foreach (var field in value.Fields ?? [])
                Add(field);
            for (var i = 0; i < (value.Members?.Count ?? 0); i++)
                Add(value.Members![i].Value);
        }

        foreach (var field in owner.Fields)
            Add(field);
        return places;
    }
}
