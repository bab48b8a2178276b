using System.Net;
using StalwartHardening.Configuration.Annotations;

namespace StalwartHardening.Configuration;

/// <summary>A listener (<c>server.listener.ID.*</c>; documented in <c>server/listener</c>).</summary>
public sealed class ListenerBuilder : SettingsBuilder<ListenerBuilder>
{
    internal ListenerBuilder(SettingsSheet sheet, string scope)
        : base(sheet, scope)
    {
    }

    /// <summary>Listens on addresses with their ports: <c>[::]:993</c>, <c>127.0.0.1:8080</c>. There is no default; may be called again.</summary>
    /// <param name="addresses">IP addresses with ports; IPv6 in brackets. No names.</param>
    [Setting("bind", Value = "{addresses}", Kind = SettingKind.List)]
    public ListenerBuilder Bind(params string[] addresses) => Append("bind", addresses);

    /// <summary>Listens on an address with its port.</summary>
    /// <param name="endPoint">The address and port.</param>
    [Setting("bind", Value = "{endPoint}", Kind = SettingKind.List)]
    public ListenerBuilder Bind(IPEndPoint endPoint) => Append("bind", [endPoint.ToString()]);

    /// <summary>Listens on a port of all addresses of the machine, <c>[::]:PORT</c>.</summary>
    /// <param name="port">The port.</param>
    [Setting("bind", Value = "[::]:{port}", Kind = SettingKind.List)]
    public ListenerBuilder Bind(int port) => Append("bind", ["[::]:" + SettingTexts.Of(port)]);

    /// <summary>Speaks TLS from the first byte (<c>tls.implicit</c>, off by default). HTTP has TLS in no other way.</summary>
    [Setting("tls.implicit", Value = "true")]
    public ListenerBuilder WithImplicitTls() => Write("tls.implicit", "true");

    /// <summary>Begins in clear text and offers STARTTLS, the server's default (<c>tls.implicit = false</c>).</summary>
    [Setting("tls.enable", Value = "true")]
    [Setting("tls.implicit", Value = "false")]
    public ListenerBuilder WithStartTls() => Write("tls.enable", "true").Write("tls.implicit", "false");

    /// <summary>Switches TLS off altogether, STARTTLS included (<c>tls.enable</c>, on by default).</summary>
    [Setting("tls.enable", Value = "false")]
    public ListenerBuilder DisableTls() => Write("tls.enable", "false");

    /// <summary>Leaves TLS versions out (<c>tls.disable-protocols</c>). The server speaks 1.2 and 1.3; leaving out both leaves out none.</summary>
    /// <param name="versions"><c>TLSv1.2</c> or <c>TLSv1.3</c>.</param>
    [Setting("tls.disable-protocols", Value = "{versions}", Kind = SettingKind.List)]
    public ListenerBuilder WithoutTlsVersions(params string[] versions) => Append("tls.disable-protocols", versions);

    /// <summary>Networks whose reverse proxies tell the client's address by the PROXY protocol, instead of those for the whole server (<c>proxy.trusted-networks</c>).</summary>
    /// <param name="networks">Addresses or networks; prefixes from 8 on.</param>
    [Setting("proxy.trusted-networks", Value = "{networks}", Kind = SettingKind.List)]
    public ListenerBuilder TrustProxies(params string[] networks) => Append("proxy.trusted-networks", networks);

    /// <summary>At most this many connections at a time (<c>max-connections</c>, 8192 by default).</summary>
    /// <param name="count">The number of connections.</param>
    [Setting("max-connections", Value = "{count}")]
    public ListenerBuilder WithMaxConnections(int count) => Write("max-connections", SettingTexts.Of(count));
}
