using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StalwartHardening.Analyzers.Builders;

namespace StalwartHardening.Tests;

/// <summary>What is reported about a server written in C#, and where.</summary>
public sealed class BuilderFindingsTests
{
    private const string Closed = "server.Http.WithAllowedEndpoint(\"404\");";

    public static TheoryData<string, string> Findings => new()
    {
        { """server.AddListener("imap", MailProtocol.Imap).Bind("[::]:143");""", "SWH1001 \"[::]:143\"" },
        { """server.AddListener("imap", MailProtocol.Imap).Bind(143);""", "SWH1001 143" },
        { """server.AddListener("imap", MailProtocol.Imap).Bind(new IPEndPoint(IPAddress.Any, 143));""", "SWH1001 new IPEndPoint(IPAddress.Any, 143)" },
        { """foreach (var port in new[] { 993, 143 }) server.AddListener("i" + port, MailProtocol.Imap).Bind(port).Set("tls.implicit", port == 993);""", "SWH1001 143" },
        { """var secure = DateTime.Now.Year > 2000; var l = server.AddListener("imap", MailProtocol.Imap).Bind("[::]:143"); if (secure) l.WithImplicitTls();""", "SWH1001 \"[::]:143\"" },
        { """server.AddListener("imap", MailProtocol.Imap).Bind(Environment.Is64BitProcess ? "[::]:993" : "[::]:143").Set("tls.implicit", Environment.Is64BitProcess);""", "SWH1001 \"[::]:143\"" },
        { """server.AddListener("pop3", MailProtocol.Pop3).Bind("[::]:110");""", "SWH1002 \"[::]:110\"" },
        { """server.AddListener("submission", MailProtocol.Smtp).Bind("[::]:587");""", "SWH1003 \"[::]:587\"" },
        { Closed + """server.AddListener("http", MailProtocol.Http).Bind("[::]:8080");""", "SWH1004 \"[::]:8080\"" },
        { """server.AddListener("https", MailProtocol.Http).Bind("[::]:443").WithImplicitTls();""", "SWH2001 \"[::]:443\"" },
        // Code that takes any object cannot write a setting.
        { """server.AddListener("https", MailProtocol.Http).Bind("[::]:443").WithImplicitTls(); Console.WriteLine(server); ArgumentNullException.ThrowIfNull(server); GC.KeepAlive(server);""", "SWH2001 \"[::]:443\"" },
        { """var l = server.AddListener("imap", MailProtocol.Imap).Bind("[::]:143"); Console.WriteLine(l);""", "SWH1001 \"[::]:143\"" },
        { """server.AddFallbackAdministrator("admin", Secret.FromEnvironment("ADMIN_SECRET"));""", "SWH3001 \"admin\"" },
        { """server.AddListener("imaptls", MailProtocol.Imap).Bind("[::]:993").WithImplicitTls(); server.AddAdministrator("ops").Grant(Permission.ManageAccounts).AllowServices(MailServices.Imap);""", "SWH3003 MailServices.Imap" },
        { """server.AddListener("imaptls", MailProtocol.Imap).Bind("[::]:993").WithImplicitTls(); server.AddAdministrator("ops").Grant(Permission.UseImap);""", "SWH3003 Permission.UseImap" },
        { """server.AddListener("imaptls", MailProtocol.Imap).Bind("[::]:993").WithImplicitTls(); server.AddRole("r").Grant(Permission.ManageSettings); server.AddAccount("ops").InRole("r").AllowServices(MailServices.Imap);""", "SWH3003 MailServices.Imap" },
        { """server.AddListener("imaptls", MailProtocol.Imap).Bind("[::]:993").WithImplicitTls(); server.AddAccount("ops").InRole("admin");""", "SWH3003 AddAccount" },
        { """server.AddStore("pg", StoreType.PostgreSql).WithHost("db.example.org", 5432);""", "SWH6002 \"db.example.org\"" },
        { """server.AddStore("pg", StoreType.PostgreSql).WithHost("127.0.0.1", 5432).WithLogin("stalwart", Secret.InsecurePlainText("kLm93-axQ-zz"));""", "SWH4001 Secret.InsecurePlainText(\"kLm93-axQ-zz\")" },
        { """server.AddStore("pg", StoreType.PostgreSql).WithHost("127.0.0.1", 5432).WithLogin("stalwart", Secret.InsecurePlainText("changeme"));""", "SWH4003 Secret.InsecurePlainText(\"changeme\")" },
        { """server.AddStore("pg", StoreType.PostgreSql).WithHost("db.example.org", 5432).WithTls(allowInvalidCertificates: true);""", "SWH6001 true" },
        { """server.AddTracer("log", TracerType.LogFile, TracerLevel.Trace).WithPath("/var/log");""", "SWH6006 TracerLevel.Trace" },
        { """server.AddListener("smtp", MailProtocol.Smtp).Bind("[::]:25"); server.Set("session.rcpt.relay", "true");""", "SWH5002 \"true\"" },
        { """server.Set("server.tls.implicit", true);""", "SWH0012 Set" },
        { """server.Set("server.auto-ban.auth.rate", "false");""", "SWH5003 \"false\"" },
    };

