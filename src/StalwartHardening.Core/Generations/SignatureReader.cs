using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>Looks at the signatures of outgoing mail (<c>config/smtp/auth.rs</c>, 0.15.5).</summary>
internal static class SignatureReader
{
    private const string Family = "signature";

    public static IReadOnlyList<SettingRemark> Read(SettingsDocument document)
    {
        var remarks = new List<SettingRemark>();
        foreach (ref readonly var setting in document.Below(Family))
        {
            var key = setting.Key;
            if (SettingPath.EndsIn(key, "algorithm") && setting.Value.Trim().ToLowerInvariant() is "rsa-sha1" or "sha1")
                remarks.Add(new SettingRemark(setting, key, SettingRemarkKind.RefusedHash));
            else if (SettingPath.EndsIn(key, "third-party-algo") && setting.Value.Trim().Equals("sha1", StringComparison.OrdinalIgnoreCase))
                remarks.Add(new SettingRemark(setting, key, SettingRemarkKind.ForgeableHash));
            else if (SettingPath.EndsIn(key, "set-body-length") && setting.Value == "true")
                remarks.Add(new SettingRemark(setting, key, SettingRemarkKind.SignedLength));
            else if (SettingPath.EndsIn(key, "private-key"))
                ReadKey(document, setting, remarks);
        }

        if (document.TryGet("auth.dkim.sign", out var sign) && sign.Value == "false")
            remarks.Add(new SettingRemark(sign, sign.Key, SettingRemarkKind.NothingSigned));
        return remarks;
    }

    private static void ReadKey(SettingsDocument document, in Setting key, List<SettingRemark> remarks)
    {
        // A signature exists only through its algorithm.
        var algorithm = SettingPath.Join(SettingPath.Parent(key.Key), "algorithm");
        if (document.IsComplete && !document.TryGet(algorithm, out _) && !document.IsBroken(algorithm))
            remarks.Add(new SettingRemark(key, key.Key, SettingRemarkKind.MissingAlgorithm));
        else if (RsaKeySize.OfPem(key.Value) is { } bits and < 2048)
            remarks.Add(new SettingRemark(key, key.Key, SettingRemarkKind.ShortKey, bits));
    }
}
