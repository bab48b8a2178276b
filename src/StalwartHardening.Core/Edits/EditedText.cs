using StalwartHardening.Remedies;

namespace StalwartHardening.Edits;

/// <summary>A text under a series of changes, each made to what the ones before it left; knows at the end what became of the original.</summary>
internal sealed class EditedText
{
    private readonly string _original;

    // Stretches of the original, and new text (Start -1), in the order they now are.
    private List<(int Start, int Length, string? New)> _pieces;

    public EditedText(string original)
    {
        _original = Current = original;
        _pieces = [(0, original.Length, null)];
    }

    /// <summary>The text as it is now.</summary>
    public string Current { get; private set; }

    /// <summary>Makes changes, in text order and without overlap, to <see cref="Current"/>.</summary>
    public void Apply(IReadOnlyList<TextChange> changes)
    {
        if (changes.Count == 0)
            return;
        Current = TextChange.Apply(Current, changes);
        Replace(changes);
    }

    /// <summary>Where a character of the original is now; null where it is gone.</summary>
    public int? PlaceOf(int position)
    {
        var offset = 0;
        foreach (var (start, length, text) in _pieces)
        {
            if (text is null && position >= start && position < start + length)
                return offset + position - start;
            offset += length;
        }

        return null;
    }

    /// <summary>What became of the original, as few and as small changes as there are.</summary>
    public IReadOnlyList<TextChange> Changes()
    {
        var changes = new List<TextChange>();
        var position = 0;
        var added = new System.Text.StringBuilder();
        foreach (var (start, length, text) in _pieces)
        {
            if (text is not null)
            {
                added.Append(text);
                continue;
            }

            Close(start);
            position = start + length;
        }

        Close(_original.Length);
        return changes;

        void Close(int next)
        {
            if (next == position && added.Length == 0)
                return;
            if (Trimmed(position, next, added.ToString()) is { } change)
                changes.Add(change);
            added.Clear();
        }
    }

    // What is the same at both ends of a replacement was not changed.
    private TextChange? Trimmed(int start, int end, string replacement)
    {
        var head = 0;
        while (start + head < end && head < replacement.Length && _original[start + head] == replacement[head])
            head++;
        var tail = 0;
        while (end - tail > start + head && replacement.Length - tail > head && _original[end - tail - 1] == replacement[replacement.Length - tail - 1])
            tail++;
        var length = end - start - head - tail;
        var rest = replacement.Substring(head, replacement.Length - head - tail);
        return length == 0 && rest.Length == 0 ? null : new TextChange(start + head, length, rest);
    }

    // One walk over the pieces, whatever the number of changes: both are in the order of the text.
    private void Replace(IReadOnlyList<TextChange> changes)
    {
        var pieces = new List<(int, int, string?)>(_pieces.Count + (2 * changes.Count));
        var offset = 0;
        var next = 0;
        // Up to here the text has been taken over or replaced.
        var done = 0;
        foreach (var piece in _pieces)
        {
            var pieceEnd = offset + piece.Length;
            while (done < pieceEnd)
            {
                var start = next < changes.Count ? Math.Max(changes[next].Start, done) : int.MaxValue;
                if (start >= pieceEnd)
                {
                    pieces.Add(Part(piece, done - offset, pieceEnd - done));
                    done = pieceEnd;
                    break;
                }

                if (start > done)
                    pieces.Add(Part(piece, done - offset, start - done));
                Place(pieces, changes[next].Replacement);
                done = Math.Max(start, changes[next].Start + changes[next].Length);
                next++;
            }

            offset = pieceEnd;
        }

        for (; next < changes.Count; next++)
            Place(pieces, changes[next].Replacement);
        _pieces = pieces;
    }

    private static void Place(List<(int, int, string?)> pieces, string text)
    {
        if (text.Length > 0)
            pieces.Add((-1, text.Length, text));
    }

    private static (int, int, string?) Part((int Start, int Length, string? New) piece, int from, int length) =>
        piece.New is { } text ? (-1, length, text.Substring(from, length)) : (piece.Start + from, length, null);
}
