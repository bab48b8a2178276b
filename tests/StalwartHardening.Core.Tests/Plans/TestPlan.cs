using StalwartHardening.Plans;

namespace StalwartHardening.Tests.Plans;

/// <summary>Plans as tests read and run them: stopped when the test is.</summary>
internal static class TestPlan
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static PlanText Text(string text) => PlanText.Read(text, 0, Token);

    public static PlanRun Run(IReadOnlyList<PlanText> texts, PlanRunOptions options) => PlanRun.Create(texts, options, Token);

    public static PlanRun Run(IReadOnlyList<PlanText> texts, PlanState start, PlanRunOptions options) => PlanRun.Create(texts, start, options, Token);

    public static PlanRun Snapshot(PlanText text) => PlanRun.OfSnapshot(text, new PlanRunOptions(), Token);

    public static PlanReading Read(string text, PlanRunOptions options) => PlanReading.Read(text, options, Token);
}
