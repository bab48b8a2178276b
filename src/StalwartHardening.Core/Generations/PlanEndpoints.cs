using StalwartHardening.Server;

namespace StalwartHardening.Generations;

/// <summary>
/// What the HTTP server of 0.16 answers to (<c>http/src/request.rs</c>, 0.16.19): paths are compared segment by segment, undecoded.
/// The management goes through <c>/jmap</c> like everybody's mail, so no path keeps strangers from its log-in; the pages of the web
/// administration and what only they ask for can be kept from them.
/// </summary>
internal sealed class PlanEndpoints : HttpEndpoints
{
    // The log-in page sends what is typed into it to /api/auth (http/src/api/mod.rs); the rest below /api is not for everybody.
    private const string Condition =
        "contains(['jmap', 'dav', '.well-known', 'auth', 'login', 'device', 'mail', 'autodiscover', 'Autodiscover', 'AutoDiscover', 'calendar', 'healthz', 'robots.txt'], split(path, '/')[1]) || path == '/api/auth'";

    private const string Prometheus = "Metrics/prometheus/";

    private static readonly string[] Get = ["GET"];
    private static readonly string[] Post = ["POST"];
    private static readonly string[] WebDav = ["PROPFIND", "GET", "PUT", "DELETE", "REPORT", "OPTIONS"];

    private PlanEndpoints()
    {
    }

    /// <summary>The only instance.</summary>
    public static PlanEndpoints Instance { get; } = new();

    /// <inheritdoc/>
    public override string SensitivePath => "/admin";

    /// <inheritdoc/>
    public override IReadOnlyList<HttpEndpoint> All { get; } =
    [
        new("/jmap", Post, HttpEndpointNeed.Permission, HttpEndpointGroup.Jmap),
        new("/jmap/download", Get, HttpEndpointNeed.Authentication, HttpEndpointGroup.Jmap),
        new("/jmap/upload", Post, HttpEndpointNeed.Authentication, HttpEndpointGroup.Jmap),
        new("/jmap/eventsource", Get, HttpEndpointNeed.Authentication, HttpEndpointGroup.Jmap),
        new("/jmap/ws", Get, HttpEndpointNeed.Authentication, HttpEndpointGroup.Jmap),
        new("/jmap/session", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.Jmap),
        new("/dav/cal", WebDav, HttpEndpointNeed.Permission, HttpEndpointGroup.WebDav),
        new("/dav/card", WebDav, HttpEndpointNeed.Permission, HttpEndpointGroup.WebDav),
        new("/dav/file", WebDav, HttpEndpointNeed.Permission, HttpEndpointGroup.WebDav),
        new("/dav/pal", WebDav, HttpEndpointNeed.Permission, HttpEndpointGroup.WebDav),
        new("/.well-known/jmap", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.Discovery),
        new("/.well-known/caldav", WebDav, HttpEndpointNeed.Nothing, HttpEndpointGroup.Discovery),
        new("/.well-known/carddav", WebDav, HttpEndpointNeed.Nothing, HttpEndpointGroup.Discovery),
        new("/.well-known/oauth-authorization-server", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.Discovery),
        new("/.well-known/oauth-protected-resource", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.Discovery),
        new("/.well-known/openid-configuration", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.Discovery),
        new("/.well-known/user-agent-configuration.json", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.Discovery),
        new("/.well-known/mta-sts.txt", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.Discovery),
        new("/.well-known/mail-v1.xml", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.Discovery),
        new("/.well-known/autoconfig/mail/config-v1.1.xml", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.Discovery),
        new("/.well-known/acme-challenge/token", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.Discovery),
        new("/mail/config-v1.1.xml", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.Discovery),
        new("/autodiscover/autodiscover.xml", Post, HttpEndpointNeed.Nothing, HttpEndpointGroup.Discovery),
        new("/Autodiscover/Autodiscover.xml", Post, HttpEndpointNeed.Nothing, HttpEndpointGroup.Discovery),
        new("/AutoDiscover/AutoDiscover.xml", Post, HttpEndpointNeed.Nothing, HttpEndpointGroup.Discovery),
        new("/auth/device", Post, HttpEndpointNeed.Nothing, HttpEndpointGroup.OAuth),
        new("/auth/token", Post, HttpEndpointNeed.Nothing, HttpEndpointGroup.OAuth),
        new("/auth/introspect", Post, HttpEndpointNeed.Authentication, HttpEndpointGroup.OAuth),
        new("/auth/userinfo", Get, HttpEndpointNeed.Authentication, HttpEndpointGroup.OAuth),
        new("/auth/register", Post, HttpEndpointNeed.Permission, HttpEndpointGroup.OAuth),
        new("/auth/jwks.json", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.OAuth),
        new("/login", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.OAuth),
        new("/device", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.OAuth),
        new("/api/auth", Post, HttpEndpointNeed.Nothing, HttpEndpointGroup.OAuth),
        new("/calendar/rsvp", Get, HttpEndpointNeed.SignedLink, HttpEndpointGroup.CalendarReplies, "CalendarScheduling/httpRsvpEnable"),
        new("/robots.txt", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.Health),
        new("/healthz/live", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.Health),
        new("/healthz/ready", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.Health),
        new("/api/discover", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.ManagementApi),
        new("/api/account", Get, HttpEndpointNeed.Permission, HttpEndpointGroup.ManagementApi),
        new("/api/schema", Get, HttpEndpointNeed.Permission, HttpEndpointGroup.ManagementApi),
        new("/api/token", Post, HttpEndpointNeed.Permission, HttpEndpointGroup.ManagementApi),
        new("/api/live", Get, HttpEndpointNeed.SignedLink, HttpEndpointGroup.ManagementApi),
        new("/metrics/prometheus", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.Metrics, Prometheus + "@type", IsOnByDefault: false),
        new("/form", Post, HttpEndpointNeed.Nothing, HttpEndpointGroup.Form, "HttpForm/enable", IsOnByDefault: false),
        new("/admin", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.WebAdministration),
        new("/account", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.WebAdministration),
        new("/logo.svg", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.Branding),
    ];

