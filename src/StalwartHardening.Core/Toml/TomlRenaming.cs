using StalwartHardening.Remedies;

namespace StalwartHardening.Toml;

/// <summary>Gives settings another name where they are, or moves them to the table of their new name.</summary>
internal static class TomlRenaming
{
    /// <summary>
    /// The changes; null where the new name cannot be written. Of several statements that move to a table that does not exist yet only
    /// the first moves: asked again (<paramref name="isPart"/>), the others find it there.
    /// </summary>
    public static IReadOnlyList<TextChange>? Of(TomlSyntax syntax, string key, string newKey, out bool isPart)
    {
        isPart = false;
        var changes = new List<TextChange>();
        var opened = new HashSet<string>(StringComparer.Ordinal);
        foreach (var section in syntax.Sections)
        {
            if (section.Header is { } header && SettingPath.Moved(WithoutIndex(section), key, newKey) is { } newName)
            {
                if (TomlWriter.HeaderName(newName) is not { } written)
                    return null;
                changes.Add(new TextChange(header.NameSpan.Start, header.NameSpan.Length, written));
                continue;
            }

            if (HoldsNothingElse(syntax, section, key, newKey) is { } newTable && TomlWriter.HeaderName(newTable) is { } table)
            {
                changes.Add(new TextChange(section.Header!.NameSpan.Start, section.Header.NameSpan.Length, table));
                continue;
            }

            foreach (var statement in section.Statements)
            {
                if (SettingPath.Moved(statement.Key, key, newKey) is not { } renamed)
                    continue;
                if (!section.CanHold(renamed) || HasCloserTable(syntax, section, renamed))
                {
                    if (Moved(syntax, statement, renamed) is not { } moved)
                        return null;
                    if (!OpensTable(moved) || opened.Add(SettingPath.Parent(renamed)))
                        changes.AddRange(moved);
                    else
                        isPart = true;
                }
                else if (TomlWriter.Key(section.Relative(renamed)) is { } written)
                {
                    changes.Add(new TextChange(statement.KeySpan.Start, statement.KeySpan.Length, written));
                }
                else
                {
                    return null;
                }
            }
        }

        return TextChange.InTextOrder(changes);
    }

    private static bool OpensTable(List<TextChange> moved) => moved[1].Replacement.TrimStart() is ['[', ..];

    private static string WithoutIndex(TomlSection section) =>
        section.Header is { IsArray: true } ? SettingPath.Parent(section.Name) : section.Name;

    // [server.http] with nothing but allowed-endpoint becomes [http].
    private static string? HoldsNothingElse(TomlSyntax syntax, TomlSection section, string key, string newKey)
    {
        if (section.Header is not { IsArray: false } || section.HasBrokenStatement || section.Statements.Count == 0 || !section.CanHold(key))
            return null;
        if (SettingPath.OwnerOf(newKey, section.Relative(key)) is not { } table)
            return null;
        foreach (var statement in section.Statements)
        {
            if (SettingPath.Moved(statement.Key, key, newKey) is null)
                return null;
        }

        foreach (var other in syntax.Sections)
        {
            if (other.Name == table || other.Statements.Exists(statement => SettingPath.IsBelow(statement.Key, table)))
                return null;
        }

        return table;
    }

    // TOML tools want the settings of one table in one place.
    private static bool HasCloserTable(TomlSyntax syntax, TomlSection section, string key)
    {
        foreach (var other in syntax.Sections)
        {
            if (other.Header is not null && other.Name.Length > section.Name.Length && other.CanHold(key))
                return true;
        }

        return false;
    }

    private static List<TextChange>? Moved(TomlSyntax syntax, TomlItem statement, string newKey)
    {
        var text = syntax.Text;
        var value = text.Substring(statement.ValueSpan.Start, statement.ValueSpan.Length);
        var tail = text.Substring(statement.ValueSpan.End, statement.End - statement.ValueSpan.End).TrimEnd('\r', '\n', ' ', '\t');
        if (TomlInsertion.NewStatement(syntax, newKey, value, tail) is not { } insertion)
            return null;
        var start = TomlLines.Start(text, statement.Start);
        // A last line without a line break leaves with nothing that would have to be ended.
        if (insertion.Start == text.Length && statement.End == text.Length && text[text.Length - 1] != '\n')
            insertion = insertion with { Replacement = insertion.Replacement.Substring(insertion.Replacement.IndexOf('\n') + 1) };
        return insertion.Start > start && insertion.Start < statement.End
            ? null
            : [new TextChange(start, statement.End - start, ""), insertion];
    }
}
