using StalwartHardening.Settings;

namespace StalwartHardening.Toml;

/// <summary>
/// Hears where everything is while a text is read. The grammar itself only stores settings and errors; everything else that somebody
/// wants to know of a text is a recorder, which overrides what it listens to. Offsets are UTF-16 code units; calls nest as the text does.
/// </summary>
internal abstract class TomlRecorder
{
    /// <summary>A <c>[table]</c> or <c>[[table]]</c> is complete.</summary>
    public virtual void Header(in TomlHeaderPlace place, ReadOnlySpan<char> flatName)
    {
    }

    /// <summary>An array of tables begins at its first header, or once more after another one; <paramref name="name"/> is without the index.</summary>
    public virtual void BeginArrayOfTables(string name, int nameStart, int nameEnd)
    {
    }

    /// <summary>A comment, from <c>#</c> to the end of its line, line break not included.</summary>
    public virtual void Comment(int start, int end)
    {
    }

    /// <summary>A statement begins with its key.</summary>
    public virtual void BeginStatement(int start, SourceSpan written, in FlatKey key)
    {
    }

    /// <summary>The statement is complete; <paramref name="end"/> is after its line break.</summary>
    public virtual void EndStatement(SourceSpan value, int end)
    {
    }

    /// <summary>A statement that could not be read; what was recorded of it does not count.</summary>
    public virtual void Broken(int start, int end)
    {
    }

    /// <summary>A setting was stored; its index in text order.</summary>
    public virtual void Setting(int index)
    {
    }

    /// <summary>A value without quotes.</summary>
    public virtual void Bare(int start, int end)
    {
    }

    /// <summary>A text in one pair of quotes without a backslash or carriage return, quotes included.</summary>
    public virtual void PlainText(int start, int end)
    {
    }

    /// <summary>A text in one pair of quotes that holds a backslash or a carriage return, quotes included.</summary>
    public virtual void EscapedText(int start, int end)
    {
    }

    /// <summary>A text in three pairs of quotes, quotes included.</summary>
    public virtual void MultiLineText(int start, int end)
    {
    }

    /// <summary>An array begins at its bracket.</summary>
    public virtual void BeginArray(int open, int hash)
    {
    }

    /// <summary>The array is complete; <paramref name="end"/> is after its bracket.</summary>
    public virtual void EndArray(int end)
    {
    }

    /// <summary>An inline table or set begins at its brace.</summary>
    public virtual void BeginInlineTable(int open, int hash)
    {
    }

    /// <summary>The inline table or set is complete; <paramref name="end"/> is after its brace.</summary>
    public virtual void EndInlineTable(int end)
    {
    }

    /// <summary>An element of an array begins.</summary>
    public virtual void BeginElement(int start)
    {
    }

    /// <summary>The element is complete; <paramref name="stop"/> is the separator or bracket after it.</summary>
    public virtual void EndElement(SourceSpan value, int stop)
    {
    }

    /// <summary>An entry of an inline table or a member of a set begins.</summary>
    public virtual void BeginEntry(SourceSpan written, in FlatKey key)
    {
    }

    /// <summary>The entry is complete; <paramref name="stop"/> is the separator or brace after it.</summary>
    public virtual void EndEntry(SourceSpan value, int stop)
    {
    }

    /// <summary>A comma between elements or entries.</summary>
    public virtual void Separator(int at)
    {
    }

    /// <summary>A construct that the server's dialect has and TOML does not.</summary>
    public virtual void DialectOnly(int at)
    {
    }
}

/// <summary>Where a header was written.</summary>
/// <param name="Start">The first bracket.</param>
/// <param name="NameStart">The first character of the name.</param>
/// <param name="NameEnd">After the last character of the name.</param>
/// <param name="Closed">After the last bracket.</param>
/// <param name="End">After the line break.</param>
/// <param name="IsArray">Whether there are two brackets.</param>
/// <param name="IsLowerCased">Whether the server made a capital letter small.</param>
internal readonly record struct TomlHeaderPlace(int Start, int NameStart, int NameEnd, int Closed, int End, bool IsArray, bool IsLowerCased);
