namespace StalwartHardening.Plans;

/// <summary>
/// A plan that is being put together by a program: operations on objects that refer to each other. <see cref="Write"/> gives the
/// objects ids, puts the operations in an order in which they can be applied, and keeps the way back from every character to what wrote it.
/// </summary>
internal sealed class DraftPlan
{
    private readonly List<DraftOperation> _operations = [];

    /// <summary>The operations, in the order in which they were added.</summary>
    public IReadOnlyList<DraftOperation> Operations => _operations;

    /// <summary>Whether there may be operations that are not here.</summary>
    public bool HasHiddenParts { get; set; }

    /// <summary>Adds an operation.</summary>
    public void Add(DraftOperation operation) => _operations.Add(operation);

    /// <summary>The plan as <c>stalwart-cli apply</c> reads it: one operation a line.</summary>
    public DraftText Write()
    {
        var problems = new List<DraftProblem>();
        var ids = DraftIds.Of(_operations, problems);
        var writer = new DraftWriter(ids, HasHiddenParts, problems);
        foreach (var operation in DraftOrder.Of(_operations, ids, problems))
            writer.Write(operation);
        if (HasHiddenParts)
            writer.WriteHidden();
        return writer.ToText();
    }
}

/// <summary>Something that makes a plan impossible, whatever server it is applied to.</summary>
/// <param name="Message">What is wrong, as a sentence.</param>
/// <param name="Origin">Who wrote it.</param>
internal readonly record struct DraftProblem(string Message, object? Origin);

/// <summary>A plan that was put together.</summary>
internal sealed class DraftText
{
    private readonly List<(int Start, int End, object Origin)> _places;

    internal DraftText(string text, List<(int Start, int End, object Origin)> places, IReadOnlyList<DraftProblem> problems)
    {
        Text = text;
        _places = places;
        Problems = problems;
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>What makes it impossible.</summary>
    public IReadOnlyList<DraftProblem> Problems { get; }

    /// <summary>Everybody who wrote something of it; some more than once.</summary>
    public IEnumerable<object> Origins => _places.Select(static place => place.Origin);

    /// <summary>Who wrote the character at an offset: the innermost value, field, object or operation that has an origin.</summary>
    public object? OriginAt(int offset)
    {
        object? origin = null;
        var length = int.MaxValue;
        foreach (var place in _places)
        {
            if (place.Start <= offset && offset < place.End && place.End - place.Start <= length)
                (length, origin) = (place.End - place.Start, place.Origin);
        }

        return origin;
    }
}
