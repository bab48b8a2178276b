using StalwartHardening.Plans;
using StalwartHardening.Server.Records;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>Looks at the tracers of a plan's server (<c>config/telemetry.rs</c>, 0.16.18).</summary>
internal static class PlanLogs
{
    public static IReadOnlyList<LogRemark> Read(PlanServer server)
    {
        var remarks = new List<LogRemark>();
        Setting? quiet = null;
        Setting? off = null;
        var hasOther = PlanSchema.Instance.FindObject("Tracer".AsSpan()) is { } type && server.Reading.Run.State.MayHoldMore(type);
        foreach (var tracer in PlanElement.Of(server, "Tracer"))
        {
            var isOn = tracer.Switch("enable", true).Value;
            if (isOn == false)
            {
                off ??= tracer.Written("enable");
                continue;
            }

            var level = tracer.Written("level");
            if (level is { Value: "trace" } everything && isOn == true)
                remarks.Add(new LogRemark(everything, LogRemarkKind.RecordsEverything));
            if (level is { Value: "error" } && isOn == true)
                quiet ??= level;
            else
                hasOther = true;
            FindLeftOut(tracer, remarks);
        }

        if (quiet is { } setting && !hasOther)
            remarks.Add(new LogRemark(setting, LogRemarkKind.RecordsTooLittle));
        else if (off is { } last && quiet is null && !hasOther)
            remarks.Add(new LogRemark(last, LogRemarkKind.RecordsNothing));

        // Single events may be raised; those with the bytes themselves end in raw-input and raw-output.
        foreach (var raised in PlanElement.Of(server, "EventTracingLevel"))
        {
            if (raised.Written("level") is { Value: "debug" or "info" or "warn" or "error" } level && raised.Owner.Label is { } name && (name.EndsWith(".raw-input", StringComparison.Ordinal) || name.EndsWith(".raw-output", StringComparison.Ordinal)))
                remarks.Add(new LogRemark(level, LogRemarkKind.RecordsEverything));
        }

        return remarks;
    }

    private static void FindLeftOut(PlanElement tracer, List<LogRemark> remarks)
    {
        if (tracer.Owner["eventsPolicy"] is not { Kind: PlanValueKind.Text, Content: "exclude" })
            return;
        foreach (ref readonly var hidden in tracer.Server.Document.StartingWith(tracer.Prefix + "events/"))
        {
            var name = PlanKey.Relative(hidden.Key, tracer.Prefix + "events/");
            if (name is "auth.failed" or "auth.too-many-attempts" || name.StartsWith("security.", StringComparison.Ordinal))
                remarks.Add(new LogRemark(hidden, LogRemarkKind.LeavesOut));
        }
    }
}
