using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Configuration;

namespace StalwartHardening.Tests;

/// <summary>What a server is found to be when the program has run.</summary>
public sealed class JudgementTests
{
    [Fact]
    public void Each_finding_names_the_line_of_the_call_that_wrote_the_setting()
    {
        var server = StalwartServer.CreateBuilder("mail.example.org");
        var imap = server.AddListener("imap", MailProtocol.Imap);
        imap.Bind("[::]:143"); var bind = Line();
        server.AddListener("pop3", MailProtocol.Pop3, listener =>
        {
            listener.Bind(110);
        });
        var lambda = Line() - 2;
        // In one line: where the build maps source paths away, a chain over several is known by its first.
        server.Set("server.max-connections", 100).AddFallbackAdministrator("admin", Secret.InsecurePlainText("secret")).AddAdministrator("ops").AllowServices(MailServices.Imap);
        var chain = Line() - 1;

        var findings = server.Build().Judge();

        Assert.Equal(
            [$"SWH1001 Bind {bind}", $"SWH1002 Bind {lambda}", $"SWH3001 AddFallbackAdministrator {chain}", $"SWH4003 AddFallbackAdministrator {chain}", $"SWH3003 AllowServices {chain}"],
            findings.Select(static finding => $"{finding.RuleId} {finding.Call} {finding.Line}"));
        Assert.All(findings, finding => Assert.Equal(File(), finding.FilePath));
        Assert.Equal(Severity.Warning, findings[0].Severity);
        Assert.Equal("server.listener.imap.bind.0000", findings[0].SettingKey);
        Assert.StartsWith("5 findings:" + Environment.NewLine + File() + "(" + bind + "): warning SWH1001: Listener 'imap'", findings.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_helper_is_named_where_it_calls_and_access_rules_where_they_open()
    {
        var server = StalwartServer.CreateBuilder("mail.example.org");
        foreach (var port in new[] { 993, 143 })
            Add(server, port);
        server.AddListener("https", MailProtocol.Http).Bind(443).WithImplicitTls();
        server.Http.AccessRules.Allow(Endpoints.Everything); var rule = Line();
        Assert.Equal(
            [$"SWH1001 {_helper}", $"SWH2004 {rule}"],
            server.Build().Judge().Select(static finding => $"{finding.RuleId} {finding.Line}").Distinct());
    }

    private static int _helper;

    private static void Add(StalwartServerBuilder server, int port)
    {
        var listener = server.AddListener("imap" + port, MailProtocol.Imap).Bind(port); _helper = Line();
        if (port == 993)
            listener.WithImplicitTls();
    }

    [Fact]
    public void A_server_without_findings_says_so()
    {
        var findings = StalwartServer.CreateBuilder("mail.example.org").Build().Judge();
        Assert.Empty(findings);
        Assert.Equal("No findings.", findings.ToString());
    }

    [Fact]
    public void What_was_read_is_judged_with_the_lines_of_the_text()
    {
        var findings = StalwartServer.ParseToml("[server.listener.imap]\nprotocol = \"imap\"\nbind = \"[::]:143\"\n# swh:ignore SWH1002 -- gone next month\n[server.listener.pop3]\nprotocol = 'pop3'\nbind = '[::]:110' # swh:ignore SWH1002 -- gone next month\n").Judge();
        Assert.Contains(findings, static finding => finding is { RuleId: "SWH1001", Line: 3, FilePath: null, Call: null });
        Assert.DoesNotContain(findings, static finding => finding.RuleId == "SWH1002");
    }

    [Fact]
    public void Options_say_what_the_configuration_cannot()
    {
        var server = StalwartServer.CreateBuilder("mail.example.org");
        server.AddListener("submission", MailProtocol.Smtp).Bind(587);
        server.AddListener("pop3", MailProtocol.Pop3).Bind(110);
        server.AddListener("https", MailProtocol.Http).Bind(443).WithImplicitTls();
        var built = server.Build();
        Assert.Equal(["SWH1003", "SWH1002", "SWH2001"], Ids(built.Judge()));
        Assert.Equal(["SWH1003", "SWH1002"], Ids(built.Judge(new JudgementOptions { HttpAccessControl = HttpAccessControl.InDatabase })));
        Assert.Equal(["SWH1003", "SWH2001"], Ids(built.Judge(new JudgementOptions { AllowedPorts = { 110 } })));
        Assert.Equal(["SWH1002", "SWH2001"], Ids(built.Judge(new JudgementOptions().Accept("SWH1003", "phones", "server.listener.submission"))));
        Assert.Equal(["SWH1003", "SWH1002", "SWH2001"], Ids(built.Judge(new JudgementOptions().Accept("SWH1003", "phones", "server.listener.sub"))));
        Assert.Contains("SWH2008", Ids(built.Judge(new JudgementOptions { MinimumSeverity = Severity.Info })));
        // POP3 is read since 0.8.1.
        Assert.DoesNotContain("SWH1002", Ids(built.Judge(new JudgementOptions { TargetVersion = new Version(0, 7) })));
        Assert.Throws<InvalidOperationException>(() => built.Judge(new JudgementOptions { TargetVersion = new Version(0, 4) }));
        Assert.Throws<ArgumentException>(static () => new JudgementOptions().Accept("SWH9999", "no such rule"));
        Assert.Throws<ArgumentException>(static () => new JudgementOptions().Accept("SWH1001", " "));
    }

    [Fact]
    public void Build_refuses_findings_where_the_program_says_so()
    {
        var server = StalwartServer.CreateBuilder("mail.example.org").RefuseFindings(Severity.Warning);
        server.AddListener("imap", MailProtocol.Imap).Bind(143); var line = Line();
        var exception = Assert.Throws<InvalidServerException>(server.Build);
        Assert.Empty(exception.Problems);
        Assert.Equal(line, Assert.Single(exception.Findings).Line);
        Assert.Contains($"({line}): warning SWH1001", exception.Message, StringComparison.Ordinal);

        server.RefuseFindings(Severity.Warning, new JudgementOptions().Accept("SWH1001", "an old printer"));
        server.Build();
        server.RefuseFindings(Severity.Error);
        server.Build();
    }

    [Fact]
    public void What_cannot_be_built_has_no_findings_but_problems()
    {
        var server = StalwartServer.CreateBuilder("mail.example.org").RefuseFindings(Severity.Info);
        server.AddListener("imap", MailProtocol.Imap);
        var exception = Assert.Throws<InvalidServerException>(server.Build);
        Assert.NotEmpty(exception.Problems);
        Assert.Empty(exception.Findings);
    }

    /// <summary>The analyzer and the program agree where the analyzer can follow, over random programs.</summary>
    [Fact]
    public async Task The_program_finds_on_the_same_lines_what_the_analyzer_finds()
    {
        var compared = 0;
        for (var seed = 7000; seed < 7200; seed++)
        {
            var compilation = BuilderProgram.Compile([]).AddSyntaxTrees(CSharpSyntaxTree.ParseText(SourceText.From(GeneratedProgram.Create(seed).Source, Encoding.UTF8), path: "/0/Program.cs", cancellationToken: TestContext.Current.CancellationToken));
            if (Run(compilation) is not { } judged)
                continue;
            var analyzed = (await BuilderProgram.Analyze(compilation)).Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
                .Select(static diagnostic => $"{diagnostic.Id} {diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1}").Distinct();
            var found = judged.Select(static finding => $"{finding.RuleId} {finding.Line}").Distinct();
            Assert.Equal(analyzed.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
            compared += judged.Count;
        }

        Assert.True(compared > 10, $"{compared} findings");
    }

    [Fact]
    public void The_library_for_older_frameworks_names_lines_too()
    {
        var path = Repository.PathOf("src", "StalwartHardening.Configuration", "bin", BuildConfiguration, "netstandard2.0", "StalwartHardening.Configuration.dll");
        Assert.SkipUnless(System.IO.File.Exists(path), "not built: " + path);
        var context = new AssemblyLoadContext("older", isCollectible: true);
        context.Resolving += (_, name) => System.IO.File.Exists(Beside(path, name)) ? context.LoadFromAssemblyPath(Beside(path, name)) : null;
        try
        {
            dynamic server = context.LoadFromAssemblyPath(path).GetType(typeof(StalwartServer).FullName!)!.GetMethod("CreateBuilder", [typeof(string)])!.Invoke(null, ["mail.example.org"])!;
            server.AddFallbackAdministrator("admin", (dynamic)server.GetType().Assembly.GetType(typeof(Secret).FullName!).GetMethod("InsecurePlainText").Invoke(null, new object[] { "secret" })); var line = Line();
            Assert.Contains($"JudgementTests.cs({line}): warning SWH3001", server.Build().Judge().ToString(), StringComparison.Ordinal);
        }
        finally
        {
            context.Unload();
        }
    }

    private static string Beside(string path, AssemblyName name) => Path.Combine(Path.GetDirectoryName(path)!, name.Name + ".dll");

#if DEBUG
    private const string BuildConfiguration = "Debug";
#else
    private const string BuildConfiguration = "Release";
#endif

    // Symbols are looked for beside the assembly, so it has to be a file.
    private static ServerFindings? Run(Compilation compilation)
    {
        var folder = Directory.CreateTempSubdirectory("judged");
        try
        {
            var path = Path.Combine(folder.FullName, "Program.dll");
            var symbols = Path.ChangeExtension(path, ".pdb");
            using (var image = System.IO.File.Create(path))
            using (var pdb = System.IO.File.Create(symbols))
                Assert.True(compilation.Emit(image, pdb, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb, pdbFilePath: symbols)).Success);
            var context = new AssemblyLoadContext(null, isCollectible: true);
            var program = context.LoadFromAssemblyPath(path).GetType("Program")!;
            try
            {
                program.GetMethod("Write")!.Invoke(null, null);
            }
            catch (TargetInvocationException exception) when (exception.InnerException is InvalidServerException)
            {
                return null;
            }

            var findings = ((StalwartServer)program.GetField("Result")!.GetValue(null)!).Judge();
            context.Unload();
            return findings;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<string> Ids(ServerFindings findings) => findings.Select(static finding => finding.RuleId);

    private static int Line([CallerLineNumber] int line = 0) => line;

    private static string File([CallerFilePath] string path = "") => path;
}
