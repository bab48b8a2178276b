using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Server.Connections;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Connections;

/// <summary>A connection to another machine in clear text.</summary>
internal sealed class UnencryptedBackend() : Rule(
    id: "SWH6002",
    title: "Encrypt connections that leave the machine",
    message: "{0} is reached without TLS at '{1}': {2}. {3}",
    why: "Databases, directories and filters see everything the mail server sees. Without TLS, an attacker on the path reads mail, hashes and passwords, or answers in their place; the switches are off unless somebody turns them on (NIST SP 800-53, SC-8).",
    remedy: "Turn TLS on at both ends, or keep the other program on the same machine and reach it over a loopback address or a socket. A name without dots is taken for a neighbour in the same container network and reported as information.")
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        foreach (var connection in server.Connections)
        {
            if (connection is not { IsEncrypted: false, Reach: HostReach.Neighbourhood or HostReach.Network })
                continue;
            judgement.Add(new Finding(
                this,
                connection.Encryption?.Setting?.ValueSpan ?? connection.Place.ValueSpan,
                connection.Encryption?.Setting?.Key ?? connection.Place.Key,
                connection.What,
                Display.Text(connection.Address),
                connection.Carries,
                connection.IsByScheme ? "Use the encrypted scheme." : connection.Encryption is { } knob ? knob.Key == connection.Place.Key ? "Use the encrypted scheme." : $"Set '{server.InWords(Display.Text(knob.Key), knob.Value)}'." : "The server has no switch for it; keep it on a network of its own.")
            {
                Subject = connection,
                SeverityOverride = connection.Reach == HostReach.Neighbourhood ? RuleSeverity.Info : null,
            });
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) =>
        finding.Subject is OutgoingConnection { Encryption: { } knob }
            ? [new Remedy("Use TLS (the other side is no longer reached if it speaks none)", "review/SWH6002/encrypt", RemedySafety.Review, [new SettingEdit.Set(knob.Key, knob.Value)])]
            : [];
}
