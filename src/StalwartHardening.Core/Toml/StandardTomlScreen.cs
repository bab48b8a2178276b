namespace StalwartHardening.Toml;

/// <summary>
/// Decides, while a text is read anyway, whether it is certainly standard TOML. Most files are, and then nobody has to be asked for a
/// second opinion, which costs more than everything else together. It may doubt a good file; it never trusts a bad one.
/// </summary>
internal sealed class StandardTomlScreen
{
    private readonly NameSet _headers = new();
    private readonly NameSet _tablesOfHeaders = new();
    private readonly NameSet _tablesOfKeys = new();
    private readonly NameSet _closed = new();
    private readonly NameSet _arraysOfTables = new();

    /// <summary>Whether anything was seen that TOML may refuse.</summary>
    public bool Doubts { get; set; }

    /// <summary>A plain header. Opening a table twice is an error in TOML.</summary>
    public void Header(ReadOnlySpan<char> name, ReadOnlySpan<char> written)
    {
        Doubts |= !IsPlainKey(written);
        var hash = AddPrefixes(_tablesOfHeaders, name, 0);
        Doubts |= !_headers.Add(hash);
        _tablesOfHeaders.Add(hash);
    }

    /// <summary>The header of an array of tables, without the index. Only tables inside its elements are left in doubt.</summary>
    public void ArrayHeader(ReadOnlySpan<char> name, ReadOnlySpan<char> written)
    {
        Doubts |= !IsPlainKey(written);
        _arraysOfTables.Add(AddPrefixes(_tablesOfHeaders, name, 0));
    }

    /// <summary>A key; what stands before its last dot is a table that no header may open.</summary>
    /// <param name="key">The flat key.</param>
    /// <param name="statement">Where the statement's own part begins in it.</param>
    /// <param name="written">The statement's part as it was written.</param>
    public void Key(ReadOnlySpan<char> key, int statement, ReadOnlySpan<char> written)
    {
        Doubts |= !IsPlainKey(written);
        AddPrefixes(_tablesOfKeys, key, statement);
    }

    /// <summary>An array or inline table, to which nothing can be added elsewhere.</summary>
    public void Closed(ReadOnlySpan<char> key) => Doubts |= !_closed.Add(NameSet.HashOf(key));

    /// <summary>A bare value.</summary>
    public void Bare(ReadOnlySpan<char> value) => Doubts |= !IsPlainNumber(value) && !value.SequenceEqual("true".AsSpan()) && !value.SequenceEqual("false".AsSpan());

