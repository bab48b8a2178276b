namespace StalwartHardening.Server.Listeners;

/// <summary>TCP ports that mail clients and servers expect a service on (IANA; RFC 8314 for those with implicit TLS).</summary>
internal static class WellKnownPorts
{
    /// <summary>POP3 that begins in clear text.</summary>
    public const int Pop3 = 110;

    /// <summary>IMAP that begins in clear text.</summary>
    public const int Imap = 143;

    /// <summary>HTTP with implicit TLS.</summary>
    public const int Https = 443;

    /// <summary>Submission with implicit TLS.</summary>
    public const int Submissions = 465;

    /// <summary>Submission that begins in clear text.</summary>
    public const int Submission = 587;

    /// <summary>IMAP with implicit TLS.</summary>
    public const int Imaps = 993;

    /// <summary>POP3 with implicit TLS.</summary>
    public const int Pop3s = 995;

    /// <summary>ManageSieve.</summary>
    public const int ManageSieve = 4190;

    /// <summary>Plain HTTP in the server's own quick start.</summary>
    public const int AlternativeHttp = 8080;

    /// <summary>HTTP with implicit TLS where 443 is taken.</summary>
    public const int AlternativeHttps = 8443;

    /// <summary>Whether clients expect TLS from the first byte on this port, whatever is spoken below it.</summary>
    public static bool ExpectsImplicitTls(int port, MailProtocol protocol) => port switch
    {
        Submissions or Imaps or Pop3s or Https => true,
        AlternativeHttps => protocol == MailProtocol.Http,
        _ => false,
    };
}
