using System.Globalization;

namespace StalwartHardening.Plans;

/// <content>What goes: destroys, what a reconcile owes, and what keeps an object from going.</content>
internal sealed partial class PlanExecution
{
    public void Destroy(PlanOperation operation)
    {
        var type = operation.Type!;
        var known = _state.Of(type);
        known.Responsible = operation.Index;
        if (operation.ValueNode >= 0 && operation.Json.IsUnknown(operation.ValueNode))
        {
            known.IsOpen = true;
            return;
        }

        if (RefusesQuery(operation))
            return;
        var filter = new PlanFilter(operation.Json, type);
        var wanted = operation.ValueNode < 0 || operation.Json.Kind(operation.ValueNode) == JsonKind.Null ? [] : filter.Read(operation.ValueNode);
        if (wanted is null)
        {
            _run.Fail(PlanProblemKind.MethodError, PlanProblemCause.Matching, operation.Json.Span(filter.BadNode < 0 ? operation.ValueNode : filter.BadNode), filter.BadProperty is { } bad
                ? $"The server cannot look up {type.Name} objects by '{Display.Text(bad)}'{(filter.Wanted is { } noun ? $": the value must be {noun}" : "")}."
                : "The server takes a filter only as properties and their values, or several of them joined with AND.");
            _run.EndFailed();
            return;
        }

        var targets = known.Objects.Where(candidate => PlanFilter.Matches(candidate, wanted)).ToArray();
        if (Delete(operation, known, targets) && wanted.Count == 0)
            known.IsOpen = false;
    }

    /// <summary>Deletes what a reconcile owes.</summary>
    public void DeleteUnlisted(PlanOperation operation, List<int> ids)
    {
        var known = _state.Of(operation.Type!);
        var targets = ids.Where(id => !_touched.Contains(id)).Select(known.Find).Where(target => target is not null).Cast<StateObject>().ToArray();
        if (Delete(operation, known, targets) && operation.ScopeNode < 0)
            known.IsOpen = false;
    }

    // One call deletes what it can; the first that it cannot fails the operation.
    private bool Delete(PlanOperation operation, TypeState known, StateObject[] targets)
    {
        if (targets.Length == 0)
            return true;
        var referrers = ReferrersOf(targets);
        var deleted = new HashSet<int>();
        var failed = false;
        foreach (var target in targets)
        {
            if (Linked(target, referrers, deleted) is { } other)
            {
                if (!failed)
                {
                    _run.Fail(PlanProblemKind.ObjectIsLinked, PlanProblemCause.Reference, operation.VerbSpan, $"{target.Type.Name} '{Display.Text(target.Label ?? target.ServerId)}' cannot be deleted: {other.Type.Name}{(other.Label is { } label ? " '" + Display.Text(label) + "'" : "")} refers to it.");
                }

                failed = true;
                continue;
            }

            deleted.Add(target.Id);
        }

        known.RemoveAll(deleted);
        _run.Count(deleted.Count, 0, 0);
        if (failed)
            _run.EndFailed();
        return !failed;
    }

    // Who refers to one of the objects, by its id, in the order of the state.
    private Dictionary<int, List<StateObject>> ReferrersOf(StateObject[] targets)
    {
        var wanted = new HashSet<int>();
        foreach (var target in targets)
            wanted.Add(target.Id);
        var referrers = new Dictionary<int, List<StateObject>>();
        var referred = new HashSet<int>();
        foreach (var type in _state.All)
        {
            foreach (var other in type.Objects)
            {
                if (!other.HasReferences)
                    continue;
                referred.Clear();
                other.AddReferences(referred);
                referred.IntersectWith(wanted);
                foreach (var id in referred)
                {
                    if (!referrers.TryGetValue(id, out var list))
                        referrers.Add(id, list = new List<StateObject>(1));
                    list.Add(other);
                }
            }
        }

        return referrers;
    }

    private static StateObject? Linked(StateObject target, Dictionary<int, List<StateObject>> referrers, HashSet<int> deleted)
    {
        if (!referrers.TryGetValue(target.Id, out var others))
            return null;

        // The keys and masks of an account go with it.
        return others.Find(other => !deleted.Contains(other.Id) && !(target.Type.Name == "Account" && other.Type.Name is "PublicKey" or "MaskedEmail"));
    }
}
