using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Listeners;

/// <summary>TLS settings that weaken what is negotiated, or do something else than they say.</summary>
internal sealed class ObsoleteTlsSettings() : Rule(
    id: "SWH1009",
    title: "Use the server's TLS versions and cipher suites",
    message: "'{0}' {1}. {2}",
    why: "The server speaks TLS 1.2 and 1.3 with cipher suites that are all good. Disabling the better ones keeps the weaker ones; disabling both versions keeps both; and disabling all suites leaves this listener and those after it without TLS, also where `tls.implicit` is on.",
    remedy: "Remove the setting. TLS 1.0 and 1.1 are not spoken, whatever it says (RFC 8996; RFC 9325, 3.1.1).",
    whyInPlan: "The server speaks TLS 1.2 and 1.3 with cipher suites that are all good. Disabling the better ones keeps the weaker ones; disabling both versions keeps both; and disabling all suites leaves this listener and those after it without TLS, also where `tlsImplicit` is on.")
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        foreach (var remark in server.TlsRemarks)
        {
            var (what, advice) = InWords(server, remark);
            judgement.Add(new Finding(this, remark.Setting.ValueSpan, remark.Setting.Key, Display.Text(remark.Setting.Key), what, advice)
            {
                Subject = remark,
                SeverityOverride = remark.Kind is SettingRemarkKind.BothVersionsDisabled or SettingRemarkKind.AllSuitesDisabled ? null : RuleSeverity.Info,
            });
        }
    }

    private static (string What, string Advice) InWords(ServerConfiguration server, SettingRemark remark) => remark.Kind switch
    {
        SettingRemarkKind.BothVersionsDisabled => ("disables both TLS versions, so the server ignores it and speaks both", "Remove it."),
        SettingRemarkKind.BetterVersionDisabled => ("takes TLS 1.3 away, the better of the two versions", "Leave it in."),
        SettingRemarkKind.AllSuitesDisabled => (server.IsPlan ? "leaves no cipher suite, so that nobody can connect with TLS" : "leaves no cipher suite: this listener and those after it run without TLS", "Remove it."),
        SettingRemarkKind.ClientChoosesSuite => ("lets the client choose the cipher suite", "Leave it on, so that the server's order counts."),
        _ => ("is not a list, and at a listener the server reads only lists: it has no effect", "Write it in brackets, or remove it."),
    };

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) =>
        finding.Subject is SettingRemark remark
            ? [new Remedy("Leave it to the server (clients that speak only what is taken away are not affected)", "review/SWH1009/remove", RemedySafety.Review, [new SettingEdit.Remove(remark.Key, WithChildren: true)])]
            : [];
}
