using StalwartHardening.Plans;
using StalwartHardening.Server;

namespace StalwartHardening.Generations;

/// <summary>What a plan does otherwise than it seems, of what its run remarks.</summary>
internal static class PlanSurprises
{
    public static IReadOnlyList<Surprise> Read(PlanReading reading)
    {
        if (reading.Kind != PlanTextKind.Plan)
            return [];
        var surprises = new List<Surprise>();
        foreach (var remark in reading.Run.Remarks)
            surprises.Add(new Surprise(remark.Span, remark.Message, IsAdvice(remark.Kind)) { Repair = PlanRepairs.Of(reading, remark) });
        return surprises;
    }

    // Hardly any plan asks for a reload, and a create that fails when it is repeated is what some people want.
    private static bool IsAdvice(PlanRemarkKind kind) => kind is PlanRemarkKind.NoReload or PlanRemarkKind.CreateRepeats or PlanRemarkKind.DestroyRunsFirst;
}
