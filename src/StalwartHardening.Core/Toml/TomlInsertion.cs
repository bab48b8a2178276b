using StalwartHardening.Remedies;

namespace StalwartHardening.Toml;

/// <summary>Writes settings into a text that does not have them, where their neighbours are and as their neighbours are written.</summary>
internal static class TomlInsertion
{
    /// <summary>The change that adds one setting; null where no spelling or place gives it.</summary>
    public static TextChange? Of(TomlSyntax syntax, string key, string value)
    {
        if (LongestTable(syntax, key) is { } table)
            return table.Container == TomlContainer.InlineTable ? NewEntry(syntax, table, key, value) : NewElement(syntax, table, key, value);
        return TomlWriter.Value(value) is { } written ? NewStatement(syntax, key, written) : null;
    }

    /// <summary>The change that adds settings as one block.</summary>
    public static TextChange? Of(TomlSyntax syntax, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        var prefix = CommonTable(settings);
        if (prefix.Length > 0 && LongestTable(syntax, prefix) is { } container)
            return container.Container == TomlContainer.InlineTable ? null : NewTableElement(syntax, container, prefix, settings);
        if (prefix.Length == 0)
            return null;
        var parent = SettingPath.Parent(prefix);
        var isElement = SettingPath.IsIndex(SettingPath.Relative(prefix, parent).AsSpan());
        var neighbour = LastNeighbour(syntax, parent, isElement);
        if (isElement && neighbour is not { Section.Header.IsArray: true })
            return null;
        return neighbour is { Statement: { } statement } && !IsTable(neighbour.Value.Section, parent)
            ? BlockOfStatements(syntax, neighbour.Value.Section, statement, settings)
            : neighbour is null && !HasTables(syntax)
            ? BlockOfStatements(syntax, syntax.Sections[0], null, settings)
            : NewTable(syntax, neighbour?.Section, prefix, isElement ? parent : null, settings);
    }

    /// <summary>The change that adds a statement with a value that is already written as TOML.</summary>
    public static TextChange? NewStatement(TomlSyntax syntax, string key, string writtenValue, string tail = "")
    {
        TomlSection? best = null;
        TomlItem? sibling = null;
        var bestScore = 0;
        foreach (var section in syntax.Sections)
        {
            if (!section.CanHold(key))
                continue;
            if (section.Header is not null)
                Consider(section, null, SettingPath.CountParts(section.Name));
            foreach (var statement in section.Statements)
                Consider(section, statement, CommonParts(statement.Key, key));
        }

        if (best is not null)
            return Statement(syntax, best, sibling, key, writtenValue, tail);

        var table = SettingPath.Parent(key);
        if (table.Length == 0 || !HasTables(syntax))
            return Statement(syntax, syntax.Sections[0], LastOrNull(syntax.Sections[0]), key, writtenValue, tail);
        return TomlWriter.HeaderName(table) is { } name && TomlWriter.Key(SettingPath.Relative(key, table)) is { } last
            ? Block(syntax, LastSection(syntax), "[" + name + "]", [last + " = " + writtenValue + tail])
            : null;

        void Consider(TomlSection section, TomlItem? statement, int score)
        {
            // Deeper tables first; of equal siblings the last.
            if (score < bestScore || score == 0 || (score == bestScore && best != section && section.Name.Length <= best!.Name.Length))
                return;
            best = section;
            bestScore = score;
            sibling = statement ?? sibling;
            if (statement is null)
                sibling = null;
        }
    }

    private static TextChange? Statement(TomlSyntax syntax, TomlSection section, TomlItem? sibling, string key, string writtenValue, string tail)
    {
        if (TomlWriter.Key(section.Relative(key)) is not { } name)
            return null;
        sibling ??= LastOrNull(section);
        var at = sibling?.End ?? section.Header?.End ?? StartOfStatements(syntax);
        var indentation = sibling is not null ? TomlLines.Indentation(syntax.Text, sibling.Start)
            : section.Header is { } header ? TomlLines.Indentation(syntax.Text, header.Start)
            : "";
        return Lines(syntax, at, [indentation + name + " = " + writtenValue + tail]);
    }

