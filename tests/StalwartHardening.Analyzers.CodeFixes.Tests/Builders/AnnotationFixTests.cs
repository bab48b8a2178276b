using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace StalwartHardening.Tests.Builders;

/// <summary>A helper in another project of the solution is annotated from the call that loses sight of the server.</summary>
public sealed class AnnotationFixTests
{
    private const string Annotate = "safe/SWH0014/annotate";

    private const string Caller = "using StalwartHardening.Configuration; using Company; public static class Program { public static StalwartServer Write() { var server = StalwartServer.CreateBuilder(\"x\"); $CALL return server.Build(); } }";

    private static string Library(string method) => "using StalwartHardening.Configuration;\n\nnamespace Company\n{\n    public static class Helpers\n    {\n        /// <summary>Helps.</summary>\n        " + method + "\n    }\n}\n";

    public static TheoryData<string, string, string> Helpers { get; } = new()
    {
        {
            "public static void AddImap(this StalwartServerBuilder server) => server.AddListener(\"imap\", MailProtocol.Imap).Bind(143);",
            "server.AddImap();",
            "[Setting(\"server.listener.imap.protocol\", Value = \"imap\")]\n        [Setting(\"server.listener.imap.bind\", Value = \"[::]:143\", Kind = SettingKind.List)]\n        public static void AddImap("
        },
        {
            "public static StalwartServerBuilder Add(this StalwartServerBuilder server, string id, int port, bool implicitTls = true)\n        {\n            var listener = server.AddListener(id, MailProtocol.Imap).Bind(port);\n            if (implicitTls)\n                listener.WithImplicitTls();\n            return server;\n        }",
            "server.Add(\"a\", 143, false);",
            "[Setting(\"server.listener.{id}.protocol\", Value = \"imap\")]\n        [Setting(\"server.listener.{id}.bind\", Value = \"[::]:{port}\", Kind = SettingKind.List)]\n"
        },
        {
            "public static void Open(ListenerBuilder listener, int port) => listener.Bind(port);",
            "Helpers.Open(server.AddListener(\"imap\", MailProtocol.Imap), 143);",
            "[Setting(\"bind\", Value = \"[::]:{port}\", Kind = SettingKind.List)]\n"
        },
        {
            "public static void Add(this StalwartServerBuilder server, MailProtocol protocol, int port) => server.AddListener(\"x\", protocol).Bind(port);",
            "server.Add(MailProtocol.Imap, 143);",
            "[Setting(\"server.listener.x.protocol\", Value = \"{protocol}\")]\n"
        },
    };

