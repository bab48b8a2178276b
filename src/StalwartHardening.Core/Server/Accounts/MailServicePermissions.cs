namespace StalwartHardening.Server.Accounts;

/// <summary>
/// The permissions of each service through which an account reads or writes mail, calendars, contacts and files
/// (<c>directory/src/lib.rs</c> and <c>core/principal.rs</c>, 0.15: the permissions of the built-in role <c>user</c>).
/// </summary>
internal static class MailServicePermissions
{
    /// <summary>The services, by the names the typed builders write under <c>services</c>.</summary>
    public static IReadOnlyList<string> Services { get; } = ["imap", "jmap", "calendars", "contacts", "files", "pop3", "managesieve"];

    /// <summary>The permissions of <paramref name="service"/>; none for a name that is no service.</summary>
    public static IReadOnlyList<string> Of(string service) => service switch
    {
        "imap" => Imap,
        "jmap" => Jmap,
        "calendars" => Calendars,
        "contacts" => Contacts,
        "files" => Files,
        "pop3" => Pop3,
        "managesieve" => ManageSieve,
        _ => [],
    };

    /// <summary>The service that <paramref name="permission"/> belongs to; null where it belongs to none.</summary>
    public static string? ServiceOf(string permission)
    {
        foreach (var service in Services)
        {
            foreach (var own in Of(service))
            {
                if (own == permission)
                    return service;
            }
        }

        return null;
    }

    /// <summary>The service's name as people write it.</summary>
    public static string DisplayName(string service) => service switch
    {
        "imap" => "IMAP",
        "jmap" => "JMAP",
        "calendars" => "WebDAV calendars",
        "contacts" => "WebDAV contacts",
        "files" => "WebDAV files",
        "pop3" => "POP3",
        "managesieve" => "ManageSieve",
        _ => service,
    };

    private static readonly string[] Imap = Names("imap-", "authenticate acl-get acl-set my-rights list-rights append capability id copy move create delete enable expunge fetch idle list lsub namespace rename search sort select examine status store subscribe thread");

    private static readonly string[] Pop3 = Names("pop3-", "authenticate list uidl stat retr dele");

    private static readonly string[] ManageSieve = Names("sieve-", "authenticate list-scripts set-active get-script put-script delete-script rename-script check-script have-space");

    private static readonly string[] Calendars = Names("dav-cal-", "prop-find prop-patch get mk-col delete put copy move lock acl query multi-get free-busy-query");

    private static readonly string[] Contacts = Names("dav-card-", "prop-find prop-patch get mk-col delete put copy move lock acl query multi-get");

    private static readonly string[] Files = Names("dav-file-", "prop-find prop-patch get mk-col delete put copy move lock acl");

    private static readonly string[] Jmap = Names(
        "jmap-",
        "email-get mailbox-get thread-get identity-get email-submission-get push-subscription-get sieve-script-get vacation-response-get quota-get blob-get "
        + "email-set mailbox-set identity-set email-submission-set push-subscription-set sieve-script-set vacation-response-set "
        + "email-changes mailbox-changes thread-changes identity-changes email-submission-changes quota-changes email-copy blob-copy email-import email-parse "
        + "email-query-changes mailbox-query-changes email-submission-query-changes sieve-script-query-changes quota-query-changes "
        + "email-query mailbox-query email-submission-query sieve-script-query quota-query search-snippet sieve-script-validate blob-lookup blob-upload echo "
        + "address-book-get address-book-set address-book-changes contact-card-get contact-card-changes contact-card-query contact-card-query-changes contact-card-set contact-card-copy contact-card-parse "
        + "file-node-get file-node-set file-node-changes file-node-query file-node-query-changes "
        + "principal-get-availability principal-changes principal-query principal-get principal-query-changes "
        + "share-notification-get share-notification-set share-notification-changes share-notification-query share-notification-query-changes "
        + "calendar-get calendar-set calendar-changes calendar-event-get calendar-event-set calendar-event-changes calendar-event-query calendar-event-query-changes calendar-event-copy calendar-event-parse "
        + "calendar-event-notification-get calendar-event-notification-set calendar-event-notification-changes calendar-event-notification-query calendar-event-notification-query-changes "
        + "participant-identity-get participant-identity-set participant-identity-changes");

    private static string[] Names(string prefix, string names)
    {
        var list = names.Split(' ');
        for (var i = 0; i < list.Length; i++)
            list[i] = prefix + list[i];
        return list;
    }
}
