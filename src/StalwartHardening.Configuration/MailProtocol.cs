using StalwartHardening.Configuration.Annotations;

namespace StalwartHardening.Configuration;

/// <summary>What a listener speaks (<c>server.listener.ID.protocol</c>).</summary>
public enum MailProtocol
{
    /// <summary>Mail between servers (port 25), and submission by clients (465).</summary>
    [SettingText("smtp")]
    Smtp,

    /// <summary>Local delivery.</summary>
    [SettingText("lmtp")]
    Lmtp,

    /// <summary>Mailbox access (993 with implicit TLS).</summary>
    [SettingText("imap")]
    Imap,

    /// <summary>Mailbox download (995 with implicit TLS). Since 0.8.1.</summary>
    [SettingText("pop3")]
    Pop3,

    /// <summary>Web administration, management API, JMAP and WebDAV (443 with implicit TLS). It switches no TLS on by itself.</summary>
    [SettingText("http")]
    Http,

    /// <summary>Filter scripts (4190).</summary>
    [SettingText("managesieve")]
    ManageSieve,
}
