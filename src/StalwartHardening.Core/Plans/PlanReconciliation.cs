using StalwartHardening.Edits;

namespace StalwartHardening.Plans;

/// <summary>
/// Takes objects away by making an upsert list all there are: as a reconcile it deletes every object of its type that no operation
/// mentions. Done is it only where exactly the named ones go.
/// </summary>
internal sealed class PlanReconciliation(IReadOnlyList<PlanKey> keys) : PlanStep
{
    private const string Verb = "\"reconcile\"";

    /// <summary>The keys of the objects that would go if an upsert of the type became a reconcile; none where no upsert can.</summary>
    public static IReadOnlyList<string> Unlisted(PlanReading reading, PlanType type, CancellationToken cancellationToken = default)
    {
        foreach (var change in Changes(reading, type))
        {
            var after = PlanReading.Read(TextChange.Apply(reading.Texts[0].Text, [change]), reading.Run.Options, cancellationToken);
            if (after.Kind != reading.Kind || after.Run.Problems.Count > reading.Run.Problems.Count)
                continue;
            var gone = new List<string>();
            foreach (var known in reading.Run.State.Objects(type))
            {
                if (known.Label is { } label && PlanKey.Parse(PlanKey.Join(type.Name, PlanKey.Escape(label))) is { } key && key.FindOwner(after.Run.State) is null)
                    gone.Add(key.Owner);
            }

            return gone;
        }

        return [];
    }

    public override IEnumerable<IReadOnlyList<TextChange>> Ways(PlanReading reading)
    {
        foreach (var change in Changes(reading, keys[0].Type))
            yield return [change];
    }

    public override bool IsDone(PlanReading reading) => keys.All(key => key.FindOwner(reading.Run.State) is null);

    public override bool Touches(string key) => keys.Any(own => PlanKey.IsBelow(key, own.Owner));

    public override string Owner => keys[0].Owner;

    // What is limited by a scope does not list all there are.
    private static IEnumerable<TextChange> Changes(PlanReading reading, PlanType type)
    {
        if (reading.Kind != PlanTextKind.Plan || !reading.IsOneString)
            yield break;
        foreach (var operation in reading.Run.Operations)
        {
            if (operation is { IsSound: true, Verb: PlanVerb.Upsert, ScopeNode: < 0, VerbNode: >= 0 } && operation.Type == type)
                yield return new TextChange(operation.VerbSpan.Start, operation.VerbSpan.Length, Verb);
        }
    }
}
