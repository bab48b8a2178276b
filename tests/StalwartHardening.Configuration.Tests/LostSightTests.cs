using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StalwartHardening.Rules.Reading;

namespace StalwartHardening.Tests;

/// <summary>Where the reader cannot follow what decides a rule it says so, once; where no rule depends on it, it says nothing.</summary>
public sealed class LostSightTests
{
    private const string Elsewhere = "public static class Elsewhere { public static extern void Complete(StalwartServerBuilder server); public static extern void Open(ListenerBuilder listener); public static extern StalwartServerBuilder Begin(); public static extern StalwartServer Layer(); public static extern object Section(); public static extern StalwartServerBuilder AddListeners(this StalwartServerBuilder server, object section); }";

    public static TheoryData<string, string> Lost => new()
    {
        // Code.
        { "Elsewhere.Complete(server);", "Elsewhere.Complete(server)" },
        { "Elsewhere.Complete(server); Elsewhere.Complete(server);", "Elsewhere.Complete(server)" },
        { "Elsewhere.Open(server.AddListener(\"imap\", MailProtocol.Imap).Bind(993));", "Elsewhere.Open(server.AddListener(\"imap\", MailProtocol.Imap).Bind(993))" },
        { "dynamic d = server; d.AddListener(\"imap\", MailProtocol.Imap);", "d.AddListener" },
        // Values.
        { "server.AddListener(\"imap\", MailProtocol.Imap).Bind(Environment.GetEnvironmentVariable(\"B\"));", "Environment.GetEnvironmentVariable(\"B\")" },
        { "server.AddListener(\"smtp\", MailProtocol.Smtp).Bind(Environment.ProcessorCount);", "Environment.ProcessorCount" },
        { "server.AddListener(\"x\", (MailProtocol)Environment.ProcessorCount).Bind(143);", "(MailProtocol)Environment.ProcessorCount" },
        { "foreach (var line in System.IO.File.ReadAllLines(\"x\")) server.AddListener(line, MailProtocol.Imap).Bind(line);", "line" },
        // Layers.
        { "server.Overlay(Elsewhere.Layer());", "server.Overlay(Elsewhere.Layer())" },
        { "server.Without(Environment.GetEnvironmentVariable(\"K\"));", "server.Without(Environment.GetEnvironmentVariable(\"K\"))" },
        { "server.AddListeners(Elsewhere.Section());", "server.AddListeners(Elsewhere.Section())" },
        // Texts.
        { "StalwartServer.ParseToml(System.IO.File.ReadAllText(\"x\"));", "System.IO.File.ReadAllText(\"x\")" },
        // Budgets.
        { "var x = 0L; for (var i = 0; i < 1000; i++) for (var j = 0; j < 1000; j++) x += i ^ j; server.Set(\"a\", x);", "for (var i = 0; i < 1000; i++) for (var j = 0; j < 1000; j++) x += i ^ j;" },
    };

    public static TheoryData<string> Kept => new(
        "server.Set(\"lookup.default.hostname\", Environment.GetEnvironmentVariable(\"H\"));",
        "server.AddListener(\"imap\", MailProtocol.Imap).Bind(Environment.ProcessorCount).WithImplicitTls();",
        "server.AddListener(Environment.GetEnvironmentVariable(\"ID\"), MailProtocol.Imap).Bind(993).WithImplicitTls();",
        "server.AddListener(\"imap\", MailProtocol.Imap).Bind(\"127.0.0.1:\" + Environment.ProcessorCount);",
        "Console.WriteLine(server); GC.KeepAlive(server); ArgumentNullException.ThrowIfNull(server); object.ReferenceEquals(server, null);",
        "var list = new List<object> { server }; list.Sort(); list.TrimExcess();",
        // A finding says enough.
        "server.AddListener(\"imap\", MailProtocol.Imap).Bind(Environment.GetEnvironmentVariable(\"B\") ?? \"[::]:143\");");

    [Theory]
    [MemberData(nameof(Lost))]
    public async Task It_triggers_where_sight_is_lost(string statements, string place) =>
        Assert.Equal([place], await Places(statements));

