namespace StalwartHardening.Plans;

/// <summary>An operation of a plan that is being put together.</summary>
/// <param name="verb">What it does.</param>
/// <param name="type">What it does it to.</param>
/// <param name="objects">The objects it writes; the one patch of an update; the one example that the objects to destroy are like, or none for all.</param>
/// <param name="origin">Who wrote it.</param>
internal sealed class DraftOperation(PlanVerb verb, PlanType type, IReadOnlyList<DraftObject> objects, object? origin)
{
    /// <summary>What it does.</summary>
    public PlanVerb Verb { get; } = verb;

    /// <summary>What it does it to.</summary>
    public PlanType Type { get; } = type;

    /// <summary>The objects.</summary>
    public IReadOnlyList<DraftObject> Objects { get; } = objects;

    /// <summary>Who wrote it.</summary>
    public object? Origin { get; } = origin;

    /// <summary>The operation as JSON on one line, where it says what nothing else here can; the rest of it is empty then.</summary>
    public string? Json { get; private init; }

    /// <summary>Whether <see cref="Json"/> is one JSON object and nothing else.</summary>
    public bool IsOneObject => Json is { } json && PlanText.Read(json) is { Problems.Count: 0, Lines: [var line] } text && text.Json.Kind(line.Node) == JsonKind.Object;

    /// <summary>An operation that is written as it is: it may refer to objects of the plan by their ids, but no other operation to its objects.</summary>
    /// <param name="json">The operation; one object.</param>
    /// <param name="origin">Who wrote it.</param>
    public static DraftOperation Verbatim(string json, object? origin) => new(PlanVerb.None, PlanSchema.Instance.FindType("SystemSettings")!, [], origin) { Json = OneLine(json) };

    // Line breaks between the values mean nothing; in a text they are escapes.
    private static string OneLine(string json) => json.Replace("\r", " ").Replace("\n", " ").Trim();

    /// <summary>The properties that objects are matched on; null for what is usual for the type, <c>*</c> alone for all.</summary>
    public IReadOnlyList<string>? MatchOn { get; set; }

    /// <summary>What the objects that are matched and deleted are like; null for any.</summary>
    public DraftObject? Scope { get; set; }

    /// <summary>The object that an update means, where there are several: a reference, or the text of its id.</summary>
    public DraftValue? Target { get; set; }
}
