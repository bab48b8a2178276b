namespace StalwartHardening.Tests;

/// <summary>What each fix writes into a program of typed objects, in the ways people write them.</summary>
public class TypedObjectFixTests
{
    private const string Imaps = "new NetworkListener { Name = \"imaps\", Bind = [\"[::]:993\"], Protocol = NetworkListenerProtocol.Imap, TlsImplicit = true }";

    private const string Https = "new NetworkListener { Name = \"https\", Bind = [\"[::]:443\"], Protocol = NetworkListenerProtocol.Http, TlsImplicit = true }";

    private static string Source(string statements) =>
        "using System;\nusing System.Collections.Generic;\nusing System.Linq;\nusing StalwartHardening.Configuration;\nusing StalwartHardening.Configuration.Objects;\n\npublic static class Program\n{\n    public static string Write()\n    {\n        var plan = new StalwartPlan();\n        "
        + statements + "\n        return plan.ToNdjson();\n    }\n}\n";

    private const string AllowList = "if_then(contains(['jmap', 'dav', '.well-known', 'auth', 'login', 'device', 'mail', 'autodiscover', 'Autodiscover', 'AutoDiscover', 'calendar', 'healthz', 'robots.txt'], split(path, '/')[1]) || path == '/api/auth', 200, 404)";

