using Microsoft.CodeAnalysis;
using StalwartHardening.Rules;
using StalwartHardening.Rules.Reading;

namespace StalwartHardening.Tests;

/// <summary>Programs in many forms: what the running program's server has is what its source shows, and what is not shown is said to be out of sight.</summary>
public sealed class WrittenCaseTests
{
    /// <summary>The programs, by name; the words after a name say <c>announced</c> where sight is lost, <c>possible</c> where a way is shown that the program does not go, <c>unseen</c> where something is missed without a word.</summary>
    private static readonly Dictionary<string, WrittenCase> Cases = Directory
        .GetFiles(Repository.PathOf("tests", "StalwartHardening.Configuration.Tests", "Programs"), "*.txt").Order(StringComparer.Ordinal)
        .SelectMany(static path => WrittenCase.In(File.ReadAllText(path))).ToDictionary(static written => written.Name);

    public static TheoryData<string> Names => new(Cases.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_source_shows_what_the_server_has(string name)
    {
        var written = Cases[name];
        var compilation = written.Compile();
        var really = written.Run(compilation).Judge().Select(static finding => RuleCatalog.Find(finding.RuleId)!).Where(IsDecisive).Select(static rule => rule.Id).Distinct().Order().ToList();
        var diagnostics = await BuilderProgram.Analyze(compilation);
        var shown = diagnostics.Select(static diagnostic => RuleCatalog.Find(diagnostic.Id)!).Where(IsDecisive).Select(static rule => rule.Id).Distinct().Order().ToList();
        var isLost = diagnostics.Any(static diagnostic => diagnostic.Id == LostSight.RuleId);
        var report = $"{name}: the server has {string.Join(" ", really)}; the source shows {string.Join(" ", shown)}{(isLost ? ", and that sight is lost: " + string.Join(" | ", diagnostics.Where(static diagnostic => diagnostic.Id == LostSight.RuleId).Select(static diagnostic => diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan) + " -- " + diagnostic.GetMessage())) : "")}";
        Assert.True(shown.Except(really).All(_ => written.Words.Contains("possible", StringComparison.Ordinal)), "made up: " + report);
        if (written.Words.Contains("announced", StringComparison.Ordinal))
            Assert.True(isLost, "lost: " + report);
        else if (!written.Words.Contains("unseen", StringComparison.Ordinal))
            Assert.True(!really.Except(shown).Any() && !isLost, (isLost ? "announced: " : "LOST: ") + report);
        var backwards = await BuilderProgram.Analyze(written.Compile(backwards: true));
        Assert.Equal(diagnostics.Select(static diagnostic => diagnostic.ToString()).Order(StringComparer.Ordinal), backwards.Select(static diagnostic => diagnostic.ToString()).Order(StringComparer.Ordinal));
    }

    private static bool IsDecisive(Rule rule) => rule.Severity >= RuleSeverity.Warning && rule.Category != RuleCategory.Reading;
}
