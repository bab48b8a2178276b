namespace StalwartHardening.Edits;

/// <summary>One replacement in a text.</summary>
/// <param name="Start">Offset of the first character that goes, in UTF-16 code units.</param>
/// <param name="Length">How many go; 0 where something is only added.</param>
/// <param name="Replacement">What comes instead; empty where something is only taken away.</param>
public readonly record struct TextChange(int Start, int Length, string Replacement)
{
    /// <summary>Applies <paramref name="changes"/>, which are in text order and do not overlap, to <paramref name="text"/>.</summary>
    public static string Apply(string text, IReadOnlyList<TextChange> changes)
    {
        var result = new System.Text.StringBuilder(text.Length + 64);
        var position = 0;
        foreach (var change in changes)
        {
            result.Append(text, position, change.Start - position).Append(change.Replacement);
            position = change.Start + change.Length;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }
}
