using StalwartHardening.Generations;
using StalwartHardening.Settings;
using StalwartHardening.Tool.Formatting;

namespace StalwartHardening.Tool.Output;

/// <summary>Shows single settings in the server's dialect.</summary>
internal static class FlatToml
{
    /// <summary>The setting on a line of its own; a comment where this dialect has no way to write it.</summary>
    public static string Line(string key, string value, ServerVersion version)
    {
        // The dialect has no escape for a character that moves a cursor, and this is read on terminals.
        if (!IsShown(key) || !IsShown(value))
            return NotWritten(key);
        return new TomlFileSyntax(version).Line(key, value) ?? NotWritten(key);
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
}
