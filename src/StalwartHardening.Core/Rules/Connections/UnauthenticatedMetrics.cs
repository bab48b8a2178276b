using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Server.Access;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Connections;

/// <summary>Metrics that anybody reads.</summary>
internal sealed class UnauthenticatedMetrics() : Rule(
    id: "SWH6005",
    title: "Require a password for metrics",
    message: "'{0}' shows the metrics to anybody who reaches listener '{1}': {2}. Set both '{3}' and '{4}', or refuse '/metrics' in access control.",
    why: "Metrics tell how many users there are, when they log in, what fails and which version runs: what an attacker wants to know before an attack, and during it. The server asks for a password only if both a user name and a secret are set.",
    remedy: "Set `metrics.prometheus.auth.username` and `metrics.prometheus.auth.secret`, or let access control refuse `/metrics` from elsewhere.",
    remedyInPlan: "Set `Metrics/prometheus/authUsername` and `Metrics/prometheus/authSecret`, or let access control refuse `/metrics` from elsewhere.")
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        if (server.Metrics is not { IsEnabled: { Value: true, Setting: { } setting }, AsksForPassword: false } metrics)
            return;
        foreach (var entrance in server.HttpExposure.Entrances)
        {
            // Where access control refuses something, SWH2004 says at which rule the metrics get through.
            if (server.HttpExposure.IsPiece || (server.DeclaresHttpAccessControl && server.HttpAccessCoverage != HttpAccessCoverage.NothingRefused))
                return;
            judgement.Add(this, setting.ValueSpan, setting.Key, Display.Text(setting.Key), Display.Text(entrance.Example.Listener), "'GET /metrics/prometheus' asks for no password", metrics.UserKey, metrics.SecretKey);
            return;
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding)
    {
        if (server.Metrics is not { } metrics)
            yield break;
        yield return new Remedy(
            "Ask for a password from the environment variable STALWART_METRICS_SECRET (the collector of the metrics needs it too)",
            "review/SWH6005/password",
            RemedySafety.Review,
            server.Features.HasNoMacros
                ?
                [
                    new SettingEdit.Set(metrics.UserKey, "prometheus"),
                    new SettingEdit.Set(metrics.SecretKey + "/@type", "EnvironmentVariable"),
                    new SettingEdit.Set(metrics.SecretKey + "/variableName", "STALWART_METRICS_SECRET"),
                ]
                : [new SettingEdit.Set(metrics.UserKey, "prometheus"), new SettingEdit.Set(metrics.SecretKey, "%{env:STALWART_METRICS_SECRET}%")]);
    }
}
