namespace StalwartHardening.Plans;

/// <summary>What a JSON value is.</summary>
internal enum JsonKind : byte
{
    /// <summary><c>null</c>.</summary>
    Null,

    /// <summary><c>true</c>.</summary>
    True,

    /// <summary><c>false</c>.</summary>
    False,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A text in double quotes.</summary>
    Text,

    /// <summary>An object.</summary>
    Object,

    /// <summary>An array.</summary>
    Array,

    /// <summary>A placeholder where a value should be: a template fills it in before the server sees the text.</summary>
    Placeholder,
}

/// <summary>
/// One value of a JSON text and the name it is under. Values lie in one array in text order, each followed by what it
/// contains, so that nothing but the array is allocated.
/// </summary>
internal struct JsonEntry
{
    public int NameStart;
    public int NameLength;
    public int Start;
    public int Length;

    /// <summary>The index after this value's last descendant.</summary>
    public int Next;
    public JsonKind Kind;
    public JsonEntryMarks Marks;
}

[Flags]
internal enum JsonEntryMarks : byte
{
    None = 0,
    NameEscaped = 1,
    ValueEscaped = 2,
    NameUnknown = 4,
    ValueUnknown = 8,
}
