using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Vulnerabilities;

/// <summary>A version of the server with a known hole that others can reach.</summary>
internal sealed class VulnerableServerVersion() : Rule(
    id: "SWH7001",
    title: "Update servers with known vulnerabilities",
    message: "Server {0} has {1}: {2}, and others reach it at {3}. Update to {4} or later.",
    why: "The version is the one that `stalwart_hardening.target_version` says the configuration is for. A vulnerability is reported only if that version has it and the configuration lets others reach what it is in.",
    remedy: "Update the server, and name its new version as the target version. Until then, let access control or a firewall keep strangers from the service.")
{
    /// <inheritdoc/>
    public override string? NoRemedyReason => "Updating the server is not a change to its configuration.";

    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        foreach (var vulnerability in server.Vulnerabilities)
        {
            if (vulnerability.ReachedThrough(server) is { } address)
                judgement.Add(this, address.Span, address.Setting.Key, server.Version.ToString(), vulnerability.Id, vulnerability.What, Display.Text(address.Text), $"0.{vulnerability.Fixed.Minor}.{vulnerability.Fixed.Patch}");
        }
    }
}
