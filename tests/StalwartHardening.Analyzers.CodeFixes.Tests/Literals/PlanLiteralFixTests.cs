namespace StalwartHardening.Tests.Literals;

/// <summary>Fixes in plans that a program holds as text.</summary>
public class PlanLiteralFixTests
{
    private const string Imap = """{"@type":"reconcile","object":"NetworkListener","matchOn":["name"],"value":{"imap":{"name":"imap","protocol":"imap","bind":{"[::]:143":true},"useTls":true,"tlsImplicit":false}}}""";
    private const string Domain = """{"@type":"upsert","object":"Domain","matchOn":["name"],"value":{"d":{"name":"example.org"}}}""";

    private static string Program(string literal) =>
        "using System.Diagnostics.CodeAnalysis;\nclass Program\n{\n    static void Load([StringSyntax(\"ndjson\")] string plan) { }\n    static void Main(string[] args) => Load(" + literal + ");\n}\n";

    public static TheoryData<string> Literals { get; } =
    [
        "\"" + Imap.Replace("\"", "\\\"", StringComparison.Ordinal) + "\"",
        "@\"" + Imap.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"",
        "\"\"\"\n        " + Domain + "\n        " + Imap + "\n\n        \"\"\"",
        "\"\"\"\r\n        " + Domain + "\r\n        " + Imap + "\r\n\r\n        \"\"\"",
        "$$\"\"\"\n        " + Domain.Replace("}", "} ", StringComparison.Ordinal).Replace("example.org", "{{args[0]}}", StringComparison.Ordinal) + "\n        " + Imap.Replace("}", "} ", StringComparison.Ordinal) + "\n\n        \"\"\"",
    ];

    [Theory]
    [MemberData(nameof(Literals))]
    public async Task A_plan_is_changed_as_its_literal_writes_it(string literal)
    {
        using var programs = new SourcePrograms();
        var project = programs.AddProject(Program(literal));
        Assert.Contains("SWH1001", await programs.RulesAsync());
        var action = (await programs.ActionsAsync(project, "SWH1001"))[0];
        Assert.Equal("review/SWH1001/close", action.EquivalenceKey);
        await programs.ApplyAsync(action);
        var after = await programs.TextAsync();
        Assert.Contains("[::]:993", after, StringComparison.Ordinal);
        Assert.DoesNotContain("SWH1001", await programs.RulesAsync());
        // What is before the operation is as it was.
        Assert.StartsWith(Program(literal)[..Program(literal).IndexOf("NetworkListener", StringComparison.Ordinal)], after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_whose_port_is_not_known_is_not_moved()
    {
        using var programs = new SourcePrograms();
        var literal = "\"" + Imap.Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\\\"tlsImplicit\\\":false", "\\\"tlsImplicit\\\":\" + args[0] + \"", StringComparison.Ordinal) + "\"";
        var project = programs.AddProject(Program(literal));
        if ((await programs.RulesAsync()).Contains("SWH1001"))
            Assert.Empty(await programs.ActionsAsync(project, "SWH1001"));
    }
}
