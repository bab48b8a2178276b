namespace StalwartHardening.Generations;

/// <summary>The words that known keys are made of, numbered as they come.</summary>
internal sealed class SettingWords
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];
    private readonly List<ulong> _letters = [];
    private int _any = -1;

    /// <summary>How many there are.</summary>
    public int Count => _texts.Count;

    /// <summary>The word with a number.</summary>
    public string this[int number] => _texts[number];

    /// <summary>Whether a number is that of <c>*</c>, which stands for any.</summary>
    public bool IsAny(int number) => number == _any;

    /// <summary>The number of a word, which gets one if it has none.</summary>
    public int NumberOf(string word)
    {
        if (_numbers.TryGetValue(word, out var number))
            return number;
        _numbers.Add(word, _texts.Count);
        if (word == "*")
            _any = _texts.Count;
        _texts.Add(word);
        _letters.Add(LettersOf(PlainOf(word)));
        return _texts.Count - 1;
    }

    /// <summary>A word in the letters that known keys are made of.</summary>
    public static string PlainOf(string word) => word.Replace('_', '-').ToLowerInvariant();

    /// <summary>A bit for each letter of a word in plain letters; see <see cref="LettersOf"/>.</summary>
    public ulong LettersAt(int number) => _letters[number];

    /// <summary>A bit for each letter of a word; letters share them.</summary>
    public static ulong LettersOf(string word)
    {
        var letters = 0UL;
        foreach (var c in word)
            letters |= 1UL << (c & 63);
        return letters;
    }
}
