namespace StalwartHardening.Programs;

/// <summary>The comments of a TOML text, each with the place from which on it is said.</summary>
internal sealed class ProgramComments
{
    private readonly List<(int Start, string Text)> _comments = [];
    private int _next;

    /// <summary>Finds the comments: what follows a number sign outside of every key and value.</summary>
    public static ProgramComments Of(SettingsDocument document, Func<SourceSpan, bool>? mayShow)
    {
        var comments = new ProgramComments();
        if (document.Text is not { } text)
            return comments;
        var values = new List<SourceSpan>(document.Count);
        foreach (ref readonly var setting in document.InTextOrder)
            values.Add(setting.ValueSpan);
        values.Sort(static (left, right) => left.Start.CompareTo(right.Start));
        var value = 0;
        for (var i = 0; i < text.Length; i++)
        {
            while (value < values.Count && values[value].End <= i)
                value++;
            if (value < values.Count && i >= values[value].Start)
            {
                i = values[value].End - 1;
                continue;
            }

            // A key may hold one, in quotes; then no blank comes before it.
            if (text[i] != '#' || !IsBegin(text, i))
                continue;
            var end = text.IndexOf('\n', i);
            if (end < 0)
                end = text.Length;
            var span = SourceSpan.FromBounds(i, end);
            comments._comments.Add((i, mayShow?.Invoke(span) == false ? "(a comment that may hold a secret)" : text.Substring(i + 1, end - i - 1).Trim()));
            i = end;
        }

        return comments;
    }

    /// <summary>The comments before a place that nobody has taken yet, and one behind it on its line.</summary>
    public IEnumerable<string> TakeUpTo(string? text, int position)
    {
        var line = text is null ? position : text.IndexOf('\n', Math.Min(position, text.Length));
        if (line < 0)
            line = int.MaxValue;
        for (; _next < _comments.Count && _comments[_next].Start < line; _next++)
            yield return _comments[_next].Text;
    }

    private static bool IsBegin(string text, int at)
    {
        for (var i = at - 1; i >= 0 && text[i] != '\n'; i--)
        {
            if (text[i] is not (' ' or '\t'))
                return text[at - 1] is ' ' or '\t' or ']' or ',' or '"' or '\'';
        }

        return true;
    }
}
