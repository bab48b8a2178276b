using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using StalwartHardening.Generations;
using StalwartHardening.Remedies;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests;

/// <summary>What each fix writes into a program, in the ways people write servers.</summary>
public class BuilderFixTests
{
    private const string Https = "        server.AddListener(\"https\", MailProtocol.Http).Bind(443).WithImplicitTls();\n        server.Http.WithAllowedEndpoint(\"404\");\n";

    private const string Helper = "    private static void Add(StalwartServerBuilder server, string id, MailProtocol protocol, int port) => server.AddListener(id, protocol).Bind(port);\n    private static void Limit(ListenerBuilder listener) => listener.WithMaxConnections(4);\n";

    [Theory]
    [InlineData("SWH1001", "review/SWH1001/close", "server.AddListener(\"imap\", MailProtocol.Imap).Bind(\"[::]:143\");", "server.AddListener(\"imap\", MailProtocol.Imap).Bind(\"[::]:993\").WithImplicitTls();")]
    [InlineData("SWH1001", "review/SWH1001/close", "server.AddListener(\"imap\", MailProtocol.Imap).Bind(143);", "server.AddListener(\"imap\", MailProtocol.Imap).Bind(993).WithImplicitTls();")]
    [InlineData("SWH1001", "review/SWH1001/close", "server.AddListener(\"imap\", MailProtocol.Imap).Bind(new IPEndPoint(IPAddress.Any, 143)).WithMaxConnections(9);", "server.AddListener(\"imap\", MailProtocol.Imap).Bind(new IPEndPoint(IPAddress.Any, 993)).WithMaxConnections(9).WithImplicitTls();")]
    [InlineData("SWH1001", "review/SWH1001/close", "server.AddListener(\"imap\", MailProtocol.Imap, imap => imap.Bind(143));", "server.AddListener(\"imap\", MailProtocol.Imap, imap => imap.Bind(993).WithImplicitTls());")]
    [InlineData("SWH1001", "review/SWH1001/close", "server.AddListener(\"imap\", MailProtocol.Imap).Bind(143).WithStartTls();", "server.AddListener(\"imap\", MailProtocol.Imap).Bind(993).WithImplicitTls();")]
    [InlineData("SWH1001", "review/SWH1001/close", "server.Set(\"server.listener.imap.protocol\", \"imap\").Set(\"server.listener.imap.bind\", \"[::]:143\");", "server.Set(\"server.listener.imap.protocol\", \"imap\").Set(\"server.listener.imap.bind\", \"[::]:993\").Set(\"server.listener.imap.tls.implicit\", \"true\");")]
    [InlineData("SWH1002", "review/SWH1002/move", "server.AddListener(\"pop\", MailProtocol.Pop3).Bind(110);", "server.AddListener(\"pop\", MailProtocol.Pop3).Bind(995).WithImplicitTls();")]
    [InlineData("SWH1003", "review/SWH1003/close", "server.AddListener(\"submission\", MailProtocol.Smtp).Bind(\"0.0.0.0:587\");", "server.AddListener(\"submission\", MailProtocol.Smtp).Bind(\"0.0.0.0:465\").WithImplicitTls();")]
    [InlineData("SWH1006", "review/SWH1006/implicit-tls", "server.AddListener(\"imaps\", MailProtocol.Imap).Bind(993);", "server.AddListener(\"imaps\", MailProtocol.Imap).Bind(993).WithImplicitTls();")]
    [InlineData("SWH1007", "review/SWH1007/enable", "server.AddListener(\"smtp\", MailProtocol.Smtp).Bind(25).DisableTls();", "server.AddListener(\"smtp\", MailProtocol.Smtp).Bind(25);")]
    [InlineData("SWH1004", "review/SWH1004/loopback", "server.AddListener(\"http\", MailProtocol.Http).Bind(8080);", "server.AddListener(\"http\", MailProtocol.Http).Bind(\"[::1]:8080\");")]
    public async Task A_call_is_changed(string rule, string key, string before, string after) => await AssertFixAsync(rule, key, "        " + before + "\n", "        " + after + "\n");

