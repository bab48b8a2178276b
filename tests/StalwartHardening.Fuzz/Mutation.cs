using System.Text;

namespace StalwartHardening.Fuzz;

/// <summary>Small accidents in a text: what is lost, doubled, swapped, cut off, or comes from somewhere else.</summary>
internal static class Mutation
{
    private static readonly string[] Pieces =
    [
        "[", "]", "[[", "]]", "{", "}", "=", ",", ":", "#", "\"", "'", "\"\"\"", "'''", "\\", "\\u", "\\ud800", "\n", "\r\n", "\r", "\t", " ", ".", "\0", "\uFEFF", "\uD800", "\uDC00", "😀", "é", "\u001b", "\u0085", "\u202e",
        "true", "false", "null", "0", "-1", "1e999", "9999999999999999999", "%{env:X}%", "${X}", "{{ x }}", "{% if x %}", "@NAME@", "# swh:ignore SWH1001 -- why\n", "secret = \"", "password", "$argon2id$v=19$", "://u:p@h/", "\"@type\"", "#x", "/", "~1",
    ];

    /// <summary>The text after up to <paramref name="most"/> accidents.</summary>
    public static string Of(string text, Random random, int most)
    {
        var result = new StringBuilder(text);
        for (var i = random.Next(most + 1); i > 0; i--)
        {
            var at = random.Next(result.Length + 1);
            var length = Math.Min(random.Next(1, 12), result.Length - at);
            switch (random.Next(7))
            {
                case 0:
                    result.Remove(at, length);
                    break;
                case 1:
                    result.Insert(at, result.ToString(at, length));
                    break;
                case 2:
                    result.Length = at;
                    break;
                case 3 when length > 0:
                    result[at] = (char)random.Next(1, 0x250);
                    break;
                case 4:
                    Move(result, random);
                    break;
                default:
                    result.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
            }
        }

        return result.ToString();
    }

    private static void Move(StringBuilder text, Random random)
    {
        var lines = text.ToString().Split('\n');
        var from = random.Next(lines.Length);
        var to = random.Next(lines.Length);
        (lines[from], lines[to]) = (lines[to], lines[from]);
        text.Clear().AppendJoin('\n', lines);
    }
}
