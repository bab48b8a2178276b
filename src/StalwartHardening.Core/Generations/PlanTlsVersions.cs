using StalwartHardening.Plans;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>Looks at the versions and cipher suites that a plan takes away from listeners (<c>config/server/listener.rs</c>, 0.16.18).</summary>
internal static class PlanTlsVersions
{
    private const int SuitesOf13 = 3;
    private const int SuitesOf12 = 6;

    public static IReadOnlyList<SettingRemark> Read(PlanServer server)
    {
        var remarks = new List<SettingRemark>();
        foreach (var listener in PlanElement.Of(server, "NetworkListener"))
        {
            var versions = listener.Prefix + "tlsDisableProtocols";
            var no12 = Member(server, versions + "/tls12");
            var no13 = Member(server, versions + "/tls13");
            if (no12 is not null && no13 is { } both)
                remarks.Add(new SettingRemark(both, versions, SettingRemarkKind.BothVersionsDisabled));
            else if (no13 is { } better)
                remarks.Add(new SettingRemark(better, versions, SettingRemarkKind.BetterVersionDisabled));
            ReadSuites(server, listener, (no12 is null) == (no13 is null), no12 is null, no13 is null, remarks);
        }

        return remarks;
    }

    private static void ReadSuites(PlanServer server, PlanElement listener, bool hasBoth, bool has12, bool has13, List<SettingRemark> remarks)
    {
        var suites = listener.Prefix + "tlsDisableCipherSuites";
        Setting? first = null;
        var of12 = 0;
        var of13 = 0;
        foreach (ref readonly var suite in server.Document.StartingWith(PlanKey.PrefixOf(suites)))
        {
            if (Member(server, suite.Key) is not { } taken)
                continue;
            first ??= taken;
            if (PlanKey.LastPart(suite.Key).StartsWith("tls13-", StringComparison.Ordinal))
                of13++;
            else
                of12++;
        }

        if (first is { } setting && (of12 >= SuitesOf12 || !(hasBoth || has12)) && (of13 >= SuitesOf13 || !(hasBoth || has13)))
            remarks.Add(new SettingRemark(setting, suites, SettingRemarkKind.AllSuitesDisabled));
    }

    private static Setting? Member(PlanServer server, string key) => PlanElement.Written(server, key) is { Value: "true" } setting ? setting : null;
}
