using StalwartHardening.Settings;

namespace StalwartHardening.Server.Listeners;

/// <summary>What a listener speaks.</summary>
internal enum MailProtocol
{
    /// <summary>Not known yet (a macro, or code the reader cannot follow).</summary>
    Unknown,

    /// <summary>Mail between servers, and submission by clients.</summary>
    Smtp,

    /// <summary>Local delivery.</summary>
    Lmtp,

    /// <summary>Mailbox access.</summary>
    Imap,

    /// <summary>Mailbox download.</summary>
    Pop3,

    /// <summary>Web administration, management API, JMAP and WebDAV.</summary>
    Http,

    /// <summary>Filter scripts.</summary>
    ManageSieve,
}

/// <summary>The protocol names the server knows.</summary>
internal static class MailProtocols
{
    /// <summary>
    /// Reads the <c>protocol</c> of a listener, in any case (<c>listener.rs</c>). <c>https</c> is <c>http</c>: it switches no TLS on.
    /// <c>jmap</c> existed until 0.6, <c>https</c> since 0.7.0, <c>pop3</c> since 0.8.1.
    /// </summary>
    public static bool TryParse(string text, ServerFeatures features, out MailProtocol protocol)
    {
        protocol = MailProtocol.Unknown;
        if (Is(text, "smtp"))
            protocol = MailProtocol.Smtp;
        else if (Is(text, "lmtp"))
            protocol = MailProtocol.Lmtp;
        else if (Is(text, "imap"))
            protocol = MailProtocol.Imap;
        else if (Is(text, "pop3") && features.HasPop3)
            protocol = MailProtocol.Pop3;
        else if (Is(text, "http") || (Is(text, "https") && features.HasHttpsProtocolName) || (Is(text, "jmap") && features.HasJmapProtocolName))
            protocol = MailProtocol.Http;
        else if (Is(text, "managesieve"))
            protocol = MailProtocol.ManageSieve;
        return protocol != MailProtocol.Unknown;
    }

    /// <summary>The names a version accepts, for messages.</summary>
    public static string NamesFor(ServerFeatures features) =>
        features.HasJmapProtocolName ? "smtp, lmtp, jmap, imap, http or managesieve"
        : !features.HasPop3 ? "smtp, lmtp, imap, http or managesieve"
        : "smtp, lmtp, imap, pop3, http or managesieve";

    /// <summary>The protocol's name as people write it.</summary>
    public static string DisplayName(this MailProtocol protocol) => protocol switch
    {
        MailProtocol.Smtp => "SMTP",
        MailProtocol.Lmtp => "LMTP",
        MailProtocol.Imap => "IMAP",
        MailProtocol.Pop3 => "POP3",
        MailProtocol.Http => "HTTP",
        MailProtocol.ManageSieve => "ManageSieve",
        _ => "an unknown protocol",
    };

    private static bool Is(string text, string name) => string.Equals(text, name, StringComparison.OrdinalIgnoreCase);
}
