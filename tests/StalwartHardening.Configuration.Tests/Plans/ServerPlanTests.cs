using StalwartHardening.Configuration;
using StalwartHardening.Generations;
using StalwartHardening.Server;

namespace StalwartHardening.Tests.Plans;

/// <summary>One program for both generations: the same server as TOML and as a plan.</summary>
public sealed class ServerPlanTests
{
    private static StalwartServerBuilder Begin(ServerGeneration generation = ServerGeneration.Both)
    {
        var server = StalwartServer.CreateBuilder("mail.example.org", generation);
        server.AddListener("imaptls", MailProtocol.Imap).Bind("[::]:993").WithImplicitTls();
        server.AddListener("https", MailProtocol.Http).Bind("[::]:443").WithImplicitTls();
        return server;
    }

    [Fact]
    public void Listeners_and_settings_are_in_both()
    {
        var server = Begin();
        server.Http.WithHsts().WithAccessRules(static rules => rules.Allow(Endpoints.Jmap));
        var built = server.Build();
        Assert.Contains("imaptls", built.ToToml(), StringComparison.Ordinal);
        Assert.DoesNotContain("server-generation", built.ToToml(), StringComparison.Ordinal);
        var plan = built.ToPlan();
        Assert.Contains("\"@type\":\"reconcile\",\"object\":\"NetworkListener\"", plan, StringComparison.Ordinal);
        Assert.Contains("\"enableHsts\":true", plan, StringComparison.Ordinal);
        Assert.Contains("starts_with(path", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("reconcile", built.ToPlan(PlanStyle.Upsert), StringComparison.Ordinal);
        Assert.Empty(PlanGeneration.ReadPlan(plan, new ReadingTarget(PlanGeneration.Instance.Newest), TestContext.Current.CancellationToken).Run.Problems);
    }

    [Fact]
    public void Accounts_and_roles_are_objects()
    {
        var server = Begin(ServerGeneration.Plan);
        server.AddAdministrator("ops").Grant(Permission.ManageAccounts).WithEmail("ops@example.org", "root@example.net").WithPassword(Secret.Hash("$6$x$y"));
        server.AddRole("readers").Grant(Permission.ViewLogs).Deny(Permission.SendMail);
        server.AddAccount("joe").InRole("readers").AllowServices(MailServices.Imap).WithQuota(1024).WithDescription("Joe");
        var plan = server.Build().ToPlan();
        var reading = PlanGeneration.ReadPlan(plan, new ReadingTarget(PlanGeneration.Instance.Newest), TestContext.Current.CancellationToken);
        Assert.True(reading.Run.Problems.Count == 0, string.Join('\n', reading.Run.Problems.Select(static problem => problem.Message)) + "\n" + plan);
        var accounts = PlanGeneration.Instance.Read(reading.Document, PlanGeneration.Instance.Newest).Accounts;
        var ops = Assert.Single(accounts, static account => account.Name.Value.StartsWith("ops", StringComparison.Ordinal));
        Assert.True(ops.IsAdministrator);
        Assert.Empty(ops.Services);
        var joe = Assert.Single(accounts, static account => account.Name.Value.StartsWith("joe", StringComparison.Ordinal));
        Assert.Equal("imap", Assert.Single(joe.Services).Service);
    }

    [Fact]
    public void What_a_plan_cannot_say_is_refused_with_the_call()
    {
        var server = Begin(ServerGeneration.Plan);
        server.AddAccount("joe").MemberOf("sales");
        var thrown = Assert.Throws<InvalidServerException>(() => server.Build());
        Assert.Contains("(MemberOf)", Assert.Single(thrown.Problems), StringComparison.Ordinal);

        // Who writes TOML only is not asked.
        var old = Begin(ServerGeneration.Toml);
        old.AddAccount("joe").MemberOf("sales");
        var built = old.Build();
        Assert.NotEmpty(built.ToToml());
        Assert.Throws<InvalidServerException>(() => built.ToPlan());
        Assert.Throws<InvalidOperationException>(() => Begin(ServerGeneration.Plan).Build().ToToml());
    }

    [Fact]
    public void It_is_judged_for_what_it_is_written_for()
    {
        var server = Begin();
        server.AddListener("imap", MailProtocol.Imap).Bind("[::]:143");
        var findings = server.Build().Judge();
        var finding = Assert.Single(findings, static finding => finding.RuleId == "SWH1001");
        Assert.Equal("Bind", finding.Call);
        Assert.EndsWith("ServerPlanTests.cs", finding.FilePath, StringComparison.Ordinal);
        Assert.Equal("Bind", Assert.Single(server.Build().Judge(new JudgementOptions { TargetVersion = new Version(0, 16) }), static finding => finding.RuleId == "SWH1001").Call);
    }

    [Theory]
    [InlineData("Toml", "", "")]
    [InlineData("Plan", "", "")]
    [InlineData("Both", "server.AddListener(\"imap\", MailProtocol.Imap).Bind(\"[::]:143\");", "SWH1001 \"[::]:143\"")]
    [InlineData("Plan", "server.AddListener(\"imap\", MailProtocol.Imap).Bind(\"[::]:143\");", "SWH1001 \"[::]:143\"")]
    [InlineData("Plan", "server.AddAccount(\"joe\").MemberOf(\"sales\");", "SWH0012 \"sales\"")]
    [InlineData("Toml", "server.AddAccount(\"joe\").MemberOf(\"sales\");", "")]
    public async Task The_analyzer_judges_for_what_the_program_names(string generation, string statements, string finding)
    {
        var source = $$"""
            using StalwartHardening.Configuration;
            var server = StalwartServer.CreateBuilder("mail.example.org", ServerGeneration.{{generation}});
            server.AddListener("imaptls", MailProtocol.Imap).Bind("[::]:993").WithImplicitTls();
            {{statements}}
            server.Build();
            """;
        var compilation = BuilderProgram.Compile(source);
        compilation = compilation.WithOptions(compilation.Options.WithOutputKind(Microsoft.CodeAnalysis.OutputKind.ConsoleApplication));
        Assert.Equal(finding.Length > 0 ? [finding] : [], await BuilderProgram.Judge(compilation));
    }
}
