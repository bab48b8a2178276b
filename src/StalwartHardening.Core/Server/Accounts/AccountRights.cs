using StalwartHardening.Settings;

namespace StalwartHardening.Server.Accounts;

/// <summary>Something an account may be able to do. Administration apart, each is a way to mail, contacts, calendars or files.</summary>
internal enum AccountRight
{
    /// <summary>Holding a permission that ordinary users lack.</summary>
    IsAdmin,

    /// <summary>Logging in at all.</summary>
    Authenticate,

    /// <summary>IMAP.</summary>
    Imap,

    /// <summary>POP3.</summary>
    Pop3,

    /// <summary>ManageSieve.</summary>
    Sieve,

    /// <summary>Mail over JMAP.</summary>
    JmapMail,

    /// <summary>Sending over JMAP.</summary>
    JmapSubmission,

    /// <summary>Contacts over JMAP.</summary>
    JmapContacts,

    /// <summary>Calendars over JMAP.</summary>
    JmapCalendars,

    /// <summary>Files over JMAP.</summary>
    JmapFiles,

    /// <summary>Sieve scripts over JMAP.</summary>
    JmapSieve,

    /// <summary>Any permission of JMAP's, whether one can log in or not.</summary>
    AnyJmap,

    /// <summary>Calendars over WebDAV.</summary>
    DavCalendar,

    /// <summary>Contacts over WebDAV.</summary>
    DavContacts,

    /// <summary>Files over WebDAV.</summary>
    DavFiles,

    /// <summary>Any permission of WebDAV's, whether one can log in or not.</summary>
    AnyDav,

    /// <summary>Sending over SMTP.</summary>
    EmailSend,

    /// <summary>Receiving mail, for which nobody has to log in.</summary>
    EmailReceive,

    /// <summary>Acting as somebody else.</summary>
    Impersonate,
}

/// <summary>What somebody is who may do something on the server.</summary>
internal enum AccountKind
{
    /// <summary>A person's account.</summary>
    User,

    /// <summary>A group.</summary>
    Group,

    /// <summary>The administrator that exists only in the configuration.</summary>
    FallbackAdministrator,

    /// <summary>The user whose password opens every account.</summary>
    MasterUser,

    /// <summary>A password of its own for one program.</summary>
    AppPassword,

    /// <summary>A key for programs that manage the server.</summary>
    ApiKey,
}

/// <summary>Who may do what, and through what: permissions alone, whatever listeners and access control let in.</summary>
internal sealed class AccountRights
{
    private readonly bool?[] _rights = new bool?[AllRights.Count];

    /// <param name="name">What it is called.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="place">Where the configuration says so.</param>
    /// <param name="has">Says whether it has a right.</param>
    internal AccountRights(string name, AccountKind kind, SourceSpan place, Func<AccountRight, bool?> has)
    {
        Name = name;
        Kind = kind;
        Place = place;
        foreach (var right in AllRights)
            _rights[(int)right] = has(right);
    }

    /// <summary>Every right, in the order in which they are shown.</summary>
    public static IReadOnlyList<AccountRight> AllRights { get; } = (AccountRight[])Enum.GetValues(typeof(AccountRight));

    /// <summary>What it is called; unknown parts as <see cref="Setting.UnknownPart"/>.</summary>
    public string Name { get; }

    /// <summary>What it is.</summary>
    public AccountKind Kind { get; }

    /// <summary>Where the configuration says so.</summary>
    public SourceSpan Place { get; }

    /// <summary>Whether it has a right; null where the configuration does not tell.</summary>
    public bool? this[AccountRight right] => _rights[(int)right];

    /// <summary>What gives it its rights, in words: roles, permissions of its own, the class of a directory.</summary>
    public string Through { get; init; } = "";

    /// <summary>Number of permissions that ordinary users lack; null where they are not known by name.</summary>
    public int? AdminPermissions { get; init; }

    /// <summary>Number of permissions; null where they are not known by name.</summary>
    public int? TotalPermissions { get; init; }
}

/// <summary>Everybody that a configuration tells of, and who else there may be.</summary>
/// <param name="Accounts">Everybody it tells of.</param>
/// <param name="Elsewhere">Where others may be that it does not show, a sentence each.</param>
internal sealed record AccountOverview(IReadOnlyList<AccountRights> Accounts, IReadOnlyList<string> Elsewhere);
