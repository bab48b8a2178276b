using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using StalwartHardening.Analyzers.CodeFixes;

namespace StalwartHardening.Tests;

/// <summary>All findings of a file, a project, a solution at once; what stays as it is.</summary>
public class BuilderFixAllTests
{
    private const string CloseImap = "review/SWH1001/close";
    private const string Imap = "        server.AddListener(\"imap\", MailProtocol.Imap).Bind(143);\n";
    private const string FixedImap = "        server.AddListener(\"imap\", MailProtocol.Imap).Bind(993).WithImplicitTls();\n";
    private const string Other = "        server.AddListener(\"other\", MailProtocol.Imap).Bind(\"192.0.2.1:143\");\n";

    [Fact]
    public async Task Two_listeners_on_143_become_one_on_993()
    {
        using var programs = new SourcePrograms();
        var project = programs.AddProject(SourcePrograms.Source(Imap + Other), Named("Second", Imap));
        Assert.True(await programs.FixAllAsync(project, FixAllScope.Document, "SWH1001", CloseImap));
        Assert.Equal(SourcePrograms.Source(FixedImap), await programs.TextAsync());
        Assert.Equal(Named("Second", Imap), await programs.TextAsync("/0/1.cs"));
        Assert.False(await programs.FixAllAsync(project, FixAllScope.Document, "SWH1001", CloseImap));
    }

    [Fact]
    public async Task All_files_of_a_project_are_fixed_and_no_other()
    {
        using var programs = new SourcePrograms();
        var project = programs.AddProject(SourcePrograms.Source(Imap), Named("Second", Imap + Other));
        programs.AddProject(SourcePrograms.Source(Imap));
        Assert.True(await programs.FixAllAsync(project, FixAllScope.Project, "SWH1001", CloseImap));
        Assert.Equal(SourcePrograms.Source(FixedImap), await programs.TextAsync());
        Assert.Equal(Named("Second", FixedImap), await programs.TextAsync("/0/1.cs"));
        Assert.Equal(SourcePrograms.Source(Imap), await programs.TextAsync("/1/0.cs"));
    }

    [Fact]
    public async Task All_projects_of_a_solution_are_fixed()
    {
        using var programs = new SourcePrograms();
        var project = programs.AddProject(SourcePrograms.Source(Imap));
        programs.AddProject(SourcePrograms.Source(Imap + Other));
        Assert.True(await programs.FixAllAsync(project, FixAllScope.Solution, "SWH1001", CloseImap));
        Assert.Equal(SourcePrograms.Source(FixedImap), await programs.TextAsync());
        Assert.Equal(SourcePrograms.Source(FixedImap), await programs.TextAsync("/1/0.cs"));
    }

    [Fact]
    public async Task What_somebody_has_silenced_stays()
    {
        const string Silenced = "#pragma warning disable SWH1001 // old phones\n        server.AddListener(\"phones\", MailProtocol.Imap).Bind(\"192.0.2.7:143\");\n#pragma warning restore SWH1001\n";
        using var programs = new SourcePrograms();
        var project = programs.AddProject(SourcePrograms.Source(Imap + Silenced + Other));
        Assert.True(await programs.FixAllAsync(project, FixAllScope.Project, "SWH1001", CloseImap));
        Assert.Equal(SourcePrograms.Source(FixedImap + Silenced), await programs.TextAsync());
    }

    [Fact]
    public async Task A_safe_fix_of_everything_touches_no_listener()
    {
        using var programs = new SourcePrograms();
        var project = programs.AddProject(SourcePrograms.Source("        server.Set(\"server.http.hsts\", true);\n" + Imap));
        Assert.True(await programs.FixAllAsync(project, FixAllScope.Project, "SWH0003", "safe/SWH0003/rename"));
        Assert.Equal(SourcePrograms.Source("        server.Set(\"http.hsts\", true);\n" + Imap), await programs.TextAsync());
    }

    [Fact]
    public async Task A_server_written_in_several_files_is_one_server()
    {
        using var programs = new SourcePrograms();
        var project = programs.AddProject(
            SourcePrograms.Source("        Listeners.Add(server);\n"),
            "using StalwartHardening.Configuration;\ninternal static class Listeners\n{\n    public static void Add(StalwartServerBuilder server)\n    {\n" + Imap + Other + "    }\n}\n");
        Assert.True(await programs.FixAllAsync(project, FixAllScope.Project, "SWH1001", CloseImap));
        Assert.Equal("using StalwartHardening.Configuration;\ninternal static class Listeners\n{\n    public static void Add(StalwartServerBuilder server)\n    {\n" + FixedImap + "    }\n}\n", await programs.TextAsync("/0/1.cs"));
    }

    [Theory]
    // The port comes from elsewhere for one of the two listeners; both are written by one call that cannot be split.
    [InlineData("        foreach (var port in new[] { 143, int.Parse(Environment.GetEnvironmentVariable(\"PORT\")!) })\n            server.AddListener(\"imap\" + port, MailProtocol.Imap).Bind(port);\n")]
    // Nobody knows what else is done to the address.
    [InlineData("        var address = \"[::]:143\";\n        server.AddListener(address.Length + \"x\", MailProtocol.Imap).Bind(address).Bind(address + address);\n")]
    public async Task What_cannot_be_shown_to_help_is_not_offered(string statements)
    {
        using var programs = new SourcePrograms();
        var project = programs.AddProject(SourcePrograms.Source(statements));
        foreach (var diagnostic in await SourcePrograms.DiagnosticsAsync(programs.Solution.GetProject(project)!))
        {
            foreach (var action in await SourcePrograms.ActionsAsync(programs.Solution.GetProject(project)!, diagnostic))
            {
                var operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
                var after = operations.OfType<Microsoft.CodeAnalysis.CodeActions.ApplyChangesOperation>().Single().ChangedSolution.GetProject(project)!;
                var left = await SourcePrograms.DiagnosticsAsync(after);
                Assert.True(left.Count(other => other.Id == diagnostic.Id) < (await SourcePrograms.DiagnosticsAsync(programs.Solution.GetProject(project)!)).Count(other => other.Id == diagnostic.Id));
            }
        }
    }

    [Fact]
    public void Editors_find_the_provider_for_programs()
    {
        var export = typeof(SourceFixProvider).GetCustomAttribute<ExportCodeFixProviderAttribute>()!;
        Assert.Equal([LanguageNames.CSharp], export.Languages);
        Assert.Contains("SWH1001", new SourceFixProvider().FixableDiagnosticIds);
        Assert.DoesNotContain("SWH0006", new SourceFixProvider().FixableDiagnosticIds);
        Assert.Equal([FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution], new SourceFixProvider().GetFixAllProvider().GetSupportedFixAllScopes());
    }

    private static string Named(string name, string statements) => SourcePrograms.Source(statements).Replace("class Program", "class " + name, StringComparison.Ordinal);
}
