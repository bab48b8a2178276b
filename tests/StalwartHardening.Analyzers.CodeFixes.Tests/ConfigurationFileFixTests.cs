using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using StalwartHardening.Analyzers.CodeFixes.AdditionalFiles;

namespace StalwartHardening.Tests;

/// <summary>Fixes in configuration files: one, all in file, all in project, all in solution.</summary>
public class ConfigurationFileFixTests
{
    private const string Imap = "[server.listener.imap]\nbind = \"[::]:143\" # phones\nprotocol = \"imap\"\n";
    private const string FixedImap = "[server.listener.imap]\nbind = \"[::]:993\" # phones\nprotocol = \"imap\"\ntls.implicit = true\n";
    private const string TwoImaps = Imap + "\n[server.listener.other]\nbind = \"0.0.0.0:143\"\nprotocol = \"imap\"\n";
    private const string CloseImap = "review/SWH1001/close";

    [Fact]
    public async Task One_finding_is_fixed_where_it_stands()
    {
        using var files = new ConfigurationFiles();
        var project = files.AddProject(("/0/config.toml", Imap));
        var action = Assert.Single(await files.ActionsAsync(project, "SWH1001"));
        Assert.Equal(CloseImap, action.EquivalenceKey);
        Assert.Equal("Move IMAP of listener 'imap' from 143 to 993 with implicit TLS (cuts off clients that use port 143)", action.Title);
        await files.ApplyAsync(action);
        Assert.Equal(FixedImap, await files.TextAsync("/0/config.toml"));
        Assert.DoesNotContain(await ConfigurationFiles.DiagnosticsAsync(files.Solution.GetProject(project)!), diagnostic => diagnostic.Id == "SWH1001");
    }

