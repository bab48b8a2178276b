using Microsoft.CodeAnalysis.CodeFixes;

namespace StalwartHardening.Tests.Literals;

/// <summary>Fixes in TOML that a program holds as text, in every kind of literal.</summary>
public class LiteralFixTests
{
    private const string CloseImap = "review/SWH1001/close";

    private static string Program(string literal) =>
        "using System.Diagnostics.CodeAnalysis;\nclass Program\n{\n    const string Protocol = \"imap\";\n    static void Load([StringSyntax(\"toml\")] string toml) { }\n    static void LoadBytes([StringSyntax(\"toml\")] System.ReadOnlySpan<byte> toml) { }\n    static void Main(string[] args) => Load(" + literal + ");\n}\n";

    [Theory]
    [InlineData(
        "\"[server.listener.imap]\\nbind = \\\"[::]:143\\\"\\nprotocol = \\\"imap\\\"\\n\"",
        "\"[server.listener.imap]\\nbind = \\\"[::]:993\\\"\\nprotocol = \\\"imap\\\"\\ntls.implicit = true\\n\"")]
    [InlineData(
        "@\"[server.listener.imap]\nbind = \"\"[::]:143\"\" # old\nprotocol = \"\"imap\"\"\n\"",
        "@\"[server.listener.imap]\nbind = \"\"[::]:993\"\" # old\nprotocol = \"\"imap\"\"\ntls.implicit = true\n\"")]
    [InlineData(
        "\"\"\"\n        [server.listener.imap]\n        bind = \"[::]:143\"\n        protocol = \"imap\"\n\n        [storage]\n        data = \"rocksdb\"\n\n        \"\"\"",
        "\"\"\"\n        [server.listener.imap]\n        bind = \"[::]:993\"\n        protocol = \"imap\"\n        tls.implicit = true\n\n        [storage]\n        data = \"rocksdb\"\n\n        \"\"\"")]
    [InlineData(
        "\"\"\"\r\n        [server.listener.imap]\r\n        bind = \"[::]:143\"\r\n        protocol = \"imap\"\r\n\r\n        \"\"\"",
        "\"\"\"\r\n        [server.listener.imap]\r\n        bind = \"[::]:993\"\r\n        protocol = \"imap\"\r\n        tls.implicit = true\r\n\r\n        \"\"\"")]
    [InlineData(
        "$\"[server.listener.imap]\\nbind = \\\"[::]:143\\\"\\nprotocol = \\\"imap\\\"\\n[store.{args[0]}]\\ntype = \\\"rocksdb\\\"\\n\"",
        "$\"[server.listener.imap]\\nbind = \\\"[::]:993\\\"\\nprotocol = \\\"imap\\\"\\ntls.implicit = true\\n[store.{args[0]}]\\ntype = \\\"rocksdb\\\"\\n\"")]
    [InlineData(
        "$$\"\"\"\n        [server.listener.imap]\n        bind = \"[::]:143\"\n        protocol = \"imap\"\n\n        [server]\n        hostname = \"{{args[0]}}\"\n        run = { \"a\" = \"b\" }\n\n        \"\"\"",
        "$$\"\"\"\n        [server.listener.imap]\n        bind = \"[::]:993\"\n        protocol = \"imap\"\n        tls.implicit = true\n\n        [server]\n        hostname = \"{{args[0]}}\"\n        run = { \"a\" = \"b\" }\n\n        \"\"\"")]
    [InlineData(
        "\"[server.listener.imap]\\n\" +\n        \"bind = \\\"[::]:143\\\"\\n\" + // here\n        \"protocol = \\\"\" + Protocol + \"\\\"\\n\"",
        "\"[server.listener.imap]\\n\" +\n        \"bind = \\\"[::]:993\\\"\\n\" + // here\n        \"protocol = \\\"\" + Protocol + \"\\\"\\ntls.implicit = true\\n\"")]
    [InlineData("(\"server.listener.imap = { bind = '[::]:143', \" + \"protocol = 'imap' }\\n\")", "(\"server.listener.imap = { bind = '[::]:993', \" + \"protocol = 'imap', tls.implicit = true }\\n\")")]
    [InlineData("\"server.listener.imap = { bind = '[::]:143', protocol = 'imap' }\\n\"", "\"server.listener.imap = { bind = '[::]:993', protocol = 'imap', tls.implicit = true }\\n\"")]
    public async Task A_text_is_changed_as_its_literal_writes_it(string before, string after)
    {
        using var programs = new SourcePrograms();
        var project = programs.AddProject(Program(before));
        var action = (await programs.ActionsAsync(project, "SWH1001"))[0];
        Assert.Equal(CloseImap, action.EquivalenceKey);
        await programs.ApplyAsync(action);
        Assert.Equal(Program(after), await programs.TextAsync());
        Assert.DoesNotContain("SWH1001", await programs.RulesAsync());
    }

