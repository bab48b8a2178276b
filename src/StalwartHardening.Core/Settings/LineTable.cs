namespace StalwartHardening.Settings;

/// <summary>Where lines begin. Looks at each character of the text once at most, and only as far as somebody asks.</summary>
internal sealed class LineTable(string text)
{
    private readonly List<int> _starts = [0];

    /// <summary>How many characters have been looked at; it never goes back.</summary>
    public int CountedTo { get; private set; }

    /// <summary>The number of the line that holds <paramref name="offset"/>, counted from 1.</summary>
    public int LineOf(int offset)
    {
        for (; CountedTo < offset && CountedTo < text.Length; CountedTo++)
        {
            if (text[CountedTo] == '\n')
                _starts.Add(CountedTo + 1);
        }

        var found = _starts.BinarySearch(offset);
        return found >= 0 ? found + 1 : ~found;
    }
}