    [Theory]
    // Access control: a statement of its own after the listener that needs it, or after what is said about HTTP already.
    [InlineData("SWH2001", "server.AddListener(\"https\", MailProtocol.Http).Bind(443).WithImplicitTls();\n        server.Set(\"a\", 1);", "server.AddListener(\"https\", MailProtocol.Http).Bind(443).WithImplicitTls();\n        server.Http.WithAccessRules(rules => rules.Allow(Endpoints.ForMailClients));\n        server.Set(\"a\", 1);")]
    [InlineData("SWH2001", "server.AddListener(\"https\", MailProtocol.Http).Bind(443).WithImplicitTls();\n        server.Http.WithPermissiveCors(false);", "server.AddListener(\"https\", MailProtocol.Http).Bind(443).WithImplicitTls();\n        server.Http.WithPermissiveCors(false).WithAccessRules(rules => rules.Allow(Endpoints.ForMailClients));")]
    [InlineData("SWH2001", "foreach (var (id, port) in new[] { (\"https\", 443), (\"extra\", 8443) })\n            server.AddListener(id, MailProtocol.Http).Bind(port).WithImplicitTls();", "foreach (var (id, port) in new[] { (\"https\", 443), (\"extra\", 8443) })\n            server.AddListener(id, MailProtocol.Http).Bind(port).WithImplicitTls();\n        server.Http.WithAccessRules(rules => rules.Allow(Endpoints.ForMailClients));")]
    [InlineData("SWH2001", "server.Http.WithAllowedEndpoint(\"200\").WithHsts();\n        server.AddListener(\"https\", MailProtocol.Http).Bind(443).WithImplicitTls();", "server.Http.WithHsts().WithAccessRules(rules => rules.Allow(Endpoints.ForMailClients));\n        server.AddListener(\"https\", MailProtocol.Http).Bind(443).WithImplicitTls();")]
    [InlineData("SWH2002", "server.AddListener(\"https\", MailProtocol.Http).Bind(443).WithImplicitTls();\n        server.Http.WithHsts().WithAccessRules(rules =>\n        {\n            rules.Allow(Endpoints.Jmap);\n            rules.Otherwise(200);\n        });", "server.AddListener(\"https\", MailProtocol.Http).Bind(443).WithImplicitTls();\n        server.Http.WithHsts().WithAccessRules(rules => rules.Allow(Endpoints.ForMailClients));")]
    [InlineData("SWH2002", "server.AddListener(\"https\", MailProtocol.Http).Bind(443).WithImplicitTls();\n        server.Http.AccessRules.Otherwise(200);", "server.AddListener(\"https\", MailProtocol.Http).Bind(443).WithImplicitTls();\n        server.Http.WithAccessRules(rules => rules.Allow(Endpoints.ForMailClients));")]
    [InlineData("SWH2008", "server.AddListener(\"https\", MailProtocol.Http).Bind(443).WithImplicitTls();\n        server.Http.WithHsts(false);", "server.AddListener(\"https\", MailProtocol.Http).Bind(443).WithImplicitTls();\n        server.Http.WithHsts(true);")]
    [InlineData("SWH2007", "server.AddListener(\"https\", MailProtocol.Http).Bind(443).WithImplicitTls();\n        server.Http.WithPermissiveCors();", "server.AddListener(\"https\", MailProtocol.Http).Bind(443).WithImplicitTls();\n        server.Http.WithPermissiveCors(false);")]
    public async Task Http_is_said_where_it_belongs(string rule, string before, string after)
    {
        using var programs = new SourcePrograms();
        var project = programs.AddProject(SourcePrograms.Source("        " + before + "\n"));
        var actual = rule;
        if (before.Contains("\"200\"", StringComparison.Ordinal))
            actual = "SWH2002";
        await programs.ApplyAsync((await programs.ActionsAsync(project, actual))[0]);
        var list = "\"" + HttpAllowList.Expression(Generation.ReadFile("", ServerVersion.Newest, TestContext.Current.CancellationToken)) + "\"";
        Assert.Equal(SourcePrograms.Source("        " + after.Replace("LIST", list, StringComparison.Ordinal) + "\n"), await programs.TextAsync());
    }

