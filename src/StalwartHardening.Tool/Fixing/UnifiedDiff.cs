using System.Globalization;
using System.Text;
using StalwartHardening.Generations;
using StalwartHardening.Server;
using StalwartHardening.Settings;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Formatting;

namespace StalwartHardening.Tool.Fixing;

/// <summary>A text of which parts may have to be hidden.</summary>
/// <param name="Text">The text.</param>
/// <param name="Secrets">What nobody may see; null where everything is shown.</param>
internal readonly record struct ShownText(string Text, SecretMask? Secrets)
{
    /// <summary>A configuration, read once more for its secrets.</summary>
    public static ShownText Create(string text, ServerVersion version, bool showsSecrets) =>
        new(text, showsSecrets ? null : SecretMask.Create(text, version));
}

/// <summary>
/// Writes the difference of two texts so that <c>patch -p0</c> and <c>git apply -p0</c> make the one from the other. Lines end at
/// line feeds only, as those programs see it: a carriage return is part of its line.
/// </summary>
/// <param name="style">Colours.</param>
/// <param name="isForScreen">Whether control characters are replaced, so that a file cannot move the cursor of a terminal.</param>
internal sealed class UnifiedDiff(Style style, bool isForScreen)
{
    private const int Context = 3;

    /// <summary>Whether something was hidden, so that the difference is only for reading.</summary>
    public bool HasHidden { get; private set; }

    /// <summary>The difference; empty where there is none.</summary>
    /// <param name="path">What the file is called.</param>
    /// <param name="before">The text it has.</param>
    /// <param name="after">The text it gets.</param>
    public string Of(string path, ShownText before, ShownText after)
    {
        var old = Lines(before.Text);
        var changed = Lines(after.Text);
        var changes = LineDiff.Between(old.Lines, changed.Lines);
        if (changes.Count == 0)
            return "";
        var output = new StringBuilder();
        var name = Name(path);
        output.Append(style.Bold).Append("--- ").Append(name).Append(style.End).Append('\n');
        output.Append(style.Bold).Append("+++ ").Append(name).Append(style.End).Append('\n');
        for (var first = 0; first < changes.Count;)
        {
            // Changes whose surroundings touch belong together.
            var last = first;
            while (last + 1 < changes.Count && changes[last + 1].Old - (changes[last].Old + changes[last].OldCount) <= 2 * Context)
                last++;
            Hunk(output, changes, first, last, new Side(old, before), new Side(changed, after));
            first = last + 1;
        }

        return output.ToString();
    }

    private void Hunk(StringBuilder output, IReadOnlyList<LineChange> changes, int first, int last, Side before, Side after)
    {
        var lead = Math.Min(Context, changes[first].Old);
        var oldStart = changes[first].Old - lead;
        var newStart = changes[first].New - lead;
        var oldEnd = changes[last].Old + changes[last].OldCount;
        var trail = Math.Min(Context, before.Count - oldEnd);
        oldEnd += trail;
        var newEnd = changes[last].New + changes[last].NewCount + trail;
        output.Append(style.Place).Append("@@ -").Append(Range(oldStart, oldEnd - oldStart)).Append(" +").Append(Range(newStart, newEnd - newStart)).Append(" @@").Append(style.End).Append('\n');
        var (i, j) = (oldStart, newStart);
        for (var c = first; c <= last; c++)
        {
            var change = changes[c];
            for (; i < change.Old; i++, j++)
                Line(output, ' ', "", before, i, after, j);
            for (; i < change.Old + change.OldCount; i++)
                Line(output, '-', style.Removed, before, i, null, 0);
            for (; j < change.New + change.NewCount; j++)
                Line(output, '+', style.Good, after, j, null, 0);
        }

        for (; i < oldEnd; i++, j++)
            Line(output, ' ', "", before, i, after, j);
    }

    private void Line(StringBuilder output, char sign, string colour, Side side, int index, Side? other, int otherIndex)
    {
        output.Append(colour).Append(sign);
        var (start, end) = side.Range(index);
        var hasBreak = end > start && side.Text[end - 1] == '\n';
        var stop = hasBreak ? end - 1 : end;
        var hasReturn = hasBreak && stop > start && side.Text[stop - 1] == '\r';
        stop -= hasReturn ? 1 : 0;
        var shift = other is null ? 0 : other.Range(otherIndex).Start - start;
        for (var position = start; position < stop;)
        {
            // A line that stays is hidden where either text hides it: a broken text may know less about its secrets.
            var hidden = Math.Max(side.HiddenUntil(position), other is null ? -1 : other.HiddenUntil(position + shift) - shift);
            if (hidden > position)
            {
                HasHidden = true;
                output.Append(SecretKeys.Placeholder);
                position = Math.Min(hidden, stop);
                continue;
            }

            Rune.DecodeFromUtf16(side.Text.AsSpan(position, stop - position), out var rune, out var length);
            if (isForScreen && rune.Value != '\t' && !Printable.IsShown(rune))
                output.Append(Printable.Substitute);
            else
                output.Append(side.Text, position, length);
            position += length;
        }

        output.Append(colour.Length > 0 ? style.End : "").Append(hasReturn && !isForScreen ? "\r\n" : "\n");
        if (!hasBreak)
            output.Append("\\ No newline at end of file\n");
    }

    // An empty range names the line before it, and one line needs no count.
    private static string Range(int start, int count) => count == 1
        ? (start + 1).ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{(count == 0 ? start : start + 1)},{count}");

    // A tab ends a name with blanks; git and patch read names with quotes and control characters as C writes them.
    private string Name(string path)
    {
        var isOdd = false;
        var hasBlank = false;
        foreach (var c in path)
        {
            isOdd |= c is < ' ' or '"' or '\\' or '\x7F';
            hasBlank |= c == ' ';
        }

        if (!isOdd)
            return (isForScreen ? Printable.Text(path) : path) + (hasBlank ? "\t" : "");
        var quoted = new StringBuilder("\"");
        foreach (var c in path)
        {
            if (c is '"' or '\\')
                quoted.Append('\\').Append(c);
            else if (c is < ' ' or '\x7F')
                quoted.Append('\\').Append(Convert.ToString(c, 8).PadLeft(3, '0'));
            else
                quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }

    private static (string[] Lines, int[] Starts) Lines(string text)
    {
        var lines = new List<string>();
        var starts = new List<int>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end + 1;
            starts.Add(start);
            lines.Add(text[start..end]);
            start = end;
        }

        starts.Add(text.Length);
        return ([.. lines], [.. starts]);
    }

    private sealed class Side((string[] Lines, int[] Starts) lines, ShownText shown)
    {
        public string Text => shown.Text;

        public int Count => lines.Lines.Length;

        public (int Start, int End) Range(int index) => (lines.Starts[index], lines.Starts[index + 1]);

        public int HiddenUntil(int offset) => shown.Secrets?.HiddenUntil(offset) ?? -1;
    }
}
