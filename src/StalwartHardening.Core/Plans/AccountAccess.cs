namespace StalwartHardening.Plans;

/// <summary>Which services permissions open, and whether they make an administrator.</summary>
internal sealed class AccountAccess
{
    // What is asked about every account.
    private static readonly int s_authenticate = PermissionSet.NumberOf("authenticate");
    private static readonly int s_imapAuthenticate = PermissionSet.NumberOf("imapAuthenticate");
    private static readonly int s_pop3Authenticate = PermissionSet.NumberOf("pop3Authenticate");
    private static readonly int s_sieveAuthenticate = PermissionSet.NumberOf("sieveAuthenticate");
    private static readonly int s_jmapEmailGet = PermissionSet.NumberOf("jmapEmailGet");
    private static readonly int s_jmapEmailSubmissionCreate = PermissionSet.NumberOf("jmapEmailSubmissionCreate");
    private static readonly int s_jmapContactCardGet = PermissionSet.NumberOf("jmapContactCardGet");
    private static readonly int s_jmapCalendarEventGet = PermissionSet.NumberOf("jmapCalendarEventGet");
    private static readonly int s_jmapFileNodeGet = PermissionSet.NumberOf("jmapFileNodeGet");
    private static readonly int s_jmapSieveScriptGet = PermissionSet.NumberOf("jmapSieveScriptGet");
    private static readonly int s_davCalGet = PermissionSet.NumberOf("davCalGet");
    private static readonly int s_davCalPropFind = PermissionSet.NumberOf("davCalPropFind");
    private static readonly int s_davCardGet = PermissionSet.NumberOf("davCardGet");
    private static readonly int s_davCardPropFind = PermissionSet.NumberOf("davCardPropFind");
    private static readonly int s_davFileGet = PermissionSet.NumberOf("davFileGet");
    private static readonly int s_davFilePropFind = PermissionSet.NumberOf("davFilePropFind");
    private static readonly int s_emailSend = PermissionSet.NumberOf("emailSend");
    private static readonly int s_emailReceive = PermissionSet.NumberOf("emailReceive");
    private static readonly int s_impersonate = PermissionSet.NumberOf("impersonate");

    private static PermissionSet? s_administrative;

    private readonly PermissionSet _permissions;

    /// <param name="permissions">What somebody may do.</param>
    public AccountAccess(PermissionSet permissions) => _permissions = permissions;

    /// <summary>The permissions that the system administrator's role has and the user's lacks.</summary>
    public static PermissionSet Administrative => s_administrative ??= PermissionSet.OfBuiltInRole(BuiltInRole.SystemAdministrator).Without(PermissionSet.OfBuiltInRole(BuiltInRole.User));

    /// <summary>Whether one can log in at all; nothing below works without.</summary>
    public bool CanLogIn => _permissions.Contains(s_authenticate);

    /// <summary>IMAP.</summary>
    public bool Imap => Has(s_imapAuthenticate);

    /// <summary>POP3.</summary>
    public bool Pop3 => Has(s_pop3Authenticate);

    /// <summary>ManageSieve.</summary>
    public bool Sieve => Has(s_sieveAuthenticate);

    /// <summary>Mail over JMAP.</summary>
    public bool JmapMail => Has(s_jmapEmailGet);

    /// <summary>Sending over JMAP.</summary>
    public bool JmapSubmission => Has(s_jmapEmailSubmissionCreate);

    /// <summary>Contacts over JMAP.</summary>
    public bool JmapContacts => Has(s_jmapContactCardGet);

    /// <summary>Calendars over JMAP.</summary>
    public bool JmapCalendars => Has(s_jmapCalendarEventGet);

    /// <summary>Files over JMAP.</summary>
    public bool JmapFiles => Has(s_jmapFileNodeGet);

    /// <summary>Sieve scripts over JMAP.</summary>
    public bool JmapSieve => Has(s_jmapSieveScriptGet);

    /// <summary>Any permission of JMAP's, whether one can log in or not.</summary>
    public bool AnyJmap => HasAny("jmap");

    /// <summary>Calendars over WebDAV.</summary>
    public bool DavCalendar => Has(s_davCalGet) || Has(s_davCalPropFind);

    /// <summary>Contacts over WebDAV.</summary>
    public bool DavContacts => Has(s_davCardGet) || Has(s_davCardPropFind);

    /// <summary>Files over WebDAV.</summary>
    public bool DavFiles => Has(s_davFileGet) || Has(s_davFilePropFind);

    /// <summary>Any permission of WebDAV's, whether one can log in or not.</summary>
    public bool AnyDav => HasAny("dav");

    /// <summary>Sending over SMTP.</summary>
    public bool EmailSend => Has(s_emailSend);

    /// <summary>Receiving mail, for which nobody has to log in.</summary>
    public bool EmailReceive => _permissions.Contains(s_emailReceive);

    /// <summary>Logging in as somebody else.</summary>
    public bool Impersonate => _permissions.Contains(s_impersonate);

    /// <summary>Number of administrative permissions.</summary>
    public int AdministrativeCount => _permissions.Within(Administrative).Count;

    /// <summary>Whether it is an administrator.</summary>
    public bool IsAdministrator => AdministrativeCount > 0;

    private bool Has(int permission) => CanLogIn && _permissions.Contains(permission);

    private bool HasAny(string prefix) => _permissions.Names.Any(name => name.StartsWith(prefix, StringComparison.Ordinal));
}