    [Theory]
    // A clear-text port: the listener moves, or goes where another one serves the same.
    [InlineData("SWH1001", "review/SWH1001/close", "plan.Reconcile(new NetworkListener { Name = \"imap\", Bind = [\"[::]:143\"], Protocol = NetworkListenerProtocol.Imap });", "plan.Reconcile(new NetworkListener { Name = \"imap\", Bind = [\"[::]:993\"], Protocol = NetworkListenerProtocol.Imap, TlsImplicit = true });")]
    [InlineData("SWH1001", "review/SWH1001/close", "plan.Reconcile(new NetworkListener\n        {\n            Name = \"imap\", // old\n            Bind = [\"[::]:143\"],\n            Protocol = NetworkListenerProtocol.Imap,\n        });", "plan.Reconcile(new NetworkListener\n        {\n            Name = \"imap\", // old\n            Bind = [\"[::]:993\"],\n            Protocol = NetworkListenerProtocol.Imap,\n            TlsImplicit = true,\n        });")]
    [InlineData("SWH1001", "review/SWH1001/close", "plan.Reconcile(" + Imaps + ", new NetworkListener { Name = \"imap\", Bind = [\"[::]:143\"], Protocol = NetworkListenerProtocol.Imap });", "plan.Reconcile(" + Imaps + ");")]
    [InlineData("SWH1001", "review/SWH1001/close", "plan.Reconcile(\n            new NetworkListener { Name = \"imap\", Bind = [\"[::]:143\"], Protocol = NetworkListenerProtocol.Imap },\n            " + Imaps + ");", "plan.Reconcile(\n            " + Imaps + ");")]
    [InlineData("SWH1004", "review/SWH1004/close", "var http = new NetworkListener { Name = \"http\", Bind = [\"[::]:8080\"], Protocol = NetworkListenerProtocol.Http };\n        plan.Reconcile(http, " + Https + ");", "plan.Reconcile(" + Https + ");")]
    // What is made from a list goes with its entry.
    [InlineData("SWH1002", "review/SWH1002/close", "foreach (var (name, port, tls) in new[] { (\"imaps\", 993, true), (\"pop3\", 110, false) })\n            plan.Upsert(new NetworkListener { Name = name, Bind = [$\"[::]:{port}\"], Protocol = tls ? NetworkListenerProtocol.Imap : NetworkListenerProtocol.Pop3, TlsImplicit = tls });", "foreach (var (name, port, tls) in new[] { (\"imaps\", 993, true) })\n            plan.Upsert(new NetworkListener { Name = name, Bind = [$\"[::]:{port}\"], Protocol = tls ? NetworkListenerProtocol.Imap : NetworkListenerProtocol.Pop3, TlsImplicit = tls });\n        plan.Destroy(new NetworkListener { Name = \"pop3\" });")]
    // TLS.
    [InlineData("SWH1006", "review/SWH1006/implicit-tls", "plan.Reconcile(new NetworkListener { Name = \"imaps\", Bind = [\"[::]:993\"], Protocol = NetworkListenerProtocol.Imap, TlsImplicit = false });", "plan.Reconcile(" + Imaps + ");")]
    [InlineData("SWH1006", "review/SWH1006/implicit-tls", "var l = new NetworkListener { Name = \"imaps\", Bind = [\"[::]:993\"], Protocol = NetworkListenerProtocol.Imap };\n        l.TlsImplicit = false;\n        plan.Reconcile(l);", "var l = new NetworkListener { Name = \"imaps\", Bind = [\"[::]:993\"], Protocol = NetworkListenerProtocol.Imap };\n        l.TlsImplicit = true;\n        plan.Reconcile(l);")]
    [InlineData("SWH1007", "review/SWH1007/enable", "plan.Reconcile(new NetworkListener { Name = \"smtp\", Bind = [\"[::]:25\"], Protocol = NetworkListenerProtocol.Smtp, UseTls = false });", "plan.Reconcile(new NetworkListener { Name = \"smtp\", Bind = [\"[::]:25\"], Protocol = NetworkListenerProtocol.Smtp, UseTls = true });")]
    // A listener that a new server opens by itself.
    [InlineData("SWH1004", "review/SWH1004/close", "plan.Upsert(" + Https + ");", "plan.Upsert(" + Https + ");\n        plan.Destroy(new NetworkListener { Name = \"http\" });")]
    // Settings that a server has once.
    [InlineData("SWH2001", "review/SWH2001/allow-list", "plan.Reconcile(" + Https + ");", "plan.Reconcile(" + Https + ");\n        plan.Update(new Http\n        {\n            AllowedEndpoints = \"" + AllowList + "\",\n        });")]
    [InlineData("SWH2001", "review/SWH2001/allow-list", "plan.Reconcile(" + Https + ");\n        plan.Update(new Http());", "plan.Reconcile(" + Https + ");\n        plan.Update(new Http { AllowedEndpoints = \"" + AllowList + "\" });")]
    [InlineData("SWH2008", "review/SWH2008/hsts", "plan.Reconcile(" + Https + ");\n        plan.Update(new Http { EnableHsts = false });", "plan.Reconcile(" + Https + ");\n        plan.Update(new Http { EnableHsts = true });")]
    [InlineData("SWH5005", "review/SWH5005/turn-off", "plan.Reconcile(" + Https + ");\n        plan.Update(new OidcProvider()).Set(\"anonymousClientRegistration\", true);", "plan.Reconcile(" + Https + ");\n        plan.Update(new OidcProvider()).Set(\"anonymousClientRegistration\", false);")]
    [InlineData("SWH5008", "safe/SWH5008/default", "plan.Reconcile(" + Imaps + ");\n        plan.Update(new Authentication { PasswordMinLength = 4 });", "plan.Reconcile(" + Imaps + ");\n        plan.Update(new Authentication { PasswordMinLength = 8 });")]
    [InlineData("SWH5008", "safe/SWH5008/default", "plan.Reconcile(" + Imaps + ");\n        plan.Update(new Authentication { PasswordMinStrength = PasswordStrength.One });", "plan.Reconcile(" + Imaps + ");\n        plan.Update(new Authentication { PasswordMinStrength = PasswordStrength.Three });")]
    // An administrator's rights.
    [InlineData("SWH3003", "review/SWH3003/separate", "plan.Reconcile(" + Imaps + ");\n        var domain = new Domain { Name = \"example.org\" };\n        plan.Upsert(domain);\n        plan.Upsert(new Account.User { Name = \"ops\", DomainId = domain, Roles = new UserRoles.Admin(), Credentials = [new Credential.Password { Secret = Secret.Hash(\"$6$a$b\") }] });", "plan.Reconcile(" + Imaps + ");\n        var domain = new Domain { Name = \"example.org\" };\n        plan.Upsert(domain);\n        plan.Upsert(new Account.User { Name = \"ops\", DomainId = domain, Roles = new UserRoles.Custom { RoleIds = [ObjectReference.FromId<Role>(\"e\")] }, Credentials = [new Credential.Password { Secret = Secret.Hash(\"$6$a$b\") }] });")]
    public async Task A_remedy_is_said_where_the_program_says_it(string rule, string key, string before, string after)
    {
        using var programs = new SourcePrograms();
        var project = programs.AddProject(Source(before));
        var actions = await programs.ActionsAsync(project, rule);
        var action = actions.FirstOrDefault(action => action.EquivalenceKey == key);
        Assert.True(action is not null, string.Join(' ', actions.Select(static action => action.EquivalenceKey)) + " of " + string.Join(' ', await programs.RulesAsync()));
        await programs.ApplyAsync(action);
        Assert.Equal(Source(after), await programs.TextAsync());
    }
}
