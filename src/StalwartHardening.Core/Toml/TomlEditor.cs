using StalwartHardening.Remedies;
using StalwartHardening.Settings;

namespace StalwartHardening.Toml;

/// <summary>
/// Says edits of settings in TOML. What an edit does not name stays as it is, to the byte; every result is read again and given out
/// only if its settings are exactly the ones that were asked for.
/// </summary>
internal static class TomlEditor
{
    private const int MaxRounds = 4;

    /// <summary>
    /// The changes to <paramref name="text"/> that make <paramref name="edits"/>, in text order and without overlap; null where the
    /// server's dialect, or the state of the text, leaves no way to write them.
    /// </summary>
    /// <param name="text">The text, decoded.</param>
    /// <param name="version">The server version in whose dialect it is read.</param>
    /// <param name="edits">What to change, in this order.</param>
    /// <param name="cancellationToken">Ends the work early, with an <see cref="OperationCanceledException"/>.</param>
    public static IReadOnlyList<TextChange>? Apply(string text, ServerVersion version, IReadOnlyList<SettingEdit> edits, CancellationToken cancellationToken = default)
    {
        var edited = new EditedText(text);
        for (var next = 0; next < edits.Count;)
        {
            var count = 1;
            for (var round = 1; ; round++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var syntax = TomlSyntax.Read(edited.Current, version, cancellationToken);
                var isPart = false;
                if (TomlEditRun.Changes(syntax, edits, next, out var together) is { } changes)
                    count = together;
                else if (ChangesOf(syntax, edits[next], out isPart) is { } single)
                    changes = single;
                else
                    return null;
                edited.Apply(TomlTidying.Of(edited.Current, changes));
                // A table has to be there before others can move to it.
                if (!isPart || round == MaxRounds)
                    break;
            }

            next += count;
        }

        return TomlProof.Holds(text, edited.Current, version, edits, cancellationToken) ? edited.Changes() : null;
    }

    private static IReadOnlyList<TextChange>? ChangesOf(TomlSyntax syntax, SettingEdit edit, out bool isPart)
    {
        isPart = false;
        return edit switch
        {
            SettingEdit.Remove remove => TomlRemoval.Of(syntax, remove.Key, remove.WithChildren),
            SettingEdit.Set set => syntax.Find(set.Key) is { } item ? One(Replacement(syntax, item, set.Value)) : One(TomlInsertion.Of(syntax, set.Key, set.Value)),
            SettingEdit.Insert insert => One(TomlInsertion.Of(syntax, insert.Settings)),
            SettingEdit.Rename rename => TomlRenaming.Of(syntax, rename.Key, rename.NewKey, out isPart),
            SettingEdit.AddFinalNewline => FinalNewline(syntax.Text),
            SettingEdit.RemoveComment comment => RemoveComment(syntax, comment.Start, comment.Length),
            _ => null,
        };
    }

    /// <summary>The change that gives <paramref name="item"/> another value; null where it cannot be written there.</summary>
    public static TextChange? Replacement(TomlSyntax syntax, TomlItem item, string value)
    {
        // A member of a set has no value to replace.
        if (item.ValueSpan == item.KeySpan)
            return null;
        var old = syntax.Text.Substring(item.ValueSpan.Start, item.ValueSpan.Length);
        return TomlWriter.Value(value, old) is { } written ? new TextChange(item.ValueSpan.Start, item.ValueSpan.Length, written) : null;
    }

    private static TextChange[]? One(TextChange? change) => change is { } only ? [only] : null;

    private static TextChange[] FinalNewline(string text) =>
        text.Length == 0 || text[text.Length - 1] == '\n'
            ? []
            : [text[text.Length - 1] == '\r' ? new TextChange(text.Length, 0, "\n") : new TextChange(text.Length, 0, TomlLines.Break(text, text.Length))];

    private static TextChange[]? RemoveComment(TomlSyntax syntax, int start, int length)
    {
        var text = syntax.Text;
        var isComment = false;
        foreach (var comment in syntax.Comments)
            isComment |= comment.Start == start && comment.End >= start + length;
        if (!isComment)
            return null;
        // Alone on its line, the line goes; after a statement, the blanks before it.
        if (TomlLines.IsFirstOnLine(text, start))
            return [new TextChange(TomlLines.Start(text, start), TomlLines.End(text, start) - TomlLines.Start(text, start), "")];

        var from = start;
        while (from > 0 && text[from - 1] is ' ' or '\t')
            from--;
        // To the server the comment ended the statement before it.
        var end = start + length;
        return [new TextChange(from, end - from, end == text.Length ? TomlLines.Break(text, end) : "")];
    }
}
