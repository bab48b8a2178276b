using StalwartHardening.Generations;
using StalwartHardening.Server;
using StalwartHardening.Server.Listeners;
using StalwartHardening.Settings;

namespace StalwartHardening.Tool.Output;

/// <summary>A setting that is not in the file, what the server takes instead, and what that means.</summary>
internal readonly record struct EffectiveDefault(string Key, string Value, string Meaning);

/// <summary>Defaults that decide about security.</summary>
internal static class EffectiveDefaults
{
    /// <summary>Those that hold for this server.</summary>
    public static IReadOnlyList<EffectiveDefault> Of(ServerConfiguration server)
    {
        var result = new List<EffectiveDefault>();

        // What a plan leaves as it was is among the settings.
        if (server.IsPlan)
            return result;
        var servesHttp = false;
        var servesMail = false;
        foreach (var listener in server.Listeners)
        {
            servesHttp |= listener.Protocol == MailProtocol.Http;
            servesMail |= listener.Protocol is MailProtocol.Imap or MailProtocol.Pop3 or MailProtocol.ManageSieve;
            AddSwitch(result, listener.Key("tls.implicit"), listener.TlsImplicit, "true: TLS from the first byte", "connections begin in clear text");
            if (listener.UsesImplicitTls != true)
                AddSwitch(result, listener.Key("tls.enable"), listener.TlsEnabled, "clients can ask for TLS", "no TLS at all");
        }

        if (servesHttp && server.HttpAccessControlKey is { } key && !server.DeclaresHttpAccessControl)
            result.Add(new EffectiveDefault(key, "200", "every path is open to everybody who can connect, unless the server's database says otherwise"));
        if (servesHttp)
        {
            AddMissing(result, server, "http.use-x-forwarded", "false", "clients cannot claim another address");
            AddMissing(result, server, "http.permissive-cors", "false", "other web sites cannot ask in a user's name");
            AddMissing(result, server, "http.hsts", "false", "browsers are not told to insist on TLS");
        }

        // imap.auth.* holds for POP3 and ManageSieve too.
        if (servesMail)
            AddMissing(result, server, "imap.auth.allow-plain-text", "false", "LOGIN is refused before TLS; AUTHENTICATE PLAIN is not");
        return result;
    }

    private static void AddSwitch(List<EffectiveDefault> result, string key, BooleanSetting value, string ifTrue, string ifFalse)
    {
        if (value.Setting is null && value.Value is { } known)
            result.Add(new EffectiveDefault(key, known ? "true" : "false", known ? ifTrue : ifFalse));
    }

    private static void AddMissing(List<EffectiveDefault> result, ServerConfiguration server, string currentName, string value, string meaning)
    {
        var key = SettingRenames.NameFor(currentName, server.Version);
        if (!server.IsDeclared(key))
            result.Add(new EffectiveDefault(key, value, meaning));
    }
}
