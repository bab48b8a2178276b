using System.Globalization;
using System.Text;
using StalwartHardening.Generations;
using StalwartHardening.Programs;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Programs;

/// <summary>What a program that was made of a configuration says; that it compiles and writes the same is tested with the builders.</summary>
public sealed class ImportedProgramTests
{
    private const string Start = "using StalwartHardening.Configuration;\n\n";
    private const string End = "\nserver.Build().WriteToml(args.Length > 0 ? args[0] : \"config.toml\");\n";
    private const string Listener = "server.listener.x.protocol = 'imap'\nserver.listener.x.bind = ['[::]:993']\n";
    private const string AddListener = "server.AddListener(\"x\", MailProtocol.Imap)\n    .Bind(\"[::]:993\")";

    [Theory]
    [InlineData("tls.implicit = true\n", ".WithImplicitTls()")]
    [InlineData("tls.implicit = false\n", ".Set(\"tls.implicit\", false)")]
    [InlineData("tls.enable = false\n", ".DisableTls()")]
    [InlineData("tls.enable = true\n", ".Set(\"tls.enable\", true)")]
    [InlineData("tls.implicit = true\ntls.enable = false\n", ".Set(\"tls.implicit\", true) .Set(\"tls.enable\", false)")]
    [InlineData("tls.implicit = false\ntls.enable = false\n", ".Set(\"tls.implicit\", false) .Set(\"tls.enable\", false)")]
    [InlineData("proxy.trusted-networks = ['10.0.0.1', '10.0.0.2']\n", ".TrustProxies(\"10.0.0.1\", \"10.0.0.2\")")]
    [InlineData("tls.disable-protocols = ['TLSv1.2']\n", ".WithoutTlsVersions(\"TLSv1.2\")")]
    [InlineData("max-connections = 12\n", ".WithMaxConnections(12)")]
    [InlineData("max-connections = '012'\n", ".Set(\"max-connections\", \"012\")")]
    [InlineData("# why\nmax-connections = 12\n", "// why .WithMaxConnections(12)")]
    [InlineData("socket.backlog = 5\n# about it\nsocket.ttl = 6\n", ".Set(\"socket.backlog\", 5) // about it .Set(\"socket.ttl\", 6)")]
    public void A_listener_is_one_chain(string lines, string calls)
    {
        var text = Program(Listener + "[server.listener.x]\n" + lines);
        Assert.StartsWith(AddListener, text, StringComparison.Ordinal);
        Assert.Equal(calls, string.Join(' ', text[AddListener.Length..].TrimEnd('\n', ';').Split('\n').Select(static line => line.Trim()).Where(static line => line.Length > 0)));
    }

