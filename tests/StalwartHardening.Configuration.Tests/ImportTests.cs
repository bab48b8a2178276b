using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using StalwartHardening.Configuration;
using StalwartHardening.Generations;
using StalwartHardening.Programs;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests;

/// <summary>A program that was made of a configuration compiles, runs, and writes the same settings; the analyzer sees the same in it.</summary>
public sealed class ImportTests
{
    private const string End = "server.Build().WriteToml(args.Length > 0 ? args[0] : \"config.toml\");\n";

    [Fact]
    public void Every_configuration_of_the_corpus_that_a_server_starts_on_becomes_a_program()
    {
        var servers = Directory.GetFiles(Repository.SharedOrSkip("corpus"), "*.toml").Order(StringComparer.Ordinal)
            .Select(static file => Read(Encoding.UTF8.GetString(File.ReadAllBytes(file))))
            .Where(static server => !server.IsPlan && server.Document.Problems.Count == 0)
            .ToList();
        Assert.True(servers.Count > 100, $"{servers.Count}");
        AssertSame(servers);
    }

    [Fact]
    public void Every_kind_of_configuration_becomes_a_program_without_its_secrets()
    {
        var servers = Directory.GetFiles(Repository.PathOf("tests", "Configurations"), "*.toml").Order(StringComparer.Ordinal).Select(static file => Read(File.ReadAllText(file))).ToList();
        Assert.True(servers.Count >= 30, $"{servers.Count}");
        Assert.All(servers, static server => Assert.Null(ImportedProgram.FindObstacle(server)));
        AssertSame(servers);
        Assert.All(servers, static server => Assert.DoesNotContain("S3cretPlanted", ImportedProgram.From(server, "config.toml", static _ => false).Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_random_configuration_becomes_a_program()
    {
        var random = new Random(1);
        string[] names = ["server.listener.\"a\"", "server.listener.\"x.y\"", "server.listener.\"Ä ö\"", "store.s", "tracer.t", "http", "server", "session.rcpt", "\"it's\"", "a.\"b\\\"c\""];
        string[] keys = ["protocol", "bind", "tls.implicit", "tls.enable", "type", "path", "host", "port", "user", "password", "hsts", "headers", "level", "hostname", "allowed-ip", "max-connections", "relay", "allowed-endpoint", "secret", "x"];
        string[] values = ["\"imap\"", "\"http\"", "\"[::]:993\"", "[\"[::]:25\", \"127.0.0.1:26\"]", "true", "false", "12", "\"rocksdb\"", "\"log\"", "\"info\"", "\"%{env:X}%\"", "\"%{file:/etc/x}%\"", "\"a%{env:X}%b\"", "\"swordfish\"", "'''back\\slash \"quoted\" '''", "\"\"\"two\nlines\"\"\"", "\"ü\u200E\U0001F600\"", "{ \"10.0.0.1\" }", "[{ if = \"is_tls\", then = \"200\" }, { else = \"404\" }]", "\"\"", "[]"];
        var servers = new List<ServerConfiguration>();
        for (var i = 0; i < 60; i++)
        {
            var text = new StringBuilder();
            var written = new HashSet<string>(StringComparer.Ordinal);
            for (var j = random.Next(25); j > 0; j--)
            {
                var key = names[random.Next(names.Length)] + "." + keys[random.Next(keys.Length)];
                if (written.Add(key))
                    text.Append(random.Next(4) == 0 ? "# about it\n" : "").Append(key).Append(" = ").Append(values[random.Next(values.Length)]).Append(random.Next(5) == 0 ? " # why */ \\u0022\n" : "\n");
            }

            var server = Read(text.ToString());
            if (server.Document.Problems.Count == 0)
                servers.Add(server);
        }

        AssertSame(servers);
    }

    [Fact]
    public void What_has_a_method_is_written_with_it()
    {
        var program = ImportedProgram.From(
            Read(
                """
                # Who we are.
                server.hostname = "mail.example.org"

                [server.listener.imaptls] # phones
                bind = ["[::]:993"]
                protocol = "imap"
                # since ever
                tls.implicit = true
                socket.backlog = 5
                [authentication.fallback-admin]
                user = "admin"
                secret = "hunter2"
                [http]
                hsts = true
                """ + "\n"),
            "config.toml");
        Assert.Equal(
            """
            // Imported from config.toml
            // The server takes these secrets from its environment:
            //   AUTHENTICATION_FALLBACK_ADMIN_SECRET  authentication.fallback-admin.secret
            using StalwartHardening.Configuration;

            // Who we are.
            var server = StalwartServer.CreateBuilder("mail.example.org");
            // phones
            server.AddListener("imaptls", MailProtocol.Imap)
                .Bind("[::]:993")
                // since ever
                .WithImplicitTls()
                .Set("socket.backlog", 5);
            server.AddFallbackAdministrator("admin", Secret.FromEnvironment("AUTHENTICATION_FALLBACK_ADMIN_SECRET"));
            server.Http.WithHsts();

            server.Build().WriteToml(args.Length > 0 ? args[0] : "config.toml");
            """ + "\n",
            program.Text);
    }

    [Fact]
    public void What_the_server_cannot_use_is_left_out_and_said()
    {
        var program = ImportedProgram.From(Read("storage.data = \"nowhere\"\n[server.listener.x]\nbind = [\"nonsense\", \"[::]:25\"]\nprotocol = \"smtp\"\n"), "config.toml");
        Assert.Equal(["server.listener.x.bind.0000", "storage.data"], program.LeftOut.Select(static left => left.Key).Order(StringComparer.Ordinal));
        Assert.Contains("// Left out: storage.data: there is no store 'nowhere'.", program.Text, StringComparison.Ordinal);
    }

    private static ServerConfiguration Read(string text) => ConfigurationReader.Read(text, new ReadingTarget(ServerVersion.Newest), TestContext.Current.CancellationToken);

    // All in one compilation: resolving the references costs more than a program.
    private static void AssertSame(List<ServerConfiguration> servers)
    {
        var programs = servers.ConvertAll(static server => ImportedProgram.From(server, "config.toml"));
        var sources = programs.Select(static (program, index) =>
        {
            Assert.EndsWith(End, program.Text, StringComparison.Ordinal);
            var statements = program.Text.Replace("using StalwartHardening.Configuration;\n", "", StringComparison.Ordinal).Replace(End, "return server.Build();", StringComparison.Ordinal);
            return $"using StalwartHardening.Configuration;\npublic static class Program{index}\n{{\n    public static StalwartServer Write()\n    {{\n" + statements + "\n    }\n}\n";
        }).ToArray();
        var compilation = BuilderProgram.Compile(sources);
        var context = new AssemblyLoadContext(null, isCollectible: true);
        var assembly = BuilderProgram.Load(compilation, context);
        var all = new List<string>();
        for (var i = 0; i < programs.Count; i++)
        {
            var expected = Lines(Expected(servers[i], programs[i]));
            var written = (StalwartServer)assembly.GetType($"Program{i}")!.GetMethod("Write")!.Invoke(null, null)!;
            Assert.Equal(expected, Lines(written.Settings));
            all.Add(string.Join('\n', expected));
        }

        context.Unload();

        // The analyzer sees what the programs write, so that it finds in them what it finds in the files.
        var flattened = BuilderProgram.Flatten(compilation).Select(static document => string.Join('\n', Lines(document.InTextOrder.ToArray().Select(static setting => KeyValuePair.Create(setting.Key, setting.Value)))));
        Assert.Equal(all.Order(StringComparer.Ordinal), flattened.Order(StringComparer.Ordinal));

        // As a program of its own, each compiles without a warning (that tests run on another runtime than the library was built for is none).
        var whole = BuilderProgram.Compile(programs[^1].Text);
        var problems = whole.WithOptions(whole.Options.WithOutputKind(OutputKind.ConsoleApplication)).GetDiagnostics(TestContext.Current.CancellationToken).Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != "CS1701").ToList();
        Assert.True(problems.Count == 0, string.Join('\n', problems) + "\n" + programs[^1].Text);
    }

    private static SortedDictionary<string, string> Expected(ServerConfiguration server, ImportedProgram program)
    {
        var left = program.LeftOut.Select(static setting => setting.Key).ToHashSet(StringComparer.Ordinal);
        var variables = program.Variables.ToDictionary(static variable => variable.Key, static variable => "%{env:" + variable.Name + "}%", StringComparer.Ordinal);
        var expected = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (ref readonly var setting in server.Document.InTextOrder)
        {
            if (!left.Contains(setting.Key))
                expected.Add(setting.Key, variables.TryGetValue(setting.Key, out var macro) ? macro : setting.Value);
        }

        return expected;
    }

    private static List<string> Lines(IEnumerable<KeyValuePair<string, string>> settings) => [.. settings.Select(static setting => setting.Key + " = " + setting.Value).Order(StringComparer.Ordinal)];
}