    [Theory]
    // One address of several; one entry of a loop; a helper's caller.
    [InlineData("SWH1004", "review/SWH1004/close", "server.AddListener(\"http\", MailProtocol.Http).Bind(\"[::]:8080\", \"127.0.0.1:8080\");", "server.AddListener(\"http\", MailProtocol.Http).Bind(\"127.0.0.1:8080\");")]
    [InlineData("SWH1004", "review/SWH1004/close", "server.AddListener(\"http\", MailProtocol.Http).Bind(8080).Bind(\"127.0.0.1:8081\");", "server.AddListener(\"http\", MailProtocol.Http).Bind(\"127.0.0.1:8081\");")]
    [InlineData("SWH1002", "review/SWH1002/close", "foreach (var (id, protocol, port) in new[]\n        {\n            (\"smtp\", MailProtocol.Smtp, 25),\n            (\"pop\", MailProtocol.Pop3, 110), // old\n        })\n            server.AddListener(id, protocol).Bind(port);", "foreach (var (id, protocol, port) in new[]\n        {\n            (\"smtp\", MailProtocol.Smtp, 25),\n        })\n            server.AddListener(id, protocol).Bind(port);")]
    [InlineData("SWH1002", "review/SWH1002/close", "Add(server, \"smtp\", MailProtocol.Smtp, 25);\n        Add(server, \"pop\", MailProtocol.Pop3, 110);", "Add(server, \"smtp\", MailProtocol.Smtp, 25);")]
    [InlineData("SWH1001", "review/SWH1001/close", "const int Port = 143;\n        server.AddListener(\"imap\", MailProtocol.Imap).Bind(Port).Bind(\"127.0.0.1:\" + Port);", "const int Port = 143;\n        server.AddListener(\"imap\", MailProtocol.Imap).Bind(\"127.0.0.1:\" + Port);\n        server.AddListener(\"imap-tls\", MailProtocol.Imap).Bind(\"[::]:993\").WithImplicitTls();")]
    // Administrators without mail.
    [InlineData("SWH3003", "review/SWH3003/separate", "server.AddAdministrator(\"ops\").AllowServices(MailServices.Imap | MailServices.Jmap);", "server.AddAdministrator(\"ops\");")]
    [InlineData("SWH3003", "review/SWH3003/separate", "server.AddAdministrator(\"ops\").Grant(Permission.Named(\"jmap-email-get\"), Permission.ManageAccounts);", "server.AddAdministrator(\"ops\").Grant(Permission.ManageAccounts);")]
    [InlineData("SWH3003", "review/SWH3003/separate", "server.AddAccount(\"ops\").InRole(\"admin\");", "server.AddAccount(\"ops\").InRole(\"admin\").AllowServices(MailServices.None);")]
    [InlineData("SWH3003", "review/SWH3003/separate", "server.AddAccount(\"ops\").InRole(\"admin\").AllowServices(MailServices.Jmap);", "server.AddAccount(\"ops\").InRole(\"admin\").AllowServices(MailServices.None);")]
    [InlineData("SWH3003", "review/SWH3003/separate", "server.AddMemoryDirectory(\"m\").UseForLogin().AddAdministrator(\"ops\", Secret.Hash(\"$6$a$b\"));", "server.AddMemoryDirectory(\"m\").UseForLogin().AddAccount(\"ops\", Secret.Hash(\"$6$a$b\"));")]
    // Branches without braces; a helper for one listener; directives.
    [InlineData("SWH1007", "review/SWH1007/enable", "var smtp = server.AddListener(\"smtp\", MailProtocol.Smtp).Bind(25);\n        if (Environment.Is64BitProcess)\n            smtp.WithMaxConnections(4);\n        else\n            smtp.DisableTls();", "var smtp = server.AddListener(\"smtp\", MailProtocol.Smtp).Bind(25);\n        if (Environment.Is64BitProcess)\n            smtp.WithMaxConnections(4);")]
    [InlineData("SWH1007", "review/SWH1007/enable", "var smtp = server.AddListener(\"smtp\", MailProtocol.Smtp).Bind(25);\n        if (Environment.Is64BitProcess)\n            smtp.DisableTls();", "server.AddListener(\"smtp\", MailProtocol.Smtp).Bind(25);")]
    [InlineData("SWH1002", "review/SWH1002/move", "Limit(server.AddListener(\"pop\", MailProtocol.Pop3).Bind(110));", "Limit(server.AddListener(\"pop\", MailProtocol.Pop3).Bind(995).WithImplicitTls());")]
    [InlineData("SWH1001", "review/SWH1001/close", "Add(server, \"imap\", MailProtocol.Imap, 143);\n        Add(server, \"smtp\", MailProtocol.Smtp, 25);", "Add(server, \"imap\", MailProtocol.Imap, 993);\n        server.Set(\"server.listener.imap.tls.implicit\", \"true\");\n        Add(server, \"smtp\", MailProtocol.Smtp, 25);")]
    [InlineData("SWH1002", "review/SWH1002/close", "#if !OLD\n        // Old phones.\n        server.AddListener(\"pop\", MailProtocol.Pop3).Bind(110);\n#endif", "#if !OLD\n#endif")]
    // A comment goes with what it belongs to alone.
    [InlineData("SWH1002", "review/SWH1002/close", "server.Set(\"a\", 1);\n\n        // Old phones.\n        server.AddListener(\"pop\", MailProtocol.Pop3)\n            .Bind(110)\n            .WithMaxConnections(3); // few\n\n        server.Set(\"b\", 1);", "server.Set(\"a\", 1);\n\n        server.Set(\"b\", 1);")]
    [InlineData("SWH1002", "review/SWH1002/close", "// Both.\n        server.AddListener(\"pop\", MailProtocol.Pop3).Bind(110);\n        server.Set(\"b\", 1);", "// Both.\n        server.Set(\"b\", 1);")]
    public async Task Only_the_guilty_part_is_changed(string rule, string key, string before, string after) =>
        await AssertFixAsync(rule, key, "        " + before + "\n", "        " + after + "\n");

