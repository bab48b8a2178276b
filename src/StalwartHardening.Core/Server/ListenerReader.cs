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
            if (IdOf(setting.Key) is not { } id)
                continue;
            var masked = Macros.MaskUnknown(setting.Value, version, MacroStage.Listeners);
            var protocol = MailProtocol.Unknown;
            if (!Macros.HasUnknownPart(masked) && !MailProtocols.TryParse(masked, version, out protocol))
                continue;
            listeners.Add(Create(document, version, id, protocol, setting));
        }

        return listeners;
    }

    /// <summary>The listener a <c>protocol</c> key belongs to; null for every other key.</summary>
    public static string? IdOf(string key) =>
        key.Length > Listener.Prefix.Length + ProtocolSuffix.Length && key.EndsWith(ProtocolSuffix, StringComparison.Ordinal)
            ? key.Substring(Listener.Prefix.Length, key.Length - Listener.Prefix.Length - ProtocolSuffix.Length)
            : null;

    private static Listener Create(SettingsDocument document, ServerVersion version, string id, MailProtocol protocol, in Setting protocolSetting)
    {
        var prefix = Listener.Prefix + id;
        var addresses = new List<BindAddress>(1);
        var bind = prefix + ".bind";
        if (document.TryGet(bind, out var single))
            addresses.Add(BindAddress.Parse(single, version));
        foreach (ref readonly var entry in document.StartingWith(bind + "."))
            addresses.Add(BindAddress.Parse(entry, version));
        return new Listener(
            id,
            protocol,
            protocolSetting,
            addresses,
            ReadSwitch(document, version, prefix, ".tls.enable", "server.tls.enable", newDefault: true, oldDefault: false),
            ReadSwitch(document, version, prefix, ".tls.implicit", "server.tls.implicit", newDefault: false, oldDefault: true));
    }

    // listener.rs: since 0.7.0 the server-wide keys are not read; until 0.6 they were, and the defaults were the other way round.
    private static BooleanSetting ReadSwitch(SettingsDocument document, ServerVersion version, string prefix, string name, string serverWide, bool newDefault, bool oldDefault)
    {
        if (version.IsAtLeast(7))
            return BooleanSetting.Read(document, prefix + name, newDefault, version, MacroStage.Listeners);
        var own = BooleanSetting.Read(document, prefix + name, oldDefault, version, MacroStage.Listeners);
        return own.Setting is not null ? own : BooleanSetting.Read(document, serverWide, oldDefault, version, MacroStage.Listeners);
    }
}
