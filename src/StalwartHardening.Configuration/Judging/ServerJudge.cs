using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Settings;

namespace StalwartHardening.Configuration;

/// <summary>Judges what was really built or read, by the rules that judge sources.</summary>
internal static class ServerJudge
{
    public static ServerFindings Judge(SettingsDocument document, JudgementOptions options, Rules.JudgementOptions rules, Severity severity, Func<Finding, (string? Call, SourceLine? Place)> locate)
    {
        var findings = new List<ServerFinding>();
        foreach (var finding in ConfigurationJudge.Judge(Generation.ReadServer(document, rules.TargetVersion), rules))
        {
            if ((Severity)finding.Severity < severity || options.Accepts(finding.Rule.Id, finding.SettingKey))
                continue;
            var (call, place) = locate(finding);
            findings.Add(new ServerFinding(finding, call, place));
        }

        return new ServerFindings(findings);
    }

    /// <summary>As a build judges: with the options of its projects, each finding as loud as they say.</summary>
    public static IEnumerable<(ServerFinding Finding, Severity Severity)> Judge(SettingsDocument document, HardeningOptions options, Func<Finding, (string? Call, SourceLine? Place)> locate)
    {
        foreach (var finding in ConfigurationJudge.Judge(Generation.ReadServer(document, options.Judgement.TargetVersion), options.Judgement))
        {
            if (options.SeverityOf(finding) is not (var severity and > RuleSeverity.Info))
                continue;
            var (call, place) = locate(finding);
            yield return (new ServerFinding(finding, call, place), (Severity)severity);
        }
    }
}