    [Theory]
    [InlineData("SWH1004", "review/SWH1004/close", "        server.AddListener(\"http\", MailProtocol.Http).Bind(8080);\n")]
    [InlineData("SWH1002", "review/SWH1002/close", "        server.AddListener(\"pop\", MailProtocol.Pop3).Bind(110);\n")]
    [InlineData("SWH1002", "review/SWH1002/close", "        var pop = server.AddListener(\"pop\", MailProtocol.Pop3);\n        pop.Bind(110);\n        pop.WithMaxConnections(3);\n")]
    [InlineData("SWH1002", "review/SWH1002/close", "        server.AddListener(\"pop\", MailProtocol.Pop3, pop =>\n        {\n            pop.Bind(110);\n        });\n")]
    [InlineData("SWH3001", "review/SWH3001/remove", "        server.AddFallbackAdministrator(\"admin\", Secret.FromEnvironment(\"A\"));\n")]
    [InlineData("SWH3002", "review/SWH3002/remove", "        server.AddMasterUser(\"master\", Secret.FromEnvironment(\"A\"));\n")]
    public async Task A_statement_goes(string rule, string key, string statement) => await AssertFixAsync(rule, key, statement, "");

    [Theory]
    // A choice, a loop's item, a number from elsewhere, an access rule that depends on something.
    [InlineData("SWH1001", "server.AddListener(\"imap\", MailProtocol.Imap).Bind(Environment.Is64BitProcess ? 993 : 143);")]
    [InlineData("SWH1001", "server.AddListener(\"imap\", MailProtocol.Imap).Bind(int.TryParse(Environment.GetEnvironmentVariable(\"P\"), out var port) ? port : 143);")]
    [InlineData("SWH2004", "server.AddListener(\"http\", MailProtocol.Http).Bind(443).WithImplicitTls();\n        server.Http.WithAccessRules(rules => { rules.Allow(Endpoints.Jmap); if (Environment.Is64BitProcess) rules.Allow(Endpoints.ManagementApi); });")]
    public async Task What_was_meant_is_not_changed(string rule, string statements)
    {
        using var programs = new SourcePrograms();
        var project = programs.AddProject(SourcePrograms.Source("        " + statements + "\n"));
        foreach (var diagnostic in (await SourcePrograms.DiagnosticsAsync(programs.Solution.GetProject(project)!)).Where(diagnostic => diagnostic.Id == rule))
            Assert.Empty(await SourcePrograms.ActionsAsync(programs.Solution.GetProject(project)!, diagnostic));
    }