    [Theory]
    [InlineData("http.hsts = true\n", "server.Http.WithHsts();\n")]
    [InlineData("http.hsts = false\n", "server.Http.WithHsts(false);\n")]
    [InlineData("http.permissive-cors = true\n", "server.Http.WithPermissiveCors();\n")]
    [InlineData("http.use-x-forwarded = true\n", "server.Http.TrustForwardedHeaders();\n")]
    [InlineData("http.allowed-endpoint = '404'\n", "server.Http.WithAllowedEndpoint(\"404\");\n")]
    [InlineData("http.hsts = 'yes'\n", "server.Set(\"http.hsts\", \"yes\");\n")]
    [InlineData("http.x = 1\nhttp.hsts = true\n", "server.Http.WithHsts();\nserver.Set(\"http.x\", 1);\n")]
    [InlineData("x = 1\ny = 'a'\n", "server.Set(\"x\", 1);\nserver.Set(\"y\", \"a\");\n")]
    [InlineData("x = ['a', 'b']\n", "server.AddToList(\"x\", \"a\", \"b\");\n")]
    [InlineData("server.allowed-ip = { \"10.0.0.1\" }\n", "server.AddToSet(\"server.allowed-ip\", \"10.0.0.1\");\n")]
    [InlineData("# one\nx = 1 # two\n# three\n", "// one\n// two\nserver.Set(\"x\", 1);\n// three\n")]
    [InlineData("[authentication.fallback-admin]\nuser = 'a'\nsecret = '%{env:S}%'\n", "server.AddFallbackAdministrator(\"a\", Secret.FromEnvironment(\"S\"));\n")]
    [InlineData("[authentication.master]\nuser = 'a'\nsecret = '%{file:/s}%'\n", "server.AddMasterUser(\"a\", Secret.FromFile(\"/s\"));\n")]
    [InlineData("[authentication.fallback-admin]\nuser = 'a'\n", "server.Set(\"authentication.fallback-admin.user\", \"a\");\n")]
    [InlineData("[store.s]\ntype = 'rocksdb'\npath = '/x'\n", "server.AddStore(\"s\", StoreType.RocksDb)\n    .WithPath(\"/x\");\n")]
    [InlineData("[store.s]\ntype = 'postgresql'\nhost = 'db'\nport = 5432\nuser = 'u'\npassword = '%{env:P}%'\ndatabase = 'd'\n", "server.AddStore(\"s\", StoreType.PostgreSql)\n    .WithHost(\"db\", 5432)\n    .WithDatabase(\"d\")\n    .WithLogin(\"u\", Secret.FromEnvironment(\"P\"));\n")]
    [InlineData("[store.s]\ntype = 'odd'\n", "server.Set(\"store.s.type\", \"odd\");\n")]
    [InlineData("[tracer.t]\ntype = 'log'\nlevel = 'info'\npath = '/l'\nprefix = 'p'\n", "server.AddTracer(\"t\", TracerType.LogFile, TracerLevel.Info)\n    .WithPath(\"/l\")\n    .WithPrefix(\"p\");\n")]
    [InlineData("[tracer.t]\ntype = 'log'\n", "server.Set(\"tracer.t.type\", \"log\");\n")]
    public void What_has_a_method_is_written_with_it(string toml, string expected) => Assert.Equal(expected, Program(toml));

