using Microsoft.CodeAnalysis;
using StalwartHardening.Rules;
using StalwartHardening.Rules.Reading;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests;

/// <summary>Programs in many forms: what the running program's server has is what its source shows, and what is not shown is said to be out of sight.</summary>
public sealed class WrittenCaseTests
{
    /// <summary>The programs, by name; the words after a name say <c>announced</c> where sight is lost, <c>possible</c> where a way is shown that the program does not go, <c>unseen</c> where something is missed without a word, <c>unknown</c> where values are not known that decide no rule.</summary>
    private static readonly Dictionary<string, WrittenCase> Cases = Directory
        .GetFiles(Repository.PathOf("tests", "StalwartHardening.Configuration.Tests", "Programs"), "*.txt").Order(StringComparer.Ordinal)
        .SelectMany(static path => WrittenCase.In(File.ReadAllText(path))).ToDictionary(static written => written.Name);

    /// <summary>All of them, or those whose names contain what <c>STALWART_HARDENING_CASE</c> says.</summary>
    public static TheoryData<string> Names => new(Cases.Keys.Where(static name => name.Contains(Environment.GetEnvironmentVariable("STALWART_HARDENING_CASE") ?? "", StringComparison.Ordinal)));

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

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_read_off_the_source_is_what_the_program_writes(string name)
    {
        var written = Cases[name];
        if (Array.Exists(["announced", "unseen", "unknown"], word => written.Words.Contains(word, StringComparison.Ordinal)))
            return;
        var compilation = written.Compile();
        var really = SettingLines.Of(ServerTomlReader.Read(written.Run(compilation).ToToml(), ServerVersion.Newest, TestContext.Current.CancellationToken));
        var read = BuilderProgram.Flatten(compilation).Select(static server => SettingLines.Of(server)).ToList();
        // A server that is nothing but a text is judged as that text.
        if (read.Count == 0)
            return;
        Assert.True(read.Exists(server => server.SequenceEqual(really)), name + " writes\n" + string.Join('\n', really) + "\nand the source says\n" + string.Join("\nor\n", read.Select(static server => string.Join('\n', server))));
    }

    private static bool IsDecisive(Rule rule) => rule.Severity >= RuleSeverity.Warning && rule.Category != RuleCategory.Reading;
}
