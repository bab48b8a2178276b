namespace StalwartHardening.Expressions.Abstract;

/// <summary>
/// What is known of a value when parts of the request are open: a few possible values, or a public address, or nothing.
/// </summary>
internal readonly struct AbstractValue
{
    private const int MaxOptions = 16;

    private AbstractValue(ExpressionValue[]? options, bool isPublicAddress, string? beginning = null, ExpressionValue[]? items = null)
    {
        Options = options;
        IsPublicAddress = isPublicAddress;
        Beginning = beginning;
        Items = items;
    }

    /// <summary>Anything at all.</summary>
    public static AbstractValue Anything => default;

    /// <summary>The text of any public address.</summary>
    public static AbstractValue AnyPublicAddress => new(null, true);

    /// <summary>0 or 1: what an undecided condition comes to.</summary>
    public static AbstractValue Undecided { get; } = new([ExpressionValue.From(0L), ExpressionValue.From(1L)], false);

    /// <summary>All values that count as false.</summary>
    public static AbstractValue AnythingFalse { get; } =
        new([ExpressionValue.From(0L), ExpressionValue.From(0.0), ExpressionValue.From(-0.0), default, ExpressionValue.From(Array.Empty<ExpressionValue>())], false);

    /// <summary>The possible values; null where there are too many to name.</summary>
    public ExpressionValue[]? Options { get; }

    public bool IsPublicAddress { get; }

    /// <summary>What a text begins with, of which nothing else is known.</summary>
    public string? Beginning { get; }

    /// <summary>The first items of a list of texts, of which nothing else is known; the last of them is only begun.</summary>
    public ExpressionValue[]? Items { get; }

    /// <summary>How much there is of it, in characters (see <see cref="StepBudget"/>).</summary>
    public long Size
    {
        get
        {
            var size = (long)(Beginning?.Length ?? 0);
            foreach (var option in Options ?? Items ?? [])
                size += option.Size;
            return size;
        }
    }

    public bool MayBeTrue => HasOption(true);

    public bool MayBeFalse => !IsPublicAddress && Beginning is null && Items is null && HasOption(false);

    public static AbstractValue From(params ExpressionValue[] options) => new(options, false);

    /// <summary>Any text that begins with this one.</summary>
    public static AbstractValue StartingWith(string beginning) => beginning.Length == 0 ? Anything : new(null, false, beginning);

    /// <summary>A list that begins with these texts and with one that begins with the last of them.</summary>
    public static AbstractValue ListStartingWith(ExpressionValue[] items) => new(null, false, null, items);

    public static AbstractValue OfTruth(bool mayBeTrue, bool mayBeFalse) =>
        mayBeTrue && mayBeFalse ? Undecided : From(ExpressionValue.From(mayBeTrue));

    /// <summary>One of several values, or anything where they are many.</summary>
    public static AbstractValue OneOf(List<ExpressionValue> values)
    {
        var distinct = new List<ExpressionValue>(values.Count);
        foreach (var value in values)
        {
            var known = false;
            foreach (var other in distinct)
                known |= other.IsIdenticalTo(value);
            if (!known)
                distinct.Add(value);
            if (distinct.Count > MaxOptions)
                return Anything;
        }

        return From(distinct.ToArray());
    }

    public AbstractValue Or(in AbstractValue other)
    {
        if (Options is null || other.Options is null)
            return IsPublicAddress && other.IsPublicAddress ? this : Anything;
        var values = new List<ExpressionValue>(Options);
        values.AddRange(other.Options);
        return OneOf(values);
    }

    /// <summary>What a variable may be of which both is known; no option at all where the two exclude each other.</summary>
    public AbstractValue And(in AbstractValue other)
    {
        if (Options is null && other.Options is not null)
            return other.And(this);
        if (Options is null)
        {
            if (Beginning is not { } one || other.Beginning is not { } two)
                return Beginning is null ? other : this;
            return one.StartsWith(two, StringComparison.Ordinal) ? this : two.StartsWith(one, StringComparison.Ordinal) ? other : From();
        }

        var both = new List<ExpressionValue>();
        foreach (var option in Options)
        {
            if (other.Options is { } others ? Array.Exists(others, known => known.IsIdenticalTo(option)) : other.Beginning is null || option.AsText().StartsWith(other.Beginning, StringComparison.Ordinal))
                both.Add(option);
        }

        return From(both.ToArray());
    }

    /// <summary>This value where it is known to be as true as <paramref name="truth"/>.</summary>
    public AbstractValue Where(bool truth)
    {
        if (Options is null)
            return truth || !MayBeFalse ? this : AnythingFalse;
        var values = new List<ExpressionValue>(Options.Length);
        foreach (var option in Options)
        {
            if (option.IsTrue == truth)
                values.Add(option);
        }

        return From(values.ToArray());
    }

    private bool HasOption(bool truth)
    {
        if (Options is null)
            return true;
        foreach (var option in Options)
        {
            if (option.IsTrue == truth)
                return true;
        }

        return false;
    }
}
