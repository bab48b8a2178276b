using System.Globalization;
using System.Text;
using StalwartHardening.Generations;
using StalwartHardening.Server;
using StalwartHardening.Settings;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Formatting;

namespace StalwartHardening.Tool.Output;

/// <summary>One line of a configuration as it is shown: secrets hidden, tabs as blanks, long lines cut around the place.</summary>
/// <param name="Text">The line.</param>
/// <param name="Underline">Blanks and carets below it.</param>
internal readonly record struct SnippetLine(string Text, string Underline)
{
    private const int TabWidth = 4;
    private const int Widest = 120;
    private const int Before = 40;

    // Of a line of a megabyte nobody sees more than this on each side of the place.
    private const int Sight = 1024;

    /// <summary>Shows the first line of <paramref name="span"/>.</summary>
    public static SnippetLine Create(string text, LineMap lines, SourceSpan span, SecretMask? secrets)
    {
        var line = lines.At(span.Start).Line;
        var (start, end) = lines.Line(line);
        var from = Math.Min(span.Start, end);
        var to = Math.Min(Math.Max(span.End, span.Start), end);
        var isCutBefore = from - start > Sight;
        if (isCutBefore)
            start = from - Sight - (char.IsLowSurrogate(text[from - Sight]) ? 1 : 0);
        var isCutAfter = end - from > Sight;
        if (isCutAfter)
            end = from + Sight - (char.IsHighSurrogate(text[from + Sight - 1]) ? 1 : 0);
        to = Math.Min(to, end);
        var cells = new List<Cell>(end - start + 1);
        var column = 0;
        var position = start;
        while (position < end)
        {
            var isMarked = position >= from && position < to;
            if (secrets?.HiddenUntil(position) is { } hidden && hidden > position)
            {
                var stop = Math.Min(hidden, end);
                isMarked = position < to && stop > from;
                foreach (var c in SecretKeys.Placeholder)
                    column = Add(cells, column, c.ToString(), 1, isMarked);
                position = stop;
                continue;
            }

            Rune.DecodeFromUtf16(text.AsSpan(position, end - position), out var rune, out var length);
            if (rune.Value == '\t')
                column = Add(cells, column, new string(' ', TabWidth - (column % TabWidth)), TabWidth - (column % TabWidth), isMarked);
            else if (Printable.IsShown(rune))
                column = Add(cells, column, rune.ToString(), Printable.Width(rune), isMarked);
            else
                column = Add(cells, column, Printable.Substitute.ToString(), 1, isMarked);
            position += length;
        }

        // A place without width gets one caret where something is missing.
        if (!cells.Exists(cell => cell.IsMarked))
            return Cut(cells, column, from >= end ? cells.Count : IndexAt(text, start, from, cells), isCutBefore, isCutAfter);
        return Cut(cells, column, -1, isCutBefore, isCutAfter);
    }

    private static int Add(List<Cell> cells, int column, string text, int width, bool isMarked)
    {
        cells.Add(new Cell(text, width, isMarked));
        return column + width;
    }

    // One cell a character except for hidden stretches and surrogates; close enough for a caret without width.
    private static int IndexAt(string text, int start, int from, List<Cell> cells)
    {
        var info = new StringInfo(text[start..from]);
        return Math.Min(info.LengthInTextElements, Math.Max(0, cells.Count - 1));
    }

    private static SnippetLine Cut(List<Cell> cells, int width, int caret, bool isCutBefore, bool isCutAfter)
    {
        var first = 0;
        var last = cells.Count;
        if (width > Widest)
        {
            var place = caret >= 0 ? caret : cells.FindIndex(cell => cell.IsMarked);
            var total = 0;
            for (first = Math.Min(place, cells.Count); first > 0 && total < Before; first--)
                total += cells[first - 1].Width;
            total = 0;
            for (last = first; last < cells.Count && total < Widest; last++)
                total += cells[last].Width;
        }

        var line = new StringBuilder();
        var underline = new StringBuilder();
        if (first > 0 || isCutBefore)
            Append("…", 1, isMarked: false);
        for (var i = first; i < last; i++)
            Append(cells[i].Text, cells[i].Width, cells[i].IsMarked || i == caret);
        if (last < cells.Count || isCutAfter)
            line.Append('…');
        if (caret == cells.Count)
            underline.Append('^');
        return new SnippetLine(line.ToString().TrimEnd(), underline.ToString().TrimEnd());

        void Append(string text, int cellWidth, bool isMarked)
        {
            line.Append(text);
            underline.Append(isMarked ? '^' : ' ', cellWidth);
        }
    }

    private readonly record struct Cell(string Text, int Width, bool IsMarked);
}
