using System.Globalization;
using StalwartHardening.Server;
using StalwartHardening.Server.Records;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Connections;

/// <summary>Signatures that are weak, or not made.</summary>
internal sealed class WeakDkimKey() : Rule(
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
            var (what, advice) = InWords(remark);
            judgement.Add(new Finding(this, remark.Setting.ValueSpan, remark.Setting.Key, Display.Text(remark.Setting.Key), what, advice)
            {
                // Nothing is broken there that was meant to work.
                SeverityOverride = remark.Kind is SettingRemarkKind.RefusedHash or SettingRemarkKind.MissingAlgorithm or SettingRemarkKind.ShortKey ? null : RuleSeverity.Info,
            });
        }
    }

    private static (string What, string Advice) InWords(SettingRemark remark) => remark.Kind switch
    {
        SettingRemarkKind.RefusedHash => ("SHA-1 is refused, so that nothing is signed with it", "Use 'rsa-sha256' or 'ed25519-sha256'."),
        SettingRemarkKind.ForgeableHash => ("SHA-1 can be forged", "Use 'sha256'."),
        SettingRemarkKind.SignedLength => ("the signature covers a length, and what somebody adds after it counts as signed too", "Leave it off."),
        SettingRemarkKind.NothingSigned => ("no mail is signed, and others cannot tell yours from forged mail", "Remove it: the default signs for your own domains."),
        SettingRemarkKind.MissingAlgorithm => ("the signature has no 'algorithm' and so does not exist", "Add 'algorithm', such as \"ed25519-sha256\"."),
        SettingRemarkKind.ShortKey => ($"an RSA key of {remark.Bits.ToString(CultureInfo.InvariantCulture)} bits can be computed from its public half", "Make one of 2048 bits."),
        _ => ("the domain has no DKIM key, so that its mail is not signed", "Let the server manage keys with 'Automatic', or add an object DkimSignature."),
    };
}
