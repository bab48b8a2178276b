using System.Globalization;
using StalwartHardening.Generations;
using StalwartHardening.Rules;

namespace StalwartHardening.Tests.Plans;

/// <summary>What is read from the source of a program is the plan that it really writes, in whatever form it is written, and so is what is found in it.</summary>
public sealed class WovenPlanTests
{
    private static readonly int Programs = ProgramCount.Of(1000);

    // Every program is read; running one costs a compilation.
    private const int AlsoJudged = 60;

    [Fact]
    public async Task The_source_shows_what_the_program_writes()
    {
        var seed = int.Parse(Environment.GetEnvironmentVariable("STALWART_HARDENING_SEED") ?? "20261127", CultureInfo.InvariantCulture);
        var insecure = 0;
        for (var i = 0; i < Programs; i++)
        {
            var source = WovenPlan.Create(unchecked(seed + i));
            var compilation = BuilderProgram.Compile(source);
            var written = PlanProgram.Run(compilation);
            var seen = PlanProgram.Flatten(compilation);
            Assert.True(seen is [var only] && only == written, $"seed {unchecked(seed + i)}:\n{written}\n{string.Join('\n', seen)}\n{source}");
            if (i >= AlsoJudged)
                continue;
            var target = new Server.ReadingTarget(PlanGeneration.Instance.Newest);
            var really = ConfigurationJudge.Judge(Generation.ReadServer(PlanGeneration.ReadPlan(written, target, TestContext.Current.CancellationToken).Document, target.Version), new JudgementOptions(), TestContext.Current.CancellationToken)
                .Select(static finding => finding.Rule.Id).Distinct().Order().ToList();
            var shown = (await BuilderProgram.Analyze(compilation)).Select(static diagnostic => diagnostic.Id).Distinct().Order().ToList();
            Assert.True(really.SequenceEqual(shown), $"seed {unchecked(seed + i)}: the plan has {string.Join(" ", really)}, the source shows {string.Join(" ", shown)}\n{source}");
            insecure += really.Count > 0 ? 1 : 0;
        }

        Assert.True(insecure > 0);
        ProgramCount.Record("typed objects in many forms: the plan read from the source, and the one written", Programs, seed);
    }
}