    public static TheoryData<string> Silence => new(
        """server.AddListener("imaptls", MailProtocol.Imap).Bind("[::]:993").WithImplicitTls();""",
        """server.AddListener("imap", MailProtocol.Imap).Bind("127.0.0.1:143");""",
        """server.AddListener("imap", MailProtocol.Imap).Bind(Environment.GetEnvironmentVariable("BIND"));""",
        """server.AddListener("imap", MailProtocol.Imap).Bind("[::]:143").Set("tls.implicit", Environment.GetEnvironmentVariable("TLS"));""",
        // Somebody else's code may add what is missing.
        """server.AddListener("https", MailProtocol.Http).Bind("[::]:443").WithImplicitTls(); Elsewhere(server); static extern void Elsewhere(StalwartServerBuilder server);""",
        """var l = server.AddListener("imap", MailProtocol.Imap).Bind("[::]:143"); Elsewhere(l); static extern void Elsewhere(ListenerBuilder listener);""",
        // A way that throws writes nothing.
        """if (DateTime.Now.Year < 2000) { server.AddListener("imap", MailProtocol.Imap).Bind("[::]:143"); throw new Exception(); }""",
        """server.AddListener("imaptls", MailProtocol.Imap).Bind("[::]:993").WithImplicitTls(); server.AddAdministrator("ops").Grant(Permission.ManageAccounts);""",
        """server.AddListener("imaptls", MailProtocol.Imap).Bind("[::]:993").WithImplicitTls(); server.AddAccount("joe").AllowServices(MailServices.All);""",
        Closed + """server.AddListener("https", MailProtocol.Http).Bind("[::]:443").WithImplicitTls();""",
        """server.AddStore("pg", StoreType.PostgreSql).WithHost("db.example.org", 5432).WithLogin("stalwart", Secret.FromEnvironment("PG")).WithTls();""",
        """server.AddStore("pg", StoreType.PostgreSql).WithHost(Environment.MachineName, 5432);""",
        """server.AddTracer("log", TracerType.LogFile, TracerLevel.Info).WithPath("/var/log");""",
        """server.Http.AccessRules.Allow(Endpoints.Jmap); server.AddListener("https", MailProtocol.Http).Bind("[::]:443").WithImplicitTls();""");

    [Theory]
    [MemberData(nameof(Findings))]
    public async Task It_triggers_where_the_change_belongs(string statements, string expected) =>
        Assert.Contains(expected, await BuilderProgram.Judge(BuilderProgram.Source(statements)));