    [Theory]
    [MemberData(nameof(Kept))]
    public async Task It_does_not_trigger(string statements) => Assert.Equal([], await Places(statements));

    // As one text it would be longer than any can be.
    [Theory]
    [InlineData("longer")]
    [InlineData("match => longer")]
    [InlineData("\"$_$_$_$_\"")]
    public async Task What_grows_beyond_measure_is_not_put_together(string replacement)
    {
        var statements = "var text = \"a\"; for (var i = 0; i < 14; i++) text += text; var longer = text + text + text + text; "
            + $"server.Set(\"a\", System.Text.RegularExpressions.Regex.Replace(text, \"a\", {replacement}));";
        Assert.DoesNotContain(await BuilderProgram.Analyze(Program(statements)), static diagnostic => diagnostic.Id == "AD0001");
    }

    [Fact]
    public async Task What_happens_after_building_is_in_no_server() => Assert.Equal(
        ["SWH2001"],
        (await BuilderProgram.Analyze(BuilderProgram.Compile("using StalwartHardening.Configuration; static class P { static void Main() { var server = StalwartServer.CreateBuilder(\"x\"); server.AddListener(\"https\", MailProtocol.Http).Bind(443).WithImplicitTls(); server.Build().WriteToml(\"a\"); Elsewhere.Complete(server); server.AddListener(\"imap\", MailProtocol.Imap).Bind(143); } } " + Elsewhere))).Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning || diagnostic.Id == LostSight.RuleId).Select(static diagnostic => diagnostic.Id));

    [Fact]
    public async Task What_is_certain_stays_certain()
    {
        var diagnostics = await BuilderProgram.Analyze(Program(
            "server.AddListener(\"https\", MailProtocol.Http).Bind(443).WithImplicitTls(); server.AddListener(\"imap\", MailProtocol.Imap).Bind(143); foreach (var line in System.IO.File.ReadAllLines(\"x\")) server.AddListener(line, MailProtocol.Smtp).Bind(line);"));
        Assert.Equal(["SWH0014", "SWH1001", "SWH2001"], diagnostics.Where(static diagnostic => diagnostic.Id is "SWH0014" or "SWH1001" or "SWH2001").Select(static diagnostic => diagnostic.Id).Order());
    }

    [Fact]
    public async Task A_loop_without_an_end_loses_nothing_after_it()
    {
        var diagnostics = await BuilderProgram.Analyze(Program("var v = \"ab\"; while (true) { v += v; if (v.Length > 1 << 30) break; } var l = new List<int> { 1 }; for (var i = 0; i < 40; i++) l.AddRange(l.ToArray()); server.AddListener(\"imap\", MailProtocol.Imap).Bind(143);"));
        Assert.Contains(diagnostics, static diagnostic => diagnostic.Id == "SWH1001");
        Assert.Contains(diagnostics, static diagnostic => diagnostic.Id == LostSight.RuleId);
    }

    [Theory]
    [InlineData("Elsewhere.Fill(plan);", "Elsewhere.Fill(plan)")]
    [InlineData("Console.WriteLine(plan); plan.WritePlan(\"plan.ndjson\");", "")]
    public async Task A_plan_that_code_from_elsewhere_may_fill_is_lost(string statement, string place) => Assert.Equal(
        place,
        string.Concat(await Places(BuilderProgram.Compile(
            "using System; using StalwartHardening.Configuration; using StalwartHardening.Configuration.Objects; static class P { static void Main() { var plan = new StalwartPlan(); plan.Update(new Http { EnableHsts = true }); "
            + statement + " } } public static class Elsewhere { public static extern void Fill(StalwartPlan plan); }"))));

    private static Task<List<string>> Places(string statements) => Places(Program(statements));

    private static async Task<List<string>> Places(CSharpCompilation program) =>
        [.. (await BuilderProgram.Analyze(program)).Where(static diagnostic => diagnostic.Id == LostSight.RuleId).Select(static diagnostic => diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan))];

    private static CSharpCompilation Program(string statements) => BuilderProgram.Compile(BuilderProgram.Source(statements) + Elsewhere);
}
