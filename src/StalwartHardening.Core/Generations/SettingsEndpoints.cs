using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>What the HTTP server of 0.15.5 answers to (<c>http/request.rs</c>): paths are compared segment by segment, undecoded.</summary>
internal sealed class SettingsEndpoints : HttpEndpoints
{
    /// <summary>
    /// An access rule that admits what mail clients and calendars need and nothing else: the first segments of the
    /// endpoints that <see cref="HttpEndpoint.IsNeededFromElsewhere"/>.
    /// </summary>
    public const string AllowList = "if_then(" + Condition + ", 200, 404)";

    private const string Condition =
        "contains(['jmap', 'dav', '.well-known', 'auth', 'mail', 'autodiscover', 'Autodiscover', 'calendar', 'healthz', 'robots.txt'], split(url_path, '/')[1])";

    /// <summary>How the paths begin that <see cref="AllowList"/> admits.</summary>
    public static IReadOnlyList<string> ClientPaths { get; } =
        ["/jmap", "/dav", "/.well-known", "/auth", "/mail", "/autodiscover", "/Autodiscover", "/calendar", "/healthz", "/robots.txt"];

    private static readonly string[] Get = ["GET"];
    private static readonly string[] Post = ["POST"];
    private static readonly string[] WebDav = ["PROPFIND", "GET", "PUT", "DELETE", "REPORT", "OPTIONS"];
    private static readonly string[] Manage = ["GET", "POST", "PATCH", "PUT", "DELETE"];

    /// <inheritdoc/>
    public override string SensitivePath => "/api/principal";

    /// <summary>All endpoints.</summary>
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
        new("/dav/itip", WebDav, HttpEndpointNeed.Permission, HttpEndpointGroup.WebDav),
        new("/.well-known/jmap", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.Discovery),
        new("/.well-known/caldav", WebDav, HttpEndpointNeed.Nothing, HttpEndpointGroup.Discovery),
        new("/.well-known/carddav", WebDav, HttpEndpointNeed.Nothing, HttpEndpointGroup.Discovery),
        new("/.well-known/oauth-authorization-server", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.Discovery),
        new("/.well-known/openid-configuration", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.Discovery),
        new("/.well-known/mta-sts.txt", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.Discovery),
        new("/.well-known/mail-v1.xml", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.Discovery),
        new("/.well-known/autoconfig/mail/config-v1.1.xml", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.Discovery),
        new("/.well-known/acme-challenge/token", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.Discovery),
        new("/mail/config-v1.1.xml", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.Discovery),
        new("/autodiscover/autodiscover.xml", Post, HttpEndpointNeed.Nothing, HttpEndpointGroup.Discovery),
        new("/Autodiscover/Autodiscover.xml", Post, HttpEndpointNeed.Nothing, HttpEndpointGroup.Discovery),
        new("/auth/device", Post, HttpEndpointNeed.Nothing, HttpEndpointGroup.OAuth),
        new("/auth/token", Post, HttpEndpointNeed.Nothing, HttpEndpointGroup.OAuth),
        new("/auth/introspect", Post, HttpEndpointNeed.Authentication, HttpEndpointGroup.OAuth),
        new("/auth/userinfo", Get, HttpEndpointNeed.Authentication, HttpEndpointGroup.OAuth),
        new("/auth/register", Post, HttpEndpointNeed.Permission, HttpEndpointGroup.OAuth),
        new("/auth/jwks.json", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.OAuth),
        new("/calendar/rsvp", Get, HttpEndpointNeed.SignedLink, HttpEndpointGroup.CalendarReplies, "calendar.scheduling.http-rsvp.enable"),
        new("/robots.txt", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.Health),
        new("/healthz/live", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.Health),
        new("/healthz/ready", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.Health),
        new("/api/principal", Manage, HttpEndpointNeed.Permission, HttpEndpointGroup.ManagementApi),
        new("/api/settings", Manage, HttpEndpointNeed.Permission, HttpEndpointGroup.ManagementApi),
        new("/api/queue/messages", Manage, HttpEndpointNeed.Permission, HttpEndpointGroup.ManagementApi),
        new("/api/logs", Manage, HttpEndpointNeed.Permission, HttpEndpointGroup.ManagementApi),
        new("/api/reload", Manage, HttpEndpointNeed.Permission, HttpEndpointGroup.ManagementApi),
        new("/api/dkim", Manage, HttpEndpointNeed.Permission, HttpEndpointGroup.ManagementApi),
        new("/api/store/blobs", Manage, HttpEndpointNeed.Permission, HttpEndpointGroup.ManagementApi),
        new("/api/troubleshoot/delivery", Get, HttpEndpointNeed.SignedLink, HttpEndpointGroup.ManagementApi),
        new("/api/telemetry/traces", Get, HttpEndpointNeed.SignedLink, HttpEndpointGroup.ManagementApi),
        new("/api/telemetry/metrics", Get, HttpEndpointNeed.SignedLink, HttpEndpointGroup.ManagementApi),
        new("/metrics/prometheus", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.Metrics, "metrics.prometheus.enable", IsOnByDefault: false),
        new("/form", Post, HttpEndpointNeed.Nothing, HttpEndpointGroup.Form, "form.enable", IsOnByDefault: false),
        new("/login", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.WebAdministration),
        new("/", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.WebAdministration),
        new("/index.html", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.WebAdministration),

        // Paths of its pages: the server answers every path that it does not know with index.html.
        new("/manage/directory/accounts", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.WebAdministration),
        new("/settings/network", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.WebAdministration),
        new("/account/crypto", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.WebAdministration),
        new("/logo.svg", Get, HttpEndpointNeed.Nothing, HttpEndpointGroup.Branding),
    ];

    private SettingsEndpoints()
    {
    }

    /// <summary>The only instance: the endpoints depend on no version.</summary>
    public static SettingsEndpoints Instance { get; } = new();

    /// <inheritdoc/>
    public override HttpEndpointGroup Administration => HttpEndpointGroup.ManagementApi;

    /// <inheritdoc/>
    public override string AllowListCondition => Condition;

    /// <inheritdoc/>
    public override IReadOnlyList<string> AllowedPaths => ClientPaths;

    /// <inheritdoc/>
    public override bool? IsServed(HttpEndpoint endpoint, ServerConfiguration server) =>
        endpoint.EnabledBy is { } key ? BooleanSetting.Read(server.Document, key, endpoint.IsOnByDefault, server.Features, MacroStage.Everything).Value : true;

    /// <inheritdoc/>
    public override HttpEndpointNeed NeedOf(HttpEndpoint endpoint, ServerConfiguration server)
    {
        var document = server.Document;
        // Only both together make the server ask (http/request.rs).
        if (endpoint.Group == HttpEndpointGroup.Metrics)
        {
            return document.TryGet("metrics.prometheus.auth.username", out _) && document.TryGet("metrics.prometheus.auth.secret", out _)
                ? HttpEndpointNeed.Authentication
                : HttpEndpointNeed.Nothing;
        }

        return endpoint.Path == "/auth/register" && BooleanSetting.Read(document, "oauth.client-registration.anonymous", false, server.Features, MacroStage.Everything).Value == true
            ? HttpEndpointNeed.Nothing
            : endpoint.Need;
    }
}