    [Theory]
    [MemberData(nameof(Helpers))]
    public async Task A_helper_is_annotated_with_what_it_writes(string method, string call, string expected)
    {
        using var programs = new SourcePrograms();
        var caller = programs.AddSolution(Library(method), Caller.Replace("$CALL", call, StringComparison.Ordinal));
        var before = await SourcePrograms.DiagnosticsAsync(programs.Solution.GetProject(caller)!);
        Assert.Contains(before, diagnostic => diagnostic.Id == "SWH0014");
        Assert.DoesNotContain(before, diagnostic => diagnostic.Id == "SWH1001");
        var action = Assert.Single(await programs.ActionsAsync(caller, "SWH0014"));
        Assert.Equal(Annotate, action.EquivalenceKey);
        await programs.ApplyAsync(action);
        var library = await programs.TextAsync("/0/0.cs");
        Assert.Contains(expected, library, StringComparison.Ordinal);
        Assert.StartsWith("using StalwartHardening.Configuration;\nusing StalwartHardening.Configuration.Annotations;\n\nnamespace Company", library, StringComparison.Ordinal);
        // The solution sees it: nothing is lost, and what was hidden is found.
        var after = await SourcePrograms.DiagnosticsAsync(programs.Solution.GetProject(caller)!);
        Assert.DoesNotContain(after, diagnostic => diagnostic.Id == "SWH0014");
        Assert.Contains(after, diagnostic => diagnostic.Id == "SWH1001");
        Assert.Empty((await programs.Solution.Projects.First().GetCompilationAsync(TestContext.Current.CancellationToken))!.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }

    [Theory]
    // What it writes depends on what no annotation says.
    [InlineData("public static void Add(this StalwartServerBuilder server, int port) { if (port > 60000) server.AddListener(\"imap\", MailProtocol.Imap).Bind(port); }", "server.Add(143);")]
    [InlineData("public static void Add(this StalwartServerBuilder server, int port) => server.AddListener(\"imap\", MailProtocol.Imap).Bind(port + 1);", "server.Add(142);")]
    [InlineData("public static void Add(this StalwartServerBuilder server, bool secure) => server.AddListener(\"imap\", MailProtocol.Imap).Bind(secure ? 993 : 143);", "server.Add(false);")]
    [InlineData("public static void Add(this StalwartServerBuilder server) => server.AddListener(\"imap\", MailProtocol.Imap).Bind(System.Environment.ProcessorCount);", "server.Add();")]
    [InlineData("public static void Add(this StalwartServerBuilder server, System.Uri uri) => server.AddListener(\"imap\", MailProtocol.Imap).Bind(143);", "server.Add(new System.Uri(\"http://a\"));")]
    public async Task A_helper_that_annotations_cannot_describe_is_left_alone(string method, string call)
    {
        using var programs = new SourcePrograms();
        var caller = programs.AddSolution(Library(method), Caller.Replace("$CALL", call, StringComparison.Ordinal));
        Assert.Empty(await programs.ActionsAsync(caller, "SWH0014"));
    }

    [Fact]
    public async Task All_helpers_of_a_program_are_annotated_by_one_action()
    {
        using var programs = new SourcePrograms();
        var caller = programs.AddSolution(
            Library("public static void A(this StalwartServerBuilder server) => server.AddListener(\"imap\", MailProtocol.Imap).Bind(143);\n        public static void B(this StalwartServerBuilder server) => server.AddListener(\"pop\", MailProtocol.Pop3).Bind(110);"),
            Caller.Replace("$CALL", "server.A(); server.B(); server.A();", StringComparison.Ordinal));
        Assert.True(await programs.FixAllAsync(caller, FixAllScope.Project, "SWH0014", Annotate));
        var after = await SourcePrograms.DiagnosticsAsync(programs.Solution.GetProject(caller)!);
        Assert.DoesNotContain(after, diagnostic => diagnostic.Id == "SWH0014");
        Assert.Contains(after, diagnostic => diagnostic.Id == "SWH1002");
    }

    [Fact]
    public async Task A_file_that_two_projects_share_is_annotated_in_both()
    {
        using var programs = new SourcePrograms();
        var text = Library("public static void A(this StalwartServerBuilder server) => server.AddListener(\"imap\", MailProtocol.Imap).Bind(143);");
        var caller = programs.AddSolution(text, Caller.Replace("$CALL", "server.A();", StringComparison.Ordinal));
        var other = await programs.AddLinkedAsync(programs.Solution.Projects.First().Documents.First());
        await programs.ApplyAsync(Assert.Single(await programs.ActionsAsync(caller, "SWH0014")));
        var linked = await programs.Solution.GetDocument(other)!.GetTextAsync(TestContext.Current.CancellationToken);
        Assert.Equal(await programs.TextAsync("/0/0.cs"), linked.ToString());
        Assert.Contains("[Setting(", linked.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_in_a_file_that_two_projects_share_is_fixed_in_both()
    {
        using var programs = new SourcePrograms();
        var project = programs.AddProject(SourcePrograms.Source("        server.AddListener(\"imap\", MailProtocol.Imap).Bind(143);\n"));
        var linked = await programs.AddLinkedAsync(programs.Solution.Projects.First().Documents.First());
        await programs.ApplyAsync((await programs.ActionsAsync(project, "SWH1001"))[0]);
        var other = (await programs.Solution.GetDocument(linked)!.GetTextAsync(TestContext.Current.CancellationToken)).ToString();
        Assert.Equal(await programs.TextAsync(), other);
        Assert.DoesNotContain("143", other, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Projects_that_share_a_file_are_fixed_by_one_action_for_the_solution()
    {
        using var programs = new SourcePrograms();
        var project = programs.AddProject(SourcePrograms.Source("        server.AddListener(\"imap\", MailProtocol.Imap).Bind(143);\n"));
        var linked = await programs.AddLinkedAsync(programs.Solution.Projects.First().Documents.First());
        var third = programs.AddProject(SourcePrograms.Source("        server.AddListener(\"imap\", MailProtocol.Imap).Bind(143);\n"));
        Assert.True(await programs.FixAllAsync(project, FixAllScope.Solution, "SWH1001", "review/SWH1001/close"));
        foreach (var id in programs.Solution.Projects.SelectMany(other => other.DocumentIds).ToList())
            Assert.DoesNotContain("143", (await programs.Solution.GetDocument(id)!.GetTextAsync(TestContext.Current.CancellationToken)).ToString(), StringComparison.Ordinal);
        Assert.NotEqual(linked.ProjectId, third);
    }
}
