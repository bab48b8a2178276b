using System.Text;
using StalwartHardening.Plans;

namespace StalwartHardening.Migration;

/// <summary>The permissions of 0.16 by the names of 0.15: <c>imap-authenticate</c> is <c>imapAuthenticate</c>, <c>individual-list</c> is <c>sysAccountQuery</c>.</summary>
internal static class PermissionTranslation
{
    // What was a kind of principal is an object; the others have kept their names.
    private static readonly (string Old, string New)[] s_objects =
    [
        ("individual", "Account"), ("group", "Account"), ("principal", "Account"), ("mailing-list", "MailingList"), ("message-queue", "QueuedMessage"), ("oauth-client", "OAuthClient"),
    ];

    private static readonly (string Service, string[] Prefixes)[] s_services =
    [
        ("imap", ["imap"]),
        ("pop3", ["pop3"]),
        ("managesieve", ["sieve"]),
        ("calendars", ["davCal", "jmapCalendar", "calendar", "jmapParticipantIdentity"]),
        ("contacts", ["davCard", "jmapContactCard", "jmapAddressBook"]),
        ("files", ["davFile", "jmapFileNode"]),
        ("jmap", ["jmap"]),
    ];

    /// <summary>The name in 0.16; null where there is none that means the same.</summary>
    public static string? Of(string old)
    {
        var all = PlanSchema.Instance.FindEnum("Permission")!;
        if (all.IndexOf(old.AsSpan()) >= 0)
            return old;
        var camel = Camel(old);
        if (all.IndexOf(camel.AsSpan()) >= 0)
            return camel;
        if (old == "logs-view")
            return "sysLogGet";
        var dash = old.LastIndexOf('-');
        if (dash < 0)
            return null;
        var verb = old.Substring(dash + 1) switch { "list" => "Query", "get" => "Get", "create" => "Create", "update" => "Update", "delete" => "Destroy", _ => null };
        var kind = old.Substring(0, dash);
        var type = Array.Find(s_objects, one => one.Old == kind).New ?? char.ToUpperInvariant(kind[0]) + Camel(kind).Substring(1);
        return verb is not null && "sys" + type + verb is var name && all.IndexOf(name.AsSpan()) >= 0 ? name : null;
    }

    /// <summary>The permissions of the mail services that <paramref name="isMeant"/> is true for.</summary>
    public static IEnumerable<string> OfServices(Func<string, bool> isMeant)
    {
        foreach (var permission in PlanSchema.Instance.FindEnum("Permission")!.Values)
        {
            foreach (var (service, prefixes) in s_services)
            {
                if (!Array.Exists(prefixes, prefix => permission.StartsWith(prefix, StringComparison.Ordinal)))
                    continue;
                if (isMeant(service))
                    yield return permission;
                break;
            }
        }
    }

    private static string Camel(string kebab)
    {
        var camel = new StringBuilder(kebab.Length);
        for (var i = 0; i < kebab.Length; i++)
        {
            if (kebab[i] != '-')
                camel.Append(i > 0 && kebab[i - 1] == '-' ? char.ToUpperInvariant(kebab[i]) : kebab[i]);
        }

        return camel.ToString();
    }
}
