namespace StalwartHardening.Edits;

/// <summary>One replacement in a text.</summary>
/// <param name="Start">Offset of the first character that goes, in UTF-16 code units.</param>
/// <param name="Length">How many go; 0 where something is only added.</param>
/// <param name="Replacement">What comes instead; empty where something is only taken away.</param>
internal readonly record struct TextChange(int Start, int Length, string Replacement)
{
    /// <summary>Applies <paramref name="changes"/>, which are in text order and do not overlap, to <paramref name="text"/>.</summary>
    /// <exception cref="ArgumentException">The changes overlap, or are not in text order.</exception>
    public static string Apply(string text, IReadOnlyList<TextChange> changes)
    {
        var result = new System.Text.StringBuilder(text.Length + 64);
        var position = 0;
        foreach (var change in changes)
        {
            if (change.Start < position)
                throw new ArgumentException("The changes overlap, or are not in text order.", nameof(changes));
            result.Append(text, position, change.Start - position).Append(change.Replacement);
            position = change.Start + change.Length;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }

    /// <summary>
    /// The changes in text order: at one place what is added comes before what is replaced, and additions stay in the order given. Null
    /// where two of them overlap: nobody can say what the text would be then.
    /// </summary>
    internal static IReadOnlyList<TextChange>? InTextOrder(List<TextChange> changes)
    {
        var order = new int[changes.Count];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(order, (left, right) =>
        {
            var (one, other) = (changes[left], changes[right]);
            var place = one.Start.CompareTo(other.Start);
            if (place == 0)
                place = (one.Length > 0).CompareTo(other.Length > 0);
            return place != 0 ? place : left.CompareTo(right);
        });
        var sorted = new List<TextChange>(order.Length);
        var position = 0;
        foreach (var index in order)
        {
            if (changes[index].Start < position)
                return null;
            position = changes[index].Start + changes[index].Length;
            sorted.Add(changes[index]);
        }

        return sorted;
    }
}
