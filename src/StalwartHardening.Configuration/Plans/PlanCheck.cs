using System.Globalization;
using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Server;

namespace StalwartHardening.Configuration;

/// <summary>What makes a plan impossible on every server: read as the tool and the server read it, with nothing known of the server.</summary>
internal static class PlanCheck
{
    public static List<string> Find(DraftText written)
    {
        var problems = written.Problems.Select(static problem => Text(problem.Message, problem.Origin as CallSite)).ToList();
        if (problems.Count > 0)
            return problems;
        var target = new ReadingTarget(PlanGeneration.Instance.Newest, Server.ServerState.Existing);
        foreach (var problem in PlanGeneration.ReadPlan(written.Text, target).Run.Problems)
            problems.Add(Text(problem.Message, written.OriginAt(problem.Span.Start) as CallSite));
        return problems;
    }

    private static string Text(string message, CallSite? site) => site?.Find() is { } place
        ? string.Format(CultureInfo.InvariantCulture, "{0}({1}): {2}: {3}", place.File, place.Line, site.Method, message)
        : site is null ? message : site.Method + ": " + message;
}
