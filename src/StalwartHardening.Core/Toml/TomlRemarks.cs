using StalwartHardening.Settings;

namespace StalwartHardening.Toml;

/// <summary>
/// Notices, while a text is read as the server does, where TOML tools accept the same text and read it differently. Silent where both
/// agree, and where TOML refuses the construct: then there is only one reading.
/// </summary>
internal sealed class TomlRemarks(string text) : TomlRecorder
{
    private const int MaxSpan = 1000;

    // Each look-up costs a string as long as the name so far; a name of a million parts must not cost a million of them.
    private const int MaxParts = 32;

    private List<ReadingRemark>? _found;
    private HashSet<string>? _arrays;

    public IReadOnlyList<ReadingRemark> Found => (IReadOnlyList<ReadingRemark>?)_found ?? [];

    // A header whose array begins again says that first, one with capital letters that before what it nests.
    public override void BeginArrayOfTables(string name, int nameStart, int nameEnd)
    {
        // The count begins again: what is written below goes into the first element, or is a duplicate.
        if (!(_arrays ??= new HashSet<string>(StringComparer.Ordinal)).Add(name))
            Add(nameStart, nameEnd, "the first element of the array again", "a new element");
    }

    public override void Header(in TomlHeaderPlace place, ReadOnlySpan<char> flatName)
    {
        // In a plain header all capitals but the first character.
        if (place.IsLowerCased)
            Add(place.NameStart, place.NameEnd, "the table's name in small letters", "it as written");
        if (_arrays is null)
            return;
        // Below an array of tables the server nests nothing.
        var name = place.IsArray ? SettingPath.Parent(flatName) : flatName;
        var prefix = 0;
        for (var parts = 0; parts < MaxParts; parts++)
        {
            var dot = name.Slice(prefix).IndexOf(SettingPath.Separator);
            if (dot < 0)
                return;
            prefix += dot;
            if (_arrays.Contains(name.Slice(0, prefix++).ToString()))
            {
                Add(place.NameStart, place.NameEnd, "a table beside the array", "a table inside the array's last element");
                return;
            }
        }
    }

    public override void BeginStatement(int start, SourceSpan written, in FlatKey key) => Key(written.Start, written.End);

    public override void BeginEntry(SourceSpan written, in FlatKey key) => Key(written.Start, written.End);

    // Quotes of the single kind are part of a key to the server, escapes lose their backslash.
    private void Key(int start, int end)
    {
        var hasSingle = false;
        var hasEscape = false;
        for (var i = start; i < end; i++)
        {
            hasSingle |= text[i] == '\'';
            hasEscape |= text[i] == '\\';
        }

        if ((hasSingle || hasEscape) && StandardTomlText.TryReadKey(text, start, end, out var differs) && differs)
            Add(start, end, hasSingle ? "single quotes as part of the key" : "escapes in the key without their backslash", hasSingle ? "the key without them" : "the characters they stand for");
    }

    // Signs, prefixes and exponents are only characters to the server.
    public override void Bare(int start, int end)
    {
        var c = text[start];
        if (c is not ('+' or '-' or >= '0' and <= '9'))
            return;
        if (StandardTomlText.IsNumberOfAnotherText(text.AsSpan(start, end - start)))
            Add(start, end, "the characters unchanged", "the number they spell");
    }

    public override void EscapedText(int start, int end)
    {
        var quote = text[start];
        if (text.IndexOf('\\', start, end - start) < 0)
            return;
        if (quote == '\'')
        {
            // No escapes in TOML: the text ends at the next quote, on the same line.
            var close = text.IndexOf('\'', start + 1);
            if (text.IndexOf('\n', start, Math.Min(close, end) - start) < 0 && (close + 1 == end || StandardTomlText.MayFollowValue(text, close + 1)))
                Add(start, end, close + 1 == end ? "the text without its backslashes" : "more text, up to a later quote", "the backslashes unchanged");
            return;
        }

        if (StandardTomlText.TryReadBasicString(text, start, out var standardEnd, out var sameAsServer)
            && (standardEnd == end ? !sameAsServer : StandardTomlText.MayFollowValue(text, standardEnd)))
            Add(start, end, standardEnd == end ? "other characters for the escapes in it" : "more text, up to a later quote", "what TOML's escapes stand for");
    }

    // Raw to the server, whichever quotes they are.
    public override void MultiLineText(int start, int end)
    {
        if (text[start] == '"' && text.IndexOf('\\', start, end - start) >= 0)
        {
            if (StandardTomlText.HasOnlyValidEscapes(text, start + 3, end - 3))
                Add(start, end, "the backslashes unchanged", "what TOML's escapes stand for");
        }
        else if (start + 4 < end && text[start + 3] == '\r' && text[start + 4] == '\n')
        {
            Add(start, end, "a line break at the start of the text", "the text without it");
        }
    }

    private void Add(int start, int end, string serverReading, string toolReading)
    {
        // One remark a construct: a header can differ in more than one way.
        if (_found is not null && _found[_found.Count - 1].Span.Start == start)
            return;
        (_found ??= []).Add(new ReadingRemark(SourceSpan.FromBounds(start, Math.Min(end, start + MaxSpan)), serverReading, toolReading));
    }
}
