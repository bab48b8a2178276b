namespace StalwartHardening.Toml;

/// <summary>Where sections end, in the eyes of people.</summary>
internal static class TomlPlaces
{
    /// <summary>The end of the last line that belongs to the section whatever follows: its last statement, or the header.</summary>
    public static int EndOfStatements(TomlSection section) =>
        section.Statements.Count > 0 ? section.Statements[section.Statements.Count - 1].End : section.Header?.End ?? 0;

    /// <summary>
    /// Goes from the end of a section's last statement over the comments directly below it (statements switched off, as a rule), if
    /// they end before a gap. Comments directly above the next statement are about that one.
    /// </summary>
    public static int AfterOwnComments(TomlSyntax syntax, int end)
    {
        var text = syntax.Text;
        var at = end;
        while (at < text.Length && TomlLines.IsComment(text, at))
            at = TomlLines.End(text, at);
        return at == end || at >= text.Length || TomlLines.IsBlank(text, at) ? at : end;
    }
}
