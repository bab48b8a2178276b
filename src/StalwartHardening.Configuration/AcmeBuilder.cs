using StalwartHardening.Configuration.Annotations;

namespace StalwartHardening.Configuration;

/// <summary>An ACME provider (<c>acme.ID.*</c>).</summary>
public sealed partial class AcmeBuilder : SettingsBuilder<AcmeBuilder>
{
    /// <summary>The directory of Let's Encrypt.</summary>
    public const string LetsEncrypt = "https://acme-v02.api.letsencrypt.org/directory";

    internal AcmeBuilder(SettingsSheet sheet, string scope)
        : base(sheet, scope)
    {
    }

    /// <summary>The names to have in the certificate (<c>domains</c>).</summary>
    /// <param name="domains">The names; one with a wildcard needs a DNS challenge.</param>
    [Setting("domains", Value = "{domains}", Kind = SettingKind.List)]
    public partial AcmeBuilder ForDomains(params string[] domains);

    /// <summary>How the provider checks that the names are yours (<c>challenge</c>, TLS-ALPN by default).</summary>
    /// <param name="challenge">The kind of challenge.</param>
    [Setting("challenge", Value = "{challenge}")]
    public partial AcmeBuilder WithChallenge(AcmeChallenge challenge);

    /// <summary>How long before its end a certificate is renewed (<c>renew-before</c>, 30 days by default).</summary>
    /// <param name="time">The time.</param>
    [Setting("renew-before", Value = "{time}")]
    public partial AcmeBuilder RenewBefore(TimeSpan time);

    /// <summary>Serves it to clients that name no server, or none with a certificate (<c>default</c>).</summary>
    [Setting("default", Value = "true")]
    public partial AcmeBuilder AsDefault();
}

/// <summary>How an ACME provider checks that names are yours.</summary>
public enum AcmeChallenge
{
    /// <summary>Over TLS, on an HTTP listener with implicit TLS.</summary>
    [SettingText("tls-alpn-01")]
    TlsAlpn01,

    /// <summary>Over HTTP on port 80.</summary>
    [SettingText("http-01")]
    Http01,

    /// <summary>By a record in the DNS.</summary>
    [SettingText("dns-01")]
    Dns01,
}
