namespace StalwartHardening.Plans;

/// <summary>The words that a field may hold.</summary>
internal sealed class PlanEnumeration
{
    private readonly string[] _values;
    private readonly NameTable _table;

    internal PlanEnumeration(string name, string[] values)
    {
        Name = name;
        _values = values;
        _table = new NameTable(values);
    }

    /// <summary>The enumeration's name.</summary>
    public string Name { get; }

    /// <summary>The words, in the server's order.</summary>
    public IReadOnlyList<string> Values => _values;

    /// <summary>The place of a word; -1 where it is none of them. Letters' case counts.</summary>
    public int IndexOf(ReadOnlySpan<char> word)
    {
        var index = _table.IndexOf(word);

        // Since 0.16.20 languages are written as in the web: en-US, not en_US.
        return index < 0 && Name == "Locale" && word.IndexOf('-') > 0 ? _table.IndexOf(word.ToString().Replace('-', '_').AsSpan()) : index;
    }
}
