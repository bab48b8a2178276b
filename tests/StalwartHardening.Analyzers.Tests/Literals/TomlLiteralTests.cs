using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using StalwartHardening.Analyzers.Literals;

namespace StalwartHardening.Tests.Literals;

/// <summary>Which texts of a program are judged, and where their findings are.</summary>
public class TomlLiteralTests
{
    private const string Library = """
        using System.Diagnostics.CodeAnalysis;

        """;

    private const string Loader = """

        static class Server
        {
            public static void Load([StringSyntax("toml")] string toml) { }
            public static void LoadBytes([StringSyntax("toml")] System.ReadOnlySpan<byte> toml) { }
            public static void Other(string text) { }
            [StringSyntax("toml")] public static string Property { get; set; } = "";
        }

        static class StalwartServer
        {
            public static void ParseToml([StringSyntax("toml")] string toml) { }
        }

        namespace StalwartHardening
        {
            static class StalwartServer
            {
                public static void ParseToml([StringSyntax("toml")] string toml) { }
            }
        }
        """;

    private static Task JudgeFiles(params string[] files)
    {
        var test = new CSharpAnalyzerTest<ConfigurationLiteralAnalyzer, DefaultVerifier> { ReferenceAssemblies = new ReferenceAssemblies("net10.0") };
        test.TestBehaviors |= TestBehaviors.SkipSuppressionCheck;
        test.TestState.AdditionalReferences.AddRange(Net100.References.All);
        test.TestState.Sources.Add(Library + Loader);
        foreach (var file in files)
            test.TestState.Sources.Add(file);
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static Task Judge(string statements, string members = "", string globalConfig = "")
    {
        var test = new CSharpAnalyzerTest<ConfigurationLiteralAnalyzer, DefaultVerifier>
        {
            TestCode = Library + "class C\n{\n" + members + "\n    void M(string hole, int number)\n    {\n" + statements + "\n    }\n}\n" + Loader,
            ReferenceAssemblies = new ReferenceAssemblies("net10.0"),
        };
        test.TestBehaviors |= TestBehaviors.SkipSuppressionCheck;
        test.TestState.AdditionalReferences.AddRange(Net100.References.All);
        if (globalConfig.Length > 0)
            test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\n" + globalConfig));
        return test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    // Regular, verbatim, UTF-8, raw on several lines.
    [InlineData("""Server.Load("[server.listener.imap]\nprotocol = \"imap\"\nbind = {|SWH1001:\"[::]:143\"|}\n");""")]
    [InlineData("""Server.Load("[server.listener.imap]\nprotocol = \"imap\"\nbind = {|SWH1001:'\x5B::]:\u00314\U00000033'|}\n");""")]
    [InlineData("Server.Load(@\"[server.listener.imap]\nprotocol = \"\"imap\"\"\nbind = {|SWH1001:\"\"[::]:143\"\"|}\n\");")]
    // No table anywhere, and the first line is no setting of the server.
    [InlineData("""Server.Load("{|SWH0004:x|} = 1\nauthentication.fallback-admin.user = {|SWH3001:'admin'|}\nauthentication.fallback-admin.secret = '%{env:S}%'\n");""")]
    [InlineData("Server.Load(@\"{|SWH0004:x|} = 1\nauthentication.fallback-admin.user = {|SWH3001:'admin'|}\nauthentication.fallback-admin.secret = '%{env:S}%'\n\");")]
    [InlineData("""Server.Load("authentication\u002efallback-admin.user = {|SWH3001:'admin'|}\nauthentication.fallback-admin.secret = '%{env:S}%'\n");""")]
    // A mistake inside an expression.
    [InlineData(""""Server.Load("[server.listener.https]\nprotocol = 'http'\nbind = '[::]:443'\ntls.implicit = true\n[http]\nhsts = true\nallowed-endpoint = \"if_then({|SWH2003:\u0075rlpath|} == '/x', 404, 200)\"\n");"""")]
    [InlineData(""""Server.Load("[server.listener.https]\nprotocol = 'http'\nbind = '[::]:443'\ntls.implicit = true\n[http]\nhsts = true\nallowed-endpoint = \"if_then(\\\"a\\\" == {|SWH2003:urlpath|}, 404, 200)\"\n");"""")]
    [InlineData("""Server.LoadBytes("[server.listener.imap]\nprotocol = 'imap'\nbind = {|SWH1001:'[::]:143'|}\n"u8);""")]
    [InlineData("Server.Load(\"\"\"\n    [server.listener.imap]\n    protocol = \"imap\"\n    bind = {|SWH1001:\"[::]:143\"|}\n\n    \"\"\");")]
    // Concatenated.
    [InlineData("""Server.Load("[server.listener.imap]\n" + "protocol = 'imap'\n" + ("bind = {|SWH1001:'[::]:143'|}" + "\n"));""")]
    [InlineData("""Server.Load("[server.listener.imap]\nprotocol = 'imap'\nbind = {|SWH1001:'[::]:" + "143'|}\n");""")]
    public Task A_finding_stands_at_its_characters_in_every_form_of_literal(string statement) => Judge(statement);

    [Theory]
    [InlineData("Server.Property = $TOML;", "")]
    [InlineData("Server.Load(toml: true ? $TOML : hole);", "")]
    [InlineData("Server.Load(($TOML));", "")]
    [InlineData("Server.Load((($TOML)!));", "")]
    [InlineData("Server.Load((true ? $TOML : hole));", "")]
    [InlineData("var text = $TOML; Server.Load(text);", "")]
    [InlineData("var text = $TOML; Server.Load((text));", "")]
    [InlineData("/* lang=toml */ Server.Other($TOML);", "")]
    [InlineData("// language=toml,strict\n        var text = $TOML;", "")]
    [InlineData("Server.Other(/*lang=toml*/ $TOML);", "")]
    [InlineData("Server.Load(Text);", "    const string Text = $TOML;")]
    [InlineData("", "    // lang=TOML\n    const string Text = $TOML;")]
    [InlineData("", "    [StringSyntax(\"TOML\")] string _text = $TOML;")]
    [InlineData("", "    [StringSyntax(\"toml\")] string Text => $TOML;")]
    [InlineData("", "    [StringSyntax(\"toml\")] string Text { get { return $TOML; } }")]
    public Task A_text_that_is_said_to_be_toml_is_judged(string statements, string members)
    {
        const string Toml = """ "[server.listener.imap]\nprotocol = 'imap'\nbind = {|SWH1001:'[::]:143'|}\n" """;
        return Judge(statements.Replace("$TOML", Toml.Trim(), StringComparison.Ordinal), members.Replace("$TOML", Toml.Trim(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Server.Other($TOML);")]
    [InlineData("var text = $TOML; Server.Other(text);")]
    [InlineData("/* lang=json */ Server.Other($TOML);")]
    [InlineData("// no lang=toml here\n        Server.Other($TOML);")]
    public Task A_text_that_nobody_says_is_toml_does_not_trigger(string statement) =>
        Judge(statement.Replace("$TOML", "\"[authentication.fallback-admin]\\nuser = 'admin'\\nsecret = 'x'\\n\"", StringComparison.Ordinal));

    [Theory]
    [InlineData("Server.Other($TOML);")]
    [InlineData("var text = $TOML; System.IO.File.WriteAllText(\"x\", text);")]
    public Task A_listener_with_protocol_and_address_is_a_mail_servers_whatever_the_program_says(string statement) =>
        Judge(statement.Replace("$TOML", "\"[server.listener.imap]\\nprotocol = 'imap'\\nbind = {|SWH1001:'[::]:143'|}\\n\"", StringComparison.Ordinal));

    [Theory]
    [InlineData("""Server.Load("[package]\nname = 'x'\nname = 'y'\n");""")]
    [InlineData("""Server.Load("");""")]
    [InlineData("""Server.Load($"{hole}");""")]
    public Task A_text_that_is_not_a_mail_servers_does_not_trigger(string statement) => Judge(statement);

    [Fact]
    public Task A_text_for_our_own_loader_is_judged_whatever_it_looks_like() =>
        Judge("""StalwartHardening.StalwartServer.ParseToml("{|SWH0004:some.name|} = 'x'\n{|SWH0006:some.name|} = 'y'\n"); StalwartServer.ParseToml("some.name = 'x'\nsome.name = 'y'\n");""");

    [Theory]
    // Known parts of a value count; where unknown ones decide a rule, that is said.
    [InlineData("""Server.Load($"[server.listener.imap]\nprotocol = 'imap'\nbind = {|SWH1001:'[::]:{143}'|}\n");""")]
    [InlineData("""Server.Load($"[server.listener.imap]\nprotocol = 'imap'\nbind = {|SWH0014:'[::]:{number}'|}\n");""")]
    [InlineData("""Server.Load($"[server.listener.imap]\nprotocol = 'imap'\nbind = {|SWH0014:{number}|}\n");""")]
    [InlineData("""Server.Load($"[server.listener.imap]\nprotocol = 'imap'\nbind = '[::]:{number}'\ntls.implicit = true\n");""")]
    [InlineData("""Server.Load($"[server.listener.imap]\nprotocol = 'imap'\nbind = '{hole}:993'\ntls.implicit = true\n");""")]
    [InlineData("""Server.Load($"[server.listener.{hole}]\nprotocol = 'imap'\nbind = {|SWH1001:'[::]:143'|}\n");""")]
    [InlineData("""Server.Load("[server.listener.imap]\nprotocol = 'imap'\nbind = {|SWH1001:'" + "[::]:143" + "'|}\nsocket.backlog = '" + hole + "'\n");""")]
    // Two unknown names are two listeners.
    [InlineData("""Server.Load($"[server.listener.{hole}]\nprotocol = 'imap'\nbind = {|SWH1001:'[::]:143'|}\n[server.listener.{number}]\nprotocol = 'pop3'\nbind = {|SWH1002:'[::]:110'|}\n");""")]
    // Whole statements may hide in a hole: nothing is missing, nothing in their table is judged, the next table is.
    [InlineData("""Server.Load($"[server.listener.h]\nprotocol = 'http'\nbind = '[::]:443'\ntls.implicit = true\n{hole}\nx = 1\nx = 2\n[server.listener.imap]\nprotocol = 'imap'\nbind = {|SWH1001:'[::]:143'|}\n");""")]
    public Task What_is_not_known_is_not_made_up(string statement) => Judge(statement);

    [Fact]
    public Task A_broken_text_is_reported_where_it_breaks() =>
        Judge("""Server.Load("[server.listener.imap]\nprotocol = 'imap'\nbind = {|SWH1001:'[::]:143'|}\noops = {|SWH0001:=|}\n");""");

    [Theory]
    [InlineData("class C { void M() => Server.Load(Texts.Listener); }", "static class Texts { public const string Listener = $TOML; }")]
    [InlineData("class C { void M() => Server.Load(Texts.Listener); }", "static class Texts { internal static readonly string Listener = $TOML; }")]
    [InlineData("using static Texts;\nclass C { void M() => Server.Load(Listener); }", "static class Texts { public const string Listener = $TOML; }")]
    [InlineData("partial class Texts { void M() => Server.Load(Listener); }", "partial class Texts { private const string Listener = $TOML; }")]
    [InlineData("class Texts2 : Texts { void M() => Server.Load(Listener); }", "class Texts { protected const string Listener = $TOML; }")]
    public Task A_text_that_another_file_hands_over_is_judged(string use, string declaration) =>
        JudgeFiles(use, declaration.Replace("$TOML", """ "[server.listener.imap]\nprotocol = 'imap'\nbind = {|SWH1001:'[::]:143'|}\n" """, StringComparison.Ordinal));

    [Theory]
    [InlineData("class C { void M() => Server.Other(Texts.Listener); }", "static class Texts { public const string Listener = $TOML; }")]
    [InlineData("class C { static string Listener = \"\"; void M(Texts t) => Server.Load(Listener); }", "class Texts { public const string Listener = $TOML; }")]
    [InlineData("class C { void M() => Server.Load(nameof(Texts.Listener)); }", "class Texts { public const string Listener = $TOML; }")]
    public Task A_text_that_another_file_only_names_does_not_trigger(string use, string declaration) =>
        JudgeFiles(use, declaration.Replace("$TOML", """ "[authentication.fallback-admin]\nuser = 'admin'\nsecret = 'x'\n" """, StringComparison.Ordinal));

    [Theory]
    [InlineData("bind = {|SWH1001:'\" + Parts.Address + \"'|}", "const string Address = \"[::]:143\"")]
    [InlineData("bind = {|SWH1001:'[::]:\" + Parts.Port + \"'|}", "const int Port = 143")]
    [InlineData("bind = {|SWH1001:'[::]:\" + Parts.Port + \"'|}", "static readonly int Port = 143")]
    [InlineData("bind = {|SWH0014:'[::]:\" + Parts.Port + \"'|}", "static readonly int Port = int.Parse(\"143\")")]
    [InlineData("\" + Parts.Key + \" = {|SWH1001:'[::]:143'|}", "const string Key = \"bind\"")]
    public Task A_constant_of_another_file_is_part_of_the_text(string line, string declaration) => JudgeFiles(
        "class C { void M() => Server.Load(\"[server.listener.imap]\\nprotocol = 'imap'\\n" + line + "\\n\"); }",
        "static class Parts { public " + declaration + "; }");

    [Fact]
    public Task A_key_that_is_a_constant_is_seen_without_any_dot_in_the_text() => JudgeFiles(
        "class C { void M() => Server.Load(Parts.User + \" = {|SWH3001:'admin'|}\\n\" + Parts.Secret + \" = '%{env:S}%'\\n\"); }",
        "static class Parts { public const string User = \"authentication.fallback-admin.user\", Secret = \"authentication.fallback-admin.secret\"; }");

    [Fact]
    public Task Options_hold_for_texts_too() =>
        Judge("""Server.Load("[server.listener.imap]\nprotocol = 'imap'\nbind = '[::]:143'\n");""", globalConfig: "stalwart_hardening.allowed_ports = 143\n");

    [Fact]
    public Task A_comment_in_the_text_suppresses() =>
        Judge("""Server.Load("[server.listener.imap]\nprotocol = 'imap'\nbind = '[::]:143' # swh:ignore SWH1001 -- old phones\n");""");

    [Fact]
    public Task Half_typed_code_does_not_throw()
    {
        const string Source = "using System.Diagnostics.CodeAnalysis;\nclass C { void M([StringSyntax(\"toml\")] string t, int n) { M($\"\"\"\n  [server.listener.{n}]\n  bind = \"[::]:143\"\n  \"\"\" + \"\\u00\" + $@\"a.b={n}\" + @\"c\"\"\", 1); } }";
        return Task.WhenAll(Enumerable.Range(0, Source.Length).Select(async length =>
        {
            var compilation = Compiler.Create(Source[..length], new ConfigurationLiteralAnalyzer());
            var diagnostics = await compilation.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Id == "AD0001");
        }));
    }

    [Theory]
    [InlineData("\"\"\"\n", "\n")]
    [InlineData("@\"", "\n")]
    [InlineData("\"", "\\n")]
    [InlineData("$\"\"\"\n", "\n")]
    public async Task A_literal_without_an_end_makes_one_finding_at_most(string opening, string lineBreak)
    {
        var toml = string.Join(lineBreak, "[server.listener.imap]", "protocol = 'imap'", "bind = '[::]:143'", "[server.listener.pop]", "protocol = 'pop3'", "bind = '[::]:110'", "");
        var start = "using System.Diagnostics.CodeAnalysis;\nclass C\n{\n    void M([StringSyntax(\"toml\")] string t) => M(" + opening;
        const string After = "\n    void N() { var x = 1; var y = 'a'; if (x == 1) { N(); } }\n    int server = 2;\n}\n";
        for (var length = 0; length <= toml.Length; length++)
        {
            var diagnostics = await Compiler.Create(start + toml[..length] + After, new ConfigurationLiteralAnalyzer()).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
            Assert.True(diagnostics.Length <= 1, toml[..length] + "\n" + string.Join('\n', diagnostics));
        }
    }
}
