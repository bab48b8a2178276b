namespace StalwartHardening.Toml;

/// <summary>
/// Decides, while a text is read anyway, whether it is certainly standard TOML. Most files are, and then nobody has to be asked for a
/// second opinion, which costs more than everything else together. It may doubt a good file; it never trusts a bad one.
/// </summary>
internal sealed class StandardTomlScreen(string text) : TomlRecorder
{
    private readonly NameTable _names = new(text.Length);
    private bool _doubts;

    public override void Header(in TomlHeaderPlace place, ReadOnlySpan<char> flatName)
    {
        var written = text.AsSpan(place.NameStart, place.NameEnd - place.NameStart).Trim();
        var brackets = place.IsArray ? 2 : 1;
        // TOML wants the brackets side by side, and nothing but a comment after them.
        _doubts |= place.NameStart - place.Start != brackets || place.Closed - place.NameEnd != brackets
            || (place.IsArray && text[place.NameEnd + 1] != ']') || !EndsLine(place.Closed) || !IsPlainKey(written);
        // Only tables inside an array's elements are left in doubt; opening any other table twice is an error in TOML.
        var hash = AddPrefixes(place.IsArray ? SettingPath.Parent(flatName) : flatName);
        if (place.IsArray)
        {
            _names.Add(hash, NameUse.ArrayOfTables);
            return;
        }

        _doubts |= (_names.Add(hash, NameUse.Header | NameUse.TableOfHeader) & NameUse.Header) != 0;
    }

    public override void BeginStatement(int start, SourceSpan written, in FlatKey key) => Key(written, key);

    public override void BeginEntry(SourceSpan written, in FlatKey key) => Key(written, key);

    // Nothing can be added elsewhere to an array or inline table.
    public override void BeginArray(int open, int hash) => _doubts |= (_names.Add(hash, NameUse.Closed) & NameUse.Closed) != 0;

    public override void BeginInlineTable(int open, int hash) => _doubts |= (_names.Add(hash, NameUse.Closed) & NameUse.Closed) != 0;

    public override void Bare(int start, int end)
    {
        var value = text.AsSpan(start, end - start);
        _doubts |= !IsPlainNumber(value) && !value.SequenceEqual("true".AsSpan()) && !value.SequenceEqual("false".AsSpan());
    }

    public override void Comment(int start, int end) => Characters(text.AsSpan(start, end - start));

    public override void PlainText(int start, int end) => Characters(text.AsSpan(start, end - start));

    public override void EscapedText(int start, int end)
    {
        _doubts |= text[start] == '\''
            ? text.IndexOf('\'', start + 1) + 1 != end
            : !StandardTomlText.TryReadBasicString(text, start, out var standardEnd, out _) || standardEnd != end;
        Characters(text.AsSpan(start, end - start));
    }

    public override void MultiLineText(int start, int end)
    {
        _doubts |= text[start] == '"' && !StandardTomlText.HasOnlyValidEscapes(text, start + 3, end - 3);
        var lines = text.AsSpan(start, end - start);
        for (var line = lines.IndexOf('\n'); line >= 0; line = lines.IndexOf('\n'))
        {
            Characters(lines.Slice(0, line));
            lines = lines.Slice(line + 1);
        }

        Characters(lines);
    }

    public override void DialectOnly(int at) => _doubts = true;

    /// <summary>The last word, when everything has been read.</summary>
    public bool MayDepart(SettingTable settings)
    {
        if (_doubts || _names.HasConflict)
            return true;
        foreach (var hash in settings.Hashes)
        {
            if (_names.Find(hash) != NameUse.None)
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

    // What is written before a key's last dot is a table that no header may open.
    private void Key(SourceSpan written, in FlatKey key)
    {
        _doubts |= !IsPlainKey(text.AsSpan(written.Start, written.Length));
        var hash = key.Before.Hash;
        foreach (var c in key.Text.Slice(key.Before.Length))
        {
            if (c == '.')
                _names.Add(NameHash.Finish(hash), NameUse.TableOfKey);
            hash = NameHash.Next(hash, c);
        }
    }

    // Adds each table that the dots of a name open, and answers the hash of the whole name.
    private int AddPrefixes(ReadOnlySpan<char> name)
    {
        var hash = NameHash.Seed;
        foreach (var c in name)
        {
            // A header may open tables below one that the dots of a key have opened.
            if (c == '.' && NameHash.Finish(hash) is var table && _names.Find(table) != NameUse.TableOfKey)
                _names.Add(table, NameUse.TableOfHeader);
            hash = NameHash.Next(hash, c);
        }

        return NameHash.Finish(hash);
    }

    // Control characters are refused by TOML on one line, comments included.
    private void Characters(ReadOnlySpan<char> line)
    {
        foreach (var c in line)
        {
            if ((c < ' ' && c is not ('\t' or '\r')) || c == '\u007F' || char.IsSurrogate(c))
                _doubts = true;
        }
    }

    private bool EndsLine(int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\r')
            at++;
        return at >= text.Length || text[at] is '#' or '\n';
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
        if (value.Length > 1 && value[0] == '-')
            value = value.Slice(1);
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

    /// <summary>What a name was used for.</summary>
    [Flags]
    private enum NameUse : byte
    {
        None = 0,

        /// <summary>A plain header opened it.</summary>
        Header = 1,

        /// <summary>A header opened it, or something below it.</summary>
        TableOfHeader = 2,

        /// <summary>The dots of a key opened it.</summary>
        TableOfKey = 4,

        /// <summary>An array or inline table was written whole.</summary>
        Closed = 8,

        /// <summary>A header in two brackets.</summary>
        ArrayOfTables = 16,
    }

    /// <summary>Names by their hashes alone: two names with one hash look like a conflict, which only costs a question.</summary>
    private sealed class NameTable
    {
        private int[] _slots;
        private NameUse[] _uses;
        private int _count;
        private const int CharactersPerSlot = 24;
        private const int MaxFirstSlots = 1 << 16;

        public NameTable(int characters)
        {
            // Tables of a few settings: each has its header, and some keys open more. Growing later would take as much again.
            var size = 32;
            while (size < characters / CharactersPerSlot && size < MaxFirstSlots)
                size *= 2;
            _slots = new int[size];
            _uses = new NameUse[size];
        }

        /// <summary>Whether a name has two uses that exclude each other. A header is one of its own tables.</summary>
        public bool HasConflict { get; private set; }

        /// <summary>Adds uses, and answers those there were.</summary>
        public NameUse Add(int hash, NameUse use)
        {
            if ((_count + 1) * 2 > _slots.Length)
                Grow();
            var slot = SlotOf(hash);
            if (_slots[slot] == 0)
            {
                _slots[slot] = hash;
                _count++;
            }

            var before = _uses[slot];
            var tables = (before | use) & ~NameUse.Header;
            // More than one bit.
            HasConflict |= (tables & (tables - 1)) != 0;
            _uses[slot] = before | use;
            return before;
        }

        public NameUse Find(int hash) => _uses[SlotOf(hash)];

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
            var (slots, uses) = (_slots, _uses);
            _slots = new int[slots.Length * 2];
            _uses = new NameUse[slots.Length * 2];
            for (var i = 0; i < slots.Length; i++)
            {
                if (slots[i] == 0)
                    continue;
                var slot = SlotOf(slots[i]);
                _slots[slot] = slots[i];
                _uses[slot] = uses[i];
            }
        }
    }
}
