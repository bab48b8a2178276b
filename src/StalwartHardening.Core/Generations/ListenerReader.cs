using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>Finds the listeners in the flat stream.</summary>
internal static class ListenerReader
{
    private const string ProxyNetworks = "proxy.trusted-networks";

    public static IReadOnlyList<Listener> Read(SettingsDocument document, ServerFeatures features)
    {
        var listeners = new List<Listener>();
        var serverWideProxies = ReadServerWideProxies(document, features);
        var all = document.Below(Listener.Family);
        for (var i = 0; i < all.Count; i++)
        {
            ref readonly var setting = ref all[i];
            if (!Listener.IsProtocol(setting.Key))
                continue;
            var masked = Macros.MaskUnknown(setting.Value, features, MacroStage.Listeners);
            var protocol = MailProtocol.Unknown;
            if (!Macros.HasUnknownPart(masked) && !MailProtocols.TryParse(masked, features, out protocol))
                continue;
            listeners.Add(Create(document, features, protocol, all, i, serverWideProxies));
        }

        return listeners;
    }

    // Settings of one listener are neighbours in key order, on both sides of its protocol.
    private static Listener Create(SettingsDocument document, ServerFeatures features, MailProtocol protocol, SettingRange all, int position, IReadOnlyList<Setting> serverWideProxies)
    {
        var key = all[position].Key;
        var length = key.Length - "protocol".Length - 1;
        var start = position;
        while (start > 0 && SettingPath.IsBelowFirst(all[start - 1].Key, key, length))
            start--;

        var addresses = new BindAddress[CountAddresses(all, start, key, length)];
        var addressCount = 0;
        Setting? enable = null, isImplicit = null;
        List<Setting>? proxies = null;
        for (var i = start; i < all.Count && SettingPath.IsBelowFirst(all[i].Key, key, length); i++)
        {
            ref readonly var setting = ref all[i];
            var name = setting.Key.AsSpan(length + 1);
            if (IsAddress(name))
                addresses[addressCount++] = BindAddress.Parse(setting, features);
            else if (name.SequenceEqual("tls.enable".AsSpan()))
                enable = setting;
            else if (name.SequenceEqual("tls.implicit".AsSpan()))
                isImplicit = setting;
            else if (name.StartsWith(ProxyNetworks.AsSpan(), StringComparison.Ordinal) && IsProxyNetwork(name, features))
                (proxies ??= []).Add(setting);
        }

        var isOpen = document.MayBeElsewhere(key.AsSpan(0, length + 1), "tls.");
        return new Listener(
            SettingPath.Relative(key, length, Listener.Family),
            protocol,
            all[position],
            addresses,
            Switch(document, features, enable, isOpen, key, length, ".tls.enable", newDefault: true, oldDefault: false),
            Switch(document, features, isImplicit, isOpen, key, length, ".tls.implicit", newDefault: false, oldDefault: true),
            proxies ?? serverWideProxies,
            SettingsListenerEdits.Instance);
    }

    private static int CountAddresses(in SettingRange all, int start, string key, int length)
    {
        var count = 0;
        for (var i = start; i < all.Count && SettingPath.IsBelowFirst(all[i].Key, key, length); i++)
            count += IsAddress(all[i].Key.AsSpan(length + 1)) ? 1 : 0;
        return count;
    }

    private static bool IsAddress(ReadOnlySpan<char> name) =>
        name.StartsWith("bind".AsSpan(), StringComparison.Ordinal) && (name.Length == 4 || name[4] == SettingPath.Separator);

    // Until 0.9.1 a single network at the listener was ignored, only a list counted; until 0.6 the key was a set of the server's.
    private static bool IsProxyNetwork(ReadOnlySpan<char> name, ServerFeatures features) =>
        name.Length == ProxyNetworks.Length
            ? features.ReadsSingleProxyNetwork
            : name[ProxyNetworks.Length] == SettingPath.Separator && features.ReadsProxyNetworks;

    private static List<Setting> ReadServerWideProxies(SettingsDocument document, ServerFeatures features)
    {
        const string Key = "server." + ProxyNetworks;
        var networks = new List<Setting>();
        if (!features.ReadsProxyNetworks)
            return networks;
        if (document.TryGet(Key, out var single))
            networks.Add(single);
        foreach (ref readonly var network in document.Below(Key))
            networks.Add(network);
        return networks;
    }

    // TLS is set up at the very end, when every macro has been replaced (boot.rs).
    // listener.rs: since 0.7.0 the server-wide keys are not read; until 0.6 they were, and the defaults were the other way round.
    private static BooleanSetting Switch(SettingsDocument document, ServerFeatures features, Setting? own, bool isOpen, string listener, int listenerLength, string name, bool newDefault, bool oldDefault)
    {
        var fallback = features.OffersTlsByDefault ? newDefault : oldDefault;
        if (own is { } setting)
            return BooleanSetting.From(setting, fallback, features, MacroStage.Everything);
        // What is written and cannot be read may be meant either way.
        if (document.Problems.Count > 0 && document.IsBroken(listener.Substring(0, listenerLength) + name))
            return BooleanSetting.NotSet(null, listener, listenerLength, name);
        return !features.ReadsServerWideTls
            ? BooleanSetting.NotSet(isOpen ? null : fallback, listener, listenerLength, name)
            : BooleanSetting.Read(document, "server" + name, fallback, features, MacroStage.Everything);
    }
}
