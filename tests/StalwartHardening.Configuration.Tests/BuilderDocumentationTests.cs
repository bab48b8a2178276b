using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace StalwartHardening.Tests;

/// <summary>What the documentation shows of the builders compiles, and each line has exactly the findings that its comment names.</summary>
public sealed partial class BuilderDocumentationTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/builders.md")]
    [InlineData("docs/plan-builders.md")]
    [InlineData("src/StalwartHardening.Configuration/README.md")]
    public async Task Programs_have_the_findings_their_comments_name(string page)
    {
        var programs = CSharpBlock().Matches((await File.ReadAllTextAsync(Repository.PathOf(page.Split('/')), TestContext.Current.CancellationToken)).ReplaceLineEndings("\n"))
            .Select(static match => match.Groups[1].Value)
            .Where(static block => block.Contains("StalwartServer.CreateBuilder(", StringComparison.Ordinal) || block.Contains("new StalwartPlan(", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(programs);
        foreach (var program in programs)
        {
            var source = "using System; using System.Linq; using StalwartHardening.Configuration; using StalwartHardening.Configuration.Objects;\n" + program;
            var compilation = BuilderProgram.Compile(source);
            compilation = compilation.WithOptions(compilation.Options.WithOutputKind(OutputKind.ConsoleApplication));
            Assert.DoesNotContain(compilation.GetDiagnostics(TestContext.Current.CancellationToken), static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            var lines = source.Split('\n');
            var named = lines.SelectMany(static (line, index) => RuleId().Matches(line).Select(match => $"{index}: {match.Value}"));
            var found = (await BuilderProgram.Analyze(compilation))
                .Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
                .Select(static diagnostic => $"{diagnostic.Location.GetLineSpan().StartLinePosition.Line}: {diagnostic.Id}");
            Assert.Equal(named, found.Order(StringComparer.Ordinal));
        }
    }

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex("SWH[0-9]{4}")]
    private static partial Regex RuleId();
}
