namespace StalwartHardening.Toml;

/// <summary>A flat key as a recorder sees it: valid only during the call.</summary>
internal readonly ref struct FlatKey(ReadOnlySpan<char> text, FlatKeyMark before)
{
    /// <summary>The whole key.</summary>
    public ReadOnlySpan<char> Text { get; } = text;

    /// <summary>The table, or the inline table's key with its dot, before the part that was written at this place.</summary>
    public FlatKeyMark Before { get; } = before;
}

/// <summary>A beginning of the key under construction, to go back to.</summary>
/// <param name="Length">Number of its characters.</param>
/// <param name="Hash">The state of its hash (see <see cref="NameHash"/>).</param>
internal readonly record struct FlatKeyMark(int Length, uint Hash);

/// <summary>The flat key under construction: the table's name with its dot, then what the statement adds. Every character is hashed once, however many keys share it.</summary>
internal sealed class FlatKeyBuilder
{
    private char[] _characters = new char[128];
    private int _hashedTo;
    private uint _hash = NameHash.Seed;

    /// <summary>Number of characters.</summary>
    public int Length { get; private set; }

    /// <summary>The key so far; valid until the next change.</summary>
    public ReadOnlySpan<char> Text => _characters.AsSpan(0, Length);

    /// <summary>The key so far, as a place to go back to.</summary>
    public FlatKeyMark Mark()
    {
        for (; _hashedTo < Length; _hashedTo++)
            _hash = NameHash.Next(_hash, _characters[_hashedTo]);
        return new FlatKeyMark(Length, _hash);
    }

    /// <summary>Forgets what was added after <paramref name="mark"/>.</summary>
    public void ReturnTo(FlatKeyMark mark)
    {
        Length = _hashedTo = mark.Length;
        _hash = mark.Hash;
    }

    /// <summary>Begins a new key.</summary>
    public void Clear() => ReturnTo(new FlatKeyMark(0, NameHash.Seed));

    /// <summary>Adds a character.</summary>
    public void Append(char c)
    {
        if (Length == _characters.Length)
            Array.Resize(ref _characters, _characters.Length * 2);
        _characters[Length++] = c;
    }

    /// <summary>Adds a stretch of <paramref name="text"/>.</summary>
    public void Append(string text, int start, int count)
    {
        while (Length + count > _characters.Length)
            Array.Resize(ref _characters, _characters.Length * 2);
        text.CopyTo(start, _characters, Length, count);
        Length += count;
    }

    /// <summary>Adds a dot and an index of at least four digits: .0007, .12345.</summary>
    public void AppendIndex(int index)
    {
        Append(SettingPath.Separator);
        var divisor = 1000;
        while (index / divisor >= 10)
            divisor *= 10;
        for (; divisor > 0; divisor /= 10)
            Append((char)('0' + (index / divisor % 10)));
    }
}
