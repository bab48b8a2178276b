using StalwartHardening.Server;
using StalwartHardening.Server.Records;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Connections;

/// <summary>Signatures that are weak, or not made.</summary>
public sealed class WeakDkimKey() : Rule(
    id: "SWH6004",
    title: "Use a strong DKIM key",
    message: "'{0}': {1}. {2}",
    why: "A DKIM signature is what lets others believe that mail is yours. SHA-1 and RSA keys below 2048 bits can be forged (RFC 8301, 3.1 and 3.2), a signature with a length lets others append text, and a signature that the server cannot create protects nothing.",
    remedy: "Use `ed25519-sha256`, or `rsa-sha256` with 2048 bits, and publish the new key before you sign with it.",
    remedyInPlan: "Use `Dkim1Ed25519Sha256`, or `Dkim1RsaSha256` with 2048 bits, and publish the new key before you sign with it.")
{
    /// <inheritdoc/>
    public override string? NoRemedyReason => "A new key takes a new record in the DNS, which must be there before mail is signed with it.";

    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        foreach (var remark in server.SignatureRemarks)
        {
            judgement.Add(new Finding(this, remark.Setting.ValueSpan, remark.Setting.Key, Display.Text(remark.Setting.Key), remark.What, remark.Advice)
            {
                SeverityOverride = remark.IsAdvice ? RuleSeverity.Info : null,
            });
        }
    }
}
