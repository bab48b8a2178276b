using System.Globalization;

namespace StalwartHardening.Tests;

/// <summary>The sample that writes its configuration in C#.</summary>
public sealed class ConfigAsCodeSampleTests
{
    private static readonly string[] Heart = ["SWH1001", "SWH1002", "SWH1003", "SWH1004", "SWH2001", "SWH3001", "SWH3003"];

    [Fact]
    public async Task The_insecure_server_has_exactly_its_findings_and_all_of_the_heart()
    {
        var diagnostics = await BuilderProgram.Analyze(BuilderProgram.Compile(Read("InsecureServer.cs")));
        var findings = diagnostics.Where(static diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)
            .Select(static diagnostic => $"InsecureServer.cs({(diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1 - ImplicitUsingLines).ToString(CultureInfo.InvariantCulture)}): warning {diagnostic.Id}")
            .Order(StringComparer.Ordinal);
        var expected = await File.ReadAllLinesAsync(Repository.PathOf("samples", "ConfigAsCode", "findings.txt"), TestContext.Current.CancellationToken);
        Assert.Equal(expected.Order(StringComparer.Ordinal), findings);
        Assert.All(Heart, rule => Assert.Contains(expected, line => line.EndsWith(rule, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_hardened_server_has_none() =>
        Assert.DoesNotContain(
            await BuilderProgram.Analyze(BuilderProgram.Compile(Read("HardenedServer.cs"))),
            static diagnostic => diagnostic.Severity >= Microsoft.CodeAnalysis.DiagnosticSeverity.Warning);

    [Theory]
    [InlineData("InsecureServer.cs")]
    [InlineData("HardenedServer.cs")]
    public async Task No_beginning_of_the_sample_makes_the_analyzer_throw(string file)
    {
        var source = Read(file);
        for (var length = 0; length < source.Length; length++)
            await BuilderProgram.Analyze(BuilderProgram.Compile(source[..length]));
    }

    private const int ImplicitUsingLines = 1;

    private static string Read(string file) => "using System.Linq;\n" + File.ReadAllText(Repository.PathOf("samples", "ConfigAsCode", file));
}
