using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StalwartHardening.Configuration;

namespace StalwartHardening.Tests;

/// <summary>Somebody else's builder library, compiled by itself: only its annotations are known.</summary>
public sealed class ForeignBuilderTests
{
    private const string Library =
        """
        using System;
        using StalwartHardening.Configuration;
        using StalwartHardening.Configuration.Annotations;
        namespace Company
        {
            public static class CompanyServers
            {
                [Setting("server.listener.{id}.protocol", Value = "imap")]
                [Setting("server.listener.{id}.bind", Value = "[::]:{port}", Kind = SettingKind.List)]
                [Setting("server.listener.{id}.tls.implicit", Value = "true", When = "implicitTls")]
                public static StalwartServerBuilder AddMailbox(this StalwartServerBuilder server, string id, int port, bool implicitTls = true)
                {
                    var listener = server.AddListener(id, MailProtocol.Imap).Bind(port);
                    if (implicitTls)
                        listener.WithImplicitTls();
                    return server;
                }

                public static StalwartServerBuilder Unsaid(this StalwartServerBuilder server) => server.Set("http.allowed-endpoint", "404");

                [CreatesServer]
                [Setting("server.hostname", Value = "{host}")]
                public static StalwartServerBuilder Begin(string host) => StalwartServer.CreateBuilder(host);
            }

            [SettingsBuilder]
            public sealed class MailServer
            {
                [CreatesServer]
                [Setting("server.hostname", Value = "{host}")]
                [Setting("authentication.fallback-admin.user", Value = "{administrator}")]
                [Setting("authentication.fallback-admin.secret", Value = "%{env:ADMIN_SECRET}%")]
                public MailServer(string host, string administrator = null) { }

                public string Comment { get; set; }

                [SettingScope("server.listener.{id}")]
                [Setting("protocol", Value = "{protocol}")]
                public Entrance Open(string id, Speaks protocol, [Configures] Action<Entrance> more = null) => null;
            }

            [SettingsBuilder]
            public sealed class Entrance
            {
                [Setting("bind", Kind = SettingKind.List)]
                public Entrance At(params string[] addresses) => this;

                [Setting("tls.implicit", Value = "true")]
                public Entrance Encrypted() => this;
            }

            public enum Speaks
            {
                [SettingText("imap")]
                Imap,
                [SettingText("http")]
                Web,
            }

            [SettingsBuilder]
            public class Host<TOwner>
            {
                private Host() { }

                [CreatesServer]
                public static Host<TOwner> Begin() => new Host<TOwner>();

                [CreatesServer]
                public static object Anything() => new object();

                [SettingScope("server.listener.{name}")]
                public Host<TOwner> this[string name] => this;

                [SettingScope("server.listener.web")]
                [Setting("protocol", Value = "http")]
                public Host<TOwner> Web => this;

                [Setting("server.listener.{speaks}.protocol", Value = "{speaks}")]
                [Setting("server.listener.{speaks}.bind", Value = "{addresses}:{port}", Kind = SettingKind.List)]
                [Setting("server.listener.{speaks}.tls.implicit", Value = "true", When = "secure")]
                public Host<TOwner> Serve(SpeaksAll speaks, int port, bool secure, params Addresses[] addresses) => this;

                [Setting("http.allowed-endpoint")]
                public Host<TOwner> Allow(string expression) => this;

                [Setting("/authentication.fallback-admin.user", Value = "{user}")]
                [Setting("/authentication.fallback-admin.secret", Value = "%{env:SECRET}%")]
                public Host<TOwner> Admin(string user) => this;
            }

            [Flags]
            public enum SpeaksAll
            {
                None = 0,
                [SettingText("imap")]
                Imap = 1,
                [SettingText("pop3")]
                Pop3 = 2,
                [SettingText("imap", "pop3")]
                Never = 4,
            }

            public enum Addresses
            {
                [SettingText("[::]", "0.0.0.0")]
                Everywhere = 3,
                [SettingText("127.0.0.1")]
                Here = 7,
            }

            public static class Opaque
            {
                public static void Finish(MailServer server) { }

                public static void Later(Action<StalwartServerBuilder> write) { }
            }
        }
        """;

