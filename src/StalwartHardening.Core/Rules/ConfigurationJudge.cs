using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules;

/// <summary>Puts one server before all rules.</summary>
internal static class ConfigurationJudge
{
    /// <summary>All findings about <paramref name="server"/>, in text order, comments that suppress them already heeded.</summary>
    /// <param name="server">The server.</param>
    /// <param name="options">What the file cannot say about the server, and what its owner has decided.</param>
    /// <param name="cancellationToken">Ends the work early, with an <see cref="OperationCanceledException"/>.</param>
    public static IReadOnlyList<Finding> Judge(ServerConfiguration server, JudgementOptions options, CancellationToken cancellationToken = default)
    {
        var judgement = new Judgement(options, cancellationToken);
        foreach (var rule in RuleCatalog.InOrder)
        {
            cancellationToken.ThrowIfCancellationRequested();
            rule.Judge(server, judgement);
        }

        foreach (var rule in RuleCatalog.InOrder)
            rule.Conclude(server, judgement);
        if (server.Repaired is { } repaired)
            JudgeRest(server, repaired, judgement);

        return Suppressions.Apply(server, judgement.Findings);
    }

    // One mistake hides nothing else: what it keeps from taking effect does so as soon as it is repaired.
    private static void JudgeRest(ServerConfiguration server, ServerConfiguration repaired, Judgement judgement)
    {
        var rest = new Judgement(judgement.Options, judgement.Cancellation);
        foreach (var rule in RuleCatalog.InOrder)
        {
            judgement.Cancellation.ThrowIfCancellationRequested();
            if (rule.Category != RuleCategory.Reading)
                rule.Judge(repaired, rest);
        }

        var known = new HashSet<(Rule, string)>(judgement.Findings.Select(static finding => (finding.Rule, finding.SettingKey)));
        var missing = new HashSet<Rule>(judgement.Findings.Where(static finding => finding.Rule.IsAboutAbsence).Select(static finding => finding.Rule));
        foreach (var finding in rest.Findings)
        {
            if (server.IsKeptFromEffect(finding.Span) && !missing.Contains(finding.Rule) && known.Add((finding.Rule, finding.SettingKey)))
                judgement.Add(finding.BeforeRepair());
        }
    }
}
