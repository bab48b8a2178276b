using StalwartHardening.Settings;

namespace StalwartHardening.Server;

/// <summary>Finds the listeners in the flat stream.</summary>
internal static class ListenerReader
{
    private const string ProtocolSuffix = ".protocol";

    public static IReadOnlyList<Listener> Read(SettingsDocument document, ServerVersion version)
    {
        var listeners = new List<Listener>();
        foreach (ref readonly var setting in document.StartingWith(Listener.Prefix))
        {
            if (!IsProtocol(setting.Key))
                continue;
            var masked = Macros.MaskUnknown(setting.Value, version, MacroStage.Listeners);
            var protocol = MailProtocol.Unknown;
            if (!Macros.HasUnknownPart(masked) && !MailProtocols.TryParse(masked, version, out protocol))
                continue;
            listeners.Add(Create(document, version, protocol, setting));
        }

        return listeners;
    }

    /// <summary>Whether a key brings a listener into being.</summary>
    public static bool IsProtocol(string key) =>
        key.Length > Listener.Prefix.Length + ProtocolSuffix.Length
        && key.EndsWith(ProtocolSuffix, StringComparison.Ordinal)
        && key.StartsWith(Listener.Prefix, StringComparison.Ordinal);

    private static Listener Create(SettingsDocument document, ServerVersion version, MailProtocol protocol, in Setting protocolSetting)
    {
        var prefix = protocolSetting.Key.AsSpan(0, protocolSetting.Key.Length - ProtocolSuffix.Length);
        return new Listener(
            prefix.Slice(Listener.Prefix.Length).ToString(),
            protocol,
            protocolSetting,
            ReadAddresses(document, version, prefix),
            ReadSwitch(document, version, prefix, ".tls.enable", "server.tls.enable", newDefault: true, oldDefault: false),
            ReadSwitch(document, version, prefix, ".tls.implicit", "server.tls.implicit", newDefault: false, oldDefault: true));
    }

    private static BindAddress[] ReadAddresses(SettingsDocument document, ServerVersion version, ReadOnlySpan<char> prefix)
    {
        var hasSingle = document.TryGet(prefix, ".bind".AsSpan(), out var single);
        var list = document.StartingWith(prefix, ".bind.".AsSpan());
        var addresses = new BindAddress[list.Count + (hasSingle ? 1 : 0)];
        var count = 0;
        if (hasSingle)
            addresses[count++] = BindAddress.Parse(single, version);
        foreach (ref readonly var entry in list)
            addresses[count++] = BindAddress.Parse(entry, version);
        return addresses;
    }

    // listener.rs: since 0.7.0 the server-wide keys are not read; until 0.6 they were, and the defaults were the other way round.
    private static BooleanSetting ReadSwitch(SettingsDocument document, ServerVersion version, ReadOnlySpan<char> prefix, string name, string serverWide, bool newDefault, bool oldDefault)
    {
        if (version.IsAtLeast(7))
            return BooleanSetting.Read(document, prefix, name, newDefault, version, MacroStage.Listeners);
        var own = BooleanSetting.Read(document, prefix, name, oldDefault, version, MacroStage.Listeners);
        return own.Setting is not null ? own : BooleanSetting.Read(document, default, serverWide, oldDefault, version, MacroStage.Listeners);
    }
}
