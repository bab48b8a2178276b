using System.Text;

namespace StalwartHardening.Tests.Toml;

/// <summary>Texts whose headers, dotted keys, arrays and braces open the same few tables again and again, some against the rules; numbers and lines at the edge of them.</summary>
internal sealed class MeetingTables(Random random)
{
    private static readonly string[] Names = ["a", "b", "c", "\"a\""];
    private static readonly string[] Values = ["1", "\"x\"", "true", "-1.0", "-5", "-0", "-01", "-", "-.5", "-1.", "1.5", "007"];

    public string Write()
    {
        var text = new StringBuilder();
        for (var statements = random.Next(1, 8); statements > 0; statements--)
        {
            text.Append(random.Next(5) switch
            {
                0 => "[" + Name() + "]",
                1 => "[[" + Name() + "]]",
                _ => Name() + " = " + Value(0),
            }).Append('\n');
        }

        return text.ToString();
    }

    private string Name() => string.Join('.', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Names[random.Next(Names.Length)]));

    private string Value(int depth) => random.Next(depth > 2 ? 4 : 7) switch
    {
        4 => $"[{Blank()}{Value(depth + 1)},{Blank()}{Value(depth + 1)}{Blank()}]",
        5 => $"{{ {Name()} = {Value(depth + 1)},{Blank()}{Name()} = {Value(depth + 1)} }}",
        6 => $"{{{Blank()}{Name()} ={Blank()}{Value(depth + 1)}{Blank()}}}",
        _ => Values[random.Next(Values.Length)],
    };

    private string Blank() => random.Next(5) switch { 0 => " ", 1 => "\n ", 2 => " # c\n", _ => "" };
}