    [Fact]
    public void A_secret_becomes_a_variable()
    {
        var program = Import("[store.s]\ntype = 'x'\npassword = 'swordfish'\n[oauth]\nkey = 'swordfish-swordfish'\n");
        Assert.Equal(["STORE_S_PASSWORD store.s.password", "OAUTH_KEY oauth.key"], program.Variables.Select(static variable => $"{variable.Name} {variable.Key}"));
        Assert.Contains("//   STORE_S_PASSWORD  store.s.password\n", program.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("swordfish", program.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_secrets_of_one_name_are_two_variables() =>
        Assert.Equal(["STORE_A_B_PASSWORD", "STORE_A_B_PASSWORD_2"], Import("[store.a-b]\npassword = 'swordfish'\n[store.a_b]\npassword = 'goldfish'\n").Variables.Select(static variable => variable.Name));

    [Fact]
    public void What_build_refuses_is_left_out_and_said()
    {
        var program = Import("storage.data = 'nowhere'\n" + Listener);
        Assert.Equal("storage.data", Assert.Single(program.LeftOut).Key);
        Assert.Contains("// Left out: storage.data: there is no store 'nowhere'.\n", program.Text, StringComparison.Ordinal);
        Assert.Contains(AddListener + ";\n", program.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_on_which_the_server_does_not_start_says_why() =>
        Assert.Contains("does not start on it (line 2: ", ImportedProgram.FindObstacle(Read("a = 1\nb = \n")) ?? "", StringComparison.Ordinal);

    [Fact]
    public void A_plan_becomes_typed_objects()
    {
        var program = ImportedProgram.From(
            ConfigurationReader.Read(
                """
                # who we are
                {"@type":"upsert","object":"Domain","value":{"dom-a":{"name":"example.org"}}}
                # the people
                {"@type":"upsert","object":"Account","matchOn":["name"],"value":{"u1":{"@type":"User","name":"ops","domainId":"#dom-a","credentials":{"0":{"@type":"Password","secret":"hunter22"}}}}}
                {"@type":"update","object":"Domain","id":"#dom-a","value":{"description":"us","dkimManagement/rotateAfter":60000}}
                {"@type":"update","object":"SystemSettings","value":{"services/smtp":{"hostname":"x.example.org"}}}
                {"@type":"destroy","object":"MtaRoute"}
                """ + "\n",
                new ReadingTarget(PlanGeneration.Instance.Newest),
                TestContext.Current.CancellationToken),
            "plan.ndjson");
        Assert.Contains(
            """"
            var plan = new StalwartPlan();
            // who we are
            var domA = new Domain { Name = "example.org" };
            plan.Upsert(domA);
            // the people
            plan.Upsert(new Account.User
            {
                Name = "ops",
                DomainId = domA,
                Credentials = [new Credential.Password { Secret = Secret.InsecurePlainText(Variable("ACCOUNT_OPS_CREDENTIALS_SECRET")) }],
            }).MatchOn(nameof(Account.Name));
            plan.Update(domA, new Domain { Description = "us" })
                .Set("dkimManagement/rotateAfter", 60000);
            plan.AddOperation("""{"@type":"update","object":"SystemSettings","value":{"services/smtp":{"hostname":"x.example.org"}}}""");
            plan.DestroyAll<MtaRoute>();

            """",
            program.Text,
            StringComparison.Ordinal);
        Assert.Equal([6], program.Verbatim);
        Assert.Equal("ACCOUNT_OPS_CREDENTIALS_SECRET", Assert.Single(program.Variables).Name);
    }

    // That these programs compile, and write what they were made of, is tested with the builders.
    [Theory]
    [InlineData("EveryValue")]
    [InlineData("Snapshot")]
    public void Every_kind_of_value_of_a_plan_has_its_expression(string name)
    {
        var server = ConfigurationReader.Read(File.ReadAllText(PathOf(name + ".ndjson")), new ReadingTarget(PlanGeneration.Instance.Newest), TestContext.Current.CancellationToken);
        Assert.Null(ImportedProgram.FindObstacle(server));
        var program = ImportedProgram.From(server, name + ".ndjson");
        var text = new StringBuilder(program.Text).Append("\n/*\n");
        foreach (var line in program.Verbatim)
            text.Append(CultureInfo.InvariantCulture, $"verbatim: line {line}\n");
        foreach (var left in program.LeftOut)
            text.Append(CultureInfo.InvariantCulture, $"left out: {left.Key} ({left.Domain}): {left.Reason}\n");
        foreach (var variable in program.Variables)
            text.Append(CultureInfo.InvariantCulture, $"variable: {variable.Name} {variable.Key} {(variable.IsReadByProgram ? "program" : "server")}\n");
        GeneratedFile.AssertUpToDate(PathOf(name + ".txt"), text.Append("*/\n").ToString());
    }

    private static string PathOf(string name) => Repository.PathOf("tests", "StalwartHardening.Core.Tests", "Programs", name);

    private static string Program(string toml)
    {
        var text = Import(toml).Text;
        var start = text.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        Assert.EndsWith(End, text, StringComparison.Ordinal);
        var body = text[start..^End.Length];
        return body[(body.IndexOf(";\n", StringComparison.Ordinal) + 2)..];
    }

    private static ImportedProgram Import(string toml)
    {
        var server = Read("server.hostname = 'mail.example.org'\n" + toml);
        Assert.Null(ImportedProgram.FindObstacle(server));
        return ImportedProgram.From(server, "config.toml");
    }

    private static ServerConfiguration Read(string toml) => ConfigurationReader.Read(toml, new ReadingTarget(ServerVersion.Newest), TestContext.Current.CancellationToken);
}
