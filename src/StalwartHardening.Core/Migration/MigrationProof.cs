using StalwartHardening.Plans;

namespace StalwartHardening.Migration;

/// <summary>Runs a draft and takes out what the server refuses, until it refuses nothing.</summary>
internal sealed class MigrationProof(MigrationInput input, PlanRunOptions options)
{
    /// <summary>The text of the draft, which a server applies as a whole.</summary>
    /// <param name="operations">The draft; what is refused goes.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public string Repair(List<DraftOperation> operations, CancellationToken cancellationToken)
    {
        while (true)
        {
            DropIncomplete(operations);
            var draft = DraftText.From(operations);
            var run = PlanRun.Create([PlanText.Read(draft.Text, 0, cancellationToken)], options, cancellationToken);
            // What only refers to something that was refused is refused for it.
            var problems = run.Problems.Where(static problem => problem.Cause != PlanProblemCause.Reference).ToList();
            if (problems.Count == 0)
                problems = [.. run.Problems];
            if (problems.Count == 0)
                return draft.Text;
            var isChanged = false;
            foreach (var problem in problems)
                isChanged |= TakeOut(operations, draft.At(problem.Span.Start), problem);
            // Nothing that is written has the blame: the whole operation goes.
            if (!isChanged)
                TakeOut(operations, problems[0]);
        }
    }

    // Where the server already has an object of this name, what is missing would be that object's.
    private void DropIncomplete(List<DraftOperation> operations)
    {
        foreach (var operation in operations)
        {
            foreach (var body in operation.Bodies)
                DropEmpty(body.Value);
            if (operation.Type.Kind != PlanTypeKind.Object)
                continue;
            for (var i = operation.Bodies.Count - 1; i >= 0; i--)
            {
                var body = operation.Bodies[i];
                if (MissingIn(body.Value) is not { } missing)
                    continue;
                operation.Bodies.RemoveAt(i);
                foreach (var source in body.Value.AllSources)
                    input.Refuse(source, $"{operation.Type.Name} needs '{missing}', and no value for it can be derived.");
            }
        }

        operations.RemoveAll(static operation => operation.Filter is null && (operation.Bodies.Count == 0 || operation is { Verb: "update" } && operation.Bodies[0].Value is { Members.Count: 0, Variant: null }));
    }

    private static void DropEmpty(DraftValue value)
    {
        foreach (var member in value.Members)
            DropEmpty(member.Value);
        value.Members.RemoveAll(static member => member.Value is { Type: not null, Literal: null, Variant: null, Members.Count: 0 });
    }

    private static string? MissingIn(DraftValue value)
    {
        if (value.Type is { HasVariants: true } && value.Variant is null)
            return "@type";
        foreach (var field in value.Effective?.Fields ?? [])
        {
            // A number has a default that is in its limits, and some collections have one with members.
            if (field.IsChecked && field.Default.Kind != PlanValueKind.Number && !(field.MinimumCount > 0 && field.Default.Members?.Count >= field.MinimumCount) && value.Find(field.Name) is null)
                return field.Name;
        }

        return null;
    }

    // The smallest part that can go and leave a whole: a member of a set, a field; of an expression everything, because half a rule is none.
    private bool TakeOut(List<DraftOperation> operations, List<DraftText.Place> places, PlanProblem problem)
    {
        for (var i = places.Count - 1; i >= 0; i--)
        {
            var place = places[i];
            if (place.Parent is not { } parent)
                continue;
            if (IsInsideExpression(places, i) || place.Name == "@type")
                continue;
            var index = parent.Members.FindIndex(member => ReferenceEquals(member.Value, place.Value));
            if (index < 0)
                return true;
            parent.Members.RemoveAt(index);
            Refuse(place.Value!, problem);
            // A set without members, a limit without a number: the field goes with them.
            for (var outer = i - 1; outer >= 0 && places[outer].Parent is { } grand && parent.Members.Count == 0 && parent.Variant is null; outer--)
            {
                grand.Members.RemoveAll(member => ReferenceEquals(member.Value, parent));
                Refuse(parent, problem);
                parent = grand;
            }

            return true;
        }

        foreach (var place in places)
        {
            if (place.Body is not { } body || !place.Operation.Bodies.Remove(body))
                continue;
            Refuse(body.Value, problem);
            return true;
        }

        return places.Count > 0 && places[0].Body is null && TakeOut(operations, places[0].Operation, problem);
    }

    private void TakeOut(List<DraftOperation> operations, PlanProblem problem) => TakeOut(operations, operations[Math.Max(0, Math.Min(operations.Count - 1, problem.Line - 1))], problem);

    private bool TakeOut(List<DraftOperation> operations, DraftOperation operation, PlanProblem problem)
    {
        foreach (var body in operation.Bodies)
            Refuse(body.Value, problem);
        return operations.Remove(operation);
    }

    private static bool IsInsideExpression(List<DraftText.Place> places, int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (places[i].Value?.Type is { Name: "Expression" or "Rate" } || places[i].Value is { Type: { HasVariants: true, Kind: PlanTypeKind.Embedded } })
                return true;
        }

        return false;
    }

    private void Refuse(DraftValue value, PlanProblem problem)
    {
        foreach (var source in value.AllSources)
            input.Refuse(source, "The new server refuses it: " + problem.Message);
    }
}
