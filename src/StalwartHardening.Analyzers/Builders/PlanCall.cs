using StalwartHardening.Plans;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>An operation that the reader sees being added to a plan. Objects are read when the plan is whole: until then the program may change them.</summary>
/// <param name="Verb">What it does.</param>
/// <param name="Type">What it does it to; null where that is not known.</param>
/// <param name="Objects">The objects.</param>
/// <param name="Place">The call.</param>
internal sealed record PlanCall(PlanVerb Verb, PlanType? Type, IReadOnlyList<Located> Objects, SourceSpan Place)
{
    /// <summary>The operation where it is written as JSON; empty where it is not known.</summary>
    public string? Json { get; init; }

    /// <summary>The object that is changed, where there are several of the type.</summary>
    public Located? Target { get; init; }

    /// <summary>Whether there may be more objects than were seen.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The properties that objects are matched on; null where nobody says which.</summary>
    public IReadOnlyList<string>? MatchOn { get; set; }

    /// <summary>What the objects in scope are like.</summary>
    public Located? Scope { get; set; }

    /// <summary>Parts of fields that are changed.</summary>
    public List<(string Path, Located Value, SourceSpan Place)> Patches { get; } = [];
}
