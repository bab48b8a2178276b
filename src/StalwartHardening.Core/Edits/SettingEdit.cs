namespace StalwartHardening.Edits;

/// <summary>A change of the flat stream, independent of how it is written.</summary>
internal abstract record SettingEdit
{
    private SettingEdit()
    {
    }

    /// <summary>Takes the setting <paramref name="Key"/> away, and with <paramref name="WithChildren"/> every setting below it.</summary>
    public sealed record Remove(string Key, bool WithChildren = false) : SettingEdit;

    /// <summary>Takes whole objects away that the text does not mention, by having one of its statements list all there are: exactly <paramref name="Keys"/> go, with every setting below them.</summary>
    public sealed record RemoveUnlisted(IReadOnlyList<string> Keys) : SettingEdit;

    /// <summary>Gives the setting <paramref name="Key"/> the text <paramref name="Value"/>; writes it next to its neighbours where it does not exist.</summary>
    public sealed record Set(string Key, string Value) : SettingEdit;

    /// <summary>Writes new settings together, in this order, as one block (a new listener).</summary>
    public sealed record Insert(IReadOnlyList<KeyValuePair<string, string>> Settings) : SettingEdit;

    /// <summary>Gives the setting <paramref name="Key"/>, and every setting below it, another name.</summary>
    public sealed record Rename(string Key, string NewKey) : SettingEdit;

    /// <summary>Writes <paramref name="Text"/> in place of the characters at <paramref name="Start"/> (an offset in the text): for what is wrong and so no setting at all.</summary>
    public sealed record Replace(int Start, int Length, string Text) : SettingEdit;

    /// <summary>Ends the text with a line break.</summary>
    public sealed record AddFinalNewline : SettingEdit;

    /// <summary>Takes the comment at <paramref name="Start"/> (an offset in the text) away, and the blanks before it.</summary>
    public sealed record RemoveComment(int Start, int Length) : SettingEdit;
}