    // Above the first header, under the comments at the top of the file if a gap follows them.
    private static int StartOfStatements(TomlSyntax syntax) => syntax.Text.Length > 0 && syntax.Text[0] == '\uFEFF' ? 1 : 0;

    private static TextChange? NewEntry(TomlSyntax syntax, TomlItem table, string key, string value)
    {
        if (table.Children.Count == 0 || TomlWriter.Key(SettingPath.Relative(key, table.Key)) is not { } name || TomlWriter.Value(value) is not { } written)
            return null;
        var last = table.Children[table.Children.Count - 1];
        return new TextChange(last.ValueSpan.End, 0, Separator(syntax.Text, table) + name + " = " + written);
    }

    // { if = "…" }, { else = "404" }: one more table after others, its values in their quotes.
    private static TextChange? NewTableElement(TomlSyntax syntax, TomlItem array, string key, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        if (array.Children.Count == 0 || array.Children[array.Children.Count - 1] is not { Container: TomlContainer.InlineTable, Children.Count: > 0 } last)
            return null;
        var likes = last.Children[last.Children.Count - 1].ValueSpan;
        var like = syntax.Text.Substring(likes.Start, likes.Length);
        var entries = new List<string>(settings.Count);
        foreach (var setting in settings)
        {
            if (TomlWriter.Key(SettingPath.Relative(setting.Key, key)) is not { } name || TomlWriter.Value(setting.Value, like) is not { } written)
                return null;
            entries.Add(name + " = " + written);
        }

        return NewElement(syntax, array, key, "{ " + string.Join(", ", entries) + " }", isWritten: true);
    }

    private static TextChange? NewElement(TomlSyntax syntax, TomlItem array, string key, string value, bool isWritten = false)
    {
        // Only the next index can be written; an empty array has no place to take the style from, but needs none.
        var hasTrailingComma = array.Children.Count > 0 && array.Children[array.Children.Count - 1].End is var end && end < syntax.Text.Length && syntax.Text[end] == ',';
        var next = array.Children.Count == 0 ? array.Separators : array.Separators + (hasTrailingComma ? 0 : 1);
        if (key != SettingPath.Entry(array.Key, next))
            return null;
        if (array.Children.Count == 0)
            return array.Separators == 0 && TomlWriter.Value(value) is { } only ? new TextChange(array.ValueSpan.Start + 1, 0, only) : null;
        var last = array.Children[array.Children.Count - 1];
        var like = syntax.Text.Substring(last.ValueSpan.Start, last.ValueSpan.Length);
        if ((isWritten ? value : TomlWriter.Value(value, like)) is not { } written)
            return null;
        var separator = Separator(syntax.Text, array);
        return hasTrailingComma
            ? new TextChange(last.End + 1, 0, separator.Substring(1) + written + (separator[1] == ' ' ? "" : ","))
            : new TextChange(last.ValueSpan.End, 0, separator + written);
    }

    // ", " or a comma and a new line, as the items so far are separated.
    private static string Separator(string text, TomlItem container)
    {
        var last = container.Children[container.Children.Count - 1];
        return TomlLines.IsFirstOnLine(text, last.Start)
            ? "," + TomlLines.Break(text, last.Start) + TomlLines.Indentation(text, last.Start)
            : ", ";
    }

    private static TextChange? BlockOfStatements(TomlSyntax syntax, TomlSection section, TomlItem? after, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        after ??= LastOrNull(section);
        var indentation = after is not null ? TomlLines.Indentation(syntax.Text, after.Start) : "";
        var lines = new List<string>(settings.Count);
        foreach (var setting in settings)
        {
            if (!section.CanHold(setting.Key) || Assignment(section.Relative(setting.Key), setting.Value) is not { } line)
                return null;
            lines.Add(indentation + line);
        }

        return Lines(syntax, after?.End ?? section.Header?.End ?? StartOfStatements(syntax), lines);
    }

    private static TextChange? NewTable(TomlSyntax syntax, TomlSection? neighbour, string prefix, string? arrayName, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        if (TomlWriter.HeaderName(arrayName ?? prefix) is not { } name)
            return null;
        var header = arrayName is null ? "[" + name + "]" : "[[" + name + "]]";
        var lines = new List<string>(settings.Count);
        foreach (var setting in settings)
        {
            if (Assignment(SettingPath.Relative(setting.Key, prefix), setting.Value) is not { } line)
                return null;
            lines.Add(line);
        }

        return Block(syntax, neighbour ?? LastSection(syntax), header, lines);
    }

