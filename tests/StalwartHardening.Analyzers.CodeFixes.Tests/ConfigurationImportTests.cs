using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Analyzers.CodeFixes;

namespace StalwartHardening.Tests;

/// <summary>«Write this configuration as C#»: where it is offered, and that what it writes compiles.</summary>
public sealed class ConfigurationImportTests : IDisposable
{
    private const string Toml =
        """
        # password: swordfish-comment
        server.hostname = "mail.example.org"
        [server.listener.imap]
        bind = ["[::]:143"]
        protocol = "imap"
        [authentication.fallback-admin]
        user = "admin"
        secret = "swordfish-value"
        """;

    private const string Plan =
        """
        {"@type":"upsert","object":"Account","matchOn":["name"],"value":{"a":{"@type":"User","name":"ops","credentials":{"0":{"@type":"Password","secret":"swordfish-value"}}}}}
        {"@type":"reconcile","object":"NetworkListener","value":{"x":{"name":"imap","bind":{"[::]:143":true},"protocol":"imap"}}}
        """;

    private readonly SourcePrograms _programs = new();

    public void Dispose() => _programs.Dispose();

    [Theory]
    [InlineData(Toml, "server.AddListener(\"imap\", MailProtocol.Imap)")]
    [InlineData(Plan, "plan.Reconcile(new NetworkListener { Name = \"imap\"")]
    public async Task A_configuration_in_a_literal_becomes_a_class(string configuration, string call)
    {
        var project = _programs.AddProject($"class C {{ const string Text = \"\"\"\n{configuration}\n\"\"\"; }}\n");
        var action = Assert.Single(await ActionsAsync(project, "\"\"\"\n"));
        Assert.Equal("Write this configuration as C#", action.Title);
        await AssertWrites(project, action, call);
    }

    [Theory]
    [InlineData("config.toml", Toml, "server.AddListener(\"imap\", MailProtocol.Imap)")]
    [InlineData("plan.ndjson", Plan, "plan.Reconcile(new NetworkListener { Name = \"imap\"")]
    public async Task A_file_that_a_call_names_becomes_a_class(string name, string configuration, string call)
    {
        var project = _programs.AddProject($"class C {{ string M() => System.IO.File.ReadAllText(\"etc/{name}\"); }}\n");
        _programs.AddConfiguration(project, "/0/etc/" + name, configuration + "\n");
        await AssertWrites(project, Assert.Single(await ActionsAsync(project, "etc/")), call);
    }

    [Theory]
    [InlineData("class C { string M() => System.IO.File.ReadAllText(\"etc/other.toml\"); }\n", "etc/")]
    [InlineData("class C { const string Text = \"name = 'x'\"; }\n", "name")]
    [InlineData("class C { int x; }\n", "x")]
    [InlineData("class C { string M(string h) => $\"server.hostname = '{h}'\\n[server.listener.imap]\\nbind = ['[::]:143']\\nprotocol = 'imap'\\n\"; }\n", "listener")]
    [InlineData("class C { const string Text = \"server.hostname = = 'x'\\n[server.listener.imap]\\nbind = ['[::]:143']\\nprotocol = 'imap'\\n\"; }\n", "listener")]
    public async Task What_is_no_whole_configuration_is_left_alone(string source, string at)
    {
        var project = _programs.AddProject(source);
        _programs.AddConfiguration(project, "/0/etc/config.toml", Toml);
        Assert.Empty(await ActionsAsync(project, at));
    }

    private async Task<List<CodeAction>> ActionsAsync(ProjectId project, string at)
    {
        var document = _programs.Solution.GetProject(project)!.Documents.First();
        var text = (await document.GetTextAsync(TestContext.Current.CancellationToken)).ToString();
        var actions = new List<CodeAction>();
        var context = new CodeRefactoringContext(document, new TextSpan(text.IndexOf(at, StringComparison.Ordinal), 0), actions.Add, TestContext.Current.CancellationToken);
        await new ConfigurationImport().ComputeRefactoringsAsync(context);
        return actions;
    }

    private static async Task AssertWrites(ProjectId project, CodeAction action, string call)
    {
        var operation = Assert.IsType<ApplyChangesOperation>(Assert.Single(await action.GetOperationsAsync(TestContext.Current.CancellationToken)));
        var changed = operation.ChangedSolution.GetProject(project)!;
        var added = changed.Documents.Single(static document => document.Name == "MailServer.cs");
        var text = (await added.GetTextAsync(TestContext.Current.CancellationToken)).ToString();
        Assert.Contains("internal static class MailServer\n", text, StringComparison.Ordinal);
        Assert.Contains(call, text, StringComparison.Ordinal);
        Assert.DoesNotContain("swordfish", text, StringComparison.Ordinal);
        var compilation = await changed.GetCompilationAsync(TestContext.Current.CancellationToken);
        Assert.Empty(compilation!.GetDiagnostics(TestContext.Current.CancellationToken).Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }
}
