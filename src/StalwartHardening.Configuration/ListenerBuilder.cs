using System.Net;
using StalwartHardening.Configuration.Annotations;

namespace StalwartHardening.Configuration;

/// <summary>A listener (<c>server.listener.ID.*</c>; documented in <c>server/listener</c>).</summary>
public sealed partial class ListenerBuilder : SettingsBuilder<ListenerBuilder>
{
    internal ListenerBuilder(SettingsSheet sheet, string scope)
        : base(sheet, scope)
    {
    }

    /// <summary>Listens on addresses with their ports: <c>[::]:993</c>, <c>127.0.0.1:8080</c>. There is no default; may be called again.</summary>
    /// <param name="addresses">IP addresses with ports; IPv6 in brackets. No names.</param>
    [Setting("bind", Value = "{addresses}", Kind = SettingKind.List)]
    public partial ListenerBuilder Bind(params string[] addresses);

    /// <summary>Listens on an address with its port.</summary>
    /// <param name="endPoint">The address and port.</param>
    [Setting("bind", Value = "{endPoint}", Kind = SettingKind.List)]
    public partial ListenerBuilder Bind(IPEndPoint endPoint);

    /// <summary>Listens on a port of all addresses of the machine, <c>[::]:PORT</c>.</summary>
    /// <param name="port">The port.</param>
    [Setting("bind", Value = "[::]:{port}", Kind = SettingKind.List)]
    public partial ListenerBuilder Bind(int port);

    /// <summary>Speaks TLS from the first byte (<c>tls.implicit</c>, off by default). HTTP has TLS in no other way.</summary>
    [Setting("tls.implicit", Value = "true")]
    public partial ListenerBuilder WithImplicitTls();

    /// <summary>Begins in clear text and offers STARTTLS, the server's default (<c>tls.implicit = false</c>).</summary>
    [Setting("tls.enable", Value = "true")]
    [Setting("tls.implicit", Value = "false")]
    public partial ListenerBuilder WithStartTls();

    /// <summary>Switches TLS off altogether, STARTTLS included (<c>tls.enable</c>, on by default).</summary>
    [Setting("tls.enable", Value = "false")]
    public partial ListenerBuilder DisableTls();

    /// <summary>Leaves TLS versions out (<c>tls.disable-protocols</c>). The server speaks 1.2 and 1.3; leaving out both leaves out none.</summary>
    /// <param name="versions"><c>TLSv1.2</c> or <c>TLSv1.3</c>.</param>
    [Setting("tls.disable-protocols", Value = "{versions}", Kind = SettingKind.List)]
    public partial ListenerBuilder WithoutTlsVersions(params string[] versions);

    /// <summary>Networks whose reverse proxies tell the client's address by the PROXY protocol, instead of those for the whole server (<c>proxy.trusted-networks</c>).</summary>
    /// <param name="networks">Addresses or networks; prefixes from 8 on.</param>
    [Setting("proxy.trusted-networks", Value = "{networks}", Kind = SettingKind.List)]
    public partial ListenerBuilder TrustProxies(params string[] networks);

#if NET8_0_OR_GREATER
    /// <summary>Networks whose reverse proxies tell the client's address by the PROXY protocol, instead of those for the whole server (<c>proxy.trusted-networks</c>).</summary>
    /// <param name="network">A network.</param>
    /// <param name="others">More of them.</param>
    [Setting("proxy.trusted-networks", Value = "{network}", Kind = SettingKind.List)]
    [Setting("proxy.trusted-networks", Value = "{others}", Kind = SettingKind.List)]
    public partial ListenerBuilder TrustProxies(IPNetwork network, params IPNetwork[] others);
#endif

    /// <summary>At most this many connections at a time (<c>max-connections</c>, 8192 by default).</summary>
    /// <param name="count">The number of connections.</param>
    [Setting("max-connections", Value = "{count}")]
    public partial ListenerBuilder WithMaxConnections(int count);
}
