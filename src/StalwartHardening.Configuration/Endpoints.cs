using StalwartHardening.Configuration.Annotations;

namespace StalwartHardening.Configuration;

/// <summary>A part of what the server serves over HTTP: all paths that begin with some text.</summary>
public sealed class HttpEndpoint
{
    internal HttpEndpoint(params string[] paths) => Paths = paths;

    internal IReadOnlyList<string> Paths { get; }
}

/// <summary>What the server serves over HTTP (documented in <c>http/access-control</c>).</summary>
public static class Endpoints
{
    /// <summary>JMAP: <c>/jmap</c>.</summary>
    [SettingText("/jmap")]
    public static HttpEndpoint Jmap { get; } = new("/jmap");

    /// <summary>Calendars, contacts and files: <c>/dav</c>.</summary>
    [SettingText("/dav")]
    public static HttpEndpoint WebDav { get; } = new("/dav");

    /// <summary>What clients look for by name: <c>/.well-known</c>.</summary>
    [SettingText("/.well-known")]
    public static HttpEndpoint WellKnown { get; } = new("/.well-known");

    /// <summary>OAuth and OpenID Connect: <c>/auth</c>.</summary>
    [SettingText("/auth")]
    public static HttpEndpoint OAuth { get; } = new("/auth");

    /// <summary>Settings for mail clients: <c>/mail</c>.</summary>
    [SettingText("/mail")]
    public static HttpEndpoint Autoconfig { get; } = new("/mail");

    /// <summary>Settings for Microsoft's mail clients: <c>/autodiscover</c> and <c>/Autodiscover</c>, which the server serves both.</summary>
    [SettingText("/autodiscover", "/Autodiscover")]
    public static HttpEndpoint Autodiscover { get; } = new("/autodiscover", "/Autodiscover");

    /// <summary>The management API: <c>/api</c>. Keep it away from everybody but administrators.</summary>
    [SettingText("/api")]
    public static HttpEndpoint ManagementApi { get; } = new("/api");

    /// <summary>Metrics: <c>/metrics</c>.</summary>
    [SettingText("/metrics")]
    public static HttpEndpoint Metrics { get; } = new("/metrics");

    /// <summary>Whether the server is alive: <c>/healthz</c>.</summary>
    [SettingText("/healthz")]
    public static HttpEndpoint Health { get; } = new("/healthz");

    /// <summary>Everything, the web administration included.</summary>
    [SettingText("/")]
    public static HttpEndpoint Everything { get; } = new("/");

    /// <summary>All paths that begin with <paramref name="path"/>.</summary>
    /// <param name="path">Begins with a slash; letters, digits and <c>/ . _ - ~ :</c>. Case matters.</param>
    [SettingText("{path}")]
    public static HttpEndpoint PathsBeginningWith(string path) => new(path);
}
