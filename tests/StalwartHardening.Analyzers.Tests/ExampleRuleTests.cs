using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests;

/// <summary>The rule that <c>docs/contributing.md</c> shows compiles, and finds what the page says.</summary>
public sealed class ExampleRuleTests
{
    private static string Example { get; } = Regex.Match(File.ReadAllText(Repository.PathOf("docs", "contributing.md")), "<!-- example -->(.*)<!-- end example -->", RegexOptions.Singleline).Groups[1].Value;

    [Theory]
    [InlineData("Reported", 1)]
    [InlineData("Not reported", 0)]
    public void The_example_finds_what_the_page_says(string head, int expected)
    {
        var rule = Compile(Fence(Example, "csharp"));
        var text = Fence(Example[Example.IndexOf("\n" + head + ":", StringComparison.Ordinal)..], "toml");
        var judgement = new Judgement(JudgementOptions.Default, TestContext.Current.CancellationToken);
        rule.Judge(ConfigurationReader.Read(text, new Server.ReadingTarget(ServerVersion.Newest), TestContext.Current.CancellationToken), judgement);
        Assert.Equal(expected, judgement.Findings.Count);
        Assert.All(judgement.Findings, static finding => Assert.Contains("'lmtp'", finding.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void The_example_says_why_it_has_no_remedy() => Assert.EndsWith(".", Compile(Fence(Example, "csharp")).NoRemedyReason, StringComparison.Ordinal);

    [Fact]
    public void No_rule_has_the_number_of_the_example() =>
        Assert.DoesNotContain(Compile(Fence(Example, "csharp")).Id, RuleCatalog.All.Select(static rule => rule.Id));

    private static Rule Compile(string source)
    {
        // A rule is internal: what is compiled here goes by the name of an assembly that Core knows.
        var compilation = CSharpCompilation.Create(
            "StalwartHardening.Core.Tests",
            [CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken)],
            [.. Basic.Reference.Assemblies.Net100.References.All, MetadataReference.CreateFromFile(typeof(Rule).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(result.Diagnostics);
        var assembly = System.Reflection.Assembly.Load(stream.ToArray());
        return (Rule)Activator.CreateInstance(Assert.Single(assembly.GetTypes(), static type => type.IsSubclassOf(typeof(Rule))))!;
    }

    private static string Fence(string text, string language) => Regex.Match(text, $"```{language}\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
}
