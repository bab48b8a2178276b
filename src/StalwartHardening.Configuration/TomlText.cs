using System.Globalization;
using StalwartHardening.Settings;
using Tomlyn.Syntax;

namespace StalwartHardening.Configuration;

/// <summary>
/// Writes settings so that the server and TOML tools read the same: full keys, one to a line, lists as arrays. No table
/// headers, in which the server changes letters (<c>config/parser.rs</c>).
/// </summary>
internal static class TomlText
{
    public static string Write(IReadOnlyList<Setting> settings)
    {
        var document = new DocumentSyntax();
        var values = settings.ToDictionary(static setting => setting.Key, static setting => setting.Value, StringComparer.Ordinal);
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var setting in settings)
        {
            if (written.Contains(setting.Key))
                continue;
            if (ListOf(setting.Key, values) is { } list)
            {
                var array = new ArraySyntax { OpenBracket = SyntaxFactory.Token(TokenKind.OpenBracket), CloseBracket = SyntaxFactory.Token(TokenKind.CloseBracket) };
                for (var i = 0; i < list.Count; i++)
                {
                    written.Add(list[i]);
                    var item = new ArrayItemSyntax { Value = Value(values[list[i]]) };
                    if (i < list.Count - 1)
                    {
                        item.Comma = SyntaxFactory.Token(TokenKind.Comma);
                        item.Comma.AddTrailingWhitespace();
                    }

                    array.Items.Add(item);
                }

                Add(document, SettingPath.Parent(list[0]), array);
            }
            else
            {
                written.Add(setting.Key);
                Add(document, setting.Key, Value(setting.Value));
            }
        }

        return document.ToString();
    }

    // All entries of the list that begins with this key, if there are no others and none is missing.
    private static List<string>? ListOf(string key, Dictionary<string, string> values)
    {
        var name = SettingPath.Parent(key);
        if (name.Length == 0 || SettingPath.LastPart(key) != SettingPath.Index(0))
            return null;
        var list = new List<string>();
        while (list.Count < 10_000 && values.ContainsKey(SettingPath.Entry(name, list.Count)))
            list.Add(SettingPath.Entry(name, list.Count));
        return values.ContainsKey(name) ? null : list;
    }

    private static void Add(DocumentSyntax document, string key, ValueSyntax value)
    {
        var statement = new KeyValueSyntax(Key(key), value) { EndOfLineToken = SyntaxFactory.NewLine() };
        document.KeyValues.Add(statement);
    }

    private static KeySyntax Key(string key)
    {
        var parts = SettingPath.Parts(key);
        var syntax = new KeySyntax { Key = Part(parts[0]) };
        for (var i = 1; i < parts.Length; i++)
            syntax.DotKeys.Add(new DottedKeyItemSyntax { Dot = SyntaxFactory.Token(TokenKind.Dot), Key = Part(parts[i]) });
        return syntax;
    }

    private static BareKeyOrStringValueSyntax Part(string part) =>
        part.Length > 0 && BareKeySyntax.IsBareKey(part) ? new BareKeySyntax(part) : new StringValueSyntax(part);

    private static ValueSyntax Value(string value)
    {
        if (value is "true" or "false")
            return new BooleanValueSyntax(value == "true");
        if (value.Length < 18 && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == value)
            return new IntegerValueSyntax(number);
        // In one-line strings the server drops backslashes; the three-quote kinds have no escapes, and it drops one line break after the opening.
        if (value.IndexOfAny(['\\', '"', '\n', '\r']) < 0)
            return new StringValueSyntax(value);
        var start = value[0] is '\n' or '\r' ? "\n" : "";
        var text = value.IndexOf("'''", StringComparison.Ordinal) < 0 && value[value.Length - 1] != '\''
            ? "'''" + start + value + "'''"
            : "\"\"\"" + start + value + "\"\"\"";
        return new StringValueSyntax { Token = new SyntaxToken(text[0] == '\'' ? TokenKind.StringLiteralMulti : TokenKind.StringMulti, text) };
    }
}
