namespace StalwartHardening.Server.Accounts;

/// <summary>The services through which an account reads or writes mail, calendars, contacts and files.</summary>
internal static class MailServices
{
    /// <summary>
    /// The services that some listener certainly offers to other machines, as a phrase ("IMAP, JMAP and WebDAV"); null where
    /// there are none. SMTP is not among them: it takes mail in and shows none.
    /// </summary>
    public static string? ReachableFromElsewhere(ServerConfiguration server)
    {
        bool imap = false, pop3 = false, sieve = false, http = false;
        foreach (var listener in server.Listeners)
        {
            if (!listener.IsReachableFromElsewhere)
                continue;
            imap |= listener.Protocol == MailProtocol.Imap;
            pop3 |= listener.Protocol == MailProtocol.Pop3;
            sieve |= listener.Protocol == MailProtocol.ManageSieve;
            http |= listener.Protocol == MailProtocol.Http;
        }

        var names = new List<string>(5);
        if (imap)
            names.Add("IMAP");
        if (http)
            names.Add("JMAP");
        if (http && server.Features.HasWebDav)
            names.Add("WebDAV");
        if (pop3)
            names.Add("POP3");
        if (sieve)
            names.Add("ManageSieve");
        return names.Count switch
        {
            0 => null,
            1 => names[0],
            _ => string.Join(", ", names.GetRange(0, names.Count - 1)) + " and " + names[names.Count - 1],
        };
    }

    /// <summary>Whether some listener certainly offers <paramref name="service"/> (<see cref="MailServicePermissions.Services"/>) to other machines.</summary>
    public static bool IsReachableFromElsewhere(ServerConfiguration server, string service)
    {
        var protocol = service switch
        {
            "imap" => MailProtocol.Imap,
            "pop3" => MailProtocol.Pop3,
            "managesieve" => MailProtocol.ManageSieve,
            _ => MailProtocol.Http,
        };
        foreach (var listener in server.Listeners)
        {
            if (listener.Protocol == protocol && listener.IsReachableFromElsewhere)
                return true;
        }

        return false;
    }
}