    [Fact]
    public async Task The_first_choice_comes_first_and_the_second_is_offered_too()
    {
        using var files = new ConfigurationFiles();
        var project = files.AddProject(("/0/config.toml", "server.listener.pop.bind = \"[::]:110\"\nserver.listener.pop.protocol = \"pop3\"\nserver.listener.smtp.bind = \"[::]:25\"\nserver.listener.smtp.protocol = \"smtp\"\n"));
        var actions = await files.ActionsAsync(project, "SWH1002");
        Assert.Equal(["review/SWH1002/close", "review/SWH1002/move"], actions.Select(action => action.EquivalenceKey));
        await files.ApplyAsync(actions[1]);
        Assert.Contains("server.listener.pop.bind = \"[::]:995\"", await files.TextAsync("/0/config.toml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_findings_of_a_file_are_fixed_by_one_action()
    {
        using var files = new ConfigurationFiles();
        var project = files.AddProject(("/0/config.toml", TwoImaps), ("/0/other.toml", Imap));
        var actions = await files.ActionsAsync(project, "SWH1001");
        Assert.Equal([CloseImap, CloseImap + "/file"], actions.Select(action => action.EquivalenceKey));
        await files.ApplyAsync(actions[1]);
        Assert.Equal(FixedImap, await files.TextAsync("/0/config.toml"));
        Assert.Equal(Imap, await files.TextAsync("/0/other.toml"));
    }

    [Fact]
    public async Task All_files_of_a_project_are_fixed_and_no_other()
    {
        using var files = new ConfigurationFiles();
        var project = files.AddProject(("/0/config.toml", TwoImaps), ("/0/other.toml", Imap));
        files.AddProject(("/1/config.toml", Imap));
        Assert.True(await files.FixAllAsync(project, FixAllScope.Project, "SWH1001", CloseImap));
        Assert.Equal(FixedImap, await files.TextAsync("/0/config.toml"));
        Assert.Equal(FixedImap, await files.TextAsync("/0/other.toml"));
        Assert.Equal(Imap, await files.TextAsync("/1/config.toml"));
        Assert.False(await files.FixAllAsync(project, FixAllScope.Project, "SWH1001", CloseImap));
    }

    [Fact]
    public async Task All_files_of_a_solution_are_fixed()
    {
        using var files = new ConfigurationFiles();
        var project = files.AddProject(("/0/config.toml", TwoImaps));
        files.AddProject(("/1/config.toml", Imap));
        Assert.True(await files.FixAllAsync(project, FixAllScope.Solution, "SWH1001", CloseImap));
        Assert.Equal(FixedImap, await files.TextAsync("/0/config.toml"));
        Assert.Equal(FixedImap, await files.TextAsync("/1/config.toml"));
    }

    [Fact]
    public async Task Fixing_all_of_a_safe_kind_touches_no_listener()
    {
        using var files = new ConfigurationFiles();
        var project = files.AddProject(("/0/config.toml", "server.http.hsts = true\nserver.http.permissive-cors = false\n\n" + TwoImaps));
        Assert.True(await files.FixAllAsync(project, FixAllScope.Project, "SWH0003", "safe/SWH0003/rename"));
        Assert.Equal("http.hsts = true\nhttp.permissive-cors = false\n\n" + TwoImaps, await files.TextAsync("/0/config.toml"));
    }

    [Fact]
    public async Task Line_ends_and_bad_neighbours_stay_as_they_are()
    {
        using var files = new ConfigurationFiles();
        var broken = "this is no statement\r\n" + Imap.ReplaceLineEndings("\r\n");
        var project = files.AddProject(("/0/config.toml", broken));
        await files.ApplyAsync((await files.ActionsAsync(project, "SWH1001"))[0]);
        Assert.Equal("this is no statement\r\n" + FixedImap.ReplaceLineEndings("\r\n"), await files.TextAsync("/0/config.toml"));
    }

    [Fact]
    public async Task A_problem_without_a_safe_default_has_no_fix()
    {
        using var files = new ConfigurationFiles();
        var project = files.AddProject(("/0/config.toml", "server.listener.x.bind = \"[::]:1\"\nserver.listener.x.protocol = \"imap\"\nserver.listener.x.bind = \"[::]:2\"\nserver.listener.x.tls.implicit = true\n"));
        Assert.Empty(await files.ActionsAsync(project, "SWH0006"));
    }

    [Fact]
    public void Editors_find_the_provider_for_files_of_every_extension()
    {
        var export = typeof(ConfigurationFileFixProvider).GetCustomAttribute<ExportCodeFixProviderAttribute>()!;
        Assert.Equal(["AdditionalDocument"], export.DocumentKinds!);
        // A file that the project names may have any.
        Assert.Null(export.DocumentExtensions);
        Assert.DoesNotContain("SWH0006", new ConfigurationFileFixProvider().FixableDiagnosticIds);
        Assert.Contains("SWH1001", new ConfigurationFileFixProvider().FixableDiagnosticIds);
    }

    [Fact]
    public async Task A_finding_in_a_plan_is_fixed_in_the_line_it_stands_in()
    {
        using var files = new ConfigurationFiles();
        var project = files.AddProject(("/0/plan.ndjson", Plan));
        var action = (await files.ActionsAsync(project, "SWH1001"))[0];
        Assert.Equal(CloseImap, action.EquivalenceKey);
        await files.ApplyAsync(action);
        var text = await files.TextAsync("/0/plan.ndjson");
        Assert.Equal(3, text.Split('\n').Length);
        Assert.Equal(PlanDomain, text.Split('\n')[0]);
        Assert.Contains("[::]:993", text, StringComparison.Ordinal);
        Assert.DoesNotContain(await ConfigurationFiles.DiagnosticsAsync(files.Solution.GetProject(project)!), diagnostic => diagnostic.Id == "SWH1001");
    }

    [Fact]
    public async Task Plans_and_toml_of_a_project_are_fixed_together()
    {
        using var files = new ConfigurationFiles();
        var project = files.AddProject(("/0/config.toml", Imap), ("/0/plan.json", Plan), ("/0/other.json", "{\"a\": 1}"));
        Assert.True(await files.FixAllAsync(project, FixAllScope.Project, "SWH1001", CloseImap));
        Assert.Equal(FixedImap, await files.TextAsync("/0/config.toml"));
        Assert.Contains("[::]:993", await files.TextAsync("/0/plan.json"), StringComparison.Ordinal);
        Assert.Equal("{\"a\": 1}", await files.TextAsync("/0/other.json"));
        Assert.DoesNotContain(await ConfigurationFiles.DiagnosticsAsync(files.Solution.GetProject(project)!), diagnostic => diagnostic.Id == "SWH1001");
    }

    private const string PlanDomain = """{"@type":"upsert","object":"Domain","matchOn":["name"],"value":{"d":{"name":"example.org"}}}""";

    private const string Plan = PlanDomain + "\n"
        + """{"@type":"reconcile","object":"NetworkListener","matchOn":["name"],"value":{"imap":{"name":"imap","protocol":"imap","bind":{"[::]:143":true},"useTls":true,"tlsImplicit":false}}}"""
        + "\n";
}
