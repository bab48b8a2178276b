using System.Globalization;
using System.Text;

namespace StalwartHardening.Programs;

/// <summary>Texts as C# writes them.</summary>
internal static class ProgramText
{
    /// <summary>A text literal; the same characters whatever they are.</summary>
    public static string Literal(string text)
    {
        var literal = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            switch (c)
            {
                case '"' or '\\':
                    literal.Append('\\').Append(c);
                    break;
                case '\n':
                    literal.Append("\\n");
                    break;
                case '\r':
                    literal.Append("\\r");
                    break;
                case '\t':
                    literal.Append("\\t");
                    break;
                default:
                    // A reader of the program sees every character that is there.
                    if (char.IsControl(c) || char.IsSurrogate(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
                        literal.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
                    else
                        literal.Append(c);
                    break;
            }
        }

        return literal.Append('"').ToString();
    }

    /// <summary>A text that cannot end the line of a comment.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
            line.Append(char.IsControl(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? ' ' : c);
        return line.ToString().TrimEnd();
    }

    /// <summary>A value as an argument that is a text: a macro where it is one as a whole.</summary>
    public static string TextArgument(string value) => MacroArgument(value, "Macro") ?? Literal(value);

    /// <summary>A value as an argument of <c>Set</c>: a switch or a number where it is written like one.</summary>
    public static string AnyArgument(string value) =>
        value is "true" or "false" ? value
        : value.Length < 18 && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number.ToString(CultureInfo.InvariantCulture) == value ? value
        : TextArgument(value);

    /// <summary>A secret as an argument; null where no method says it.</summary>
    public static string? SecretArgument(string value) => MacroArgument(value, "Secret");

    private static string? MacroArgument(string value, string type)
    {
        var (method, content) =
            value.StartsWith("%{env:", StringComparison.Ordinal) ? ("FromEnvironment", Inside(value, 6))
            : value.StartsWith("%{file:", StringComparison.Ordinal) ? ("FromFile", Inside(value, 7))
            : value.StartsWith("%{cfg:", StringComparison.Ordinal) && type == "Macro" ? ("FromSetting", Inside(value, 6))
            : ("", "");
        return content.Length == 0 ? null : $"{type}.{method}({Literal(content)})";
    }

    // What these methods take.
    private static string Inside(string value, int start)
    {
        if (!value.EndsWith("}%", StringComparison.Ordinal) || value.Length <= start + 2)
            return "";
        var inside = value.Substring(start, value.Length - start - 2);
        return inside.IndexOfAny(['{', '}', '%', '\r', '\n']) < 0 ? inside : "";
    }
}
