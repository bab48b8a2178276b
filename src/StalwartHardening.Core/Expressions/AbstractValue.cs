namespace StalwartHardening.Expressions;

/// <summary>
/// What is known of a value when parts of the request are open: a few possible values, or a public address, or nothing.
/// </summary>
internal readonly struct AbstractValue
{
    private const int MostOptions = 16;

    private AbstractValue(ExpressionValue[]? options, bool isPublicAddress)
    {
        Options = options;
        IsPublicAddress = isPublicAddress;
    }

    /// <summary>Anything at all.</summary>
    public static AbstractValue Anything => default;

    /// <summary>The text of any public address.</summary>
    public static AbstractValue AnyPublicAddress => new(null, true);

    /// <summary>0 or 1: what an undecided condition comes to.</summary>
    public static AbstractValue Undecided { get; } = new([ExpressionValue.Of(0L), ExpressionValue.Of(1L)], false);

    /// <summary>All values that count as false.</summary>
    public static AbstractValue AnythingFalse { get; } =
        new([ExpressionValue.Of(0L), ExpressionValue.Of(0.0), ExpressionValue.Of(-0.0), default, ExpressionValue.Of(Array.Empty<ExpressionValue>())], false);

    /// <summary>The possible values; null where there are too many to name.</summary>
    public ExpressionValue[]? Options { get; }

    public bool IsPublicAddress { get; }

    public bool MayBeTrue => HasOption(true);

    public bool MayBeFalse => !IsPublicAddress && HasOption(false);

    public static AbstractValue Of(params ExpressionValue[] options) => new(options, false);

    public static AbstractValue OfTruth(bool mayBeTrue, bool mayBeFalse) =>
        mayBeTrue && mayBeFalse ? Undecided : Of(ExpressionValue.Of(mayBeTrue));

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
            if (distinct.Count > MostOptions)
                return Anything;
        }

        return Of(distinct.ToArray());
    }

    public AbstractValue Or(in AbstractValue other)
    {
        if (Options is null || other.Options is null)
            return IsPublicAddress && other.IsPublicAddress ? this : Anything;
        var values = new List<ExpressionValue>(Options);
        values.AddRange(other.Options);
        return OneOf(values);
    }

    /// <summary>This value where it is known to be as true as <paramref name="truth"/>.</summary>
    public AbstractValue Where(bool truth)
    {
        if (Options is null)
            return truth || IsPublicAddress ? this : AnythingFalse;
        var values = new List<ExpressionValue>(Options.Length);
        foreach (var option in Options)
        {
            if (option.IsTrue == truth)
                values.Add(option);
        }

        return Of(values.ToArray());
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
