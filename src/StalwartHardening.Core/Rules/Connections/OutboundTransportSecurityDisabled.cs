using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Server.Connections;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Connections;

/// <summary>Outgoing mail that is not protected although the other server could.</summary>
internal sealed class OutboundTransportSecurityDisabled() : Rule(
    id: "SWH6003",
    title: "Use TLS, DANE and MTA-STS for outgoing mail",
    message: "'{0}' switches {1} off for outgoing mail: {2}. Set it to 'optional', which uses it where the other server offers it.",
    why: "Mail to other servers is encrypted where both sides support it. DANE and MTA-STS let a domain insist on it, so that an attacker on the path cannot pretend that it is not supported (RFC 7672; RFC 8461, 5).",
    remedy: "Leave STARTTLS, DANE and MTA-STS at `optional`, their default, or set them to `require` where you know that every recipient supports them.")
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        foreach (var strategy in server.TlsStrategies)
        {
            Report(judgement, strategy.NoTls, "TLS", "every mail crosses the Internet in clear text", null);
            Report(judgement, strategy.NoDane, "DANE", "somebody in between can take TLS away, or put another certificate in its place, also where the domain forbids it", RuleSeverity.Info);
            Report(judgement, strategy.NoMtaSts, "MTA-STS", "somebody in between can take TLS away, or put another certificate in its place, also where the domain forbids it", RuleSeverity.Info);
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) =>
        finding.Subject is ConnectionSwitch knob
            ? [new Remedy("Use it where the other server offers it (mail to servers that break their own promise waits)", "review/SWH6003/optional", RemedySafety.Review, [new SettingEdit.Set(knob.Key, knob.Value)])]
            : [];

    private void Report(Judgement judgement, ConnectionSwitch? knob, string what, string consequence, RuleSeverity? severity)
    {
        if (knob is { Setting: { } setting })
            judgement.Add(new Finding(this, setting.ValueSpan, setting.Key, Display.Text(knob.Key), what, consequence) { Subject = knob, SeverityOverride = severity });
    }
}
