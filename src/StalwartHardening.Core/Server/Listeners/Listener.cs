using StalwartHardening.Settings;

namespace StalwartHardening.Server.Listeners;

/// <summary>
/// A listener that the server tries to start: there is a key <c>server.listener.ID.protocol</c> with a protocol it knows
/// (<c>listener.rs</c>). Whether it comes up also takes an address, see <see cref="BindAddresses"/>.
/// </summary>
internal sealed class Listener
{
    /// <summary>What every key of a listener begins with.</summary>
    public const string Family = "server.listener";

    internal Listener(string id, MailProtocol protocol, in Setting protocolSetting, IReadOnlyList<BindAddress> bindAddresses, BooleanSetting tlsEnabled, BooleanSetting tlsImplicit, IReadOnlyList<Setting> proxyNetworks, ListenerEdits edits)
    {
        Id = id;
        Protocol = protocol;
        ProtocolSetting = protocolSetting;
        BindAddresses = bindAddresses;
        IsReachableFromElsewhere = IsAnyReachable(bindAddresses);
        TlsEnabled = tlsEnabled;
        TlsImplicit = tlsImplicit;
        ProxyNetworks = proxyNetworks;
        Edits = edits;
    }

    /// <summary>The listener's name; also the value of <c>listener</c> in expressions. May contain dots.</summary>
    public string Id { get; }

    /// <summary>What it speaks.</summary>
    public MailProtocol Protocol { get; }

    /// <summary>The setting that brings the listener into being.</summary>
    public Setting ProtocolSetting { get; }

    /// <summary>The entries of <c>bind</c>, also those the server drops, in key order.</summary>
    public IReadOnlyList<BindAddress> BindAddresses { get; }

    /// <summary>The switch <c>tls.enable</c>: whether TLS can be used at all.</summary>
    public BooleanSetting TlsEnabled { get; }

    /// <summary>The switch <c>tls.implicit</c>: TLS from the first byte.</summary>
    public BooleanSetting TlsImplicit { get; }

    /// <summary>
    /// The networks whose peers must send a PROXY header, which is believed: the listener's own, or the server's where it has none.
    /// An empty list of its own stores nothing and so inherits (<c>listener.rs</c>). Since 0.7.0.
    /// </summary>
    public IReadOnlyList<Setting> ProxyNetworks { get; }

    /// <summary>How the listener is changed.</summary>
    public ListenerEdits Edits { get; }

    /// <summary>Whether every connection is TLS from the first byte; null where nobody knows yet.</summary>
    public bool? UsesImplicitTls =>
        TlsEnabled.Value == false || TlsImplicit.Value == false ? false
        : TlsEnabled.Value is null || TlsImplicit.Value is null ? null
        : true;

    /// <summary>Whether the first bytes of every connection are certainly in clear text.</summary>
    public bool StartsInCleartext => UsesImplicitTls == false;

    /// <summary>Whether another machine can certainly connect.</summary>
    public bool IsReachableFromElsewhere { get; }

    /// <summary>Whether it may have addresses that are not known: a template's placeholder, an object that was there before.</summary>
    public bool MayBindElsewhere { get; init; }

    /// <summary>The key of one of the listener's settings, for example <c>tls.implicit</c>.</summary>
    public string Key(string name) => SettingPath.Join(Family, Id, name);

    // Not by an enumerator, which is an object for each of thousands of listeners.
    private static bool IsAnyReachable(IReadOnlyList<BindAddress> addresses)
    {
        for (var i = 0; i < addresses.Count; i++)
        {
            if (addresses[i].IsReachableFromElsewhere)
                return true;
        }

        return false;
    }

    /// <summary>Whether a key brings a listener into being.</summary>
    public static bool IsProtocol(string key) =>
        key.Length > Family.Length + "..protocol".Length && SettingPath.EndsIn(key, "protocol") && SettingPath.IsBelow(key, Family);
}