    [Theory]
    [MemberData(nameof(Silence))]
    public async Task It_does_not_trigger(string statements) =>
        Assert.Equal([], await BuilderProgram.Judge(BuilderProgram.Source(statements)));

    [Fact]
    public async Task A_helper_in_another_file_is_reported_in_its_own_file() => Assert.Equal(
        ["SWH1001 port"],
        await BuilderProgram.Judge(
            BuilderProgram.Source("server.AddMail();"),
            "using StalwartHardening.Configuration; static class Ours { public static void AddMail(this StalwartServerBuilder server) { int port = 143; server.AddListener(\"imap\", MailProtocol.Imap).Bind(port); } }"));

    [Fact]
    public async Task A_helper_that_nobody_calls_is_judged_for_what_it_writes_only() => Assert.Equal(
        ["SWH1001 143"],
        await BuilderProgram.Judge("using StalwartHardening.Configuration; static class Ours { public static void AddMail(this StalwartServerBuilder server) { server.AddListener(\"imap\", MailProtocol.Imap).Bind(143); server.AddListener(\"https\", MailProtocol.Http).Bind(443).WithImplicitTls(); } }"));

    [Theory]
    [InlineData("Make.Server(143);", new[] { "SWH1001 143" })]
    [InlineData("Make.Server(993);", new string[0])]
    [InlineData("Again(143); static void Again(int port) => Make.Server(port);", new[] { "SWH1001 143" })]
    [InlineData("foreach (var port in new[] { 1993, 143 }) Make.Server(port, \"[::]\");", new[] { "SWH1001 143" })]
    public async Task What_a_server_gets_from_those_who_begin_it_by_a_method_counts(string statements, string[] expected) => Assert.Equal(
        expected,
        await BuilderProgram.Judge(
            "using System; static class Program { static void Main() { " + statements + " } }",
            "using StalwartHardening.Configuration; static class Make { public static void Server(int port, string host = null) { var server = StalwartServer.CreateBuilder(\"x\"); var imap = server.AddListener(\"imap\", MailProtocol.Imap).Bind(port); if (port != 143) imap.WithImplicitTls(); server.Build().WriteToml(\"a\"); } }"));

    [Theory]
    [InlineData("Make.Server(Environment.ProcessorCount);")]
    [InlineData("")]
    public async Task A_port_that_only_the_running_program_knows_is_said_to_be_out_of_sight(string statements)
    {
        var diagnostics = await BuilderProgram.Analyze(BuilderProgram.Compile(
            "using System; static class Program { static void Main() { " + statements + " } }",
            "using StalwartHardening.Configuration; static class Make { public static void Server(int port) { var server = StalwartServer.CreateBuilder(\"x\"); server.AddListener(\"imap\", MailProtocol.Imap).Bind(port); server.Build().WriteToml(\"a\"); } }"));
        Assert.Equal(["SWH0014"], diagnostics.Where(static diagnostic => diagnostic.Id is "SWH0014" or "SWH1001" or "SWH1005").Select(static diagnostic => diagnostic.Id));
    }

    [Fact]
    public async Task Callers_are_found_through_other_methods_too() => Assert.Equal(
        ["SWH1001 143"],
        await BuilderProgram.Judge(
            "static class Program { static void Main() => Between.Call(143); }",
            "static class Between { public static void Call(int port) { Make.Server(port); } }",
            "using StalwartHardening.Configuration; static class Make { public static void Server(int port) { var server = StalwartServer.CreateBuilder(\"x\"); server.AddListener(\"imap\", MailProtocol.Imap).Bind(port); } }"));

    [Fact]
    public async Task A_server_from_a_method_of_ones_own_is_judged_where_it_is_finished() => Assert.Equal(
        ["SWH1001 143"],
        await BuilderProgram.Judge("using StalwartHardening.Configuration; static class Ours { static StalwartServerBuilder Basis() { var s = StalwartServer.CreateBuilder(\"x\"); s.AddListener(\"https\", MailProtocol.Http).Bind(443).WithImplicitTls(); return s; } static void Main() { var s = Basis(); s.Http.WithAllowedEndpoint(\"404\"); s.AddListener(\"imap\", MailProtocol.Imap).Bind(143); s.Build(); } }"));