    [Theory]
    // A whole listener, in a text whose lines have a margin.
    [InlineData(
        "\"\"\"\n        [server.listener.pop]\n        bind = \"[::]:110\"\n        protocol = \"pop3\"\n\n        [storage]\n        data = \"rocksdb\"\n\n        \"\"\"",
        "\"\"\"\n        [storage]\n        data = \"rocksdb\"\n\n        \"\"\"")]
    [InlineData(
        "\"\"\"\n        [storage]\n        data = \"rocksdb\"\n\n        # Old phones.\n        [server.listener.pop]\n        bind = \"[::]:110\"\n        protocol = \"pop3\"\n\n        [server]\n        hostname = \"a\"\n\n        \"\"\"",
        "\"\"\"\n        [storage]\n        data = \"rocksdb\"\n\n        [server]\n        hostname = \"a\"\n\n        \"\"\"")]
    [InlineData(
        "\"server.listener.pop.bind = '[::]:110'\\n\" + \"server.listener.pop.protocol = 'pop3'\\n\" + \"storage.data = 'rocksdb'\\n\"",
        "\"\" + \"\" + \"storage.data = 'rocksdb'\\n\"")]
    public async Task What_goes_leaves_the_rest_as_it_was(string before, string after)
    {
        using var programs = new SourcePrograms();
        var project = programs.AddProject(Program(before));
        await programs.ApplyAsync((await programs.ActionsAsync(project, "SWH1002"))[0]);
        Assert.Equal(Program(after), await programs.TextAsync());
    }

    [Theory]
    // Bytes; a text that a comment calls TOML; a constant that is used elsewhere; a member that says so.
    [InlineData("static void M() => LoadBytes(TEXTu8);")]
    [InlineData("static object M() { var toml = /* lang=toml */ TEXT; return toml; }")]
    [InlineData("const string Toml = TEXT; static void M() => Load(Toml);")]
    [InlineData("[StringSyntax(\"toml\")] string Toml { get; } = TEXT;")]
    public async Task Every_mark_of_a_text_leads_to_its_fix(string member)
    {
        const string Text = "\"server.listener.imap.bind = '[::]:143'\\nserver.listener.imap.protocol = 'imap'\\n\"";
        const string FixedText = "\"server.listener.imap.bind = '[::]:993'\\nserver.listener.imap.protocol = 'imap'\\nserver.listener.imap.tls.implicit = true\\n\"";
        string Source(string text) => Program("\"\"").Replace("    static void Main", "    " + member.Replace("TEXT", text, StringComparison.Ordinal) + "\n    static void Main", StringComparison.Ordinal);
        using var programs = new SourcePrograms();
        var project = programs.AddProject(Source(Text));
        await programs.ApplyAsync((await programs.ActionsAsync(project, "SWH1001"))[0]);
        Assert.Equal(Source(FixedText), await programs.TextAsync());
    }

