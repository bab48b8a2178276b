using StalwartHardening.Rules;
using StalwartHardening.Rules.Listeners;
using StalwartHardening.Rules.Reading;
using StalwartHardening.Server;
using StalwartHardening.Server.Listeners;

namespace StalwartHardening.Tool.Checking;

/// <summary>What is to be read first: what keeps the server from starting, what the rules exist for, the rest; one cause in one place.</summary>
internal static class FindingGroups
{
    /// <summary>
    /// The findings that say something of their own. TLS switched off is no second cause where the same listener is reported for
    /// beginning in clear text: ending that switches TLS on. With the second cause goes nothing: its place is shown beside the first.
    /// </summary>
    public static List<(Finding Finding, RuleSeverity Severity, IReadOnlyList<Finding> Merged)> WithoutConsequences(IReadOnlyList<(Finding Finding, RuleSeverity Severity)> findings)
    {
        var result = new List<(Finding, RuleSeverity, IReadOnlyList<Finding>)>(findings.Count);
        foreach (var (finding, severity) in findings)
        {
            if (finding.Rule is TlsDisabledOnListener && finding.Subject is ListenerAddress disabled && IsReportedOtherwise(findings, disabled, severity))
                continue;
            var merged = new List<Finding>();
            if (finding is { Rule: not TlsDisabledOnListener, Subject: ListenerAddress subject })
            {
                foreach (var (other, _) in findings)
                {
                    if (other.Rule is TlsDisabledOnListener && other.Subject is ListenerAddress off && off.Listeners.Contains(subject.Listener) && IsAboutCleartext(finding.Rule) && IsReportedOtherwise(findings, off, RuleSeverity.None))
                        merged.Add(other);
                }
            }

            result.Add((finding, severity, merged));
        }

        return result;
    }

    /// <summary>The findings of a file, those of one rule together, the most urgent first.</summary>
    public static IReadOnlyList<IReadOnlyList<ReportedFinding>> Of(IReadOnlyList<ReportedFinding> findings) =>
        [.. findings.GroupBy(static finding => (finding.Rule.Id, finding.Severity, finding.Rank))
            .OrderBy(static group => group.Key.Rank)
            .ThenByDescending(static group => group.Key.Severity)
            .ThenBy(static group => group.First().Start.Line)
            .Select(static group => group.ToList())];

    /// <summary>
    /// How urgent a finding is, the smallest number first: what keeps the server from starting, or a plan from being applied; what gives the whole server away; passwords that cross the
    /// network in clear text; connections that an attacker can keep from being encrypted; the rest.
    /// </summary>
    public static int Rank(Finding finding) => finding.Subject is Refusal ? 0 : finding.Rule switch
    {
        UnreadableConfiguration or DuplicateSetting => 0,
        { IsHeart: true, Category: RuleCategory.Administrators or RuleCategory.HttpAccess } => 1,
        // The server takes passwords on these before TLS; on the others only after STARTTLS.
        PlainHttpListener or CleartextImapListener => 2,
        { IsHeart: true } => 3,
        _ => 4,
    };

    private static bool IsReportedOtherwise(IReadOnlyList<(Finding Finding, RuleSeverity Severity)> findings, ListenerAddress disabled, RuleSeverity atLeast)
    {
        foreach (var listener in disabled.Listeners)
        {
            foreach (var address in listener.BindAddresses)
            {
                if (address.IsReachableFromElsewhere && !findings.Any(other => other.Severity >= atLeast && IsAboutCleartext(other.Finding.Rule) && other.Finding.Subject is ListenerAddress subject && subject.Listener == listener && subject.Addresses.Contains(address)))
                    return false;
            }
        }

        return true;
    }

    private static bool IsAboutCleartext(Rule rule) =>
        rule is CleartextImapListener or CleartextPop3Listener or StartTlsSubmissionListener or PlainHttpListener or CleartextListenerOnCustomPort;
}
