using System.Text;

namespace StalwartHardening.Programs;

/// <summary>A piece of a C# expression: in one line where it fits, else an item a line.</summary>
/// <param name="head">What it begins with.</param>
internal sealed class ProgramCode(string head)
{
    private const int MaxWidth = 140;

    /// <summary>The items in brackets; null where there are no brackets.</summary>
    public IReadOnlyList<ProgramCode>? Items { get; init; }

    /// <summary>The bracket before the items; a brace is on a line of its own.</summary>
    public char Open { get; init; } = '{';

    /// <summary>What follows the head instead of items; null where nothing does.</summary>
    public ProgramCode? Value { get; init; }

    /// <summary>A remark on lines of its own before the item.</summary>
    public string Remark { get; init; } = "";

    /// <summary>The place in the source that it says again.</summary>
    public SourceSpan? Origin { get; init; }

    private char Close => Open switch { '{' => '}', '[' => ']', _ => ')' };

    private bool HasRemark => Remark.Length > 0 || Value?.HasRemark == true || Items?.Any(static item => item.HasRemark) == true;

    /// <summary>Writes the piece.</summary>
    /// <param name="text">What to write it to.</param>
    /// <param name="indent">The indentation of the line that it begins in.</param>
    /// <param name="room">How many characters follow it on its line.</param>
    /// <param name="place">Is told every piece of the source, with the place of the program's text that says it.</param>
    public void Write(StringBuilder text, string indent, int room, Action<SourceSpan, int> place)
    {
        if (Origin is { } origin)
            place(origin, text.Length);
        text.Append(head);
        if (Value is not null)
            Value.Write(text, indent, room, place);
        else if (Items is not null)
            WriteItems(text, indent, room, place);
    }

    private void WriteItems(StringBuilder text, string indent, int room, Action<SourceSpan, int> place)
    {
        var column = text.Length - LineStart(text);
        var isFlat = !HasRemark && column + Width() + room <= MaxWidth;
        if (!isFlat && Open == '(' && Items is [{ Remark: "", Items: not null, Open: '{' } only])
        {
            // One object is written as if it stood alone.
            text.Append('(');
            only.Write(text, indent, room + 1, place);
            text.Append(')');
            return;
        }

        if (Open == '{')
            text.Append(isFlat ? " {" : "\n" + indent + "{");
        else
            text.Append(Open);
        var inner = indent + "    ";
        for (var i = 0; i < Items!.Count; i++)
        {
            if (isFlat)
            {
                text.Append(i > 0 ? ", " : Open == '{' ? " " : "");
                Items[i].Write(text, indent, 0, place);
                continue;
            }

            foreach (var line in Items[i].Remark.Split(['\n'], StringSplitOptions.RemoveEmptyEntries))
                text.Append('\n').Append(inner).Append("// ").Append(line);
            text.Append('\n').Append(inner);
            Items[i].Write(text, inner, 1, place);
            if (Open != '(' || i < Items.Count - 1)
                text.Append(',');
        }

        if (isFlat)
            text.Append(Open == '{' ? " " : "");
        else if (Open != '(')
            text.Append('\n').Append(indent);
        text.Append(Close);
    }

    // The characters of the items with their brackets on one line; the head is written already.
    private int Width() => 4 + Items!.Sum(static item => item.FlatWidth() + 2);

    private int FlatWidth() => head.Length + (Value?.FlatWidth() ?? (Items is null ? 0 : Width()));

    private static int LineStart(StringBuilder text)
    {
        var at = text.Length;
        while (at > 0 && text[at - 1] != '\n')
            at--;
        return at;
    }
}
