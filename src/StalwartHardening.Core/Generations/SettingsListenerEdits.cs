using System.Globalization;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>How a listener is changed in flat settings.</summary>
internal sealed class SettingsListenerEdits : ListenerEdits
{
    private SettingsListenerEdits()
    {
    }

    public static SettingsListenerEdits Instance { get; } = new();

    /// <inheritdoc/>
    public override string ImplicitTlsInWords => "tls.implicit = true";

    /// <inheritdoc/>
    public override string EnabledTlsInWords => "tls.enable = true";

    /// <inheritdoc/>
    public override IReadOnlyList<SettingEdit> Remove(ServerConfiguration server, Listener listener)
    {
        var prefix = Listener.Prefix + listener.Id;
        var keys = new List<SettingEdit>();
        var isShared = false;
        foreach (ref readonly var setting in server.Document.Below(prefix))
        {
            if (BelongsToAnother(server, listener, setting.Key))
                isShared = true;
            else
                keys.Add(new SettingEdit.Remove(setting.Key));
        }

        return isShared ? keys : [new SettingEdit.Remove(prefix, WithChildren: true)];
    }

    // The line is not needed where the default is 'true'.
    /// <inheritdoc/>
    public override SettingEdit EnableTls(ServerConfiguration server, Listener listener)
    {
        var key = listener.Key("tls.enable");
        return server.Features.OffersTlsByDefault && listener.TlsEnabled.Setting?.Key == key
            ? new SettingEdit.Remove(key)
            : new SettingEdit.Set(key, "true");
    }

    /// <inheritdoc/>
    public override SettingEdit TurnOnImplicitTls(Listener listener) => new SettingEdit.Set(listener.Key("tls.implicit"), "true");

    /// <inheritdoc/>
    public override IReadOnlyList<SettingEdit> SplitWithImplicitTls(ServerConfiguration server, Listener listener, IReadOnlyList<BindAddress> addresses, IReadOnlyList<string> texts)
    {
        var id = FreeId(server, listener.Id);
        var prefix = Listener.Prefix + id + ".";
        var settings = new List<KeyValuePair<string, string>>();
        if (addresses.Count == 1)
            settings.Add(new(prefix + "bind", texts[0]));
        for (var i = 0; i < addresses.Count && addresses.Count > 1; i++)
            settings.Add(new(SettingPath.Entry(prefix + "bind", i), texts[i]));
        settings.Add(new(prefix + "protocol", listener.ProtocolSetting.Value));
        settings.Add(new(prefix + "tls.implicit", "true"));
        if (!server.Features.OffersTlsByDefault)
            settings.Add(new(prefix + "tls.enable", "true"));
        var own = listener.Key("");
        foreach (ref readonly var setting in server.Document.StartingWith(own))
        {
            var name = setting.Key.Substring(own.Length);
            if (!IsBindOrProtocol(name) && name is not ("tls.implicit" or "tls.enable") && !BelongsToAnother(server, listener, setting.Key))
                settings.Add(new(prefix + name, setting.Value));
        }

        var edits = new List<SettingEdit>();
        foreach (var address in addresses)
            edits.Add(address.Remove());
        edits.Reverse();
        edits.Add(new SettingEdit.Insert(settings));
        return edits;
    }

    private static bool IsBindOrProtocol(string name) => name is "bind" or "protocol" || name.StartsWith("bind.", StringComparison.Ordinal);

    // The name of a listener may contain dots: 'mail' and 'mail.old' are two.
    private static bool BelongsToAnother(ServerConfiguration server, Listener listener, string key)
    {
        foreach (var other in server.Listeners)
        {
            if (SettingPath.IsBelow(other.Id, listener.Id) && key.StartsWith(other.Key(""), StringComparison.Ordinal))
                return true;
        }

        return false;
    }

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
