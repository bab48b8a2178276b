using System.Text;
using System.Text.Json;
using StalwartHardening.Plans;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Plans;

/// <summary>Any text is read to its end; JSON is read as everybody else reads it, each name and value at its place.</summary>
public class PlanTextTests
{
    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\n", "\r\n", " ", "\t", "#", "\0", "\uFEFF", "\uD800", "\uDC00", "é", "😀", "true", "false", "null", "0", "-", "1.5e3", "01", "\\u00e9", "\\ud83d\\ude00", "\\ud83d", "\\x",
        "{\"@type\":\"upsert\"}", "\"a\"", "\"@type\":", "\"object\":\"NetworkListener\"", "${X}", "@X@", "__X__", "{{ x }}", "{% if x %}", "{#", "%}", "[::]:143", "a/b", "\"value\":{}",
    ];

    private static string[] Seeds =>
        [.. File.ReadLines(Repository.PathOf("tests", "StalwartHardening.Core.Tests", "Vectors", "plan-cases.jsonl")).SelectMany(line => JsonDocument.Parse(line).RootElement.GetProperty("plan").EnumerateArray().Select(part => part.GetString()!)).Distinct()];

    [Fact]
    public void Mutated_plans_are_read_as_System_Text_Json_reads_them()
    {
        var seeds = Seeds;
        var random = new Random(16);
        for (var round = 0; round < 20_000; round++)
        {
            var text = new StringBuilder(seeds[random.Next(seeds.Length)]);
            for (var changes = random.Next(4); changes > 0; changes--)
            {
                var at = random.Next(text.Length + 1);
                if (random.Next(2) == 0)
                    text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                else if (at < text.Length)
                    text.Remove(at, Math.Min(text.Length - at, 1 + random.Next(6)));
            }

            AssertReadAlike(text.ToString());
        }
    }

    [Theory]
    [InlineData("""{"a":1,"a":2,"b":{"a":[{"c":"\u00e9\ud83d\ude00\"\\\/\b\f\n\r\t"}]},"":-0.5e+10}""")]
    [InlineData("""["x",{},[],[[]],true,false,null]""")]
    [InlineData("  {\t\"a\" : [ 1 , 2 ] }  ")]
    [InlineData("""["\ud800\udc00", "\udbff\udfff", "\ud7ff", "\ue000"]""")]
    [InlineData("{\"a\":\"{{\",\"b\":{\"c\":{}}}")]
    public void Valid_JSON_gives_the_same_values(string text) => AssertReadAlike(text);

    // The server reads no half of a character (serde_json 1.0).
    [Theory]
    [InlineData("""{"a":"\udc00"}""")]
    [InlineData("""{"a":"\udfff"}""")]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"a":"\ud800x"}""")]
    [InlineData("""{"a":"\ud800\n"}""")]
    [InlineData("""{"a":"\ud800\ud800"}""")]
    [InlineData("""{"a":"\udbff\ue000"}""")]
    [InlineData("""{"a":"\u12"}""")]
    [InlineData("""{"a":"\u123g"}""")]
    public void Half_a_character_is_none(string text)
    {
        var plan = TestPlan.Text(text);
        Assert.Single(plan.Problems);
        Assert.Empty(plan.Lines);
    }

    [Fact]
    public void Names_and_values_stand_where_they_are_written()
    {
        const string Text = "\n{\"@type\": \"update\", \"value\": {\"na\\u006de\": \"x\"}}\n";
        var plan = TestPlan.Text(Text);
        var json = plan.Json;
        var line = Assert.Single(plan.Lines);
        Assert.Equal(2, line.Number);
        var value = json.Find(line.Node, "value");
        var name = json.Find(value, "name");
        Assert.Equal("\"na\\u006de\"", Slice(Text, json.NameSpan(name)));
        Assert.Equal("\"x\"", Slice(Text, json.Span(name)));
        Assert.Equal("{\"na\\u006de\": \"x\"}", Slice(Text, json.Span(value)));
        Assert.Equal("name", json.Name(name));
        Assert.Equal("\"na\\u006de\": \"x\"", Slice(Text, json.MemberSpan(name)));
    }

    [Fact]
    public void Bad_lines_hide_no_good_ones()
    {
        var plan = TestPlan.Text("# note\n{\"a\":1}\n{\"b\":\n{\"c\":3} x\n{\"d\":4}\n{e}\n{\"f\":[}");
        Assert.Equal(["{\"a\":1}", "{\"d\":4}"], plan.Lines.Select(line => Slice(plan.Text, plan.Json.Span(line.Node))));
        Assert.Equal([1, 3, 4, 6, 7], plan.Problems.Select(problem => problem.Line));
    }

    [Fact]
    public void An_operation_over_several_lines_is_read_although_the_tool_refuses_it()
    {
        var plan = TestPlan.Text("{\n  \"a\": 1\n}\n{\"b\":2}");
        Assert.Equal(2, plan.Lines.Count);
        Assert.Equal("The tool reads line by line: an operation that continues on the next line is refused.", Assert.Single(plan.Problems).Message);
        Assert.Equal([1, 4], plan.Lines.Select(line => line.Number));
    }

    [Fact]
    public void An_array_gives_its_elements()
    {
        var plan = TestPlan.Text("[{\"a\":1},\n{\"b\":2}]");
        Assert.Equal([1, 2], plan.Lines.Select(line => line.Number));
        Assert.Single(plan.Problems);
    }

    [Theory]
    [InlineData("""{"a":"${HOST}:25"}""", "\uFFFC:25")]
    [InlineData("""{"a":"mail.@DOMAIN@"}""", "mail.\uFFFC")]
    [InlineData("""{"a":"__RELAY_PASSWORD__"}""", "\uFFFC")]
    [InlineData("""{"a":"{{ vault["relay"] }}"}""", "\uFFFC")]
    [InlineData("""{"a":{{ port | int }}}""", "\uFFFC")]
    [InlineData("""{"a":${PORT}}""", "\uFFFC")]
    [InlineData("""{"a":"ops@example.org, x@EXAMPLE"}""", "ops@example.org, x@EXAMPLE")]
    [InlineData("""{"a":"__init__ ${} $X {x}"}""", "__init__ ${} $X {x}")]
    public void Placeholders_are_unknown_and_nothing_else_is(string text, string expected)
    {
        var plan = TestPlan.Text(text);
        var value = plan.Json.Find(Assert.Single(plan.Lines).Node, "a");
        Assert.Equal(expected, plan.Json.Value(value));
        Assert.Equal(expected.Contains(Setting.UnknownPart, StringComparison.Ordinal), plan.Json.IsUnknown(value));
        Assert.Empty(plan.Problems);
    }

    [Fact]
    public void Statements_of_a_template_are_no_lines()
    {
        var plan = TestPlan.Text("{% for l in listeners %}\n{\"a\":1}\n{%- set x = {\n  \"b\": 2} -%}\n{# note #}\n{\"c\":3}\n");
        Assert.True(plan.HasTemplateStatements);
        Assert.Equal(2, plan.Lines.Count);
        Assert.Empty(plan.Problems);
    }

    [Fact]
    public void Hostile_texts_are_read_in_linear_time()
    {
        foreach (var text in new[]
        {
            new string('[', 2_000_000),
            string.Concat(Enumerable.Repeat("{\"a\":", 400_000)),
            string.Concat(Enumerable.Repeat("{\n", 500_000)),
            string.Concat(Enumerable.Repeat("{\"a\":{{\n", 200_000)),
            string.Concat(Enumerable.Repeat("{%\n", 300_000)),
            string.Concat(Enumerable.Repeat("\"", 1_000_001)),
            string.Concat(Enumerable.Repeat("{\"a\":[1,\n", 200_000)),
        })
        {
            Assert.NotNull(TestPlan.Text(text));
        }
    }

    private static void AssertReadAlike(string text)
    {
        var plan = TestPlan.Text(text);
        foreach (var problem in plan.Problems)
            Assert.InRange(problem.Span.End, 0, text.Length);
        for (var node = 0; node < plan.Json.Count; node++)
        {
            Assert.InRange(plan.Json.Span(node).End, 0, text.Length);
            Assert.InRange(plan.Json.NameSpan(node).Start, 0, text.Length);
            Assert.NotNull(plan.Json.Name(node));
            Assert.NotNull(plan.Json.Value(node));
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text.Trim(), new JsonDocumentOptions { MaxDepth = 200 });
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            return;
        }

        using (document)
        {
            if (IsOddJson(document.RootElement) || text.Trim()[0] == '\uFEFF')
                return;
            if (document.RootElement.ValueKind == JsonValueKind.Array)
            {
                Assert.Equal(document.RootElement.GetArrayLength(), plan.Lines.Count);
                for (var i = 0; i < plan.Lines.Count; i++)
                    AssertSame(document.RootElement[i], plan.Json, plan.Lines[i].Node);
                return;
            }

            AssertSame(document.RootElement, plan.Json, Assert.Single(plan.Lines).Node);
        }
    }

    // Half characters are JSON to one and none to the other; control characters in texts and a comment's mark are read alike.
    private static bool IsOddJson(JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.String => element.GetString() is null,
                JsonValueKind.Object => element.EnumerateObject().Any(member => member.Name is null || IsOddJson(member.Value)),
                JsonValueKind.Array => element.EnumerateArray().Any(IsOddJson),
                _ => false,
            };
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    private static void AssertSame(JsonElement element, JsonText json, int node)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                Assert.Equal(JsonKind.Object, json.Kind(node));
                var member = JsonText.First(node);
                foreach (var expected in element.EnumerateObject())
                {
                    if (!json.IsNameUnknown(member))
                        Assert.Equal(expected.Name, json.Name(member));
                    AssertSame(expected.Value, json, member);
                    member = json.Next(member);
                }

                Assert.Equal(json.End(node), member);
                break;
            case JsonValueKind.Array:
                Assert.Equal(JsonKind.Array, json.Kind(node));
                var item = JsonText.First(node);
                foreach (var expected in element.EnumerateArray())
                {
                    AssertSame(expected, json, item);
                    item = json.Next(item);
                }

                Assert.Equal(json.End(node), item);
                break;
            case JsonValueKind.String:
                Assert.Equal(JsonKind.Text, json.Kind(node));
                if (!json.IsUnknown(node))
                    Assert.Equal(element.GetString(), json.Value(node));
                break;
            default:
                Assert.Equal(element.GetRawText(), json.Value(node));
                Assert.Equal(element.GetRawText(), Slice(json.Text, json.Span(node)));
                break;
        }
    }

    private static string Slice(string text, SourceSpan span) => text.Substring(span.Start, span.Length);
}
