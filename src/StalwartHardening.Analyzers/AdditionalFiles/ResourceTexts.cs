using System.Globalization;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Analyzers.Literals;

namespace StalwartHardening.Analyzers.AdditionalFiles;

/// <summary>
/// The texts of a resource file (<c>.resx</c>), and the way back to the characters that they were written with. Reads what it needs of
/// XML and nothing more: values, character references, marked sections, comments.
/// </summary>
internal static class ResourceTexts
{
    private const string Opening = "<value";
    private const string Closing = "</value>";
    private const string Section = "<![CDATA[";
    private const string SectionEnd = "]]>";

    private static readonly string[] Marks = ["server.listener", "@type"];

    /// <summary>Whether a file is one by its name.</summary>
    public static bool IsResource(string path) => path.EndsWith(".resx", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether one of its texts may be a server's; most files are let go here.</summary>
    public static bool MayHoldServer(SourceText text) => PlanScreen.Holds(text, Marks);

    /// <summary>The texts of all values, in their order.</summary>
    public static IEnumerable<LiteralText> In(string xml)
    {
        for (var at = xml.IndexOf('<'); at >= 0; at = xml.IndexOf('<', at))
        {
            if (string.CompareOrdinal(xml, at, "<!--", 0, 4) == 0)
            {
                var end = xml.IndexOf("-->", at, StringComparison.Ordinal);
                at = end < 0 ? xml.Length - 1 : end;
            }
            else if (string.CompareOrdinal(xml, at, Opening, 0, Opening.Length) == 0 && xml.IndexOf('>', at) is >= 0 and var start && xml[start - 1] != '/')
            {
                var end = xml.IndexOf(Closing, start, StringComparison.Ordinal);
                if (end < 0)
                    yield break;
                yield return Read(xml, start + 1, end);
                at = end;
            }

            at++;
        }
    }

    private static LiteralText Read(string xml, int start, int end)
    {
        var text = new LiteralTextBuilder();
        var at = start;
        var plain = start;
        while (at < end)
        {
            var length = 0;
            string? decoded = null;
            if (xml[at] == '&')
            {
                (decoded, length) = Reference(xml, at, end);
            }
            else if (xml[at] == '\r' && at + 1 < end && xml[at + 1] == '\n')
            {
                // Readers of XML make one character of a line's end.
                (decoded, length) = ("\n", 2);
            }
            else if (string.CompareOrdinal(xml, at, Section, 0, Section.Length) == 0 && xml.IndexOf(SectionEnd, at, end - at, StringComparison.Ordinal) is >= 0 and var close)
            {
                text.AddPlain(xml, plain, at - plain, plain);
                text.AddPlain(xml, at + Section.Length, close - at - Section.Length, at + Section.Length);
                at = plain = close + SectionEnd.Length;
                continue;
            }

            if (decoded is null)
            {
                at++;
                continue;
            }

            text.AddPlain(xml, plain, at - plain, plain);
            text.AddWhole(decoded, new TextSpan(at, length));
            at = plain = at + length;
        }

        text.AddPlain(xml, plain, end - plain, plain);
        return text.Build();
    }

    private static (string? Text, int Length) Reference(string xml, int at, int end)
    {
        var close = xml.IndexOf(';', at, Math.Min(end - at, 12));
        if (close < 0)
            return (null, 0);
        var name = xml.Substring(at + 1, close - at - 1);
        var text = name switch
        {
            "lt" => "<",
            "gt" => ">",
            "amp" => "&",
            "quot" => "\"",
            "apos" => "'",
            _ => name.Length > 1 && name[0] == '#' ? Character(name) : null,
        };
        return (text, close + 1 - at);
    }

    private static string? Character(string name)
    {
        var isHexadecimal = name[1] is 'x' or 'X';
        var digits = name.Substring(isHexadecimal ? 2 : 1);
        return int.TryParse(digits, isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            && code is > 0 and <= 0x10FFFF and not (>= 0xD800 and <= 0xDFFF)
            ? char.ConvertFromUtf32(code)
            : null;
    }
}
