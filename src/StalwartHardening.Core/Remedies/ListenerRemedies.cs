using System.Globalization;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Remedies;

/// <summary>What can be done about one address of a listener. All of it may cut somebody off, and the titles say whom.</summary>
internal static class ListenerRemedies
{
    /// <summary>Takes the addresses away, and with the last one the listener.</summary>
    public static Remedy Remove(ServerConfiguration server, ListenerAddress subject, string equivalenceKey, string whom)
    {
        var listener = subject.Listener;
        var (what, edits) = listener.BindAddresses.Count == subject.Addresses.Count
            ? ($"Remove listener '{Display.Text(listener.Id)}'", listener.Edits.Remove(server, listener))
            : ($"Remove {string.Join(" and ", Texts(subject))} from listener '{Display.Text(listener.Id)}'", FromTheEnd(subject.Addresses.Select(static address => address.Remove())));
        return new Remedy($"{what} (cuts off {whom})", equivalenceKey, RemedySafety.Review, edits);
    }

    /// <summary>
    /// Has the text list all listeners there are, where that can be what its author means: it lists a server that is whole without those that
    /// go, and those that go are no more than the leftovers of a first boot. Null elsewhere.
    /// </summary>
    public static Remedy? ListAll(ServerConfiguration server, ListenerAddress subject, Func<int, bool> isWanted, string equivalenceKey)
    {
        var unlisted = subject.Listener.Edits.Unlisted(server);
        if (!unlisted.Contains(subject.Listener))
            return null;
        foreach (var listener in unlisted)
        {
            var isLeftover = listener.Protocol is MailProtocol.Pop3 or MailProtocol.ManageSieve
                || (listener is { Protocol: MailProtocol.Http, UsesImplicitTls: false } && server.Listeners.Any(other => other is { Protocol: MailProtocol.Http, UsesImplicitTls: true, IsReachableFromElsewhere: true } && !unlisted.Contains(other)));
            if (!isLeftover || listener.BindAddresses.Any(address => address.Port is not { } port || isWanted(port)))
                return null;
        }

        var names = unlisted.Select(static listener => $"'{Display.Text(listener.Id)}'").ToList();
        var all = names.Count == 1 ? names[0] : string.Join(", ", names.Take(names.Count - 1)) + " and " + names[names.Count - 1];
        return new Remedy(
            $"Keep only the listeners that the plan lists: 'upsert' becomes 'reconcile', which removes {all}, and any that others have added (cuts off their clients)",
            equivalenceKey,
            RemedySafety.Review,
            subject.Listener.Edits.ListAll(unlisted));
    }

    /// <summary>
    /// Serves what the listener offers on <paramref name="from"/> on <paramref name="to"/> with implicit TLS; removes the address if
    /// that port is served already.
    /// </summary>
    public static Remedy Move(ServerConfiguration server, ListenerAddress subject, int from, int to, string equivalenceKey, string whom)
    {
        if (IsServed(server, to))
            return Remove(server, subject, equivalenceKey, whom);
        var listener = subject.Listener;
        var guilty = Where(listener, address => address.Port == from && address.IsReachableFromElsewhere);
        var title = $"Move {listener.Protocol.DisplayName()} of listener '{Display.Text(listener.Id)}' from {from} to {to} with implicit TLS (cuts off {whom})";
        return new Remedy(title, equivalenceKey, RemedySafety.Review, WithImplicitTls(server, listener, guilty, text => SocketAddressText.WithPort(text, to)));
    }

    /// <summary>Turns implicit TLS on for the addresses that <paramref name="isGuilty"/> names; other addresses stay as they are.</summary>
    public static Remedy TurnOnImplicitTls(ServerConfiguration server, Listener listener, Func<BindAddress, bool> isGuilty, string equivalenceKey) =>
        new(
            $"Turn implicit TLS on for listener '{Display.Text(listener.Id)}' (cuts off clients that speak clear text to it)",
            equivalenceKey,
            RemedySafety.Review,
            WithImplicitTls(server, listener, Where(listener, isGuilty), text => text));

    /// <summary>Binds the addresses to the loopback interface; removes them if the listener is bound there already.</summary>
    public static Remedy BindToLoopback(ServerConfiguration server, ListenerAddress subject, string equivalenceKey)
    {
        const string Whom = "everybody but programs on the same machine";
        var edits = new List<SettingEdit>();
        var bound = new List<string>();
        foreach (var address in subject.Addresses)
        {
            var local = SocketAddressText.WithHost(address.Text, address.Text.StartsWith("[", StringComparison.Ordinal) ? "[::1]" : "127.0.0.1");
            var isBound = IsBound(server, local) || bound.Contains(local);
            edits.Add(isBound ? address.Remove() : address.Set(local));
            if (!isBound)
                bound.Add(local);
        }

        if (bound.Count == 0)
            return Remove(server, subject, equivalenceKey, Whom);
        return new Remedy(
            $"Bind listener '{Display.Text(subject.Listener.Id)}' to {string.Join(" and ", bound.ConvertAll(static text => Display.Text(text)))} (cuts off {Whom})",
            equivalenceKey,
            RemedySafety.Review,
            FromTheEnd(edits));
    }

    // The elements of an array are numbered by their place, so one that goes must not come before one that is still to be found.
    private static List<SettingEdit> FromTheEnd(IEnumerable<SettingEdit> edits) => [.. edits.Reverse()];

    private static IEnumerable<string> Texts(ListenerAddress subject) => subject.Addresses.Select(static address => Display.Text(address.Text));

    /// <summary>Whether another machine can reach web pages over HTTPS.</summary>
    public static bool HasHttps(ServerConfiguration server)
    {
        foreach (var listener in server.Listeners)
        {
            if (listener is { Protocol: MailProtocol.Http, UsesImplicitTls: true, IsReachableFromElsewhere: true })
                return true;
        }

        return false;
    }

    private static IReadOnlyList<SettingEdit> WithImplicitTls(ServerConfiguration server, Listener listener, List<BindAddress> guilty, Func<string, string> newAddress)
    {
        var edits = new List<SettingEdit>();
        if (guilty.Count == listener.BindAddresses.Count)
        {
            foreach (var address in guilty)
            {
                if (newAddress(address.Text) != address.Text)
                    edits.Add(address.Set(newAddress(address.Text)));
            }

            edits.Add(listener.Edits.TurnOnImplicitTls(listener));
            if (listener.TlsEnabled.Value == false)
                edits.Add(listener.Edits.EnableTls(server, listener));
            return edits;
        }

        // The switch speaks for all addresses of a listener, so these need one of their own.
        return listener.Edits.SplitWithImplicitTls(server, listener, guilty, guilty.ConvertAll(address => newAddress(address.Text)));
    }

    /// <summary>Whether another machine may reach <paramref name="port"/>.</summary>
    public static bool IsServed(ServerConfiguration server, int port)
    {
        foreach (var listener in server.Listeners)
        {
            foreach (var address in listener.BindAddresses)
            {
                if (address.Port == port && address.IsLoopback != true)
                    return true;
            }
        }

        return false;
    }

    private static bool IsBound(ServerConfiguration server, string text)
    {
        foreach (var listener in server.Listeners)
        {
            foreach (var address in listener.BindAddresses)
            {
                if (address.Text == text)
                    return true;
            }
        }

        return false;
    }

    private static List<BindAddress> Where(Listener listener, Func<BindAddress, bool> condition)
    {
        var found = new List<BindAddress>(listener.BindAddresses.Count);
        foreach (var address in listener.BindAddresses)
        {
            if (condition(address))
                found.Add(address);
        }

        return found;
    }
}