    /// <summary>A comment, or the inside of a text on one line: control characters are refused by TOML.</summary>
    public void Characters(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if ((c < ' ' && c is not ('\t' or '\r')) || c == '\u007F' || char.IsSurrogate(c))
                Doubts = true;
        }
    }

    /// <summary>A text in one pair of quotes that holds a backslash or a carriage return.</summary>
    public void EscapedText(string text, int start, int end)
    {
        Doubts |= text[start] == '\''
            ? text.IndexOf('\'', start + 1) + 1 != end
            : !StandardTomlText.TryReadBasicString(text, start, out var standardEnd, out _) || standardEnd != end;
        Characters(text.AsSpan(start, end - start));
    }

    /// <summary>A text in three pairs of quotes.</summary>
    public void MultiLineText(string text, int start, int end)
    {
        Doubts |= text[start] == '"' && !StandardTomlText.HasOnlyValidEscapes(text, start + 3, end - 3);
        var lines = text.AsSpan(start, end - start);
        for (var line = lines.IndexOf('\n'); line >= 0; line = lines.IndexOf('\n'))
        {
            Characters(lines.Slice(0, line));
            lines = lines.Slice(line + 1);
        }

        Characters(lines);
    }

    /// <summary>The last word, when everything has been read.</summary>
    public bool MayDepart(string text, SettingTable settings)
    {
        if (Doubts || _tablesOfKeys.Overlaps(_tablesOfHeaders) || _closed.Overlaps(_tablesOfKeys) || _closed.Overlaps(_tablesOfHeaders)
            || _arraysOfTables.Overlaps(_tablesOfHeaders) || _arraysOfTables.Overlaps(_tablesOfKeys) || _arraysOfTables.Overlaps(_closed))
            return true;
        for (var i = 0; i < settings.Count; i++)
        {
            var hash = NameSet.HashOf(settings.Settings[i].Key.AsSpan());
            if (_tablesOfHeaders.Contains(hash) || _tablesOfKeys.Contains(hash) || _closed.Contains(hash) || _arraysOfTables.Contains(hash))
                return true;
        }

        // A carriage return belongs to a line feed.
        for (var at = text.IndexOf('\r'); at >= 0; at = text.IndexOf('\r', at + 1))
        {
            if (at + 1 >= text.Length || text[at + 1] != '\n')
                return true;
        }

        return false;
    }

    // Adds each table that the dots of a name open, and answers the hash of the whole name.
    private static int AddPrefixes(NameSet set, ReadOnlySpan<char> name, int from)
    {
        var hash = NameSet.Seed;
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] == '.' && i >= from)
                set.Add(NameSet.Finish(hash));
            hash = NameSet.Next(hash, name[i]);
        }

        return NameSet.Finish(hash);
    }

    // Parts of letters, digits, '-' and '_', or of such (and dots and colons) in double quotes, with single dots between.
    private static bool IsPlainKey(ReadOnlySpan<char> written)
    {
        var at = 0;
        while (at < written.Length)
        {
            var start = at;
            if (written[at] == '"')
            {
                do
                    at++;
                while (at < written.Length && written[at] != '"' && written[at] is > ' ' and < '\u007F' and not '\\');
                if (at >= written.Length || written[at] != '"')
                    return false;
                at++;
            }
            else
            {
                while (at < written.Length && written[at] is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '-' or '_')
                    at++;
            }

            if (at == start)
                return false;
            if (at == written.Length)
                return true;
            if (written[at] != '.')
                return false;
            at++;
        }

        return false;
    }

    private static bool IsPlainNumber(ReadOnlySpan<char> value)
    {
        if (value.Length > 15 || (value.Length > 1 && value[0] == '0' && value[1] != '.'))
            return false;
        var dots = 0;
        foreach (var c in value)
        {
            if (c == '.')
                dots++;
            else if (c is < '0' or > '9')
                return false;
        }

        return dots <= 1 && value[0] != '.' && value[value.Length - 1] != '.';
    }

    /// <summary>A set of names by their hashes alone: two names with one hash look like a conflict, which only costs a question.</summary>
    private sealed class NameSet
    {
        public const uint Seed = 2166136261u;

        private int[] _slots = new int[32];
        private int _count;

        public static uint Next(uint hash, char c) => (hash ^ c) * 16777619u;

        public static int Finish(uint hash)
        {
            var finished = (int)(hash ^ (hash >> 15));
            return finished == 0 ? 1 : finished;
        }

        public static int HashOf(ReadOnlySpan<char> name)
        {
            var hash = Seed;
            foreach (var c in name)
                hash = Next(hash, c);
            return Finish(hash);
        }

        public bool Add(int hash)
        {
            if ((_count + 1) * 2 > _slots.Length)
                Grow();
            var slot = SlotOf(hash);
            if (_slots[slot] == hash)
                return false;
            _slots[slot] = hash;
            _count++;
            return true;
        }

        public bool Contains(int hash) => _count > 0 && _slots[SlotOf(hash)] == hash;

        public bool Overlaps(NameSet other)
        {
            if (_count == 0 || other._count == 0)
                return false;
            foreach (var hash in _slots)
            {
                if (hash != 0 && other.Contains(hash))
                    return true;
            }

            return false;
        }

        private int SlotOf(int hash)
        {
            var mask = _slots.Length - 1;
            var slot = hash & mask;
            while (_slots[slot] != 0 && _slots[slot] != hash)
                slot = (slot + 1) & mask;
            return slot;
        }

        private void Grow()
        {
            var old = _slots;
            _slots = new int[old.Length * 2];
            foreach (var hash in old)
            {
                if (hash != 0)
                    _slots[SlotOf(hash)] = hash;
            }
        }
    }
}
