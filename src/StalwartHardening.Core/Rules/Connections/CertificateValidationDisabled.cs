using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Server.Connections;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Connections;

/// <summary>An encrypted connection that does not look who is at the other end.</summary>
internal sealed class CertificateValidationDisabled() : Rule(
    id: "SWH6001",
    title: "Validate the certificates of other servers",
    message: "{0} at '{1}' is accepted with any certificate: an attacker on the path reads and changes everything, encrypted or not. Set '{2}' to '{3}' and trust the right authority.",
    why: "Encryption without a check of the certificate protects only against passive eavesdroppers: anybody who answers in the other server's place is believed (CWE-295; RFC 9325, 6.1).",
    remedy: "Turn the check on again. If the other server uses a private authority, add its certificate to the trust store of the machine.")
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        foreach (var connection in server.Connections)
        {
            if (connection is not { AnyCertificate: { Setting: { } setting } knob, Reach: HostReach.Neighbourhood or HostReach.Network })
                continue;
            judgement.Add(new Finding(this, setting.ValueSpan, setting.Key, connection.What, Display.Text(connection.Address), Display.Text(knob.Key), Display.Text(knob.Shown))
            {
                Subject = knob,
                SeverityOverride = connection.Reach == HostReach.Neighbourhood ? RuleSeverity.Info : null,
            });
        }

        foreach (var strategy in server.TlsStrategies)
        {
            if (strategy.AnyCertificate is { Setting: { } setting } knob)
                judgement.Add(new Finding(this, setting.ValueSpan, setting.Key, "Every mail server", "any address", Display.Text(knob.Key), knob.Value) { Subject = knob });
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) =>
        finding.Subject is ConnectionSwitch knob
            ? [new Remedy("Check certificates (servers whose certificate is not valid are no longer reached)", "review/SWH6001/check", RemedySafety.Review, [new SettingEdit.Set(knob.Key, knob.Value)])]
            : [];
}
