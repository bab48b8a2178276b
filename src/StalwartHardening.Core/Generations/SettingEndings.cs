namespace StalwartHardening.Generations;

/// <summary>The last words of known keys, and the rows that end in each: the end of a name is never another word, which leaves a few rows of all.</summary>
internal sealed class SettingEndings(SettingWords words)
{
    private readonly List<(ulong Letters, int Word, List<int> Rows)> _endings = [];
    private readonly Dictionary<int, int> _places = [];

    /// <summary>Notes that a row ends in the word with this number.</summary>
    public void Add(int word, int row)
    {
        if (!_places.TryGetValue(word, out var place))
        {
            _places.Add(word, place = _endings.Count);
            _endings.Add((words.LettersAt(word), word, []));
        }

        _endings[place].Rows.Add(row);
    }

    /// <summary>The rows whose last word may be meant. In their order: of two that are as near, the first is meant.</summary>
    public List<int> RowsLike(SettingNameDistance distance)
    {
        var rows = new List<int>();
        var letters = distance.LettersOfEnd;
        foreach (var ending in _endings)
        {
            if ((SettingNameDistance.MayBeNear(letters ^ ending.Letters) || words.IsAny(ending.Word)) && distance.MayEndIn(ending.Word))
                rows.AddRange(ending.Rows);
        }

        rows.Sort();
        return rows;
    }
}
