using Microsoft.CodeAnalysis.CodeFixes;

namespace StalwartHardening.Tests;

/// <summary>A configuration file fixed from the call that names it.</summary>
public class ReferenceFixTests
{
    private const string Safe = "safe/SWH0011/fix-file";
    private const string Review = "review/SWH0011/fix-file";
    private const string Program = "class C { void M(string s) { M(\"config.toml\"); M(\"mail/config.toml\"); } }";
    private const string Imap = "[server.listener.imap]\nbind = \"[::]:143\" # phones\nprotocol = \"imap\"\n";
    private const string FixedImap = "[server.listener.imap]\nbind = \"[::]:993\" # phones\nprotocol = \"imap\"\ntls.implicit = true\n";

    [Fact]
    public async Task What_is_safe_and_what_is_not_are_two_actions()
    {
        using var programs = new SourcePrograms();
        var project = programs.AddProject(Program);
        programs.AddConfiguration(project, "/0/mail/config.toml", "server.http.hsts = true\n" + Imap);
        var actions = await programs.ActionsAsync(project, "SWH0011");
        Assert.Equal([(Safe, "Apply the safe fix to 'config.toml'"), (Review, "Apply the fixes to 'config.toml' that may cut off clients or administrators (1 finding)")], actions.Select(static action => (action.EquivalenceKey!, action.Title)));
        await programs.ApplyAsync(actions[0]);
        Assert.Equal("http.hsts = true\n" + Imap, await programs.ConfigurationAsync("/0/mail/config.toml"));
        actions = await programs.ActionsAsync(project, "SWH0011");
        await programs.ApplyAsync(Assert.Single(actions));
        Assert.Equal("http.hsts = true\n" + FixedImap, await programs.ConfigurationAsync("/0/mail/config.toml"));
        Assert.DoesNotContain("SWH0011", await programs.RulesAsync());
        Assert.Equal(Program, await programs.TextAsync());
    }

    [Fact]
    public async Task A_file_that_two_calls_name_is_fixed_once()
    {
        using var programs = new SourcePrograms();
        var project = programs.AddProject(Program, "class D { void M(string s) => M(\"config.toml\"); }");
        programs.AddConfiguration(project, "/0/mail/config.toml", Imap + "\n[server.listener.other]\nbind = \"0.0.0.0:143\"\nprotocol = \"imap\"\n");
        Assert.True(await programs.FixAllAsync(project, FixAllScope.Solution, "SWH0011", Review));
        Assert.Equal(FixedImap, await programs.ConfigurationAsync("/0/mail/config.toml"));
        Assert.False(await programs.FixAllAsync(project, FixAllScope.Solution, "SWH0011", Review));
    }

    [Fact]
    public async Task All_files_that_a_project_names_are_fixed()
    {
        using var programs = new SourcePrograms();
        var project = programs.AddProject("class C { void M(string s) { M(\"a.toml\"); M(\"b.toml\"); } }");
        programs.AddConfiguration(project, "/0/a.toml", Imap);
        programs.AddConfiguration(project, "/0/b.toml", Imap);
        programs.AddConfiguration(project, "/0/c.toml", Imap);
        Assert.True(await programs.FixAllAsync(project, FixAllScope.Project, "SWH0011", Review));
        Assert.Equal(FixedImap, await programs.ConfigurationAsync("/0/a.toml"));
        Assert.Equal(FixedImap, await programs.ConfigurationAsync("/0/b.toml"));
        Assert.Equal(Imap, await programs.ConfigurationAsync("/0/c.toml"));
    }

    [Fact]
    public async Task A_file_in_which_nothing_can_be_done_offers_nothing()
    {
        using var programs = new SourcePrograms();
        var project = programs.AddProject(Program);
        programs.AddConfiguration(project, "/0/config.toml", "server.listener.x.bind = \"[::]:1\"\nserver.listener.x.protocol = \"imap\"\nserver.listener.x.bind = \"[::]:2\"\nserver.listener.x.tls.implicit = true\n");
        Assert.Empty(await programs.ActionsAsync(project, "SWH0011"));
    }

    [Fact]
    public async Task What_a_comment_silences_stays()
    {
        const string Silenced = "[server.listener.phones]\nbind = \"192.0.2.7:143\" # swh:ignore SWH1001 -- phones that only speak STARTTLS\nprotocol = \"imap\"\n\n";
        using var programs = new SourcePrograms();
        var project = programs.AddProject(Program);
        programs.AddConfiguration(project, "/0/config.toml", Silenced + Imap);
        await programs.ApplyAsync((await programs.ActionsAsync(project, "SWH0011"))[0]);
        Assert.Equal(Silenced + FixedImap, await programs.ConfigurationAsync("/0/config.toml"));
    }
}
