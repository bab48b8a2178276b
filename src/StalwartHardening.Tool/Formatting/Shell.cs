namespace StalwartHardening.Tool.Formatting;

/// <summary>Words as shells take them.</summary>
internal static class Shell
{
    /// <summary>The word, in quotes where a shell would read something else.</summary>
    public static string Quoted(string word)
    {
        if (word.Length > 0 && word.All(static c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':' or ',' or '=' or '+' or '@' or '\\'))
            return word;
        return "'" + Printable.Text(word).Replace("'", "'\\''", StringComparison.Ordinal) + "'";
    }
}
