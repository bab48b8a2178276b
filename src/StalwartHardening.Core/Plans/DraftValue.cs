namespace StalwartHardening.Plans;

/// <summary>What a value of a plan that is being put together is.</summary>
internal enum DraftValueKind
{
    /// <summary>Nothing: the field is cleared.</summary>
    Null,

    /// <summary>A text; how it is written, the field says.</summary>
    Text,

    /// <summary>A number or a truth value, as it is written.</summary>
    Literal,

    /// <summary>Another object of the plan.</summary>
    Reference,

    /// <summary>Members of a set, or elements of a list.</summary>
    Many,

    /// <summary>Names and values.</summary>
    Map,

    /// <summary>An object with fields.</summary>
    Object,

    /// <summary>Nobody knows before the program runs.</summary>
    Unknown,
}

/// <summary>A value of a plan that is being put together. Immutable.</summary>
internal sealed class DraftValue
{
    private DraftValue(DraftValueKind kind, object? origin)
    {
        Kind = kind;
        Origin = origin;
    }

    /// <summary>What it is.</summary>
    public DraftValueKind Kind { get; }

    /// <summary>What wrote it; null where that is what wrote the field.</summary>
    public object? Origin { get; }

    /// <summary>The text of a text or literal.</summary>
    public string Content { get; private init; } = "";

    /// <summary>The object of a reference, or with the fields.</summary>
    public DraftObject? Object { get; private init; }

    /// <summary>The members or elements.</summary>
    public IReadOnlyList<DraftValue> Items { get; private init; } = [];

    /// <summary>The names and values.</summary>
    public IReadOnlyList<KeyValuePair<DraftValue, DraftValue>> Entries { get; private init; } = [];

    /// <summary>Nothing.</summary>
    public static DraftValue Null(object? origin = null) => new(DraftValueKind.Null, origin);

    /// <summary>Something that nobody knows yet.</summary>
    public static DraftValue Unknown(object? origin = null) => new(DraftValueKind.Unknown, origin);

    /// <summary>A text; <see cref="Settings.Setting.UnknownPart"/> stands for a part of it that nobody knows yet.</summary>
    public static DraftValue Text(string text, object? origin = null) => new(DraftValueKind.Text, origin) { Content = text };

    /// <summary>A number or truth value.</summary>
    /// <param name="json">As it is written in JSON.</param>
    /// <param name="origin">Who wrote it.</param>
    public static DraftValue Literal(string json, object? origin = null) => new(DraftValueKind.Literal, origin) { Content = json };

    /// <summary>The shortest text that is the same number, in a form that JSON has.</summary>
    public static string Json(double number)
    {
        var text = number.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        return text.IndexOf('.') < 0 && text.IndexOf('E') < 0 ? text + ".0" : text;
    }

    /// <summary>Another object of the plan.</summary>
    public static DraftValue Reference(DraftObject target, object? origin = null) => new(DraftValueKind.Reference, origin) { Object = target };

    /// <summary>Members of a set, or elements of a list.</summary>
    public static DraftValue Many(IReadOnlyList<DraftValue> items, object? origin = null) => new(DraftValueKind.Many, origin) { Items = items };

    /// <summary>Names and values.</summary>
    public static DraftValue Map(IReadOnlyList<KeyValuePair<DraftValue, DraftValue>> entries, object? origin = null) => new(DraftValueKind.Map, origin) { Entries = entries };

    /// <summary>An object with fields.</summary>
    public static DraftValue From(DraftObject fields, object? origin = null) => new(DraftValueKind.Object, origin) { Object = fields };
}
