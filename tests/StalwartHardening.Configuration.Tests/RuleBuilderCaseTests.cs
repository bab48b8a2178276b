namespace StalwartHardening.Tests;

/// <summary>Rules that no real configuration of the tests breaks, broken by builders: the analyzer and the program that runs find the same.</summary>
public sealed class RuleBuilderCaseTests
{
    private const string Web = "server.AddListener(\"https\", MailProtocol.Http).Bind(443).WithImplicitTls(); server.Http.WithHsts()";

    [Theory]
    [InlineData("SWH1007", "server.AddListener(\"smtp\", MailProtocol.Smtp).Bind(25).DisableTls();")]
    [InlineData("SWH1009", "server.AddListener(\"imaptls\", MailProtocol.Imap).Bind(993).WithImplicitTls().WithoutTlsVersions(\"TLSv1.3\");")]
    [InlineData("SWH2003", Web + ".WithAllowedEndpoint(\"starts_with(url_path, '/jmap')\");")]
    [InlineData("SWH2007", Web + ".WithPermissiveCors().WithAccessRules(rules => rules.Allow(Endpoints.ForMailClients));")]
    [InlineData("SWH3004", "server.AddAdministrator(\"ops\");")]
    [InlineData("SWH3004", "server.AddListener(\"imaptls\", MailProtocol.Imap).Bind(993).WithImplicitTls(); server.AddAdministrator(\"ops\").Grant(Permission.ViewLogs);")]
    [InlineData("SWH3004", "var chief = server.AddRole(\"chief\").InRole(\"admin\"); server.AddAccount(\"ops\").InRole(chief).AllowServices(MailServices.None);")]
    [InlineData("SWH5001", "server.AddListener(\"submission\", MailProtocol.Smtp).Bind(465).WithImplicitTls(); server.AddListener(\"smtp\", MailProtocol.Smtp).Bind(25); server.Set(\"session.auth.mechanisms\", \"[plain, login]\");")]
    [InlineData("SWH6003", "server.Set(\"queue.tls.default.dane\", \"disable\").Set(\"queue.tls.default.mta-sts\", \"disable\").Set(\"queue.tls.default.starttls\", \"disable\");")]
    [InlineData("SWH6004", "server.Set(\"signature.s.algorithm\", \"rsa-sha1\").Set(\"signature.s.domain\", \"example.org\").Set(\"signature.s.selector\", \"s\").Set(\"signature.s.private-key\", \"%{file:/k}%\");")]
    public async Task What_a_builder_writes_is_found(string rule, string statements)
    {
        var compilation = BuilderProgram.Compile(BuilderProgram.Source(statements));
        Assert.Contains(BuilderProgram.Run(compilation).Judge(new Configuration.JudgementOptions { MinimumSeverity = Configuration.Severity.Info }), finding => finding.RuleId == rule);
        Assert.Contains(await BuilderProgram.Analyze(compilation), diagnostic => diagnostic.Id == rule);
    }

    [Theory]
    [InlineData("server.AddAdministrator(\"ops\").Deny(Permission.ManageAccounts);")]
    [InlineData("server.AddAccount(\"ops\").Grant(Permission.ViewLogs);")]
    [InlineData("server.AddRole(\"chief\").InRole(\"admin\");")]
    [InlineData("server.AddAdministrator(\"ops\").Deny(Permission.Named(\"authenticate\"));")]
    public async Task An_account_with_few_permissions_is_not(string statements)
    {
        var compilation = BuilderProgram.Compile(BuilderProgram.Source(statements));
        Assert.DoesNotContain(BuilderProgram.Run(compilation).Judge(new Configuration.JudgementOptions { MinimumSeverity = Configuration.Severity.Info }), static finding => finding.RuleId == "SWH3004");
        Assert.DoesNotContain(await BuilderProgram.Analyze(compilation), static diagnostic => diagnostic.Id == "SWH3004");
    }
}
