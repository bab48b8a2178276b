using System.Globalization;
using System.Text;
using StalwartHardening.Plans;
using StalwartHardening.Server;

namespace StalwartHardening.Generations;

/// <summary>Puts into words what comes of the mistakes in a plan: what has been applied by then, and what has not.</summary>
internal static class PlanRefusals
{
    public static IReadOnlyList<Refusal> Read(PlanReading reading)
    {
        var refusals = new List<Refusal>();
        foreach (var problem in reading.Run.Problems)
        {
            // A snapshot is no plan: what a server has stored it does not refuse.
            if (reading.Kind == PlanTextKind.Snapshot)
            {
                if (problem.Cause == PlanProblemCause.Syntax)
                    refusals.Add(OfSnapshot(reading, problem));
                continue;
            }

            var suggestion = problem.Suggestion is { Length: > 0 } meant && problem.Message.IndexOf(meant, StringComparison.Ordinal) < 0 ? $" Did you mean '{Display.Text(meant)}'?" : "";
            refusals.Add(new Refusal(
                problem.Cause == PlanProblemCause.UnknownName ? RefusalKind.UnknownName
                : problem.Stage == PlanStage.Plan ? RefusalKind.Everything
                : RefusalKind.TheRest,
                problem.Span,
                problem.Message + suggestion + " " + Consequence(reading.Run, problem))
            {
                Repair = PlanRepairs.Of(reading, problem),
            });
        }

        return refusals;
    }

    private static Refusal OfSnapshot(PlanReading reading, PlanProblem problem)
    {
        var isLayout = PlanText.IsLayout(reading.Texts[0].Text, problem.Span);
        return new Refusal(isLayout ? RefusalKind.AsPlan : RefusalKind.Unread, problem.Span, problem.Message + (isLayout ? "" : " What this line describes is not known."))
        {
            Repair = PlanRepairs.Of(reading, problem),
        };
    }

    private static string Consequence(PlanRun run, PlanProblem problem)
    {
        if (problem.Stage == PlanStage.Plan)
            return "Nothing of the plan is applied.";
        if (!problem.IsReached)
            return "The run has stopped before; it would stop here, too.";
        var text = new StringBuilder("The run stops here: ");
        var (applied, lost, owed) = Count(run, problem.Operation);
        var isPartly = problem.Operation >= 0 && run.Operations[problem.Operation].HasDoneSomething;
        text.Append(Applied(applied, isPartly)).Append(" been applied by then");
        if (lost > 0)
            text.Append(lost == 1 ? ", one never runs" : ", " + lost.ToString(CultureInfo.InvariantCulture) + " never run");
        if (owed.Count > 0)
            text.Append(", and the deletions that 'reconcile' owes never happen, so every ").Append(string.Join(" and ", owed)).Append(" that the plan does not list stays");
        return text.Append('.').ToString();
    }

    private static string Applied(int applied, bool isPartly) => applied switch
    {
        0 => isPartly ? "a part of this operation has" : "nothing has",
        1 => isPartly ? "one operation and a part of this one have" : "one operation has",
        _ => applied.ToString(CultureInfo.InvariantCulture) + (isPartly ? " operations and a part of this one have" : " operations have"),
    };

    // Destroys run first; what is reconciled before the failure still owes its deletions.
    private static (int Applied, int Lost, IReadOnlyList<string> Owed) Count(PlanRun run, int failed)
    {
        var (applied, lost) = (0, 0);
        var owed = new List<string>();
        foreach (var operation in run.Operations)
        {
            if (operation.Index == failed)
                continue;
            if (operation.HasRun)
                applied++;
            else
                lost++;
            if (operation is { Verb: PlanVerb.Reconcile, Type: { } type } && !owed.Contains(type.Name))
                owed.Add(type.Name);
        }

        if (failed >= 0 && run.Operations[failed] is { Verb: PlanVerb.Reconcile, Type: { } own } && !owed.Contains(own.Name))
            owed.Add(own.Name);
        return (applied, lost, owed);
    }
}
