using System.Globalization;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using StalwartHardening.Analyzers.Builders;

namespace StalwartHardening.Tests;

/// <summary>Texts that a program puts together and writes to a file are judged in files that never say a name of ours, and in programs without the library.</summary>
public sealed class ComposedTextTests
{
    private static readonly CSharpCompilation WithoutLibrary = CSharpCompilation.Create("Program", [], Net100.References.All, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    private const string Builder = "using StalwartHardening.Configuration; static class Q { static void W() { var server = StalwartServer.CreateBuilder(\"x\"); server.AddListener(\"imap\", MailProtocol.Imap).Bind(993).WithImplicitTls(); server.Build(); } }";

    public static TheoryData<string> Texts { get; } = new(
        "var b = new System.Text.StringBuilder(); b.AppendLine(\"[server.listener.imap]\"); b.AppendLine(\"protocol = 'imap'\"); b.Append(\"bind = '[::]:143'\").Append('\\n'); System.IO.File.WriteAllText(\"config.toml\", b.ToString());",
        "System.IO.File.WriteAllLines(\"config.toml\", new[] { \"[server.listener.imap]\", \"protocol = 'imap'\", \"bind = '[::]:143'\" });",
        "var t = \"[server.listener.imap]\\nprotocol = 'imap'\\nbind = '@B@'\\n\"; System.IO.File.WriteAllText(\"config.toml\", t.Replace(\"@B@\", \"[::]:143\"));",
        "System.IO.File.WriteAllText(\"config.toml\", string.Format(\"[server.listener.imap]\\nprotocol = '{0}'\\nbind = '[::]:{1}'\\n\", \"imap\", 143));",
        "System.IO.File.WriteAllText(\"config.toml\", string.Join(\"\\n\", \"[server.listener.imap]\", \"protocol = 'imap'\", \"bind = '[::]:143'\", \"\"));",
        "var t = \"\"; foreach (var p in new[] { 143 }) t += \"[server.listener.l\" + p + \"]\\nprotocol = 'imap'\\nbind = '[::]:\" + p + \"'\\n\"; System.IO.File.WriteAllText(\"config.toml\", t);",
        "var b = new System.Text.StringBuilder(); b.Append(\"{\\\"@type\\\":\\\"upsert\\\",\\\"object\\\":\\\"NetworkListener\\\",\\\"matchOn\\\":[\\\"name\\\"],\\\"value\\\":{\\\"imap\\\":{\\\"name\\\":\\\"imap\\\",\"); b.AppendLine(\"\\\"protocol\\\":\\\"imap\\\",\\\"bind\\\":{\\\"[::]:143\\\":true},\\\"useTls\\\":true,\\\"tlsImplicit\\\":false}}}\"); System.IO.File.WriteAllText(\"plan.ndjson\", b.ToString());");

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_text_that_is_put_together_is_judged_in_whatever_file(string statements)
    {
        var source = "static class P { static void Main() { " + statements + " } }";
        Assert.Contains("SWH1001", Ids(await BuilderProgram.Analyze(BuilderProgram.Compile(source, Builder))));
        Assert.Contains("SWH1001", Ids(await BuilderProgram.Analyze(WithoutLibrary.AddSyntaxTrees(Parse(source)))));
    }

    [Theory]
    [InlineData("System.IO.File.WriteAllText(\"a.txt\", \"the server.listener section\");")]
    [InlineData("System.IO.File.WriteAllText(\"a.txt\", \"NetworkListener\" + System.Environment.NewLine);")]
    [InlineData("var x = \"[server.listener.imap]\\nprotocol = 'imap'\\nbind = '\" + System.Environment.MachineName + \"'\\n\"; System.IO.File.WriteAllText(\"a\", x);")]
    public async Task A_text_that_is_no_servers_or_not_known_does_not_trigger(string statements) =>
        Assert.Empty(await BuilderProgram.Analyze(WithoutLibrary.AddSyntaxTrees(Parse("static class P { static void Main() { " + statements + " } }"))));

    [Fact]
    public async Task A_program_that_holds_no_servers_text_costs_one_look_at_it()
    {
        var source = string.Concat(Enumerable.Range(0, 50).Select(static i => string.Create(CultureInfo.InvariantCulture, $"class C{i} {{ void M() {{ System.IO.File.WriteAllText(\"a\", \"b{i}\"); }} }}\n")));
        var analyzed = WithoutLibrary.AddSyntaxTrees(Parse(source)).WithAnalyzers([new BuilderAnalyzer()], new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), null, true, true));
        var telemetry = await analyzed.GetAnalyzerTelemetryInfoAsync(analyzed.Analyzers[0], TestContext.Current.CancellationToken);
        Assert.Equal((1, 0), (telemetry.CompilationStartActionsCount, telemetry.SemanticModelActionsCount));
    }

    private static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken);

    private static IEnumerable<string> Ids(IEnumerable<Diagnostic> diagnostics) => diagnostics.Select(static diagnostic => diagnostic.Id);
}
