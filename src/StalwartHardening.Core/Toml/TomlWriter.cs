using System.Text;

namespace StalwartHardening.Toml;

/// <summary>Writes keys and values so that the server reads them back, and TOML tools too.</summary>
internal static class TomlWriter
{
    /// <summary>A key for a statement or an entry; null where no spelling gives it.</summary>
    public static string? Key(string key) => Name(key, inHeader: false);

    /// <summary>A name for a header; null where no spelling gives it.</summary>
    public static string? HeaderName(string name) => Name(name, inHeader: true);

    /// <summary>
    /// A value, in the quotes of <paramref name="like"/> where they can hold it; null where no spelling gives it. Without an example
    /// switches and numbers are bare.
    /// </summary>
    public static string? Value(string value, string? like = null)
    {
        var isBare = value is "true" or "false" || IsNumber(value);
        if (isBare && (like is null || like.Length == 0 || like[0] is not ('"' or '\'')))
            return value;
        // Backslashes and line breaks mean the same to everybody only between three single quotes.
        var isPlain = IsPlain(value);
        if (isPlain && like is { Length: > 0 } && like[0] == '\'' && value.IndexOf('\'') < 0)
            return "'" + value + "'";
        if (isPlain && value.IndexOf('"') < 0)
            return "\"" + value + "\"";
        if (isPlain && value.IndexOf('\'') < 0)
            return "'" + value + "'";
        return FitsThreeQuotes(value) ? "'''" + value + "'''" : null;
    }

    /// <summary>A setting on a line of its own, under its whole key: each way of quoting is tried until the server reads the same text again. Null where this dialect has no way to write it.</summary>
    public static string? Line(string key, string value, ServerVersion version)
    {
        var name = IsBare(key) ? key : $"\"{key}\"";
        foreach (var quoted in (string[])[$"\"{value}\"", $"'{value}'", $"'''{value}'''", $"\"{Escape(value)}\"", $"\"\"\"{value}\"\"\""])
        {
            var line = $"{name} = {quoted}\n";
            var document = ServerTomlReader.Read(line, version);
            if (document.Problems.Count == 0 && document.Count == 1 && document[0].Key == key && document[0].Value == value)
                return line;
        }

        return null;
    }

    private static bool IsBare(string key)
    {
        foreach (var c in key)
        {
            if (c is not (>= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '-' or '_' or SettingPath.Separator))
                return false;
        }

        return true;
    }

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\r", "\\r").Replace("\t", "\\t");

    private static string? Name(string name, bool inHeader)
    {
        if (name.Length == 0)
            return null;
        var result = new StringBuilder(name.Length + 2);
        foreach (var part in SettingPath.Parts(name))
        {
            if (result.Length > 0)
                result.Append(SettingPath.Separator);
            if (IsBarePart(part, inHeader, isFirst: result.Length == 0))
                result.Append(part);
            else if (part.Length > 0 && IsPlain(part) && part.IndexOf('"') < 0 && !(inHeader && result.Length == 0))
                result.Append('"').Append(part).Append('"');
            else
                return null;
        }

        return result.ToString();
    }

    private static bool IsBarePart(string part, bool inHeader, bool isFirst)
    {
        // parser.rs: a statement begins with a letter, a digit or a quote; capitals in headers are made small.
        if (part.Length == 0 || (isFirst && part[0] is '-' or '_'))
            return false;
        foreach (var c in part)
        {
            if (c is not (>= 'a' and <= 'z' or >= '0' and <= '9' or '-' or '_') && (inHeader || c is not (>= 'A' and <= 'Z')))
                return false;
        }

        return true;
    }

    private static bool IsNumber(string value)
    {
        if (value.Length is 0 or > 9 || (value.Length > 1 && value[0] == '0'))
            return false;
        foreach (var c in value)
        {
            if (c is < '0' or > '9')
                return false;
        }

        return true;
    }

    private static bool IsPlain(string value)
    {
        foreach (var c in value)
        {
            if (c == '\\' || (char.IsControl(c) && c != '\t') || c == Settings.Setting.UnknownPart)
                return false;
        }

        return true;
    }

    // The first line break after the quotes is no part of the text, carriage returns never are.
    private static bool FitsThreeQuotes(string value)
    {
        foreach (var c in value)
        {
            if ((char.IsControl(c) && c is not ('\t' or '\n')) || c == Settings.Setting.UnknownPart)
                return false;
        }

        return value.IndexOf("'''", StringComparison.Ordinal) < 0
            && !value.EndsWith("'", StringComparison.Ordinal)
            && !value.StartsWith("\n", StringComparison.Ordinal);
    }
}
