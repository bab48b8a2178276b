using StalwartHardening.Configuration;
using StalwartHardening.Configuration.Objects;

/// <summary>A hardened server: exactly the listeners that are needed, TLS from the first byte, limits, no cross-origin access.</summary>
public static class HardeningPlan
{
    /// <summary>The plan.</summary>
    public static StalwartPlan Create()
    {
        var plan = new StalwartPlan();

        var smtp = new NetworkListener
        {
            Name = "smtp",
            Bind = ["[::]:25"],
            Protocol = NetworkListenerProtocol.Smtp,
            OverrideProxyTrustedNetworks = [],
            UseTls = true,
            TlsDisableCipherSuites = [],
            TlsDisableProtocols = [],
            TlsIgnoreClientOrder = true,
            TlsImplicit = false,
            TlsTimeout = TimeSpan.FromSeconds(30),
            MaxConnections = 2048,
        };
        var submissions = new NetworkListener
        {
            Name = "submissions",
            Bind = ["[::]:465"],
            Protocol = NetworkListenerProtocol.Smtp,
            OverrideProxyTrustedNetworks = [],
            UseTls = true,
            TlsDisableCipherSuites = [],
            TlsDisableProtocols = [TlsVersion.Tls12],
            TlsIgnoreClientOrder = true,
            TlsImplicit = true,
            TlsTimeout = TimeSpan.FromSeconds(30),
            MaxConnections = 1024,
        };
        var imaps = new NetworkListener
        {
            Name = "imaps",
            Bind = ["[::]:993"],
            Protocol = NetworkListenerProtocol.Imap,
            OverrideProxyTrustedNetworks = [],
            UseTls = true,
            TlsDisableCipherSuites = [],
            TlsDisableProtocols = [TlsVersion.Tls12],
            TlsIgnoreClientOrder = true,
            TlsImplicit = true,
            TlsTimeout = TimeSpan.FromSeconds(30),
            MaxConnections = 2048,
        };
        var https = new NetworkListener
        {
            Name = "https",
            Bind = ["[::]:443"],
            Protocol = NetworkListenerProtocol.Http,
            OverrideProxyTrustedNetworks = [],
            UseTls = true,
            TlsDisableCipherSuites = [],
            TlsDisableProtocols = [TlsVersion.Tls12],
            TlsIgnoreClientOrder = true,
            TlsImplicit = true,
            TlsTimeout = TimeSpan.FromSeconds(30),
            MaxConnections = 2048,
        };
        plan.Reconcile(smtp, submissions, imaps, https);

        var senderIp = new MtaInboundThrottle
        {
            Enable = true,
            Description = "Sender IP throttle",
            Key = [MtaInboundThrottleKey.RemoteIp],
            Match = "true",
            Rate = new Rate { Count = 25, Period = TimeSpan.FromSeconds(1) },
        };
        var authenticatedSubmissionHour = new MtaInboundThrottle
        {
            Enable = true,
            Description = "Authenticated submission hourly limit",
            Key = [MtaInboundThrottleKey.AuthenticatedAs],
            Match = "!is_empty(authenticated_as)",
            Rate = new Rate { Count = 100, Period = TimeSpan.FromHours(1) },
        };
        var authenticatedSubmissionDay = new MtaInboundThrottle
        {
            Enable = true,
            Description = "Authenticated submission daily limit",
            Key = [MtaInboundThrottleKey.AuthenticatedAs],
            Match = "!is_empty(authenticated_as)",
            Rate = new Rate { Count = 500, Period = TimeSpan.FromDays(1) },
        };
        plan.Upsert(senderIp, authenticatedSubmissionHour, authenticatedSubmissionDay);

        var senderDomainQueue = new MtaQueueQuota
        {
            Enable = true,
            Description = "Sender-domain outbound queue limit",
            Key = [MtaQueueQuotaKey.SenderDomain],
            Match = "true",
            Messages = 5000,
            Size = 1073741824,
        };
        plan.Upsert(senderDomainQueue);

        var defaultStrategy = new MtaTlsStrategy
        {
            Name = "default",
            Description = "Authenticated outbound TLS without certificate bypass",
            AllowInvalidCerts = false,
            Dane = MtaRequiredOrOptional.Optional,
            MtaSts = MtaRequiredOrOptional.Optional,
            StartTls = MtaRequiredOrOptional.Optional,
            MtaStsTimeout = TimeSpan.FromMinutes(5),
            TlsTimeout = TimeSpan.FromMinutes(3),
        };
        plan.Upsert(defaultStrategy);

        plan.Update(new MtaOutboundStrategy
        {
            Tls = "'default'",
        });

        plan.Update(new Http
        {
            RateLimitAuthenticated = new Rate { Count = 600, Period = TimeSpan.FromMinutes(1) },
            RateLimitAnonymous = new Rate { Count = 60, Period = TimeSpan.FromMinutes(1) },
            EnableHsts = true,
            UsePermissiveCors = false,
            ResponseHeaders = new Dictionary<string, string>
            {
                ["Cache-Control"] = "no-store",
                ["Content-Security-Policy"] = "default-src 'none'; base-uri 'self'; connect-src 'self'; font-src 'self' data:; form-action 'self'; frame-ancestors 'none'; frame-src 'none'; img-src 'self' data: blob: https://stalw.art; manifest-src 'self'; media-src 'self' blob:; object-src 'none'; script-src 'self' 'sha256-DN+qOOjtGVsV8lkg72s4vC1jiBzlp3i4PLyWBwwmEBE='; script-src-attr 'none'; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; upgrade-insecure-requests",
                ["Cross-Origin-Opener-Policy"] = "same-origin",
                ["Cross-Origin-Resource-Policy"] = "same-origin",
                ["Expires"] = "0",
                ["Origin-Agent-Cluster"] = "?1",
                ["Permissions-Policy"] = "accelerometer=(), ambient-light-sensor=(), autoplay=(), battery=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(self), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-create=(self), publickey-credentials-get=(self), screen-wake-lock=(), serial=(), usb=(), web-share=(), xr-spatial-tracking=()",
                ["Pragma"] = "no-cache",
                ["Referrer-Policy"] = "no-referrer",
                ["X-Content-Type-Options"] = "nosniff",
                ["X-DNS-Prefetch-Control"] = "off",
                ["X-Download-Options"] = "noopen",
                ["X-Frame-Options"] = "DENY",
                ["X-Permitted-Cross-Domain-Policies"] = "none",
                ["X-XSS-Protection"] = "0",
            },
            UseXForwarded = false,
            RedirectRoot = "/account",
        });

        plan.Update(new Imap
        {
            MaxConcurrent = 8,
            MaxRequestRate = new Rate { Count = 1000, Period = TimeSpan.FromMinutes(1) },
            MaxRequestSize = 52428800,
        });

        plan.Update(new Jmap
        {
            MaxConcurrentRequests = 4,
            MaxRequestSize = 10000000,
            MaxMethodCalls = 16,
        });

        plan.Update(new Authentication
        {
            PasswordHashAlgorithm = PasswordHashAlgorithm.Argon2id,
            PasswordMinLength = 16,
            PasswordMinStrength = PasswordStrength.Four,
            MaxApiKeys = 2,
            MaxAppPasswords = 3,
        });

        plan.Update(new ReportSettings
        {
            InboundReportAddresses = ["reports@example.org"],
            InboundReportForwarding = true,
        });

        plan.Update(new WebDav
        {
            EnableAssistedDiscovery = false,
            MaxLockTimeout = TimeSpan.FromHours(1),
            MaxLocks = 10,
            DeadPropertyMaxSize = 1024,
            LivePropertyMaxSize = 250,
            RequestMaxSize = 26214400,
            MaxResults = 2000,
        });

        plan.Update(new MtaStageAuth
        {
            MaxFailures = "3",
            WaitOnFail = "5s",
            SaslMechanisms = new Expression { Match = [new ExpressionMatch { If = "local_port != 25 && is_tls", Then = "[plain, login, oauthbearer, xoauth2]" }], Else = "false" },
            MustMatchSender = "true",
            Require = "local_port != 25",
        });

        plan.Update(new MtaStageMail
        {
            IsSenderAllowed = "is_tls && (!is_empty(authenticated_as) || !key_exists('spam-block', sender_domain))",
        });

        plan.Update(new DnsResolver.Cloudflare
        {
            UseTls = true,
            PreserveIntermediates = true,
            Concurrency = 2,
            Timeout = TimeSpan.FromSeconds(5),
            Attempts = 2,
            TcpOnError = true,
            EnableEdns = true,
        });

        var webui = new Application
        {
            Enabled = true,
            Description = "Stalwart Web Interface",
            ResourceUrl = "file:///opt/stalwart-webui/webui.zip",
            UrlPrefix = ["/admin", "/account"],
            AutoUpdateFrequency = TimeSpan.FromDays(365),
            UnpackDirectory = null,
            OauthClientId = null,
        };
        plan.Reconcile(webui);

        return plan;
    }
}
