using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using StalwartHardening.Configuration;

namespace StalwartHardening.Tests;

/// <summary>Every method of the builders, found by reflection, for every generation: what Build() refuses is said while it is typed, and nothing else is.</summary>
public sealed class EveryMethodTests
{
    private const int Arguments = 2;

    [Theory]
    [InlineData(ServerGeneration.Toml)]
    [InlineData(ServerGeneration.Plan)]
    [InlineData(ServerGeneration.Both)]
    public async Task What_a_generation_cannot_say_is_refused_with_the_call_and_while_typing(ServerGeneration generation)
    {
        var (refused, written) = (0, 0);
        var wrong = new List<string>();
        foreach (var (path, method) in GeneratedProgram.EveryMethod())
        {
            for (var seed = 0; seed < Arguments; seed++)
            {
                var source = GeneratedProgram.CreateFor(path, method, generation, seed);
                var compilation = BuilderProgram.Compile(source);
                var problems = Problems(compilation);
                var said = (await BuilderProgram.Analyze(compilation)).Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id.StartsWith("SWH00", StringComparison.Ordinal)).ToList();
                if (problems.Count == 0)
                {
                    written++;
                    if (said.Exists(static diagnostic => diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture).Contains("Build() refuses", StringComparison.Ordinal)))
                        wrong.Add($"{path}.{method.Name} is written, and the analyzer says: {said[0].GetMessage(System.Globalization.CultureInfo.InvariantCulture)}");
                    continue;
                }

                refused++;
                if (said.Count == 0)
                    wrong.Add($"{path}.{method.Name} is refused, and the analyzer says nothing: {problems[0]}");
                if (problems.FirstOrDefault(problem => !Regex.Matches(problem, @"\((\w+)\)").Any(call => source.Contains("." + call.Groups[1].Value + "(", StringComparison.Ordinal))) is { } nameless)
                    wrong.Add($"{path}.{method.Name} is refused without the name of the call: {nameless}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(written > 100, $"{written} written, {refused} refused");
        if (generation != ServerGeneration.Toml)
            Assert.True(refused > 0);
    }

    private static IReadOnlyList<string> Problems(Microsoft.CodeAnalysis.CSharp.CSharpCompilation compilation)
    {
        try
        {
            BuilderProgram.Run(compilation);
            return [];
        }
        catch (InvalidOperationException exception) when (exception.InnerException is InvalidServerException refusal)
        {
            return refusal.Problems;
        }
    }
}
