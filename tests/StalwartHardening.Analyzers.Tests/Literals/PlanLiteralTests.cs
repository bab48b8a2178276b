using Microsoft.CodeAnalysis;
using StalwartHardening.Analyzers.Literals;

namespace StalwartHardening.Tests.Literals;

/// <summary>Plans that a program holds as text or as JSON objects, and where their findings are.</summary>
public class PlanLiteralTests
{
    private const string Imap = """{"@type":"upsert","object":"NetworkListener","matchOn":["name"],"value":{"imap":{"name":"imap","protocol":"imap","bind":{"[::]:143":true},"useTls":true,"tlsImplicit":false}}}""";
    private const string Domain = """{"@type":"upsert","object":"Domain","matchOn":["name"],"value":{"d":{"name":"example.org"}}}""";

    private static readonly string Escaped = Imap.Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string Program(string statements, string members = "") => $$"""
        using System.Diagnostics.CodeAnalysis;
        using System.Text.Json;
        using System.Text.Json.Nodes;
        class C
        {
            {{members}}
            static void Other(params string[] text) { }
            static void Apply([StringSyntax("ndjson")] string plan) { }
            static void Node(JsonNode? node) { }
            void M(string hole, int port, bool flag)
            {
                {{statements}}
            }
        }
        """;

    private static async Task<IReadOnlyList<(string Id, string Text)>> Judge(string source)
    {
        var compilation = Compiler.Create(source, new ConfigurationLiteralAnalyzer());
        var errors = compilation.Compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Empty(errors);
        return [.. (await compilation.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken))
            .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
            .Select(diagnostic => (diagnostic.Id, source.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length)))];
    }

    public static TheoryData<string, string> Forms { get; } = new()
    {
        { "Other(\"" + Escaped + "\");", "\\\"[::]:143\\\"" },
        { "Other(@\"" + Imap.Replace("\"", "\"\"", StringComparison.Ordinal) + "\");", "\"\"[::]:143\"\"" },
        { "Other(\"\"\"" + Imap + " \"\"\");", "\"[::]:143\"" },
        { "Other(\"\"\"\n            " + Domain + "\n            " + Imap + "\n            \"\"\");", "\"[::]:143\"" },
        { "Other(\"" + Escaped[..60] + "\" + \"" + Escaped[60..] + "\");", "\\\"[::]:143\\\"" },
        { "Other($\"" + Escaped.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal).Replace("143", "{143}", StringComparison.Ordinal) + "\");", "\\\"[::]:{143}\\\"" },
        { "Other($$\"\"\"\n            " + Imap.Replace("}", "} ", StringComparison.Ordinal).Replace("\"imap\":{\"name\":\"imap\"", "\"imap\":{\"name\":\"{{hole}}\"", StringComparison.Ordinal) + "\n            \"\"\");", "\"[::]:143\"" },
        { "// lang=ndjson\n        var plan = \"" + Escaped + "\";", "\\\"[::]:143\\\"" },
        { "Apply(\"" + Escaped.Replace("@type", "\\u0040type", StringComparison.Ordinal) + "\");", "\\\"[::]:143\\\"" },
        { "Other(\"[::]:25\", \"" + Escaped + "\");", "\\\"[::]:143\\\"" },
        { "System.ReadOnlySpan<byte> x = \"" + Escaped + "\"u8;", "\\\"[::]:143\\\"" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_finding_stands_at_its_characters_in_every_form_of_literal(string statement, string expected) =>
        Assert.Equal(expected, Assert.Single(await Judge(Program(statement)), finding => finding.Id == "SWH1001").Text);

    [Theory]
    [InlineData("""Other("{\"@type\":\"Person\",\"object\":{\"name\":\"imap\"},\"value\":143}");""")]
    [InlineData("""Other("{\"@type\":\"update\",\"object\":\"Invoice\",\"value\":{\"a\":{}}}");""")]
    [InlineData("""Other("{\"type\":\"upsert\",\"object\":\"NetworkListener\",\"value\":{}}");""")]
    [InlineData("""Other("an object { @type: upsert } of a plan");""")]
    [InlineData("""Other($"{{\"@type\":\"{hole}\",\"object\":\"{hole}\",\"value\":{{}}}}");""")]
    [InlineData("""Other("{\"$schema\":\"x\",\"type\":\"object\",\"value\":{\"@type\":\"string\"}}");""")]
    public async Task Json_of_others_does_not_trigger(string statement) => Assert.Empty(await Judge(Program(statement)));

    [Theory]
    [InlineData("Other(\"$\", $\"{hole}\");")]
    [InlineData("Apply(hole);")]
    public async Task A_program_without_a_plan_does_not_trigger(string statement) => Assert.Empty(await Judge(Program(statement)));

    [Theory]
    // The port is not known: no finding about 143, and none is made up.
    [InlineData("""Other($"{{\"@type\":\"upsert\",\"object\":\"NetworkListener\",\"matchOn\":[\"name\"],\"value\":{{\"imap\":{{\"name\":\"imap\",\"protocol\":\"{hole}\",\"bind\":{{\"[::]:{port}\":true}},\"useTls\":true,\"tlsImplicit\":true}}}}}}");""")]
    // What is between the operations is not known, nor what an operation holds.
    [InlineData("""Apply($"{hole}\n{{\"@type\":\"upsert\",\"object\":\"NetworkListener\",\"matchOn\":[\"name\"],\"value\":{{{hole}}}}}\n");""")]
    [InlineData("""Apply($"{{\"@type\":\"upsert\",\"object\":\"NetworkListener\",\"matchOn\":[\"name\"],\"value\":{hole}}}");""")]
    public async Task What_is_not_known_is_not_made_up(string statement) =>
        Assert.DoesNotContain(await Judge(Program(statement)), finding => finding.Id is "SWH0001" or "SWH0002" or "SWH1001" or "SWH1004" or "SWH1005");

    [Fact]
    public async Task Two_unknown_names_are_two_listeners()
    {
        var findings = await Judge(Program("""
            Apply($"{{\"@type\":\"upsert\",\"object\":\"NetworkListener\",\"matchOn\":[\"name\"],\"value\":{{\"{hole}\":{{\"name\":\"{hole}\",\"protocol\":\"imap\",\"bind\":{{\"[::]:143\":true}},\"useTls\":true}},\"{port}\":{{\"name\":\"{port}\",\"protocol\":\"pop3\",\"bind\":{{\"[::]:110\":true}},\"useTls\":true}}}}}}");
            """));
        Assert.Contains(("SWH1001", "\\\"[::]:143\\\""), findings);
        Assert.Contains(("SWH1002", "\\\"[::]:110\\\""), findings);
    }

    [Fact]
    public async Task A_single_operation_says_nothing_of_what_others_leave()
    {
        var single = await Judge(Program("Other(\"" + Escaped + "\");"));
        Assert.Equal(["SWH1001"], single.Select(finding => finding.Id));
        // A text that is a whole plan is run on a fresh server, whose plain HTTP listener survives.
        Assert.Contains(await Judge(Program("Apply(\"" + Escaped + "\");")), finding => finding.Id == "SWH1004");
    }

    [Theory]
    [InlineData("var o = new JsonObject { [\"@type\"] = \"upsert\", [\"object\"] = \"NetworkListener\", [\"matchOn\"] = new JsonArray(\"name\"), [\"value\"] = $VALUE };")]
    [InlineData("Node(new JsonObject { { \"@type\", \"upsert\" }, { \"object\", \"NetworkListener\" }, { \"matchOn\", new JsonArray { \"name\" } }, { \"value\", $VALUE } });")]
    [InlineData("JsonObject o = new() { [\"@type\"] = JsonValue.Create(\"upsert\"), [\"object\"] = (\"NetworkListener\"), [\"matchOn\"] = new JsonArray(\"name\"), [\"value\"] = $VALUE }; Other(o.ToJsonString());")]
    [InlineData("Node(new JsonArray(new JsonObject { [\"@type\"] = \"upsert\", [\"object\"] = \"NetworkListener\", [\"matchOn\"] = new JsonArray(\"name\"), [\"value\"] = $VALUE }));")]
    public async Task An_operation_as_a_json_object_is_judged(string statement)
    {
        const string Value = "new JsonObject { [\"imap\"] = new JsonObject { [\"name\"] = \"imap\", [\"protocol\"] = \"imap\", [\"overrideProxyTrustedNetworks\"] = hole, [\"bind\"] = new JsonObject { [\"[::]:143\"] = true }, [\"useTls\"] = true, [\"tlsImplicit\"] = false } }";
        var finding = Assert.Single(await Judge(Program(statement.Replace("$VALUE", Value, StringComparison.Ordinal))));
        Assert.Equal(("SWH1001", "\"[::]:143\""), finding);
    }

    [Fact]
    public async Task An_anonymous_object_is_judged_inside_an_operation()
    {
        var finding = Assert.Single(await Judge(Program("""
            Node(new JsonObject { ["@type"] = "upsert", ["object"] = "NetworkListener", ["matchOn"] = new JsonArray("name"), ["value"] = new JsonObject { ["x"] = JsonSerializer.SerializeToNode(new { name = "x", protocol = "pop3", bind = JsonSerializer.SerializeToNode(new JsonObject { ["[::]:110"] = true }), useTls = true, tlsImplicit = false }) } });
            """)));
        Assert.Equal(("SWH1002", "\"[::]:110\""), finding);
    }

    [Theory]
    // "@type" in C# is called "type" in JSON.
    [InlineData("var o = JsonSerializer.SerializeToNode(new { @type = \"upsert\", @object = \"NetworkListener\", value = 1 });")]
    [InlineData("var o = new JsonObject { [\"@type\"] = \"Person\", [\"object\"] = \"NetworkListener\" };")]
    [InlineData("var o = new JsonObject { [\"@type\"] = hole, [\"object\"] = \"NetworkListener\", [\"value\"] = 1 };")]
    // What it holds in the end nobody knows.
    [InlineData("var o = new JsonObject { [\"@type\"] = \"upsert\", [\"object\"] = \"NetworkListener\" }; o[\"value\"] = 1;")]
    [InlineData("var o = new JsonObject { [\"@type\"] = \"upsert\", [\"object\"] = \"NetworkListener\" }; o.Add(\"value\", 1);")]
    [InlineData("var o = new JsonObject { [hole] = 1, [\"@type\"] = \"upsert\", [\"object\"] = \"NetworkListener\" };")]
    [InlineData("var o = new System.Collections.Generic.Dictionary<string, object> { [\"@type\"] = \"upsert\", [\"object\"] = \"NetworkListener\" };")]
    public async Task An_object_that_is_no_operation_beyond_doubt_does_not_trigger(string statement) => Assert.Empty(await Judge(Program(statement)));

    [Fact]
    public async Task Half_typed_plans_do_not_throw_and_make_one_finding_at_most()
    {
        var source = Program("Apply(\"\"\"\n            " + Domain + "\n            " + Imap + "\n            \"\"\");");
        var start = source.IndexOf("Apply(\"\"\"", StringComparison.Ordinal);
        await Task.WhenAll(Enumerable.Range(start, source.Length - start).Select(async length =>
        {
            var compilation = Compiler.Create(source[..length], new ConfigurationLiteralAnalyzer());
            var diagnostics = await compilation.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Id == "AD0001");
            Assert.True(diagnostics.Count(diagnostic => diagnostic.Id == "SWH0001") <= 1, source[..length]);
        }));
    }

    [Fact]
    public async Task Real_plans_are_found_to_be_the_same_in_a_literal_as_in_a_file()
    {
        var folder = Repository.SharedOrSkip("corpus16");
        foreach (var file in Directory.GetFiles(folder, "*.ndjson"))
        {
            var text = (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).TrimStart('\uFEFF');
            var asFile = (await Compiler.Judge(new Compiler.TextFile("/0/plan.ndjson", Microsoft.CodeAnalysis.Text.SourceText.From(text))))
                .Select(finding => (finding.Id, text.Substring(finding.Location.SourceSpan.Start, finding.Location.SourceSpan.Length)));
            var asLiteral = (await Judge(Program("Apply(@\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\");")))
                .Select(finding => (finding.Id, finding.Text.Replace("\"\"", "\"", StringComparison.Ordinal)));
            Assert.Equal(asFile.Order(), asLiteral.Order());
        }
    }
}