    // Everything but the pages goes through JMAP.
    /// <inheritdoc/>
    public override HttpEndpointGroup Administration => HttpEndpointGroup.Jmap;

    /// <inheritdoc/>
    public override string AllowListCondition => Condition;

    /// <inheritdoc/>
    public override IReadOnlyList<string> AllowedPaths { get; } =
        ["/jmap", "/dav", "/.well-known", "/auth", "/login", "/device", "/api/auth", "/mail", "/autodiscover", "/Autodiscover", "/AutoDiscover", "/calendar", "/healthz", "/robots.txt"];

    // A union, not a switch: the variant says whether it is on.
    /// <inheritdoc/>
    public override bool? IsServed(HttpEndpoint endpoint, ServerConfiguration server)
    {
        if (endpoint.EnabledBy is not { } key)
            return true;
        if (endpoint.Group != HttpEndpointGroup.Metrics)
            return ((PlanServer)server).Switch(key, endpoint.IsOnByDefault).Value;
        return server.Document.TryGet(key, out var variant) ? Macros.HasUnknownPart(variant.Value) ? null : variant.Value == "Enabled"
            : server.Document.MayBeElsewhere(default, key) ? null : false;
    }

    /// <inheritdoc/>
    public override HttpEndpointNeed NeedOf(HttpEndpoint endpoint, ServerConfiguration server)
    {
        var document = server.Document;

        // Only both together make the server ask (http/request.rs).
        if (endpoint.Group == HttpEndpointGroup.Metrics)
        {
            return document.TryGet(Prometheus + "authUsername", out var user) && user.Value is not ("null" or "")
                && document.TryGet(Prometheus + "authSecret/@type", out var secret) && secret.Value != "None"
                ? HttpEndpointNeed.Authentication
                : HttpEndpointNeed.Nothing;
        }

        return endpoint.Path == "/auth/register" && ((PlanServer)server).Switch("OidcProvider/anonymousClientRegistration", fallback: true).Value == true
            ? HttpEndpointNeed.Nothing
            : endpoint.Need;
    }
}
