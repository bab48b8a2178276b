using StalwartHardening.Plans;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Generations;

/// <summary>The listeners of a plan's server: objects of the type NetworkListener (<c>config/server/listener.rs</c>, 0.16.18).</summary>
internal static class PlanListeners
{
    /// <summary>What every key of a listener begins with.</summary>
    public const string Prefix = "NetworkListener/";

    private const string Bind = "bind/";
    private const string ProxyNetworks = "overrideProxyTrustedNetworks/";

    public static IReadOnlyList<Listener> Read(PlanServer server)
    {
        var listeners = new List<Listener>();
        var serverWide = Members(server.Document, "SystemSettings/proxyTrustedNetworks/");
        var all = server.Document.StartingWith(Prefix);
        for (var start = 0; start < all.Count;)
        {
            var key = all[start].Key;
            var own = PlanKey.PrefixOfObject(key, Prefix);
            var end = start + 1;
            while (end < all.Count && PlanKey.HasPrefix(all[end].Key, own))
                end++;
            if (Create(server, all, start, end, own, serverWide) is { } listener)
                listeners.Add(listener);
            start = end;
        }

        return listeners;
    }

    private static Listener? Create(PlanServer server, SettingRange all, int start, int end, string own, IReadOnlyList<Setting> serverWide)
    {
        var addresses = new List<BindAddress>(1);
        Setting? protocolSetting = null, name = null, useTls = null, isImplicit = null;
        List<Setting>? proxies = null;
        var bindsUnknown = false;
        for (var i = start; i < end; i++)
        {
            ref readonly var setting = ref all[i];
            var field = setting.Key.AsSpan(own.Length);
            if (field.StartsWith(Bind.AsSpan(), StringComparison.Ordinal))
                addresses.Add(BindAddress.Parse(Member(setting, own.Length + Bind.Length), server.Features));
            else if (field.StartsWith(ProxyNetworks.AsSpan(), StringComparison.Ordinal))
                (proxies ??= []).Add(Member(setting, own.Length + ProxyNetworks.Length));
            else if (field.SequenceEqual("bind".AsSpan()))
                bindsUnknown = Macros.HasUnknownPart(setting.Value);
            else if (field.SequenceEqual("protocol".AsSpan()))
                protocolSetting = setting;
            else if (field.SequenceEqual("name".AsSpan()))
                name = setting;
            else if (field.SequenceEqual("useTls".AsSpan()))
                useTls = setting;
            else if (field.SequenceEqual("tlsImplicit".AsSpan()))
                isImplicit = setting;
        }

        // Where nothing is said it is SMTP, unless the object was there before with a protocol that nobody knows.
        var anchor = protocolSetting ?? name ?? all[start];
        var protocol = MailProtocol.Unknown;
        if (protocolSetting is { } written)
        {
            if (!Macros.HasUnknownPart(written.Value) && !MailProtocols.TryParse(written.Value, server.Features, out protocol))
                return null;
        }
        else if (!server.Document.MayBeElsewhere(own.AsSpan(), "protocol"))
        {
            protocol = MailProtocol.Smtp;
            anchor = new Setting(own + "protocol", "smtp", anchor.KeySpan, anchor.ValueSpan);
        }
        else
        {
            anchor = new Setting(own + "protocol", Setting.UnknownPart.ToString(), anchor.KeySpan, anchor.ValueSpan);
        }

        return new Listener(
            PlanKey.Unescape(own.Substring(Prefix.Length, own.Length - Prefix.Length - 1)),
            protocol,
            anchor,
            addresses,
            Switch(server, useTls, own, "useTls", fallback: true),
            Switch(server, isImplicit, own, "tlsImplicit", fallback: false),
            proxies ?? serverWide,
            PlanListenerEdits.Instance)
        {
            MayBindElsewhere = bindsUnknown || server.Document.MayBeElsewhere(own.AsSpan(), Bind),
        };
    }

    private static BooleanSetting Switch(PlanServer server, Setting? written, string own, string name, bool fallback) =>
        written is { } setting
            ? BooleanSetting.From(setting, fallback, server.Features, MacroStage.Everything)
            : BooleanSetting.NotSet(server.Document.MayBeElsewhere(own.AsSpan(), name) ? null : fallback, own, own.Length, name);

    private static List<Setting> Members(SettingsDocument document, string prefix)
    {
        var members = new List<Setting>();
        foreach (ref readonly var setting in document.StartingWith(prefix))
            members.Add(Member(setting, prefix.Length));
        return members;
    }

    // A member of a set is in its key, with the place of its name.
    private static Setting Member(in Setting setting, int start) => setting with { Value = PlanKey.NameAt(setting.Key, start) };
}
