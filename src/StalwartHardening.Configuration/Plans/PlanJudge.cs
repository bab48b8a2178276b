using StalwartHardening.Generations;
using StalwartHardening.Plans;
using StalwartHardening.Rules;
using StalwartHardening.Settings;

namespace StalwartHardening.Configuration;

/// <summary>Judges plans as they were put together, by the rules that judge sources.</summary>
internal static class PlanJudge
{
    public static ServerFindings Judge(DraftText written, JudgementOptions options, Severity severity)
    {
        var rules = options.ToRules(PlanGeneration.Instance);
        return ServerJudge.Judge(Read(written, rules), options, rules, severity, finding => Locate(written, finding));
    }

    public static IEnumerable<(ServerFinding Finding, Severity Severity)> Judge(DraftText written, HardeningOptions options) =>
        ServerJudge.Judge(Read(written, options.Judgement), options, finding => Locate(written, finding));

    private static SettingsDocument Read(DraftText written, Rules.JudgementOptions rules) => PlanGeneration.ReadPlan(written.Text, rules.Target).Document;

    private static (string? Call, SourceLine? Place) Locate(DraftText written, Finding finding) =>
        written.OriginAt(finding.Span.Start) is CallSite site ? (site.Method, site.Find()) : default;
}
