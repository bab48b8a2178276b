using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>Looks at the signatures of outgoing mail (<c>config/smtp/auth.rs</c>, 0.15.5).</summary>
internal static class SignatureReader
{
    private const string Prefix = "signature.";

    public static IReadOnlyList<SettingRemark> Read(SettingsDocument document)
    {
        var remarks = new List<SettingRemark>();
        foreach (ref readonly var setting in document.StartingWith(Prefix))
        {
            var key = setting.Key;
            if (key.EndsWith(".algorithm", StringComparison.Ordinal) && setting.Value.Trim().ToLowerInvariant() is "rsa-sha1" or "sha1")
                remarks.Add(new SettingRemark(setting, key, "SHA-1 is refused, so that nothing is signed with it", "Use 'rsa-sha256' or 'ed25519-sha256'.", false));
            else if (key.EndsWith(".third-party-algo", StringComparison.Ordinal) && setting.Value.Trim().Equals("sha1", StringComparison.OrdinalIgnoreCase))
                remarks.Add(new SettingRemark(setting, key, "SHA-1 can be forged", "Use 'sha256'.", true));
            else if (key.EndsWith(".set-body-length", StringComparison.Ordinal) && setting.Value == "true")
                remarks.Add(new SettingRemark(setting, key, "the signature covers a length, and what somebody adds after it counts as signed too", "Leave it off.", true));
            else if (key.EndsWith(".private-key", StringComparison.Ordinal))
                ReadKey(document, setting, remarks);
        }

        if (document.TryGet("auth.dkim.sign", out var sign) && sign.Value == "false")
            remarks.Add(new SettingRemark(sign, sign.Key, "no mail is signed, and others cannot tell yours from forged mail", "Remove it: the default signs for your own domains.", true));
        return remarks;
    }

    private static void ReadKey(SettingsDocument document, in Setting key, List<SettingRemark> remarks)
    {
        // A signature exists only through its algorithm.
        var prefix = key.Key.Substring(0, key.Key.Length - ".private-key".Length);
        if (document.IsComplete && !document.TryGet(prefix + ".algorithm", out _) && !document.IsBroken(prefix + ".algorithm"))
            remarks.Add(new SettingRemark(key, key.Key, "the signature has no 'algorithm' and so does not exist", "Add 'algorithm', such as \"ed25519-sha256\".", false));
        else if (RsaKeySize.OfPem(key.Value) is { } bits and < 2048)
            remarks.Add(new SettingRemark(key, key.Key, $"an RSA key of {bits} bits can be computed from its public half", "Make one of 2048 bits.", false));
    }
}
