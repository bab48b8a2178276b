using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>Looks at the versions and cipher suites that are taken away (<c>config/server/listener.rs</c>, 0.15.5; since 0.7.0).</summary>
internal static class TlsReader
{
    private static readonly string[] Tls13Suites = ["TLS13_AES_256_GCM_SHA384", "TLS13_AES_128_GCM_SHA256", "TLS13_CHACHA20_POLY1305_SHA256"];

    private static readonly string[] Tls12Suites =
    [
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    ];

    public static IReadOnlyList<SettingRemark> Read(SettingsDocument document, ServerVersion version, IReadOnlyList<Listener> listeners)
    {
        var remarks = new List<SettingRemark>();
        if (!version.IsAtLeast(7))
            return remarks;
        if (!IsAnyWritten(document))
            return remarks;
        ReadOne(document, "server.tls", isListener: false, remarks);
        foreach (var listener in listeners)
            ReadOne(document, listener.Key("tls"), isListener: true, remarks);
        return remarks;
    }

    private static bool IsAnyWritten(SettingsDocument document)
    {
        foreach (ref readonly var setting in document.InTextOrder)
        {
            if (SettingPath.HasPartLike(setting.Key, "tls.d") || SettingPath.EndsIn(setting.Key, "tls.ignore-client-order"))
                return true;
        }

        return false;
    }

    private static void ReadOne(SettingsDocument document, string table, bool isListener, List<SettingRemark> remarks)
    {
        var disabledVersions = SettingPath.Join(table, "disable-protocols");
        var disabledSuites = SettingPath.Join(table, "disable-ciphers");
        var versions = Values(document, disabledVersions, isListener, remarks);
        var suites = Values(document, disabledSuites, isListener, remarks);
        var no12 = versions.Find(static value => value.Value is "TLSv1.2" or "0x0303");
        var no13 = versions.Find(static value => value.Value is "TLSv1.3" or "0x0304");
        if (no12.Key is not null && no13.Key is not null)
            remarks.Add(new SettingRemark(no13, disabledVersions, SettingRemarkKind.BothVersionsDisabled));
        else if (no13.Key is not null)
            remarks.Add(new SettingRemark(no13, disabledVersions, SettingRemarkKind.BetterVersionDisabled));
        var withoutBoth = (no12.Key is null) == (no13.Key is null);
        var left13 = (withoutBoth || no13.Key is null) && !HoldsAll(suites, Tls13Suites);
        var left12 = (withoutBoth || no12.Key is null) && !HoldsAll(suites, Tls12Suites);
        if (suites.Count > 0 && !left12 && !left13)
            remarks.Add(new SettingRemark(suites[0], disabledSuites, SettingRemarkKind.AllSuitesDisabled));
        if (document.TryGet(SettingPath.Join(table, "ignore-client-order"), out var order) && order.Value == "false")
            remarks.Add(new SettingRemark(order, order.Key, SettingRemarkKind.ClientChoosesSuite));
    }

    private static List<Setting> Values(SettingsDocument document, string key, bool isListener, List<SettingRemark> remarks)
    {
        var values = new List<Setting>();
        foreach (ref readonly var value in document.Below(key))
            values.Add(value);
        if (!document.TryGet(key, out var single))
            return values;
        if (!isListener)
            values.Add(single);
        else if (values.Count == 0)
            remarks.Add(new SettingRemark(single, key, SettingRemarkKind.NoList));
        return values;
    }

    private static bool HoldsAll(List<Setting> values, string[] names) => Array.TrueForAll(names, name => values.Exists(value => value.Value == name));
}
