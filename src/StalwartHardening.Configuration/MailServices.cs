using StalwartHardening.Configuration.Annotations;

namespace StalwartHardening.Configuration;

/// <summary>The services through which an account reads or writes mail, calendars, contacts and files.</summary>
[Flags]
public enum MailServices
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>Mailboxes over IMAP.</summary>
    [SettingText("imap")]
    Imap = 1,

    /// <summary>Everything over JMAP.</summary>
    [SettingText("jmap")]
    Jmap = 2,

    /// <summary>Calendars over WebDAV (CalDAV).</summary>
    [SettingText("calendars")]
    Calendars = 4,

    /// <summary>Address books over WebDAV (CardDAV).</summary>
    [SettingText("contacts")]
    Contacts = 8,

    /// <summary>Files over WebDAV.</summary>
    [SettingText("files")]
    Files = 16,

    /// <summary>Mailboxes over POP3.</summary>
    [SettingText("pop3")]
    Pop3 = 32,

    /// <summary>Filter scripts over ManageSieve.</summary>
    [SettingText("managesieve")]
    ManageSieve = 64,

    /// <summary>Calendars, contacts and files.</summary>
    WebDav = Calendars | Contacts | Files,

    /// <summary>All of them.</summary>
    All = Imap | Jmap | WebDav | Pop3 | ManageSieve,
}
