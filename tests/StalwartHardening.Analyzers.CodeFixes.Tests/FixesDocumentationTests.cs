using System.Text.RegularExpressions;

namespace StalwartHardening.Tests;

/// <summary>The examples of the page about fixes are what the fixes do.</summary>
public sealed partial class FixesDocumentationTests
{
    [Fact]
    public async Task The_examples_become_what_the_page_says()
    {
        var page = (await File.ReadAllTextAsync(Repository.PathOf("docs", "fixes.md"), TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");
        var examples = Example().Matches(page);
        Assert.True(examples.Count >= 4, $"{examples.Count} examples");
        Assert.Equal(page.Split("```csharp").Length - 1, examples.Count * 2);
        foreach (Match example in examples)
        {
            using var programs = new SourcePrograms();
            var project = programs.AddProject(SourcePrograms.Source(example.Groups["before"].Value));
            var actions = await programs.ActionsAsync(project, example.Groups["rule"].Value);
            await programs.ApplyAsync(Assert.Single(actions, action => action.EquivalenceKey == example.Groups["key"].Value));
            Assert.Equal(SourcePrograms.Source(example.Groups["after"].Value), await programs.TextAsync());
        }
    }

    [GeneratedRegex("<!-- fix (?<rule>SWH[0-9]{4}) (?<key>[^ ]+) -->\n```csharp\n(?<before>.*?)```\n\nbecomes\n\n```csharp\n(?<after>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
