namespace StalwartHardening.Plans;

/// <summary>An operation of a plan that is being put together.</summary>
/// <param name="verb">What it does.</param>
/// <param name="type">What it does it to.</param>
/// <param name="objects">The objects it writes; the one patch of an update; the one example that the objects to destroy are like, or none for all.</param>
/// <param name="origin">Who wrote it.</param>
public sealed class DraftOperation(PlanVerb verb, PlanType type, IReadOnlyList<DraftObject> objects, object? origin)
{
    /// <summary>What it does.</summary>
    public PlanVerb Verb { get; } = verb;

    /// <summary>What it does it to.</summary>
    public PlanType Type { get; } = type;

    /// <summary>The objects.</summary>
    public IReadOnlyList<DraftObject> Objects { get; } = objects;

    /// <summary>Who wrote it.</summary>
    public object? Origin { get; } = origin;

    /// <summary>The properties that objects are matched on; null for what is usual for the type, <c>*</c> alone for all.</summary>
    public IReadOnlyList<string>? MatchOn { get; set; }

    /// <summary>What the objects that are matched and deleted are like; null for any.</summary>
    public DraftObject? Scope { get; set; }

    /// <summary>The object that an update means, where there are several: a reference, or the text of its id.</summary>
    public DraftValue? Target { get; set; }
}
