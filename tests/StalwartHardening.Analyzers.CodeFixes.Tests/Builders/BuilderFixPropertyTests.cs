using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using StalwartHardening.Configuration;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Settings;

namespace StalwartHardening.Tests;

/// <summary>
/// What holds for every fix in every program. The programs are run before and after: what they write is read by the server's grammar and
/// judged, so that the reader that proves a fix does not judge itself.
/// </summary>
public class BuilderFixPropertyTests
{
    private const int Programs = 160;

    [Fact]
    public async Task Every_action_ends_its_finding_and_brings_no_other()
    {
        var offered = 0;
        var findings = 0;
        await Parallel.ForAsync(0, Programs, TestContext.Current.CancellationToken, async (seed, _) =>
        {
            using var programs = new SourcePrograms();
            var project = programs.AddProject(RandomServerProgram.Create(seed));
            var before = programs.Solution.GetProject(project)!;
            var written = await ProgramRun.WrittenByAsync<StalwartServer>(before);
            var source = await programs.TextAsync();
            foreach (var diagnostic in await SourcePrograms.DiagnosticsAsync(before))
            {
                Interlocked.Increment(ref findings);
                foreach (var action in await SourcePrograms.ActionsAsync(before, diagnostic))
                {
                    Interlocked.Increment(ref offered);
                    var operations = await action.GetOperationsAsync(CancellationToken.None);
                    var after = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(project)!;
                    var text = (await after.Documents.Single().GetTextAsync(CancellationToken.None)).ToString();
                    var message = $"seed {seed}, {diagnostic.Id}, {action.EquivalenceKey}\n{source}\n=>\n{text}";
                    var fixedServer = await ProgramRun.WrittenByAsync<StalwartServer>(after, message);
                    AssertJudgedBetter(written, fixedServer, diagnostic, action.EquivalenceKey!, message);
                    AssertRestIsUntouched(source, text, message);
                }
            }
        });
        // Most findings have a remedy, and most remedies can be said in C#.
        Assert.True(findings > Programs, $"{findings} findings");
        Assert.True(offered > findings / 2, $"{offered} actions for {findings} findings");
        TestContext.Current.TestOutputHelper!.WriteLine($"{findings} findings, {offered} actions");
    }

    [Fact]
    public async Task Fixing_all_ends_what_can_be_ended_and_once_is_enough()
    {
        await Parallel.ForAsync(0, Programs / 2, TestContext.Current.CancellationToken, async (seed, _) =>
        {
            using var programs = new SourcePrograms();
            var project = programs.AddProject(RandomServerProgram.Create(seed + 10_000));
            var source = await programs.TextAsync();
            var written = await ProgramRun.WrittenByAsync<StalwartServer>(programs.Solution.GetProject(project)!);
            for (var round = 0; round < 12; round++)
            {
                var isAny = false;
                foreach (var diagnostic in await SourcePrograms.DiagnosticsAsync(programs.Solution.GetProject(project)!))
                {
                    var actions = await SourcePrograms.ActionsAsync(programs.Solution.GetProject(project)!, diagnostic);
                    if (actions.Count == 0 || !await programs.FixAllAsync(project, FixAllScope.Solution, diagnostic.Id, actions[0].EquivalenceKey!))
                        continue;
                    isAny = true;
                    // Once more finds nothing to do.
                    Assert.False(await programs.FixAllAsync(project, FixAllScope.Solution, diagnostic.Id, actions[0].EquivalenceKey!), $"seed {seed}: {actions[0].EquivalenceKey}\n{source}\n=>\n{await programs.TextAsync()}");
                    break;
                }

                if (!isAny)
                    break;
            }

            var message = $"seed {seed}\n{source}\n=>\n{await programs.TextAsync()}";
            var fixedServer = await ProgramRun.WrittenByAsync<StalwartServer>(programs.Solution.GetProject(project)!, message);
            Assert.True(Judge(fixedServer).Count(finding => finding.Rule.IsHeart) <= Judge(written).Count(finding => finding.Rule.IsHeart), message);
            AssertRestIsUntouched(source, await programs.TextAsync(), message);
        });
    }

    private static void AssertJudgedBetter(StalwartServer written, StalwartServer fixedServer, Diagnostic diagnostic, string key, string message)
    {
        var rule = RuleCatalog.All.Single(rule => rule.Id == diagnostic.Id);
        // Accounts are not in the TOML.
        if (rule.Id != "SWH3003" && !key.EndsWith("secret-from-environment", StringComparison.Ordinal))
            Assert.True(Count(fixedServer, rule.Id) < Count(written, rule.Id), message);
        foreach (var other in RuleCatalog.All)
        {
            if (other.Severity >= rule.Severity)
                Assert.True(Count(fixedServer, other.Id) <= Count(written, other.Id), other.Id + " came, " + message);
        }
    }

    private static int Count(StalwartServer server, string rule) => Judge(server).Count(finding => finding.Rule.Id == rule);

    private static IReadOnlyList<Finding> Judge(StalwartServer server) =>
        ConfigurationJudge.Judge(Generation.ReadFile(server.ToToml(), ServerVersion.Newest, CancellationToken.None), Rules.JudgementOptions.Default, CancellationToken.None);

    // Comments that are by themselves stay, and so does the way lines end.
    private static void AssertRestIsUntouched(string source, string text, string message)
    {
        Assert.False(source.Contains("\r\n", StringComparison.Ordinal) && text.ReplaceLineEndings("\r\n") != text, message);
        Assert.False(!source.Contains('\r', StringComparison.Ordinal) && text.Contains('\r', StringComparison.Ordinal), message);
        Assert.True(BlankLines(text) <= BlankLines(source), message);
    }

    // Pairs of them: what goes leaves no hole.
    private static int BlankLines(string text) => text.ReplaceLineEndings("\n").Split("\n\n\n").Length;
}