    private static string? Assignment(string key, string value) =>
        TomlWriter.Key(key) is { } name && TomlWriter.Value(value) is { } written ? name + " = " + written : null;

    // A header and its statements after a section, with a gap before it.
    private static TextChange Block(TomlSyntax syntax, TomlSection after, string header, List<string> lines)
    {
        var text = syntax.Text;
        var at = TomlPlaces.AfterOwnComments(syntax, TomlPlaces.EndOfStatements(after));
        var indentation = after.Header is { } neighbour ? TomlLines.Indentation(text, neighbour.Start) : "";
        var all = new List<string>(lines.Count + 2);
        if (at > 0)
            all.Add("");
        all.Add(indentation + header);
        foreach (var line in lines)
            all.Add(indentation + line);
        if (at < text.Length && !TomlLines.IsBlank(text, at))
            all.Add("");
        return Lines(syntax, at, all);
    }

    private static TextChange Lines(TomlSyntax syntax, int at, List<string> lines)
    {
        var text = syntax.Text;
        var lineBreak = TomlLines.Break(text, at);
        var result = new System.Text.StringBuilder();
        if (at > 0 && text[at - 1] is not ('\n' or '\uFEFF'))
            result.Append(lineBreak);
        foreach (var line in lines)
            result.Append(line).Append(lineBreak);
        return new TextChange(at, 0, result.ToString());
    }

    // The innermost array or inline table that the key belongs into.
    private static TomlItem? LongestTable(TomlSyntax syntax, string key)
    {
        TomlItem? best = null;
        foreach (var item in syntax.Items())
        {
            if (item.Container != TomlContainer.None && SettingPath.IsBelow(key, item.Key) && (best is null || item.Key.Length > best.Key.Length))
                best = item;
        }

        return best;
    }

    private static (TomlSection Section, TomlItem? Statement)? LastNeighbour(TomlSyntax syntax, string parent, bool isElement)
    {
        (TomlSection, TomlItem?)? last = null;
        foreach (var section in syntax.Sections)
        {
            // A table beside an array of tables is read differently by TOML tools.
            if (!isElement && section.Header is { IsArray: true })
                continue;
            if (IsBelow(section.Name, parent))
                last = (section, null);
            foreach (var statement in section.Statements)
            {
                if (IsBelow(statement.Key, parent))
                    last = (section, statement);
            }
        }

        return last;
    }

    private static bool IsTable(TomlSection section, string parent) => IsBelow(section.Name, parent);

    private static bool IsBelow(string key, string parent) => parent.Length > 0 && SettingPath.IsBelow(key, parent);

    private static bool HasTables(TomlSyntax syntax) => syntax.Sections.Count > 1;

    // What is added after a statement that could not be read may become a part of it.
    private static TomlSection LastSection(TomlSyntax syntax)
    {
        for (var i = syntax.Sections.Count - 1; i > 0; i--)
        {
            if (!syntax.Sections[i].HasBrokenStatement)
                return syntax.Sections[i];
        }

        return syntax.Sections[syntax.Sections.Count - 1];
    }

    private static TomlItem? LastOrNull(TomlSection section) => section.Statements.Count > 0 ? section.Statements[section.Statements.Count - 1] : null;

    // "server.listener.imap" for the settings of one listener: what the first setting is directly below, if all others do.
    private static string CommonTable(IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        var prefix = SettingPath.Parent(settings[0].Key);
        foreach (var setting in settings)
        {
            while (prefix.Length > 0 && !IsBelow(setting.Key, prefix))
                prefix = SettingPath.Parent(prefix);
        }

        return prefix;
    }

    private static int CommonParts(string one, string other)
    {
        var (parts, others) = (SettingPath.Parts(one), SettingPath.Parts(other));
        var common = 0;
        while (common < parts.Length - 1 && common < others.Length - 1 && parts[common] == others[common])
            common++;
        return common;
    }
}
