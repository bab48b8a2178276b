using StalwartHardening.Fixing;
using StalwartHardening.Rules;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests.Fixing;

/// <summary>What <c>Build()</c> refuses, by settings and the calls that wrote them.</summary>
public sealed class BuildRefusalsTests
{
    private static readonly string[] Listener = ["AddListener", "server.listener.x.protocol", "imap", "Bind", "server.listener.x.bind.0000", "[::]:993"];

    public static TheoryData<string[], string> Refused => new()
    {
        { ["AddListener", "server.listener.x.protocol", "imap", "Bind", "server.listener.x.bind.0000", "localhost:993"], "'server.listener.x.bind.0000' (Bind): " },
        { ["AddListener", "server.listener.x.protocol", "imap"], "'server.listener.x.protocol' (AddListener): " },
        { [.. Listener, "WithImplicitTls", "server.listener.x.tls.implicit", "true", "WithStartTls", "server.listener.x.tls.implicit", "false"], "'server.listener.x.tls.implicit' (WithStartTls): WithImplicitTls has set it to 'true' and WithStartTls sets it to 'false'; call one of them." },
        { [.. Listener, "WithImplicitTls", "server.listener.x.tls.implicit", "true", "DisableTls", "server.listener.x.tls.enable", "false"], "'server.listener.x.tls.implicit' (WithImplicitTls): DisableTls has switched TLS off altogether; call one of them." },
        { ["Set", "x", "a%{env:X"], "'x' (Set): a macro is opened and never closed; the server would not stop reading it." },
        { ["Set", "x", "%{cfg:X"], "'x' (Set): a macro is opened and never closed; the server would not stop reading it." },
        { ["Set", "x", "%{file:a}%%{file:X"], "'x' (Set): a macro is opened and never closed; the server would not stop reading it." },
        { ["Set", "x", "a\uFFFC"], "'x' (Set): the value is null or holds the object replacement character." },
        { ["Set", "x", "\uFFFC"], "'x' (Set): the value is null or holds the object replacement character." },
        { ["Set", "\uFFFC", "x"], "'\uFFFC' (Set): the value is null or holds the object replacement character." },
        { ["Set", "x", "%{env:X"], "'x' (Set): a macro is opened and never closed; the server would not stop reading it." },
        { ["Set", "x", "%{file:X"], "'x' (Set): a macro is opened and never closed; the server would not stop reading it." },
        { ["Set", "a\uFFFC", "x"], "'a\uFFFC' (Set): the value is null or holds the object replacement character." },
        { ["UseFor", "storage.data", "s"], "'storage.data' (UseFor): there is no store 's'." },
        { ["UseFor", "storage.blob", "s"], "'storage.blob' (UseFor): there is no store 's'." },
        { ["UseFor", "storage.fts", "s"], "'storage.fts' (UseFor): there is no store 's'." },
        { ["UseFor", "storage.lookup", "s"], "'storage.lookup' (UseFor): there is no store 's'." },
        { ["UseForLogin", "storage.directory", "d"], "'storage.directory' (UseForLogin): there is no directory 'd'." },
        { ["Otherwise", "http.access-rule.otherwise", "7"], "'http.access-rule.otherwise' (Otherwise): '7' is not a status, so the server would let the request through." },
        { ["Otherwise", "http.access-rule.otherwise", "99"], "'http.access-rule.otherwise' (Otherwise): '99' is not a status, so the server would let the request through." },
        { ["Otherwise", "http.access-rule.otherwise", "1000"], "'http.access-rule.otherwise' (Otherwise): '1000' is not a status, so the server would let the request through." },
        { ["Otherwise", "http.access-rule.otherwise", "deny"], "'http.access-rule.otherwise' (Otherwise): 'deny' is not a status, so the server would let the request through." },
        { ["Otherwise", "http.access-rule.otherwise", "404", "WithAllowedEndpoint", "http.allowed-endpoint", "404"], "'http.allowed-endpoint' (WithAllowedEndpoint): there are access rules too; write one or the other." },
        { ["AddAccount", "principal.ops.name", "ops", "WithPassword", "principal.ops.secrets.0000", "%{env:X}%"], "'principal.ops.secrets.0000' (WithPassword): the management API fills no macros in; use a hash." },
        // None of these is refused.
        { [.. Listener, "WithImplicitTls", "server.listener.x.tls.implicit", "true", "WithImplicitTls", "server.listener.x.tls.implicit", "false"], "" },
        { [.. Listener, "WithImplicitTls", "server.listener.x.tls.implicit", "true", "WithStartTls", "server.listener.x.tls.implicit", "true"], "" },
        { [.. Listener, "WithImplicitTls", "server.listener.x.tls.implicit", "true", "Set", "server.listener.x.tls.implicit", "false"], "" },
        { [.. Listener, "Set", "server.listener.x.tls.implicit", "false", "WithImplicitTls", "server.listener.x.tls.implicit", "true"], "" },
        { [.. Listener, "Set", "server.listener.x.tls.implicit", "true", "DisableTls", "server.listener.x.tls.enable", "false"], "" },
        { [.. Listener, "WithImplicitTls", "server.listener.x.tls.implicit", "true", "Set", "server.listener.x.tls.enable", "false"], "" },
        { [.. Listener, "WithImplicitTls", "server.listener.x.tls.implicit", "false", "DisableTls", "server.listener.x.tls.enable", "false"], "" },
        { [.. Listener, "WithImplicitTls", "server.listener.x.tls.implicit", "true", "DisableTls", "server.listener.y.tls.enable", "false", "A", "server.listener.y.protocol", "imap", "B", "server.listener.y.bind", "[::]:994"], "" },
        { ["Set", "x", "%{env:X}%"], "" },
        { ["Set", "x", "%{env:X}%%{env:Y}%"], "" },
        { ["UseFor", "storage.data", "s", "AddStore", "store.s.type", "rocksdb"], "" },
        { ["UseFor", "storage.data", "%{env:STORE}%"], "" },
        { ["UseForLogin", "storage.directory", "d", "AddDirectory", "directory.d.type", "internal"], "" },
        { ["UseForLogin", "storage.directory", "%{env:D}%"], "" },
        { ["Otherwise", "http.access-rule.otherwise", "100"], "" },
        { ["Otherwise", "http.access-rule.otherwise", "999"], "" },
        { ["WithAllowedEndpoint", "http.allowed-endpoint", "404"], "" },
        { ["Set", "somewhere.answer", "x"], "" },
        { ["AddAccount", "principal.ops.name", "ops", "WithPassword", "principal.ops.secrets.0000", "$6$x$y"], "" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_the_server_would_refuse_is_refused_with_its_setting_and_call(string[] writes, string expected)
    {
        var problems = Find(writes);
        if (expected.Length == 0)
            Assert.Empty(problems);
        else
            Assert.StartsWith(expected, Assert.Single(problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SWH0001", true)]
    [InlineData("SWH0002", true)]
    [InlineData("SWH0007", true)]
    [InlineData("SWH0003", false)]
    [InlineData("SWH1001", false)]
    public void What_keeps_the_server_from_using_a_setting_is_refused(string id, bool expected) => Assert.Equal(expected, BuildRefusals.IsRefused(RuleCatalog.Find(id)!));

    [Fact]
    public void The_last_write_of_a_setting_counts_at_the_place_of_the_first()
    {
        BuildRefusals.Find(Writes("A", "a", "1", "B", "b", "2", "Set", "a", "3"), out var settings);
        Assert.Equal(["a=3", "b=2"], settings.Select(static setting => $"{setting.Key}={setting.Value}"));
    }

    [Fact]
    public void A_setting_that_no_call_wrote_is_named_after_what_makes_it()
    {
        var calls = new Dictionary<string, string> { ["a"] = "WithA" };
        Assert.Equal(("WithA", "AccessRules", "Set"), (BuildRefusals.CallOf(calls, "a"), BuildRefusals.CallOf(calls, "http.allowed-endpoint"), BuildRefusals.CallOf(calls, "b")));
    }

    private static List<string> Find(params string[] writes) => [.. BuildRefusals.Find(Writes(writes), out _)];

    private static List<BuilderWrite> Writes(params string[] writes)
    {
        var list = new List<BuilderWrite>();
        for (var i = 0; i < writes.Length; i += 3)
            list.Add(new BuilderWrite(new Setting(writes[i + 1], writes[i + 2], new SourceSpan(i * 100, 1), new SourceSpan((i * 100) + 10, 1)), writes[i]));
        return list;
    }
}
