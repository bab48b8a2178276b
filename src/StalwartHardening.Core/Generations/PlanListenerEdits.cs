using StalwartHardening.Plans;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>How a listener is changed in a plan.</summary>
internal sealed class PlanListenerEdits : ListenerEdits
{
    private PlanListenerEdits()
    {
    }

    public static PlanListenerEdits Instance { get; } = new();

    /// <inheritdoc/>
    public override string ImplicitTlsInWords => "\"tlsImplicit\": true";

    /// <inheritdoc/>
    public override string EnabledTlsInWords => "\"useTls\": true";

    /// <inheritdoc/>
    public override bool Owns(Listener listener, string key) => PlanKey.IsAtOrBelow(key, KeyOf(listener));

    /// <inheritdoc/>
    public override IReadOnlyList<SettingEdit> Remove(ServerConfiguration server, Listener listener) => [new SettingEdit.Remove(KeyOf(listener), WithChildren: true)];

    /// <inheritdoc/>
    public override IReadOnlyList<Listener> Unlisted(ServerConfiguration server)
    {
        // On a server that nobody knows, nobody knows what else goes.
        if (server is not PlanServer { Reading: { Run.Options.Server: PlanServerState.Fresh } reading })
            return [];
        var gone = PlanReconciliation.Unlisted(reading, PlanSchema.Instance.FindObject("NetworkListener".AsSpan())!);
        var listeners = server.Listeners.Where(listener => gone.Contains(KeyOf(listener))).ToList();
        return listeners.Count == gone.Count ? listeners : [];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<SettingEdit> ListAll(IReadOnlyList<Listener> unlisted) => [new SettingEdit.RemoveUnlisted(unlisted.Select(KeyOf).ToList())];

    /// <inheritdoc/>
    public override SettingEdit EnableTls(ServerConfiguration server, Listener listener) => listener.TlsEnabled.Set(true);

    /// <inheritdoc/>
    public override SettingEdit TurnOnImplicitTls(Listener listener) => listener.TlsImplicit.Set(true);

    /// <inheritdoc/>
    public override IReadOnlyList<SettingEdit> SplitWithImplicitTls(ServerConfiguration server, Listener listener, IReadOnlyList<BindAddress> addresses, IReadOnlyList<string> texts)
    {
        var own = KeyOf(listener);
        var id = FreeName(server, listener.Id);
        var prefix = PlanKey.PrefixOf(PlanListeners.Prefix + PlanKey.Escape(id));
        var settings = new List<KeyValuePair<string, string>> { new(prefix + "name", id) };
        foreach (var text in texts)
            settings.Add(new(prefix + "bind/" + text, "true"));
        settings.Add(new(prefix + "protocol", listener.ProtocolSetting.Value));
        settings.Add(new(prefix + "tlsImplicit", "true"));
        foreach (ref readonly var setting in server.Document.StartingWith(PlanKey.PrefixOf(own)))
        {
            var name = PlanKey.Relative(setting.Key, PlanKey.PrefixOf(own));
            if (name is not ("name" or "protocol" or "tlsImplicit" or "useTls") && !PlanKey.IsBelow(name, "bind"))
                settings.Add(new(prefix + name, setting.Value));
        }

        var edits = new List<SettingEdit>();
        for (var i = addresses.Count - 1; i >= 0; i--)
            edits.Add(addresses[i].Remove());
        edits.Add(new SettingEdit.Insert(settings));
        return edits;
    }

    private static string KeyOf(Listener listener) => PlanKey.Parent(listener.ProtocolSetting.Key);

    private static string FreeName(ServerConfiguration server, string name)
    {
        for (var number = 0; ; number++)
        {
            var candidate = number == 0 ? name + "-tls" : name + "-tls" + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (server.Document.StartingWith(PlanKey.PrefixOf(PlanListeners.Prefix + PlanKey.Escape(candidate))).Count == 0)
                return candidate;
        }
    }
}
