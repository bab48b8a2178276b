using System.Globalization;
using System.Text;

namespace StalwartHardening.Tests.Literals;

/// <summary>Writes string literals of every form C# has, with random contents.</summary>
internal sealed class RandomLiteral(int seed)
{
    private static readonly string[] Alphabet =
    [
        "a", "Z", "0", "f", " ", "\t", "=", ".", "[", "]", "'", "#", "\"", "\"\"", "{", "}", "\\", "\n", "\r\n", "é", "語", "🔒", "u8", "\\n", "  ", "'''",
    ];

    private readonly Random _random = new(seed);

    public string Next() => _random.Next(9) switch
    {
        0 => Regular(interpolated: false),
        1 => Verbatim(interpolated: false),
        2 => SingleLineRaw(dollars: 0),
        3 => MultiLineRaw(dollars: 0),
        4 => Regular(interpolated: true),
        5 => Verbatim(interpolated: true),
        6 => SingleLineRaw(_random.Next(1, 4)),
        7 => MultiLineRaw(_random.Next(1, 4)),
        _ => Next() + (_random.Next(2) == 0 ? " + " : "\n    + /* a comment */ ") + Next(),
    };

    private string Text(int dollars, bool lines = true)
    {
        var text = new StringBuilder();
        for (var i = _random.Next(12); i > 0; i--)
        {
            var piece = Alphabet[_random.Next(Alphabet.Length)];
            if ((dollars > 0 && piece is "{" or "}" && dollars != 2) || (!lines && piece is "\n" or "\r\n"))
                continue;
            text.Append(piece);
        }

        return text.ToString();
    }

    private string Suffix(bool interpolated) => !interpolated && _random.Next(4) == 0 ? "u8" : "";

    private string Regular(bool interpolated)
    {
        var text = new StringBuilder(interpolated ? "$\"" : "\"");
        for (var i = _random.Next(16); i > 0; i--)
        {
            foreach (var rune in Alphabet[_random.Next(Alphabet.Length)].EnumerateRunes())
                text.Append(Escaped(rune, interpolated));
            if (interpolated && _random.Next(4) == 0)
                text.Append(Hole());
        }

        return text.Append('"').Append(Suffix(interpolated)).ToString();
    }

    private string Escaped(Rune rune, bool interpolated)
    {
        var named = rune.Value switch { '"' => "\\\"", '\\' => "\\\\", '\n' => "\\n", '\r' => "\\r", '\t' => "\\t", '\'' => "\\'", _ => null };
        var coded = _random.Next(8);
        if (coded == 0)
            return string.Create(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}");
        if (coded == 1 && rune.IsBmp)
            return string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}");
        // After fewer digits than four, one that follows would belong to it.
        if (coded == 2 && rune.IsBmp)
            return string.Create(CultureInfo.InvariantCulture, $"\\x{rune.Value:X4}");
        if (coded == 3 && rune.Value < 0x80)
            return string.Create(CultureInfo.InvariantCulture, $"\\x{rune.Value:X};");
        if (named is not null && (rune.Value is '"' or '\\' or '\n' or '\r' || coded == 4))
            return named;
        return interpolated && rune.Value is '{' or '}' ? rune.ToString() + rune : rune.ToString();
    }

    private string Verbatim(bool interpolated)
    {
        var prefix = !interpolated ? "@\"" : _random.Next(2) == 0 ? "$@\"" : "@$\"";
        var text = new StringBuilder(prefix);
        for (var i = _random.Next(1, 5); i > 0; i--)
        {
            var part = Text(0).Replace("\"", "\"\"", StringComparison.Ordinal);
            text.Append(interpolated ? part.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal) : part);
            if (interpolated && _random.Next(3) == 0)
                text.Append(Hole());
        }

        return text.Append('"').Append(Suffix(interpolated)).ToString();
    }

    private string SingleLineRaw(int dollars)
    {
        var text = "x" + Text(dollars, lines: false) + (dollars > 0 ? RawHole(dollars) : "") + Text(dollars, lines: false) + "y";
        var quotes = new string('"', Math.Max(3, LongestRun(text, '"') + 1));
        text = Harmless(text, dollars);
        return new string('$', dollars) + quotes + text + quotes + Suffix(dollars > 0);
    }

    private string MultiLineRaw(int dollars)
    {
        var newLine = _random.Next(2) == 0 ? "\n" : "\r\n";
        var indentation = new[] { "", "    ", "\t", "  \t " }[_random.Next(4)];
        var text = new StringBuilder();
        for (var lines = _random.Next(1, 6); lines > 0; lines--)
        {
            if (_random.Next(5) == 0)
            {
                // A line of blanks need not be indented as far.
                text.Append(indentation, 0, _random.Next(indentation.Length + 1)).Append(newLine);
                continue;
            }

            text.Append(indentation).Append(Harmless(Text(dollars, lines: false), dollars));
            if (dollars > 0 && _random.Next(3) == 0)
                text.Append(RawHole(dollars)).Append(Harmless(Text(dollars, lines: false), dollars));
            text.Append(newLine);
        }

        var quotes = new string('"', Math.Max(3, LongestRun(text.ToString(), '"') + 1));
        return new string('$', dollars) + quotes + (_random.Next(4) == 0 ? "  " : "") + newLine + text + indentation + quotes + Suffix(dollars > 0);
    }

    // With two dollars single braces are text; runs of them may not be longer than that.
    private static string Harmless(string text, int dollars)
    {
        if (dollars != 2)
            return text;
        while (text.Contains("{{", StringComparison.Ordinal) || text.Contains("}}", StringComparison.Ordinal) || text.Contains("{ ", StringComparison.Ordinal))
            text = text.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal).Replace("{ ", " ", StringComparison.Ordinal);
        return text.Trim('{', '}');
    }

    private string Hole() => new[] { "{hole}", "{ hole }", "{hole,5}", "{hole:x}", "{1 + 2}", "{nameof(hole)}" }[_random.Next(6)];

    private string RawHole(int dollars) => new string('{', dollars) + (_random.Next(2) == 0 ? "hole" : " \"a\" ") + new string('}', dollars);

    private static int LongestRun(string text, char c)
    {
        var longest = 0;
        var run = 0;
        foreach (var each in text)
        {
            run = each == c ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
