namespace StalwartHardening.Expressions.Functions;

/// <summary>Functions about lists (<c>expr/functions/array.rs</c>, 0.15.5).</summary>
internal static class ListFunctions
{
    // Up to this length Rust's unstable sort is an insertion sort, so that mixed kinds come out in one known order.
    private const int MaxInsertionSort = 20;

    public static ExpressionValue? Count(ReadOnlySpan<ExpressionValue> v) =>
        ExpressionValue.From(v[0].IsArray ? v[0].Items.Length : v[0].IsText && v[0].Text.Length == 0 ? 0L : 1L);

    public static ExpressionValue? IsEmpty(ReadOnlySpan<ExpressionValue> v) =>
        ExpressionValue.From(v[0].IsArray ? v[0].Items.Length == 0 : v[0].IsText && v[0].Text.Length == 0);

    public static ExpressionValue? Sort(in ExpressionValue list, bool descending)
    {
        var items = (ExpressionValue[])list.AsArray().Clone();
        if (items.Length > MaxInsertionSort)
        {
            if (!AreAllTexts(items))
                return null;
            Array.Sort(items, (left, right) => (descending ? right.CompareTo(left) : left.CompareTo(right)) ?? 0);
            return ExpressionValue.From(items);
        }

        for (var i = 1; i < items.Length; i++)
        {
            var item = items[i];
            var j = i;
            while (j > 0 && ((descending ? items[j - 1].CompareTo(item) : item.CompareTo(items[j - 1])) ?? 0) < 0)
            {
                items[j] = items[j - 1];
                j--;
            }

            items[j] = item;
        }

        return ExpressionValue.From(items);
    }

    public static ExpressionValue? Dedup(ReadOnlySpan<ExpressionValue> v)
    {
        var items = v[0].AsArray();
        var kept = new List<ExpressionValue>(items.Length);
        foreach (var item in items)
        {
            if (!Holds(kept, item))
                kept.Add(item);
        }

        return ExpressionValue.From(kept.ToArray());
    }

    public static ExpressionValue? Winnow(ReadOnlySpan<ExpressionValue> v)
    {
        if (!v[0].IsArray)
            return v[0];
        var kept = new List<ExpressionValue>(v[0].Items.Length);
        foreach (var item in v[0].Items)
        {
            if (!item.IsText || item.Text.Length > 0)
                kept.Add(item);
        }

        return ExpressionValue.From(kept.ToArray());
    }

    public static ExpressionValue? IsIntersect(ReadOnlySpan<ExpressionValue> v)
    {
        if (v[0].IsArray && v[1].IsArray)
        {
            foreach (var item in v[0].Items)
            {
                if (Holds(v[1].Items, item))
                    return ExpressionValue.From(true);
            }

            return ExpressionValue.From(false);
        }

        return ExpressionValue.From(v[0].IsArray ? Holds(v[0].Items, v[1]) : v[1].IsArray && Holds(v[1].Items, v[0]));
    }

    /// <summary>Whether an item is equal, with the language's conversions.</summary>
    public static bool Holds(IReadOnlyList<ExpressionValue> items, in ExpressionValue wanted)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i].EqualTo(wanted))
                return true;
        }

        return false;
    }

    private static bool AreAllTexts(ExpressionValue[] items)
    {
        foreach (var item in items)
        {
            if (!item.IsText)
                return false;
        }

        return true;
    }
}
