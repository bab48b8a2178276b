namespace StalwartHardening.Server.Sessions;

/// <summary>A place where SMTP clients from elsewhere come in.</summary>
/// <param name="Listener">The listener; null where the file is a piece without listeners, and a usual one is assumed.</param>
/// <param name="Address">Its address.</param>
/// <param name="Port">The port.</param>
internal sealed record SmtpEntrance(Listener? Listener, BindAddress? Address, int Port)
{
    /// <summary>A session of a stranger here, encrypted or not as the listener begins.</summary>
    public SmtpSession Session => new() { Listener = Listener?.Id ?? "smtp", LocalPort = Port, IsTls = Listener?.UsesImplicitTls == true };

    /// <summary>Every place of <paramref name="server"/> where strangers come in; each port once.</summary>
    public static IReadOnlyList<SmtpEntrance> Of(ServerConfiguration server)
    {
        var entrances = new List<SmtpEntrance>();
        foreach (var listener in server.Listeners)
        {
            // LMTP is served by the same rules (smtp/inbound/session.rs).
            if (listener.Protocol is not (MailProtocol.Smtp or MailProtocol.Lmtp))
                continue;
            foreach (var address in listener.BindAddresses)
            {
                if (address is { IsReachableFromElsewhere: true, Port: { } port } && !entrances.Exists(known => known.Port == port && known.Listener == listener))
                    entrances.Add(new SmtpEntrance(listener, address, port));
            }
        }

        if (entrances.Count == 0 && server.Document.IsComplete && !server.DeclaresListeners)
        {
            entrances.Add(new SmtpEntrance(null, null, 25));
            entrances.Add(new SmtpEntrance(null, null, 587));
        }

        return entrances;
    }
}
