using StalwartHardening.Settings;

namespace StalwartHardening.Toml;

/// <summary>
/// Hears where everything stands while a text is read, for those who want to edit it. Readers that only want the settings pass none
/// and pay nothing. Offsets are UTF-16 code units; calls nest as the text does.
/// </summary>
internal interface ITomlRecorder
{
    /// <summary>A <c>[table]</c> or <c>[[table]]</c>: the whole line with its end, and the name inside the brackets.</summary>
    void Header(int start, int nameStart, int nameEnd, int closed, int end, bool isArray, ReadOnlySpan<char> flatName);

    /// <summary>A comment, from <c>#</c> to the end of its line, line break not included.</summary>
    void Comment(int start, int end);

    /// <summary>A statement begins with its key.</summary>
    void BeginStatement(int start, SourceSpan key, ReadOnlySpan<char> flatKey);

    /// <summary>The statement is complete; <paramref name="end"/> is behind its line break.</summary>
    void EndStatement(SourceSpan value, int end);

    /// <summary>A statement that could not be read; what was recorded of it does not count.</summary>
    void Broken(int start, int end);

    /// <summary>A setting was stored; its index in text order.</summary>
    void Setting(int index);

    /// <summary>An array begins at its bracket.</summary>
    void BeginArray(int open);

    /// <summary>The array is complete; <paramref name="end"/> is behind its bracket.</summary>
    void EndArray(int end);

    /// <summary>An inline table or set begins at its brace.</summary>
    void BeginInlineTable(int open);

    /// <summary>The inline table or set is complete; <paramref name="end"/> is behind its brace.</summary>
    void EndInlineTable(int end);

    /// <summary>An element of an array begins.</summary>
    void BeginElement(int start);

    /// <summary>The element is complete; <paramref name="stop"/> is the separator or bracket behind it.</summary>
    void EndElement(SourceSpan value, int stop);

    /// <summary>An entry of an inline table or a member of a set begins.</summary>
    void BeginEntry(SourceSpan key, ReadOnlySpan<char> flatKey);

    /// <summary>The entry is complete; <paramref name="stop"/> is the separator or brace behind it.</summary>
    void EndEntry(SourceSpan value, int stop);

    /// <summary>A comma between elements or entries.</summary>
    void Separator(int at);
}
