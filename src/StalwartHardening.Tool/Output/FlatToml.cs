using StalwartHardening.Generations;
using StalwartHardening.Settings;
using StalwartHardening.Tool.Formatting;

namespace StalwartHardening.Tool.Output;

/// <summary>Writes single settings in the server's dialect, each way of quoting tried until the server reads the same text again.</summary>
internal static class FlatToml
{
    /// <summary>The setting on a line of its own; a comment where this dialect has no way to write it.</summary>
    public static string Line(string key, string value, ServerVersion version)
    {
        // The dialect has no escape for a character that moves a cursor, and this is read on terminals.
        if (!IsShown(key) || !IsShown(value))
            return NotWritten(key);
        var name = IsBare(key) ? key : $"\"{key}\"";
        foreach (var quoted in (string[])[$"\"{value}\"", $"'{value}'", $"'''{value}'''", $"\"{Escape(value)}\"", $"\"\"\"{value}\"\"\""])
        {
            var line = $"{name} = {quoted}\n";
            var document = new TomlFileSyntax(version).Read(line);
            if (document.Problems.Count == 0 && document.Count == 1 && document[0].Key == key && document[0].Value == value)
                return line;
        }

        return NotWritten(key);
    }

    private static string NotWritten(string key) => $"# {Printable.Text(key)}: this value cannot be written in the server's dialect\n";

    private static bool IsShown(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Printable.IsShown(rune) && rune.Value is not ('\t' or '\n' or '\r'))
                return false;
        }

        return true;
    }

    private static bool IsBare(string key)
    {
        foreach (var c in key)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.'))
                return false;
        }

        return true;
    }

    private static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal)
        .Replace("\r", "\\r", StringComparison.Ordinal)
        .Replace("\t", "\\t", StringComparison.Ordinal);
}
