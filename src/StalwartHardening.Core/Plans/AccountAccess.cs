namespace StalwartHardening.Plans;

/// <summary>Which services permissions open, and whether they make an administrator.</summary>
internal sealed class AccountAccess
{
    private static PermissionSet? s_administrative;

    private readonly PermissionSet _permissions;

    /// <param name="permissions">What somebody may do.</param>
    public AccountAccess(PermissionSet permissions) => _permissions = permissions;

    /// <summary>The permissions that the system administrator's role has and the user's lacks.</summary>
    public static PermissionSet Administrative => s_administrative ??= PermissionSet.OfBuiltInRole(BuiltInRole.SystemAdministrator).Without(PermissionSet.OfBuiltInRole(BuiltInRole.User));

    /// <summary>Whether one can log in at all; nothing below works without.</summary>
    public bool CanLogIn => _permissions.Contains("authenticate");

    /// <summary>IMAP.</summary>
    public bool Imap => Has("imapAuthenticate");

    /// <summary>POP3.</summary>
    public bool Pop3 => Has("pop3Authenticate");

    /// <summary>ManageSieve.</summary>
    public bool Sieve => Has("sieveAuthenticate");

    /// <summary>Mail over JMAP.</summary>
    public bool JmapMail => Has("jmapEmailGet");

    /// <summary>Sending over JMAP.</summary>
    public bool JmapSubmission => Has("jmapEmailSubmissionCreate");

    /// <summary>Contacts over JMAP.</summary>
    public bool JmapContacts => Has("jmapContactCardGet");

    /// <summary>Calendars over JMAP.</summary>
    public bool JmapCalendars => Has("jmapCalendarEventGet");

    /// <summary>Files over JMAP.</summary>
    public bool JmapFiles => Has("jmapFileNodeGet");

    /// <summary>Sieve scripts over JMAP.</summary>
    public bool JmapSieve => Has("jmapSieveScriptGet");

    /// <summary>Any permission of JMAP's, whether one can log in or not.</summary>
    public bool AnyJmap => HasAny("jmap");

    /// <summary>Calendars over WebDAV.</summary>
    public bool DavCalendar => Has("davCalGet") || Has("davCalPropFind");

    /// <summary>Contacts over WebDAV.</summary>
    public bool DavContacts => Has("davCardGet") || Has("davCardPropFind");

    /// <summary>Files over WebDAV.</summary>
    public bool DavFiles => Has("davFileGet") || Has("davFilePropFind");

    /// <summary>Any permission of WebDAV's, whether one can log in or not.</summary>
    public bool AnyDav => HasAny("dav");

    /// <summary>Sending over SMTP.</summary>
    public bool EmailSend => Has("emailSend");

    /// <summary>Receiving mail, for which nobody has to log in.</summary>
    public bool EmailReceive => _permissions.Contains("emailReceive");

    /// <summary>Logging in as somebody else.</summary>
    public bool Impersonate => _permissions.Contains("impersonate");

    /// <summary>Number of administrative permissions.</summary>
    public int AdministrativeCount => _permissions.Within(Administrative).Count;

    /// <summary>Whether it is an administrator.</summary>
    public bool IsAdministrator => AdministrativeCount > 0;

    private bool Has(string permission) => CanLogIn && _permissions.Contains(permission);

    private bool HasAny(string prefix) => _permissions.Names.Any(name => name.StartsWith(prefix, StringComparison.Ordinal));
}
