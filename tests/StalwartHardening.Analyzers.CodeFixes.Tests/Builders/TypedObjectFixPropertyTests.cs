using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using StalwartHardening.Edits;
using StalwartHardening.Fixing;
using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Rules;
using StalwartHardening.Server;

namespace StalwartHardening.Tests;

/// <summary>
/// What holds for every fix in every program of typed objects. The programs are run before and after: what a fixed one writes is the plan
/// that the remedy makes, in a file, of what it wrote before.
/// </summary>
public class TypedObjectFixPropertyTests
{
    private const int Programs = 40;

    private static readonly ReadingTarget Target = new(PlanGeneration.Instance.Newest);

    [Fact]
    public async Task Every_action_does_to_the_program_what_it_does_to_its_plan()
    {
        var (findings, possible, offered) = (0, 0, 0);
        var lacking = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        await Parallel.ForAsync(0, Programs, TestContext.Current.CancellationToken, async (seed, _) =>
        {
            using var programs = new SourcePrograms();
            var project = programs.AddProject(WovenPlan.Create(seed));
            var before = programs.Solution.GetProject(project)!;
            var source = await programs.TextAsync();
            var written = await ProgramRun.WrittenByAsync<string>(before, source);
            var server = Read(written);
            var judged = ConfigurationJudge.Judge(server, JudgementOptions.Default, CancellationToken.None);
            foreach (var diagnostic in await SourcePrograms.DiagnosticsAsync(before))
            {
                Interlocked.Increment(ref findings);
                var key = diagnostic.Properties["SettingKey"];
                var same = judged.Where(finding => finding.Rule.Id == diagnostic.Id && finding.SettingKey == key).ToList();
                var actions = await SourcePrograms.ActionsAsync(before, diagnostic);
                foreach (var remedy in same.SelectMany(finding => finding.Remedies(server).Where(remedy => Fixed(server, finding, remedy) is not null)).Select(static remedy => remedy.EquivalenceKey).Distinct())
                {
                    Interlocked.Increment(ref possible);
                    if (!actions.Any(action => action.EquivalenceKey == remedy))
                        lacking.AddOrUpdate(remedy, 1, static (_, count) => count + 1);
                }

                foreach (var action in actions)
                {
                    Interlocked.Increment(ref offered);
                    var operations = await action.GetOperationsAsync(CancellationToken.None);
                    var after = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(project)!;
                    var text = (await after.Documents.Single().GetTextAsync(CancellationToken.None)).ToString();
                    var message = $"seed {seed}, {diagnostic.Id}, {action.EquivalenceKey}\n{source}\n=>\n{text}";
                    var lines = DraftLines.Of(Plan(await ProgramRun.WrittenByAsync<string>(after, message)));
                    Assert.True(same.Any(finding => finding.Remedies(server).Any(remedy => remedy.EquivalenceKey == action.EquivalenceKey && Fixed(server, finding, remedy) is { } wanted && DraftLines.Of(Plan(wanted)).SequenceEqual(lines))), message + "\n" + string.Join('\n', lines));
                    Assert.True(text.Split("\n\n\n").Length <= source.Split("\n\n\n").Length, message);
                }
            }
        });
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{findings} findings, {possible} remedies of plans, {offered} actions\n{string.Join('\n', lacking.OrderByDescending(static pair => pair.Value))}"));
        // Most of what can be done in a file can be said in C#.
        Assert.True(findings > Programs, $"{findings} findings");
        Assert.True(offered > possible * 3 / 4, $"{offered} actions for {possible} remedies");
    }

    private static string? Fixed(ServerConfiguration server, Finding finding, Remedies.Remedy remedy) =>
        RemedyApplication.Apply(server, JudgementOptions.Default, finding, remedy) is { } changes ? TextChange.Apply(server.Document.Text!, changes) : null;

    private static ServerConfiguration Read(string text) => Generation.ReadServer(PlanGeneration.ReadPlan(text, Target, CancellationToken.None).Document, Target.Version);

    private static PlanReading Plan(string text) => (PlanReading)Read(text).Document.Origin!;
}
