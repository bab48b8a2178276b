namespace StalwartHardening.Tool.Checking;

/// <summary>Stretches of a text, collected in any order and then asked in any order.</summary>
internal sealed class TextRanges
{
    private readonly List<(int Start, int End)> _ranges = [];
    private bool _isSorted = true;

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _ranges.Count == 0;

    /// <summary>Adds a stretch; an empty one is none.</summary>
    public void Add(int start, int end)
    {
        if (start >= end)
            return;
        _isSorted &= _ranges.Count == 0 || start > _ranges[^1].End;
        _ranges.Add((start, end));
    }

    /// <summary>Sorts and joins what was added.</summary>
    public void Complete()
    {
        if (_isSorted)
            return;
        _ranges.Sort();
        var last = 0;
        for (var i = 1; i < _ranges.Count; i++)
        {
            if (_ranges[i].Start <= _ranges[last].End)
                _ranges[last] = (_ranges[last].Start, Math.Max(_ranges[last].End, _ranges[i].End));
            else
                _ranges[++last] = _ranges[i];
        }

        _ranges.RemoveRange(last + 1, _ranges.Count - last - 1);
        _isSorted = true;
    }

    /// <summary>The end of the stretch that holds <paramref name="offset"/>; -1 where none does.</summary>
    public int EndAt(int offset)
    {
        var index = LastFrom(offset);
        return index >= 0 && _ranges[index].End > offset ? _ranges[index].End : -1;
    }

    /// <summary>Whether a stretch has a character in common with the one given.</summary>
    public bool Touches(int start, int end)
    {
        var index = LastFrom(end - 1);
        return index >= 0 && _ranges[index].End > start;
    }

    /// <summary>The stretches that have a character in common with the one given, in text order.</summary>
    public IEnumerable<(int Start, int End)> Within(int start, int end)
    {
        var index = Math.Max(0, LastFrom(start));
        for (; index < _ranges.Count && _ranges[index].Start < end; index++)
        {
            if (_ranges[index].End > start)
                yield return _ranges[index];
        }
    }

    // The last stretch that begins at offset or before.
    private int LastFrom(int offset)
    {
        Complete();
        var low = 0;
        var high = _ranges.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_ranges[middle].Start <= offset)
                low = middle + 1;
            else
                high = middle;
        }

        return low - 1;
    }
}