    [Fact]
    public async Task Annotated_builders_of_other_people_are_understood() => Assert.Equal(
        ["SWH1001 143"],
        await BuilderProgram.Judge(
            BuilderProgram.Source("server.AddOldImap(port: 143);"),
            """
            using StalwartHardening.Configuration; using StalwartHardening.Configuration.Annotations;
            static class Company
            {
                [Setting("server.listener.old.protocol", Value = "imap"), Setting("server.listener.old.bind", Value = "[::]:{port}", Kind = SettingKind.List)]
                public static extern StalwartServerBuilder AddOldImap(this StalwartServerBuilder server, int port);
            }
            """));

    [Fact]
    public async Task Generated_code_is_followed_and_not_reported() => Assert.Equal(
        [],
        await BuilderProgram.Judge(
            BuilderProgram.Source("Ours.AddMail(server);"),
            "// <auto-generated/>\nusing StalwartHardening.Configuration; static class Ours { public static void AddMail(StalwartServerBuilder server) { server.AddListener(\"imap\", MailProtocol.Imap).Bind(143); } }"));

    [Fact]
    public void Projects_without_the_library_register_nothing()
    {
        var compilation = CSharpCompilation.Create("None", [CSharpSyntaxTree.ParseText("class C { }", cancellationToken: TestContext.Current.CancellationToken)], Basic.Reference.Assemblies.Net100.References.All);
        Assert.Null(BuilderVocabulary.From(compilation));
    }

    [Fact]
    public async Task No_beginning_of_a_program_makes_the_analyzer_throw()
    {
        var source = BuilderProgram.Source(
            """
            server.AddListener("imap", MailProtocol.Imap, l => l.Bind($"[::]:{143}").WithImplicitTls());
            foreach (var (id, port) in new[] { ("a", 25), ("b", 26) }) { if (port == 25) continue; server.AddListener(id, MailProtocol.Smtp).Bind(port); }
            for (var i = 0; i < 3; i++) server.Set("x" + i, i);
            int[] ports = [1, .. Ports];
            var name = Environment.GetEnvironmentVariable("N") ?? "n";
            server.AddListener(name, ports.Length switch { 1 => MailProtocol.Imap, _ => MailProtocol.Http })?.Bind(ports.Select(p => p + ":1").ToArray());
            try { Helper(server, out var z); } catch (Exception e) when (e is null) { throw; } finally { server.AddAdministrator("ops").AllowServices(MailServices.All & ~MailServices.Imap); }
            server.Http.WithAccessRules(rules => { rules.Allow(Endpoints.Jmap).From("10.0.0.0/8"); rules.Otherwise(404); });
            """,
            "static readonly int[] Ports = { 2, 3 }; static bool Helper(StalwartServerBuilder s, out int z) { z = 1; s.Set(\"a\", z++); return z > 1 && Helper(s, out _); } record R(int A, string B = \"x\") { public R Copy() => this with { A = 2 }; }");
        Assert.Empty(BuilderProgram.Compile(source).GetDiagnostics(TestContext.Current.CancellationToken).Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        for (var length = 0; length < source.Length; length++)
            await BuilderProgram.Analyze(BuilderProgram.Compile(source[..length]));
    }

    [Fact]
    public void A_long_program_is_read_whole()
    {
        var statements = string.Concat(Enumerable.Range(0, 300).Select(static i => $"server.AddListener(\"l{i}\", MailProtocol.Smtp).Bind({1000 + i}).WithImplicitTls();\n"));
        Assert.Equal(901, Assert.Single(BuilderProgram.Flatten(BuilderProgram.Compile(BuilderProgram.Source(statements)))).Count);
    }
}
