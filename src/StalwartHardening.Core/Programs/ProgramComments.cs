namespace StalwartHardening.Programs;

/// <summary>The comments of a TOML text, each with the place from which on it is said.</summary>
internal sealed class ProgramComments
{
    /// <summary>What stands for a comment that is not shown.</summary>
    public const string Hidden = "(a comment that may hold a secret)";

    // A word of these, and something after it that looks like a value.
    private static readonly string[] s_stems = ["secret", "passw", "passphrase", "token", "credential", "apikey", "api_key", "api-key", "authorization", "bearer", "cookie", "-----begin"];

    private readonly List<(int Start, string Text)> _comments = [];
    private int _next;

    /// <summary>Finds the comments: what follows a number sign outside of every key and value.</summary>
    public static ProgramComments From(SettingsDocument document, Func<SourceSpan, bool>? mayShow)
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
            comments._comments.Add((i, mayShow?.Invoke(span) == false ? Hidden : Shown(text.Substring(i + 1, end - i - 1))));
            i = end;
        }

        return comments;
    }

    /// <summary>A comment on one line, unless a secret may be in it: a word for one with a value after it, or an address with a password.</summary>
    public static string Shown(string comment)
    {
        foreach (var stem in s_stems)
        {
            var at = comment.IndexOf(stem, StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && comment.IndexOfAny([':', '=', '$', '"'], at) >= 0)
                return Hidden;
        }

        var address = comment.IndexOf("://", StringComparison.Ordinal);
        return address >= 0 && comment.IndexOf('@', address) >= 0 ? Hidden : ProgramText.OneLine(comment.Trim());
    }

    /// <summary>The comments before a place that nobody has taken yet, and one after it on its line.</summary>
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