    private static readonly PortableExecutableReference Company = Build();

    public static TheoryData<string, string[]> Programs => new()
    {
        { """var server = StalwartServer.CreateBuilder("x"); server.AddMailbox("old", 143, implicitTls: false);""", ["SWH1001 143"] },
        { """var server = StalwartServer.CreateBuilder("x"); server.AddMailbox("old", 993);""", [] },
        { """var server = StalwartServer.CreateBuilder("x"); server.AddMailbox("old", 993, false);""", ["SWH1006 993"] },
        // Nobody knows whether: both ways are gone.
        { """var server = StalwartServer.CreateBuilder("x"); server.AddMailbox("old", 143, Environment.ProcessorCount > 1);""", ["SWH1001 143"] },
        { """var server = StalwartServer.CreateBuilder("x"); server.AddMailbox("old", 993, Environment.ProcessorCount > 1); server.AddMailbox("new", 994);""", ["SWH1006 993"] },
        { """var server = StalwartServer.CreateBuilder("x"); if (Environment.ProcessorCount > 1) server.AddMailbox("old", 143, false);""", ["SWH1001 143"] },
        // A method without annotations on somebody else's class may have written what is missing.
        { """var server = StalwartServer.CreateBuilder("x"); server.AddListener("https", MailProtocol.Http).Bind(443).WithImplicitTls(); server.Unsaid();""", [] },
        { """var server = CompanyServers.Begin("x"); server.AddMailbox("old", 143, false);""", ["SWH1001 143"] },
        { """var server = CompanyServers.Begin("x"); server.AddListener("https", MailProtocol.Http).Bind(443).WithImplicitTls(); server.Build();""", ["SWH2001 443"] },
        // A builder of its own, with a constructor.
        { """var server = new MailServer("x"); server.Open("old", Speaks.Imap).At("[::]:143");""", ["SWH1001 \"[::]:143\""] },
        { """MailServer server = new("x"); server.Open("old", Speaks.Imap).At("[::]:143");""", ["SWH1001 \"[::]:143\""] },
        { """new MailServer("x").Open("old", Speaks.Imap, entrance => entrance.At("[::]:143"));""", ["SWH1001 \"[::]:143\""] },
        { """new MailServer("x").Open("new", Speaks.Imap).At("[::]:993").Encrypted();""", [] },
        { """new MailServer("x", "admin").Open("new", Speaks.Imap).At("[::]:993").Encrypted();""", ["SWH3001 \"admin\""] },
        { """new MailServer(administrator: "admin", host: "x");""", ["SWH3001 \"admin\""] },
        { """new MailServer("x") { Comment = "mine" }.Open("web", Speaks.Web).At("[::]:443").Encrypted();""", ["SWH2001 \"[::]:443\""] },
        { """var server = new MailServer("x"); server.Open("web", Speaks.Web).At("[::]:443").Encrypted();""", ["SWH2001 \"[::]:443\""] },
        { """var server = new MailServer("x"); server.Open("web", Speaks.Web).At("[::]:443").Encrypted(); Opaque.Finish(server);""", [] },
        // Values that stand for several texts, and for none.
        { """Host<int>.Begin().Serve(SpeaksAll.Imap, 143, false, Addresses.Everywhere);""", ["SWH1001 Addresses.Everywhere"] },
        { """Host<int>.Begin().Serve(SpeaksAll.Imap | SpeaksAll.Pop3, 993, false, Addresses.Everywhere, Addresses.Here);""", ["SWH1006 Addresses.Everywhere"] },
        { """Host<int>.Begin().Serve(SpeaksAll.Imap, 143, false, Addresses.Here);""", [] },
        { """Host<int>.Begin().Serve(SpeaksAll.None, 143, false, Addresses.Everywhere);""", [] },
        { """Host<int>.Begin().Serve(SpeaksAll.Imap, 143, secure: false);""", ["SWH0007 SpeaksAll.Imap"] },
        { """Host<int>.Begin().Serve(SpeaksAll.Imap, 143, secure: true, Addresses.Everywhere);""", [] },
        { """Host<int>.Begin().Admin("admin");""", ["SWH3001 \"admin\""] },
        { """Host<int>.Begin().Admin(null);""", [] },
        { """Host<string> server = Host<string>.Begin(); Pass(server); static void Pass(Host<string> given) => given.Serve(SpeaksAll.Imap, 143, false, Addresses.Everywhere);""", ["SWH1001 Addresses.Everywhere"] },
        // Code out of sight calls with a server of its own.
        { """Opaque.Later(server => server.AddListener("old", MailProtocol.Imap).Bind("[::]:143"));""", ["SWH1001 \"[::]:143\""] },
        { """Opaque.Later(server => server.AddListener("web", MailProtocol.Http).Bind("[::]:443").WithImplicitTls());""", [] },
        { """Action<StalwartServerBuilder> later = server => server.AddListener("old", MailProtocol.Imap).Bind("[::]:143"); Opaque.Later(later);""", ["SWH1001 \"[::]:143\""] },
        { """void Pass(Host<string> given) => given.Serve(SpeaksAll.Imap, 143, false, Addresses.Everywhere); Console.WriteLine((Action<Host<string>>)Pass);""", ["SWH1001 Addresses.Everywhere"] },
        { """Add(new MailServer("x")); static void Add(MailServer server) => server.Open("old", Speaks.Imap).At("[::]:143");""", ["SWH1001 \"[::]:143\""] },
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Its_annotations_say_what_is_written(string statements, string[] expected) =>
        Assert.Equal(expected, await BuilderProgram.Judge(Program(statements)));

    [Fact]
    public async Task A_method_that_makes_one_makes_its_callers_writers() => Assert.Equal(
        ["SWH2001 \"[::]:443\"", "SWH1001 \"[::]:143\""],
        await BuilderProgram.Judge(BuilderProgram.Compile(
            "using Company; static class Basis { public static MailServer Make() { var server = new MailServer(\"x\"); server.Open(\"web\", Speaks.Web).At(\"[::]:443\").Encrypted(); return server; } }",
            "using Company; static class Use { static void Main() => Basis.Make().Open(\"old\", Speaks.Imap).At(\"[::]:143\"); }").AddReferences(Company)));

    [Theory]
    [InlineData("[CreatesServer] public Own() { }", "class Own", "new Own()")]
    [InlineData("", "[method: CreatesServer] class Own()", "new Own()")]
    [InlineData("[CreatesServer] public static Own Begin() => new Own();", "class Own", "Own.Begin()")]
    public async Task A_builder_of_the_same_project_may_begin_a_server_too(string member, string type, string creation) => Assert.Equal(
        ["SWH1001 143", "SWH2001 443"],
        await BuilderProgram.Judge(
            $"static class Use {{ static void Main() {{ var server = {creation}; server.Listen(\"imap\", 143); server.Listen(\"http\", 443, isTls: true); }} }}",
            $"using StalwartHardening.Configuration.Annotations; [SettingsBuilder] {type} {{ {member} [SettingScope(\"server.listener.{{protocol}}\"), Setting(\"protocol\", Value = \"{{protocol}}\"), Setting(\"bind\", Value = \"[::]:{{port}}\", Kind = SettingKind.List), Setting(\"tls.implicit\", Value = \"true\", When = \"isTls\")] public extern Own Listen(string protocol, int port, bool isTls = false); }}"));

    private static CSharpCompilation Program(string statements) => BuilderProgram.Compile(
        "using System; using Company; using StalwartHardening.Configuration;\nstatic class Program { static void Main() { " + statements + " } }").AddReferences(Company);

    private static PortableExecutableReference Build()
    {
        using var image = new MemoryStream();
        var emitted = CSharpCompilation.Create(
            "Company",
            [CSharpSyntaxTree.ParseText(Library)],
            [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(StalwartServer).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
