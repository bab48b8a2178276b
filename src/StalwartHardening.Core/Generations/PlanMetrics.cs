using StalwartHardening.Plans;
using StalwartHardening.Server;
using StalwartHardening.Server.Records;

namespace StalwartHardening.Generations;

/// <summary>Whether a plan's server shows its metrics, and to whom (<c>config/telemetry.rs</c>, 0.16.18).</summary>
internal static class PlanMetrics
{
    private const string Own = "Metrics/prometheus/";

    public static PublishedMetrics? Read(PlanServer server)
    {
        if (server.Reading.Run.State.Singleton("Metrics")?["prometheus"] is not { Type.Variant: "Enabled" } metrics || PlanElement.Written(server, Own + "@type") is not { } written)
            return null;
        var hasUser = metrics["authUsername"] is not { } user || user.Kind is not (PlanValueKind.Null or PlanValueKind.Text) || user.IsUnknown || user.Content.Length > 0;
        var hasSecret = metrics["authSecret"] is not { Type.Variant: { } variant } || variant != "None";
        return new PublishedMetrics(new BooleanSetting(true, written, false), hasUser && hasSecret, Own + "authUsername", Own + "authSecret");
    }
}
