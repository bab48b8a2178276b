using StalwartHardening.Configuration.Annotations;

namespace StalwartHardening.Configuration;

/// <summary>A certificate (<c>certificate.ID.*</c>).</summary>
public sealed partial class CertificateBuilder : SettingsBuilder<CertificateBuilder>
{
    internal CertificateBuilder(SettingsSheet sheet, string scope)
        : base(sheet, scope)
    {
    }

    /// <summary>Serves it to clients that name no server, or none with a certificate (<c>default</c>).</summary>
    [Setting("default", Value = "true")]
    public partial CertificateBuilder AsDefault();
}
