namespace StalwartHardening.Tests;

/// <summary>What the reader flattens from the source is what the program writes when it runs.</summary>
public sealed class ReaderAgreesWithProgramTests
{
    public static TheoryData<string, string> Programs => new()
    {
        // Chains, constants, end points, ports.
        { """server.AddListener("imaptls", MailProtocol.Imap).Bind("[::]:993").WithImplicitTls();""", "" },
        { """server.AddListener("a.b", MailProtocol.Smtp).Bind("[::]:25", "127.0.0.1:26").Bind(587).Bind(new IPEndPoint(IPAddress.Loopback, 465)).WithStartTls();""", "" },
        { """server.AddListener("x", MailProtocol.Http).Bind(new IPEndPoint(IPAddress.IPv6Any, 443), new IPEndPoint(IPAddress.Parse("::1"), 80));""".Replace(", new IPEndPoint(IPAddress.Parse(\"::1\"), 80)", "", StringComparison.Ordinal), "" },
        { """server.AddListener("x", MailProtocol.Http).Bind(IPEndPoint.Parse("[::1]:8080"));""", "" },
        // Locals, reassignment, nameof, concatenation, interpolation.
        { """const string any = "[::]"; var port = 993; server.AddListener(nameof(server), MailProtocol.Imap).Bind(any + ":" + port); port = 995; server.AddListener("p", MailProtocol.Pop3).Bind($"{any}:{port}").WithImplicitTls();""", "" },
        { """StalwartServerBuilder same = server; var l = same.AddListener("x", MailProtocol.Smtp); l = l.Bind(25); l.Set("socket.nodelay", true).Set("socket.ttl", 64).AddToList("tls.disable-protocols", "TLSv1.2");""", "" },
        // Lambdas, method groups, local functions, helpers, extension methods.
        { """server.AddListener("x", MailProtocol.Imap, l => l.Bind(993).WithImplicitTls());""", "" },
        { """server.AddListener("x", MailProtocol.Imap, l => { l.Bind(993); if (true) l.WithImplicitTls(); });""", "" },
        { """server.AddListener("x", MailProtocol.Imap, Secure);""", "static void Secure(ListenerBuilder listener) => listener.Bind(993).WithImplicitTls();" },
        { """void Add(string id, int port) { server.AddListener(id, MailProtocol.Smtp).Bind(port); } Add("a", 25); Add("b", port: 26);""", "" },
        { """server.AddMail("m").WithMaxConnections(10); Deep(server, 3);""", """public static ListenerBuilder AddMail(this StalwartServerBuilder server, string id) { return server.AddListener(id, MailProtocol.Imap).Bind(993); } static void Deep(StalwartServerBuilder s, int n) { if (n == 0) return; s.AddListener("d" + n, MailProtocol.Smtp).Bind(1000 + n); Deep(s, n - 1); }""" },
        // Loops, LINQ, collections, tuples, switches, ternaries over what is known.
        { """foreach (var (id, port) in new[] { ("a", 25), ("b", 26) }) server.AddListener(id, MailProtocol.Smtp).Bind(port);""", "" },
        { """foreach (var port in new List<int> { 25, 465 }.Where(p => p != 25).Select(p => p + 1)) server.AddListener("l" + port, MailProtocol.Smtp).Bind(port);""", "" },
        { """for (var i = 0; i < 3; i++) { if (i == 1) continue; server.AddListener($"l{i}", MailProtocol.Smtp).Bind(2000 + i); }""", "" },
        { """int[] ports = [25, 26]; foreach (var p in ports) server.AddListener("l" + p, p switch { 25 => MailProtocol.Smtp, _ => MailProtocol.Lmtp }).Bind(p == 25 ? "[::]:25" : "127.0.0.1:26");""", "" },
        { """foreach (var spec in Specs) server.AddListener(spec.Id, spec.Protocol).Bind(spec.Port);""", """record Spec(string Id, MailProtocol Protocol) { public int Port { get; init; } = 25; } static readonly Spec[] Specs = { new("a", MailProtocol.Imap) { Port = 143 }, new("b", MailProtocol.Smtp) { Port = 25 } };""" },
        { """server.AddListener("x", MailProtocol.Smtp).Bind(Addresses.Select(a => a + ":25").ToArray());""", """static readonly string[] Addresses = { "127.0.0.1", "[::1]" };""" },
        // Everything else the library writes.
        { """server.AddFallbackAdministrator("admin", Secret.FromEnvironment("ADMIN_SECRET")).AddMasterUser("master", Secret.FromFile("/run/secret"));""", "" },
        { """server.Http.WithHsts().WithPermissiveCors(false).TrustForwardedHeaders().WithHeaders("X-A: 1", "X-B: 2").LimitAccounts(10, TimeSpan.FromMinutes(1)).LimitAnonymous(5, TimeSpan.FromSeconds(90)).WithAllowedEndpoint("if_then(starts_with(url_path, '/jmap'), 200, 404)");""", "" },
        { """var rules = server.Http.AccessRules; rules.Allow(Endpoints.Jmap, Endpoints.WellKnown); rules.Allow(Endpoints.ManagementApi).From("10.0.0.0/8", "172.16.0.0/12", "2001:db8::/32").OnListener("https"); rules.Refuse(403, Endpoints.PathsBeginningWith("/x")); rules.Otherwise(404);""", "" },
        { """server.Http.WithAccessRules(rules => { rules.Allow().From("127.0.0.1"); });""", "" },
        { """var d = server.AddMemoryDirectory("mem").UseForLogin(); d.AddAccount("joe", Secret.Hash("$6$x$y"), "joe@example.org").WithDescription("J \"j\" \\ o"); d.AddAdministrator("root", Secret.FromEnvironment("X")).WithEmail("a@b", "c@d");""", "" },
        { """server.AddStore("rocksdb", StoreType.RocksDb).WithPath("/var/lib").UseFor(StorageRoles.All); server.AddStore("pg", StoreType.PostgreSql).WithHost("db", 5432).WithLogin("u", Secret.FromFile("/p")).WithTls(); server.AddInternalDirectory("internal", "rocksdb").UseForLogin();""", "" },
        { """server.AddLdapDirectory("ldap", "ldaps://x").BindAs("cn=x", Secret.FromEnvironment("P")).WithBaseDn("dc=x").WithNameFilter("(uid=?)").WithClassAttributes("objectClass", "role"); server.AddSqlDirectory("sql", "pg").WithClassColumn("class"); server.AddOidcDirectory("oidc", "https://idp", OidcMethod.Introspect).WithBasicAuthentication("u", Secret.FromEnvironment("Q"));""", "" },
        { """server.AddCertificate("c", "/etc/c.pem", "/etc/k.pem").AsDefault(); server.AddAcmeProvider("le", "ops@example.org").ForDomains("a.org", "b.org").WithChallenge(AcmeChallenge.Dns01).RenewBefore(TimeSpan.FromDays(30)); server.AddTracer("log", TracerType.LogFile).WithPath("/var/log").WithoutEvents("a.*");""", "" },
        { """server.Authentication.AllowPlainTextPasswords(false).WithMaxFailures(3).BanAfterFailures(10, TimeSpan.FromHours(24)); server.Smtp.RelayWhen("!is_empty(authenticated_as)").RequireMatchingSender(); server.TrustProxies("10.0.0.0/8").NeverBan("10.1.0.0/16", "::1").Block("192.0.2.1").KeepInFile("http.*", "!store.*");""", "" },
        { """server.AddAdministrator("ops").Grant(Permission.ManageAccounts, Permission.Named("x-y")).AllowServices(MailServices.Imap | MailServices.Files).WithPassword(Secret.Hash("$6$a$b")).WithQuota(1024); server.AddRole("readers").Grant(Permission.ViewLogs).Deny(Permission.SendMail); server.AddAccount("joe").InRole("readers").WithEmail("joe@example.org").AllowServices(MailServices.All);""", "" },
        { """server.Set("macro", Macro.FromEnvironment("HOST") + "/" + Macro.FromSetting("server.hostname")).Set("quoted", "it's \"x\" \\d+ ''").Set("lines", "a\nb\n").Set("regex", "^10\\.0\\.");""", "" },
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public void Reading_the_source_gives_what_the_program_writes(string statements, string members) =>
        BuilderProgram.AssertSame(BuilderProgram.Source(statements, members));

    [Fact]
    public void Helpers_in_another_file_are_followed() => BuilderProgram.AssertSame(
        BuilderProgram.Source("server.AddMail(993);"),
        "using StalwartHardening.Configuration; static class Ours { public static void AddMail(this StalwartServerBuilder server, int port) => server.AddListener(\"imap\", MailProtocol.Imap).Bind(port).WithImplicitTls(); }");
}
