using System.Collections.Concurrent;
using System.Globalization;

namespace StalwartHardening.Tests;

/// <summary>
/// Random programs in the forms people write them in, compiled and run before and after each action and after all of them: both build, both
/// run, and what they write differs as the remedy says and in nothing else.
/// </summary>
public class WovenProgramFixTests
{
    [Fact]
    public async Task No_action_breaks_a_program()
    {
        var seed = Number("STALWART_HARDENING_SEED", 20261127);
        var count = Number("STALWART_HARDENING_PROGRAMS", 60);
        var broken = new ConcurrentBag<string>();
        var (findings, actions) = (0, 0);
        await Parallel.ForAsync(0, count, TestContext.Current.CancellationToken, async (number, _) =>
        {
            using var workspace = new SourcePrograms();
            var project = workspace.AddProject(WovenProgram.Create(unchecked(seed + number)));
            var experiment = new FixExperiment($"seed {unchecked(seed + number)}", project, workspace.Solution, "Program.Write", []);
            await experiment.ApplyEachAsync();
            await experiment.ApplyAllAsync();
            Interlocked.Add(ref findings, experiment.Findings);
            Interlocked.Add(ref actions, experiment.Actions);
            experiment.Broken.ForEach(broken.Add);
        });
        TestContext.Current.TestOutputHelper!.WriteLine($"{count} programs, {findings} findings, {actions} actions, {broken.Count} broken");
        Assert.True(broken.IsEmpty, $"{broken.Count} of {actions} actions:\n" + string.Join("\n\n", broken.Order(StringComparer.Ordinal)));
        Assert.True(actions > count / 4, $"{actions} actions for {findings} findings");
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
