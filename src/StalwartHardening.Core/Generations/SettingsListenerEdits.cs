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
        var own = SettingPath.Join(Listener.Family, listener.Id);
        var keys = new List<SettingEdit>();
        var isShared = false;
        foreach (ref readonly var setting in server.Document.Below(own))
        {
            if (BelongsToAnother(server, listener, setting.Key))
                isShared = true;
            else
                keys.Add(new SettingEdit.Remove(setting.Key));
        }

        return isShared ? keys : [new SettingEdit.Remove(own, WithChildren: true)];
    }

    // The line is not needed where the default is 'true'.
    /// <inheritdoc/>
    public override bool Owns(Listener listener, string key) => SettingPath.IsBelow(key, listener.Key(""));

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
        var added = SettingPath.Join(Listener.Family, id);
        string Key(string name) => SettingPath.Join(added, name);
        var settings = new List<KeyValuePair<string, string>>();
        if (addresses.Count == 1)
            settings.Add(new(Key("bind"), texts[0]));
        for (var i = 0; i < addresses.Count && addresses.Count > 1; i++)
            settings.Add(new(SettingPath.Entry(Key("bind"), i), texts[i]));
        settings.Add(new(Key("protocol"), listener.ProtocolSetting.Value));
        settings.Add(new(Key("tls.implicit"), "true"));
        if (!server.Features.OffersTlsByDefault)
            settings.Add(new(Key("tls.enable"), "true"));
        var own = SettingPath.Join(Listener.Family, listener.Id);
        foreach (ref readonly var setting in server.Document.Below(own))
        {
            var name = SettingPath.Relative(setting.Key, own);
            if (name != "protocol" && !SettingPath.IsAtOrBelow(name, "bind") && name is not ("tls.implicit" or "tls.enable") && !BelongsToAnother(server, listener, setting.Key))
                settings.Add(new(Key(name), setting.Value));
        }

        var edits = new List<SettingEdit>();
        foreach (var address in addresses)
            edits.Add(address.Remove());
        edits.Reverse();
        edits.Add(new SettingEdit.Insert(settings));
        return edits;
    }

    // The name of a listener may contain dots: 'mail' and 'mail.old' are two.
    private static bool BelongsToAnother(ServerConfiguration server, Listener listener, string key)
    {
        foreach (var other in server.Listeners)
        {
            if (SettingPath.IsBelow(other.Id, listener.Id) && SettingPath.IsBelow(key, SettingPath.Join(Listener.Family, other.Id)))
                return true;
        }

        return false;
    }

    private static string FreeId(ServerConfiguration server, string id)
    {
        // An element of an array of tables is called by its index, and so is the next one.
        if (SettingPath.IsIndex(id.AsSpan()) && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            while (server.IsDeclared(SettingPath.Join(Listener.Family, id)))
                id = SettingPath.Index(++index);
            return id;
        }

        var free = id + "-tls";
        for (var i = 2; server.IsDeclared(SettingPath.Join(Listener.Family, free)); i++)
            free = id + "-tls" + i.ToString(CultureInfo.InvariantCulture);
        return free;
    }
}