    [Fact]
    public async Task A_final_line_break_is_added()
    {
        using var programs = new SourcePrograms();
        var project = programs.AddProject(Program("\"\"\"\n        server.listener.smtp.bind = \"[::]:25\"\n        server.listener.smtp.protocol = \"smtp\"\n        \"\"\""));
        await programs.ApplyAsync((await programs.ActionsAsync(project, "SWH0001"))[0]);
        Assert.Equal(Program("\"\"\"\n        server.listener.smtp.bind = \"[::]:25\"\n        server.listener.smtp.protocol = \"smtp\"\n\n        \"\"\""), await programs.TextAsync());
        Assert.DoesNotContain("SWH0001", await programs.RulesAsync());
    }

    [Theory]
    // The value comes from elsewhere, or the literal has no way to say the new text.
    [InlineData("$\"server.listener.imap.bind = '{args[0]}:143'\\nserver.listener.imap.protocol = 'imap'\\n\" + args[1]")]
    [InlineData("\"\"\"server.listener.imap = { bind = '[::]:143', protocol = 'imap', tls.implicit = false }\"\"\"")]
    public async Task What_is_offered_helps(string literal)
    {
        using var programs = new SourcePrograms();
        var project = programs.AddProject(Program(literal));
        foreach (var diagnostic in await SourcePrograms.DiagnosticsAsync(programs.Solution.GetProject(project)!))
        {
            foreach (var action in await SourcePrograms.ActionsAsync(programs.Solution.GetProject(project)!, diagnostic))
            {
                using var copy = new SourcePrograms();
                var operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
                var after = operations.OfType<Microsoft.CodeAnalysis.CodeActions.ApplyChangesOperation>().Single().ChangedSolution.GetProject(project)!;
                Assert.True((await SourcePrograms.DiagnosticsAsync(after)).Count(other => other.Id == diagnostic.Id) < (await SourcePrograms.DiagnosticsAsync(programs.Solution.GetProject(project)!)).Count(other => other.Id == diagnostic.Id));
            }
        }
    }

    [Fact]
    public async Task All_texts_of_a_file_are_fixed_and_builders_beside_them()
    {
        const string Text = "\"server.listener.imap.bind = '[::]:143'\\nserver.listener.imap.protocol = 'imap'\\n\"";
        const string FixedText = "\"server.listener.imap.bind = '[::]:993'\\nserver.listener.imap.protocol = 'imap'\\nserver.listener.imap.tls.implicit = true\\n\"";
        var source = SourcePrograms.Source("        server.AddListener(\"imap\", MailProtocol.Imap).Bind(143);\n", "    static StalwartServerText A = StalwartServer.ParseToml(TEXT), B = StalwartServer.ParseToml(TEXT);\n");
        source = source.Replace("StalwartServerText", "object", StringComparison.Ordinal);
        using var programs = new SourcePrograms();
        var project = programs.AddProject(source.Replace("TEXT", Text, StringComparison.Ordinal));
        Assert.True(await programs.FixAllAsync(project, FixAllScope.Document, "SWH1001", CloseImap));
        Assert.Equal(source.Replace("TEXT", FixedText, StringComparison.Ordinal).Replace("Bind(143)", "Bind(993).WithImplicitTls()", StringComparison.Ordinal), await programs.TextAsync());
        Assert.False(await programs.FixAllAsync(project, FixAllScope.Document, "SWH1001", CloseImap));
    }

    [Fact]
    public async Task What_a_pragma_silences_stays()
    {
        const string Text = "\"server.listener.imap.bind = '[::]:143'\\nserver.listener.imap.protocol = 'imap'\\n\"";
        var source = Program(Text).Replace("    static void Main", "#pragma warning disable SWH1001\n    static void Main", StringComparison.Ordinal);
        using var programs = new SourcePrograms();
        var project = programs.AddProject(source, Program(Text).Replace("class Program", "class Other", StringComparison.Ordinal));
        Assert.True(await programs.FixAllAsync(project, FixAllScope.Project, "SWH1001", CloseImap));
        Assert.Equal(source, await programs.TextAsync());
        Assert.Contains(":993", await programs.TextAsync("/0/1.cs"), StringComparison.Ordinal);
    }
}
