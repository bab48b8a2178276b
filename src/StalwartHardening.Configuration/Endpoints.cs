using StalwartHardening.Configuration.Annotations;
using StalwartHardening.Server.Access;

namespace StalwartHardening.Configuration;

/// <summary>A part of what the server serves over HTTP: all paths that begin with some text.</summary>
public sealed partial class HttpEndpoint
{
    internal HttpEndpoint(params string[] paths) => Paths = paths;

    internal IReadOnlyList<string> Paths { get; }
}

/// <summary>What the server serves over HTTP (documented in <c>http/access-control</c>). Where generations serve it below different paths, each gets its own.</summary>
public static partial class Endpoints
{
    /// <summary>
    /// All that mail clients, calendars and their discovery need, and nothing else: JMAP, WebDAV, <c>/.well-known</c>, OAuth, client settings,
    /// <c>/calendar</c>, <c>/healthz</c>, <c>/robots.txt</c>; from 0.16 on also the log-in page and what it sends to. Not the web
    /// administration and the management API.
    /// </summary>
    [SettingText(EndpointNames.MailClients)]
    public static partial HttpEndpoint ForMailClients { get; }

    /// <summary>JMAP: <c>/jmap</c>.</summary>
    [SettingText("/jmap")]
    public static partial HttpEndpoint Jmap { get; }

    /// <summary>Calendars, contacts and files: <c>/dav</c>.</summary>
    [SettingText("/dav")]
    public static partial HttpEndpoint WebDav { get; }

    /// <summary>What clients look for by name: <c>/.well-known</c>.</summary>
    [SettingText("/.well-known")]
    public static partial HttpEndpoint WellKnown { get; }

    /// <summary>OAuth and OpenID Connect: <c>/auth</c>; from 0.16 on also <c>/login</c>, <c>/device</c> and <c>/api/auth</c>, the page that asks for the password.</summary>
    [SettingText(EndpointNames.OAuth)]
    public static partial HttpEndpoint OAuth { get; }

    /// <summary>Settings for mail clients: <c>/mail</c>.</summary>
    [SettingText("/mail")]
    public static partial HttpEndpoint Autoconfig { get; }

    /// <summary>Settings for Microsoft's mail clients: <c>/autodiscover</c> and <c>/Autodiscover</c>; from 0.16 on also <c>/AutoDiscover</c>.</summary>
    [SettingText(EndpointNames.Autodiscover)]
    public static partial HttpEndpoint Autodiscover { get; }

    /// <summary>The management API: <c>/api</c>, from 0.16 on without <c>/api/auth</c>, where people log in. Keep it away from everybody but administrators.</summary>
    [SettingText(EndpointNames.ManagementApi)]
    public static partial HttpEndpoint ManagementApi { get; }

    /// <summary>Metrics: <c>/metrics</c>.</summary>
    [SettingText("/metrics")]
    public static partial HttpEndpoint Metrics { get; }

    /// <summary>Whether the server is alive: <c>/healthz</c>.</summary>
    [SettingText("/healthz")]
    public static partial HttpEndpoint Health { get; }

    /// <summary>Everything, the web administration included.</summary>
    [SettingText("/")]
    public static partial HttpEndpoint Everything { get; }

    /// <summary>All paths that begin with <paramref name="path"/>.</summary>
    /// <param name="path">Begins with a slash; letters, digits and <c>/ . _ - ~ :</c>. Case matters.</param>
    [SettingText("{path}")]
    public static partial HttpEndpoint PathsBeginningWith(string path);
}