    [Theory]
    [InlineData("SWH1001", "review/SWH1001/close", "var port = 143;\n        server.AddListener(\"imap\", MailProtocol.Imap).Bind(port);", "var port = 993;\n        server.AddListener(\"imap\", MailProtocol.Imap).Bind(port).WithImplicitTls();")]
    [InlineData("SWH1002", "review/SWH1002/close", "var port = 110;\n        server.AddListener(\"pop\", MailProtocol.Pop3).Bind(port);", "")]
    [InlineData("SWH3001", "review/SWH3001/remove", "var secret = Secret.FromEnvironment(\"A\");\n        server.AddFallbackAdministrator(\"admin\", secret);", "")]
    [InlineData("SWH3001", "review/SWH3001/remove", "if (Environment.Is64BitProcess)\n        {\n            server.AddFallbackAdministrator(\"admin\", Secret.FromEnvironment(\"A\"));\n        }", "")]
    [InlineData("SWH3001", "review/SWH3001/remove", "if (Environment.Is64BitProcess)\n            server.AddFallbackAdministrator(\"admin\", Secret.FromEnvironment(\"A\"));\n        else\n            server.Set(\"a\", 1);", "if (!Environment.Is64BitProcess)\n            server.Set(\"a\", 1);")]
    [InlineData("SWH3001", "review/SWH3001/remove", "AddAdministrator();\n        void AddAdministrator()\n        {\n            server.AddFallbackAdministrator(\"admin\", Secret.FromEnvironment(\"A\"));\n        }", "")]
    public async Task What_has_nothing_left_to_do_goes_too(string rule, string key, string before, string after) =>
        await AssertFixAsync(rule, key, "        " + before + "\n", after.Length == 0 ? "" : "        " + after + "\n");

    [Theory]
    [InlineData("private static void AddAdministrator(StalwartServerBuilder server) => server.AddFallbackAdministrator(\"admin\", Secret.FromEnvironment(\"A\"));", "")]
    [InlineData("public static void AddAdministrator(StalwartServerBuilder server) => server.AddFallbackAdministrator(\"admin\", Secret.FromEnvironment(\"A\"));", "public static void AddAdministrator(StalwartServerBuilder server)\n    {\n    }")]
    public async Task A_method_that_holds_only_the_administrator_is_fixed(string method, string after)
    {
        using var programs = new SourcePrograms();
        var call = "        AddAdministrator(server);\n";
        var project = programs.AddProject(SourcePrograms.Source(Https + call, "    " + method + "\n"));
        await programs.ApplyAsync(Find(await programs.ActionsAsync(project, "SWH3001"), "review/SWH3001/remove"));
        Assert.Equal(after.Length == 0 ? SourcePrograms.Source(Https) : SourcePrograms.Source(Https + call, "    " + after + "\n"), await programs.TextAsync());
    }

    [Fact]
    public async Task A_method_that_only_others_call_stays_and_does_nothing()
    {
        const string Method = "using StalwartHardening.Configuration;\npublic static class Administrators\n{\n    public static void Add(StalwartServerBuilder server) => server.AddFallbackAdministrator(\"admin\", Secret.FromEnvironment(\"A\"));\n}\n";
        using var programs = new SourcePrograms();
        var project = programs.AddProject(Method);
        await programs.ApplyAsync(Find(await programs.ActionsAsync(project, "SWH3001"), "review/SWH3001/remove"));
        Assert.Equal("using StalwartHardening.Configuration;\npublic static class Administrators\n{\n    public static void Add(StalwartServerBuilder server)\n    {\n    }\n}\n", await programs.TextAsync());
    }

    [Fact]
    public async Task A_secret_moves_to_the_environment()
    {
        using var programs = new SourcePrograms();
        var project = programs.AddProject(SourcePrograms.Source("        server.AddFallbackAdministrator(\"admin\", Secret.InsecurePlainText(\"pw\"));\n"));
        await programs.ApplyAsync(Find(await programs.ActionsAsync(project, "SWH3001"), "review/SWH3001/secret-from-environment"));
        Assert.Contains("server.AddFallbackAdministrator(\"admin\", Secret.FromEnvironment(\"STALWART_FALLBACK_ADMIN_SECRET\"));", await programs.TextAsync(), StringComparison.Ordinal);
    }

    private static async Task AssertFixAsync(string rule, string key, string before, string after)
    {
        using var programs = new SourcePrograms();
        var project = programs.AddProject(SourcePrograms.Source(Https + before, Helper));
        var rules = await programs.RulesAsync();
        var action = Find(await programs.ActionsAsync(project, rule), key);
        await programs.ApplyAsync(action);
        Assert.Equal(SourcePrograms.Source(Https + after, Helper), await programs.TextAsync());
        Assert.Equal(rules.Count(id => id == rule) - 1, (await programs.RulesAsync()).Count(id => id == rule));
    }

    private static CodeAction Find(IReadOnlyList<CodeAction> actions, string key) =>
        actions.FirstOrDefault(action => action.EquivalenceKey == key) ?? throw new InvalidOperationException("Offered: " + string.Join(", ", actions.Select(static action => action.EquivalenceKey)));
}
