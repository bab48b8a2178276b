namespace StalwartHardening.Plans;

/// <summary>Finds names by their characters, so that nobody has to make a string to ask.</summary>
internal sealed class NameTable
{
    private readonly string[] _names;
    private readonly int[] _slots;
    private readonly bool _ignoresCase;

    /// <param name="names">The names; a name's index is its answer.</param>
    /// <param name="ignoresCase">Whether ASCII letters in either case are the same.</param>
    public NameTable(string[] names, bool ignoresCase = false)
    {
        _names = names;
        _ignoresCase = ignoresCase;
        var size = 4;
        while (size < names.Length * 2)
            size *= 2;
        _slots = new int[size];
        for (var i = 0; i < names.Length; i++)
        {
            var slot = Hash(names[i].AsSpan()) & (size - 1);
            while (_slots[slot] != 0)
                slot = (slot + 1) & (size - 1);
            _slots[slot] = i + 1;
        }
    }

    /// <summary>The index of a name; -1 where there is none.</summary>
    public int IndexOf(ReadOnlySpan<char> name)
    {
        var slot = Hash(name) & (_slots.Length - 1);
        while (_slots[slot] is not 0 and var found)
        {
            if (Equal(_names[found - 1], name))
                return found - 1;
            slot = (slot + 1) & (_slots.Length - 1);
        }

        return -1;
    }

    private int Hash(ReadOnlySpan<char> name)
    {
        var hash = 17u;
        foreach (var c in name)
            hash = (hash * 31) + (_ignoresCase ? Lower(c) : c);
        return (int)(hash ^ (hash >> 15));
    }

    private bool Equal(string known, ReadOnlySpan<char> name)
    {
        if (!_ignoresCase)
            return name.SequenceEqual(known.AsSpan());
        if (known.Length != name.Length)
            return false;
        for (var i = 0; i < known.Length; i++)
        {
            if (Lower(known[i]) != Lower(name[i]))
                return false;
        }

        return true;
    }

    private static char Lower(char c) => c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c;
}
