using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Rules;
using StalwartHardening.Server;

namespace StalwartHardening.Tests;

/// <summary>
/// All findings of a project with plans of typed objects at once: one action after the other, each for the whole project, as editors and
/// <c>dotnet format</c> do it. What was built and run before is built and run afterwards.
/// </summary>
public sealed class TypedObjectFixAllTests
{
    private const int Projects = 16;

    private const int MaxRounds = 24;

    private static readonly ReadingTarget Target = new(PlanGeneration.Instance.Newest);

    [Fact]
    public async Task Every_project_is_fixed_at_once_and_still_runs()
    {
        var (before, after) = (0, 0);
        await Parallel.ForAsync(0, Projects, TestContext.Current.CancellationToken, async (seed, _) =>
        {
            using var programs = new SourcePrograms();
            var first = WovenPlan.Create(1000 + seed);
            var second = WovenPlan.Create(2000 + seed);

            // The second is in a namespace of its own.
            var line = second.IndexOf('\n', StringComparison.Ordinal) + 1;
            var project = programs.AddProject(first, second[..line] + "namespace Second;\n" + second[line..]);
            var written = await WriteAsync(programs, project, "");
            Interlocked.Add(ref before, written.Sum(static findings => findings.Count));
            var applied = new HashSet<(string Rule, string Key)>();
            for (var round = 0; round < MaxRounds; round++)
            {
                if (!await FixNextAsync(programs, project, applied))
                    break;
            }

            var message = $"seed {seed}: {string.Join(' ', applied)}\n{first}\n=>\n{await programs.TextAsync()}\n=====\n{second}\n=>\n{await programs.TextAsync("/0/1.cs")}";
            var fixedOnes = await WriteAsync(programs, project, message);
            Interlocked.Add(ref after, fixedOnes.Sum(static findings => findings.Count));
            for (var i = 0; i < written.Count; i++)
            {
                foreach (var rule in fixedOnes[i].Distinct())
                    Assert.True(fixedOnes[i].Count(other => other == rule) <= written[i].Count(other => other == rule), $"{rule} is new: {message}");
            }
        });
        Assert.True(before > Projects && after < before / 2, $"{before} findings before, {after} after");
    }

    // The first action of the first finding that has one, for all findings of its rule.
    private static async Task<bool> FixNextAsync(SourcePrograms programs, ProjectId project, HashSet<(string Rule, string Key)> applied)
    {
        foreach (var diagnostic in await SourcePrograms.DiagnosticsAsync(programs.Solution.GetProject(project)!))
        {
            var actions = await SourcePrograms.ActionsAsync(programs.Solution.GetProject(project)!, diagnostic);
            if (actions.Count > 0 && applied.Add((diagnostic.Id, actions[0].EquivalenceKey!)) && await programs.FixAllAsync(project, FixAllScope.Project, diagnostic.Id, actions[0].EquivalenceKey!))
                return true;
        }

        return false;
    }

    // The rules that object to what each program writes when it runs.
    private static async Task<IReadOnlyList<IReadOnlyList<string>>> WriteAsync(SourcePrograms programs, ProjectId project, string message)
    {
        var all = new List<IReadOnlyList<string>>();
        foreach (var entry in (string[])["Program.Write", "Second.Program.Write"])
        {
            var run = await ProgramRun.OfAsync(programs.Solution.GetProject(project)!, entry, []);
            Assert.True(run.Problem is null, run.Problem + "\n" + message);
            var reading = PlanGeneration.ReadPlan((string)run.Result!, Target, CancellationToken.None);
            Assert.True(message.Length == 0 || reading.Run.IsSuccess, run.Result + "\n" + string.Join('\n', reading.Run.Problems.Select(static problem => problem.Message)) + message);
            all.Add([.. ConfigurationJudge.Judge(Generation.ReadServer(reading.Document, Target.Version), JudgementOptions.Default, CancellationToken.None)
                // Advice may come in the place of what was worse: an administrator without mail is still one that may do everything.
                .Where(static finding => finding.Severity >= RuleSeverity.Warning).Select(static finding => finding.Rule.Id)]);
        }

        return all;
    }
}
