using StalwartHardening.Edits;

namespace StalwartHardening.Toml;

/// <summary>
/// What every change of a text owes to the text around it: a byte-order mark stays in front, and where lines go, the gaps above and
/// below them do not become one that is twice as large.
/// </summary>
internal static class TomlTidying
{
    /// <summary><paramref name="changes"/>, which are in text order and do not overlap, with what has to go or stay with them.</summary>
    public static IReadOnlyList<TextChange> Of(string text, IReadOnlyList<TextChange> changes)
    {
        var result = new List<TextChange>(changes.Count);
        for (var i = 0; i < changes.Count; i++)
        {
            var change = AfterMark(text, changes[i]);
            var from = result.Count > 0 ? result[result.Count - 1].Start + result[result.Count - 1].Length : 0;
            var to = i + 1 < changes.Count ? changes[i + 1].Start : text.Length;
            var isNextToAddition = result.Count > 0 && from == change.Start && result[result.Count - 1].Replacement.Length > 0;
            result.Add(change.Replacement.Length == 0 && !isNextToAddition ? WithOneGap(text, change, from, to) : change);
        }

        return result;
    }

    private static TextChange AfterMark(string text, TextChange change) =>
        change.Start > 0 || text.Length == 0 || text[0] != '\uFEFF' ? change
        : change with { Start = 1, Length = Math.Max(0, change.Length - 1) };

    private static TextChange WithOneGap(string text, TextChange change, int from, int to)
    {
        var (start, end) = (change.Start, change.Start + change.Length);
        if (start == end || !StartsLine(text, start) || (end < text.Length && text[end - 1] != '\n'))
            return change;
        if (start > 1 && !TomlLines.IsBlank(text, TomlLines.Start(text, start - 1)))
            return change;
        while (end < to && TomlLines.IsBlank(text, end) && TomlLines.End(text, end) <= to)
            end = TomlLines.End(text, end);
        var floor = Math.Max(from, text[0] == '\uFEFF' ? 1 : 0);
        while (end == text.Length && start > floor && start > 1 && TomlLines.IsBlank(text, TomlLines.Start(text, start - 1)))
            start = Math.Max(floor, TomlLines.Start(text, start - 1));
        return new TextChange(start, end - start, "");
    }

    private static bool StartsLine(string text, int at) => at == 0 || text[at - 1] is '\n' || (at == 1 && text[0] == '\uFEFF');
}
