namespace StalwartHardening.Migration;

/// <summary>The values of one setting: the value itself, or those of a list below it.</summary>
/// <param name="Key">The setting's key, as it is written.</param>
/// <param name="All">The values in the order of their keys, each with the place of its setting in the text's order.</param>
internal sealed record SourceValues(string Key, IReadOnlyList<SourceValue> All)
{
    /// <summary>The value that is under the key itself; it wins over a list.</summary>
    public SourceValue? Single => All.FirstOrDefault(static value => value.Tail.Length == 0);

    /// <summary>The value, or all values of the list.</summary>
    public IReadOnlyList<SourceValue> Values => Single is { } single ? [single] : All;
}

/// <summary>One value.</summary>
/// <param name="Index">The place of its setting in the text's order.</param>
/// <param name="Tail">What its key has after the setting's own; empty for the value itself.</param>
/// <param name="Text">The value, macros that name other settings filled in.</param>
internal sealed record SourceValue(int Index, string Tail, string Text);
