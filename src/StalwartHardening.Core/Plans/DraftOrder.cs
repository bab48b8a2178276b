namespace StalwartHardening.Plans;

/// <summary>The order of operations in which every object is there before another one refers to it; otherwise that in which they were written.</summary>
internal static class DraftOrder
{
    public static IReadOnlyList<DraftOperation> Of(IReadOnlyList<DraftOperation> operations, Dictionary<DraftObject, string> ids, List<DraftProblem> problems)
    {
        var writers = new Dictionary<DraftObject, DraftOperation>();
        foreach (var operation in operations)
        {
            foreach (var written in operation.Objects)
            {
                if (ids.ContainsKey(written) && !writers.ContainsKey(written))
                    writers.Add(written, operation);
            }
        }

        var order = new List<DraftOperation>(operations.Count);
        var state = new Dictionary<DraftOperation, bool>();
        foreach (var operation in operations)
            Visit(operation);
        return order;

        void Visit(DraftOperation operation)
        {
            if (state.TryGetValue(operation, out var isDone))
            {
                if (!isDone)
                    problems.Add(new DraftProblem($"Operations of this plan refer to each other in a circle: write the {operation.Type.Name} first and change it afterwards with an update.", operation.Origin));
                return;
            }

            state.Add(operation, false);
            foreach (var target in Needed(operation))
            {
                // Objects of one operation may refer to each other; the server puts them in order.
                if (writers.TryGetValue(target, out var writer) && writer != operation)
                    Visit(writer);
            }

            state[operation] = true;
            order.Add(operation);
        }
    }

    private static IEnumerable<DraftObject> Needed(DraftOperation operation)
    {
        var all = operation.Objects.SelectMany(Needed);
        return operation.Target is { } target ? Needed(target).Concat(all) : all;
    }

    /// <summary>The objects that another one refers to.</summary>
    public static IEnumerable<DraftObject> Needed(DraftObject written) => written.Fields.SelectMany(static field => Needed(field.Value));

    private static IEnumerable<DraftObject> Needed(DraftValue value) => value.Kind switch
    {
        DraftValueKind.Reference => [value.Object!],
        DraftValueKind.Many => value.Items.SelectMany(Needed),
        DraftValueKind.Map => value.Entries.SelectMany(static entry => Needed(entry.Key).Concat(Needed(entry.Value))),
        DraftValueKind.Object => Needed(value.Object!),
        _ => [],
    };
}
