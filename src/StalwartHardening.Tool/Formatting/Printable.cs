using System.Globalization;
using System.Text;

namespace StalwartHardening.Tool.Formatting;

/// <summary>Text of files and file names as a terminal may see it: nothing that moves the cursor or turns the reading direction.</summary>
internal static class Printable
{
    /// <summary>What stands for a character that cannot be shown.</summary>
    public const char Substitute = '\uFFFD';

    /// <summary><paramref name="text"/> on one line, without control and format characters.</summary>
    public static string Text(string text)
    {
        var isPlain = true;
        foreach (var c in text)
            isPlain &= c is >= ' ' and <= '~';
        if (isPlain)
            return text;
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsShown(rune))
                result.Append(rune);
            else
                result.Append(Substitute);
        }

        return result.ToString();
    }

    /// <summary>Whether a terminal shows the character and does nothing else.</summary>
    public static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned);

    /// <summary>How many cells of a terminal the character takes.</summary>
    public static int Width(Rune rune)
    {
        if (rune.IsAscii)
            return 1;
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
            return 0;
        return rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
            or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD)
            ? 2
            : 1;
    }
}
