using StalwartHardening.Settings;

namespace StalwartHardening.Toml;

/// <summary>What a value is made of.</summary>
internal enum TomlContainer
{
    /// <summary>A single text; or nothing, for a member of a set.</summary>
    None,

    /// <summary>Elements in brackets.</summary>
    Array,

    /// <summary>Entries in braces.</summary>
    InlineTable,
}

/// <summary>A statement, an element of an array, or an entry of an inline table.</summary>
internal sealed class TomlItem(TomlItem? parent, string key, SourceSpan keySpan, int start)
{
    private List<TomlItem>? _children;

    /// <summary>The item it is in; null for a statement.</summary>
    public TomlItem? Parent { get; } = parent;

    /// <summary>The flat key.</summary>
    public string Key { get; } = key;

    /// <summary>Where the key was written; empty for an element.</summary>
    public SourceSpan KeySpan { get; } = keySpan;

    /// <summary>The first character.</summary>
    public int Start { get; } = start;

    /// <summary>The value; the key of a member of a set.</summary>
    public SourceSpan ValueSpan { get; set; }

    /// <summary>After the line break of a statement; the separator or bracket after an element or entry.</summary>
    public int End { get; set; }

    /// <summary>What the value is made of.</summary>
    public TomlContainer Container { get; set; }

    /// <summary>How many commas have been read inside the value.</summary>
    public int Separators { get; set; }

    /// <summary>Whether a setting came of it.</summary>
    public bool HasSetting { get; set; }

    /// <summary>The elements or entries.</summary>
    public IReadOnlyList<TomlItem> Children => (IReadOnlyList<TomlItem>?)_children ?? [];

    public void Add(TomlItem child) => (_children ??= []).Add(child);
}

/// <summary>What is below one header, or above the first.</summary>
internal sealed class TomlSection(string name, TomlHeader? header)
{
    /// <summary>The flat name of the table, the index of an array of tables included; empty above the first header.</summary>
    public string Name { get; } = name;

    /// <summary>The header; null above the first.</summary>
    public TomlHeader? Header { get; } = header;

    /// <summary>The statements, broken ones not among them.</summary>
    public List<TomlItem> Statements { get; } = [];

    /// <summary>Whether some statement of the section could not be read.</summary>
    public bool HasBrokenStatement { get; set; }

    /// <summary>Whether <paramref name="key"/> can be written in this section.</summary>
    public bool CanHold(string key) =>
        Name.Length == 0 || (SettingPath.IsBelow(key, Name) && key.Length > Name.Length + 1);

    /// <summary>The part of <paramref name="key"/> that is written below the header.</summary>
    public string Relative(string key) => SettingPath.Relative(key, Name);
}

/// <summary>A <c>[table]</c> or <c>[[table]]</c>.</summary>
/// <param name="Start">The bracket.</param>
/// <param name="NameSpan">The name inside the brackets.</param>
/// <param name="End">After the line break.</param>
/// <param name="IsArray">Whether there are two brackets.</param>
internal sealed record TomlHeader(int Start, SourceSpan NameSpan, int End, bool IsArray);
