using System.Globalization;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Remedies;

/// <summary>What can be done about one address of a listener. All of it may cut somebody off, and the titles say whom.</summary>
internal static class ListenerRemedies
{
    /// <summary>Takes the address away, and with the last one the listener.</summary>
    public static Remedy Remove(ServerConfiguration server, ListenerAddress subject, string equivalenceKey, string whom)
    {
        var (listener, address) = (subject.Listener, subject.Address);
        var (what, edits) = listener.BindAddresses.Count == 1
            ? ($"Remove listener '{Display.Text(listener.Id)}'", RemoveWhole(server, listener))
            : ($"Remove {Display.Text(address.Text)} from listener '{Display.Text(listener.Id)}'", [new SettingEdit.Remove(address.Setting.Key)]);
        return new Remedy($"{what} (cuts off {whom})", equivalenceKey, RemedySafety.Review, edits);
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
        return new Remedy(title, equivalenceKey, RemedySafety.Review, WithImplicitTls(server, listener, guilty, text => WithPort(text, to)));
    }

    /// <summary>Turns implicit TLS on for the addresses that <paramref name="isGuilty"/> names; other addresses stay as they are.</summary>
    public static Remedy TurnOnImplicitTls(ServerConfiguration server, Listener listener, Func<BindAddress, bool> isGuilty, string equivalenceKey) =>
        new(
            $"Turn implicit TLS on for listener '{Display.Text(listener.Id)}' (cuts off clients that speak clear text to it)",
            equivalenceKey,
            RemedySafety.Review,
            WithImplicitTls(server, listener, Where(listener, isGuilty), text => text));

    /// <summary>Binds the address to the loopback interface; removes it if the listener is bound there already.</summary>
    public static Remedy BindToLoopback(ServerConfiguration server, ListenerAddress subject, string equivalenceKey)
    {
        const string Whom = "everybody but programs on the same machine";
        var (listener, address) = (subject.Listener, subject.Address);
        var colon = address.Text.LastIndexOf(':');
        var local = (address.Text.StartsWith("[", StringComparison.Ordinal) ? "[::1]" : "127.0.0.1") + address.Text.Substring(Math.Max(0, colon));
        if (IsBound(server, local))
            return Remove(server, subject, equivalenceKey, Whom);
        return new Remedy(
            $"Bind listener '{Display.Text(listener.Id)}' to {Display.Text(local)} (cuts off {Whom})",
            equivalenceKey,
            RemedySafety.Review,
            [new SettingEdit.Set(address.Setting.Key, local)]);
    }

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

    private static List<SettingEdit> WithImplicitTls(ServerConfiguration server, Listener listener, List<BindAddress> guilty, Func<string, string> newAddress)
    {
        var edits = new List<SettingEdit>();
        if (guilty.Count == listener.BindAddresses.Count)
        {
            foreach (var address in guilty)
            {
                if (newAddress(address.Text) != address.Text)
                    edits.Add(new SettingEdit.Set(address.Setting.Key, newAddress(address.Text)));
            }

            edits.Add(new SettingEdit.Set(listener.Key("tls.implicit"), "true"));
            if (listener.TlsEnabled.Value == false)
                edits.Add(Enable(server, listener));
            return edits;
        }

        // tls.implicit speaks for all addresses of a listener, so these need one of their own.
        var id = FreeId(server, listener.Id);
        var prefix = Listener.Prefix + id + ".";
        var settings = new List<KeyValuePair<string, string>>();
        if (guilty.Count == 1)
            settings.Add(new(prefix + "bind", newAddress(guilty[0].Text)));
        for (var i = 0; i < guilty.Count && guilty.Count > 1; i++)
            settings.Add(new(prefix + "bind." + i.ToString("0000", CultureInfo.InvariantCulture), newAddress(guilty[i].Text)));
        settings.Add(new(prefix + "protocol", listener.ProtocolSetting.Value));
        settings.Add(new(prefix + "tls.implicit", "true"));
        if (!server.Version.IsAtLeast(7))
            settings.Add(new(prefix + "tls.enable", "true"));
        var own = listener.Key("");
        foreach (ref readonly var setting in server.Document.StartingWith(own))
        {
            var name = setting.Key.Substring(own.Length);
            if (!IsBindOrProtocol(name) && name is not ("tls.implicit" or "tls.enable") && !BelongsToAnother(server, listener, setting.Key))
                settings.Add(new(prefix + name, setting.Value));
        }

        foreach (var address in guilty)
            edits.Add(new SettingEdit.Remove(address.Setting.Key));
        edits.Reverse();
        edits.Add(new SettingEdit.Insert(settings));
        return edits;
    }

    private static bool IsBindOrProtocol(string name) => name is "bind" or "protocol" || name.StartsWith("bind.", StringComparison.Ordinal);

    /// <summary>Ends <c>tls.enable = false</c>: the line is not needed where the default is <c>true</c>.</summary>
    public static SettingEdit Enable(ServerConfiguration server, Listener listener)
    {
        var key = listener.Key("tls.enable");
        return server.Version.IsAtLeast(7) && listener.TlsEnabled.Setting?.Key == key
            ? new SettingEdit.Remove(key)
            : new SettingEdit.Set(key, "true");
    }

    private static List<SettingEdit> RemoveWhole(ServerConfiguration server, Listener listener)
    {
        var prefix = Listener.Prefix + listener.Id;
        var keys = new List<SettingEdit>();
        var isShared = false;
        foreach (ref readonly var setting in server.Document.StartingWith(prefix + "."))
        {
            if (BelongsToAnother(server, listener, setting.Key))
                isShared = true;
            else
                keys.Add(new SettingEdit.Remove(setting.Key));
        }

        return isShared ? keys : [new SettingEdit.Remove(prefix, WithChildren: true)];
    }

    // The name of a listener may contain dots: 'mail' and 'mail.old' are two.
    private static bool BelongsToAnother(ServerConfiguration server, Listener listener, string key)
    {
        foreach (var other in server.Listeners)
        {
            if (other.Id.Length > listener.Id.Length && other.Id.StartsWith(listener.Id + ".", StringComparison.Ordinal) && key.StartsWith(other.Key(""), StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static bool IsServed(ServerConfiguration server, int port)
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

    private static string WithPort(string address, int port) =>
        address.Substring(0, address.LastIndexOf(':') + 1) + port.ToString(CultureInfo.InvariantCulture);

    private static string FreeId(ServerConfiguration server, string id)
    {
        // An element of an array of tables is called by its index, and so is the next one.
        if (id.Length == 4 && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            while (server.IsDeclared(Listener.Prefix + id))
                id = (++index).ToString("0000", CultureInfo.InvariantCulture);
            return id;
        }

        var free = id + "-tls";
        for (var i = 2; server.IsDeclared(Listener.Prefix + free); i++)
            free = id + "-tls" + i.ToString(CultureInfo.InvariantCulture);
        return free;
    }
}
