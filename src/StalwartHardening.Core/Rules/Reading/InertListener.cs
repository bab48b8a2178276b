using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Reading;

/// <summary>Settings of a listener that never starts, because nothing says what it speaks or where it listens.</summary>
internal sealed class InertListener() : Rule(
    id: "SWH0007",
    title: "Give every listener a protocol and an address",
    message: "Listener '{0}' never starts: {1}.",
    why: "A listener exists only if there is a `protocol`; the server does not guess it from the name or the port, and without `bind` there is no default address. A service that was meant to run does not, and nothing reports it.",
    remedy: "Add `protocol` and `bind` to the listener, or remove what is left of it.")
{
    // No listener is called by more; looking at each of thousands of dots would take time that is quadratic in the text.
    private const int MaxDots = 16;

    /// <inheritdoc/>
    public override string? NoRemedyReason => "Only the owner knows whether the listener was meant to run, and where.";

    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        // Where the protocol may be elsewhere, its absence means nothing.
        if (!server.Document.IsComplete)
            return;
        foreach (var listener in server.Listeners)
        {
            if (listener.BindAddresses.Count == 0 && !listener.MayBindElsewhere && !server.Document.IsBroken(listener.Key("bind")) && !IgnoredNames.IsMeant(server, listener.Key("bind")))
                judgement.Add(this, listener.ProtocolSetting.ValueSpan, listener.ProtocolSetting.Key, Display.Text(listener.Id), server.Features.StopsAtListenerErrors ? "it has no 'bind', there is no default address, and the server refuses to start" : "it has no 'bind', and there is no default address");
        }

        JudgeWithoutProtocol(server, judgement);
    }

    private void JudgeWithoutProtocol(ServerConfiguration server, Judgement judgement)
    {
        var document = server.Document;
        // Settings of one listener are neighbours in key order, so the last answer serves its other settings too.
        var known = "";
        var knownLength = 0;
        var saidNameless = false;
        foreach (ref readonly var setting in document.Below(Listener.Family))
        {
            if (knownLength > 0 && SettingPath.StartsWith(setting.Key, known, knownLength, ""))
                continue;
            known = setting.Key;
            knownLength = LengthOfGroupWithProtocol(document, setting.Key);
            if (knownLength > 0)
                continue;

            if (IsNameless(setting.Key))
            {
                if (!saidNameless)
                    judgement.Add(this, setting.ValueSpan, setting.Key, "", "it has no name; write [server.listener.NAME]");
                saidNameless = true;
                known = setting.Key;
                knownLength = known.Length;
                continue;
            }

            var id = IdWithoutProtocol(setting.Key);
            var listener = SettingPath.Join(Listener.Family, id);
            known = SettingPath.PrefixOf(listener);
            knownLength = known.Length;
            var place = document.TryGet(known, knownLength, "bind", out var bind) ? bind : FirstInText(document, setting, listener);
            var protocol = SettingPath.Join(listener, "protocol");
            if (document.IsBroken(protocol) || IgnoredNames.IsMeant(server, protocol))
                continue;
            if (AfterHeader(document, place, listener) is { } ignored)
                judgement.Add(this, ignored, place.Key, Display.Text(id), $"it has no 'protocol' that the server reads; the server ignores '{Display.Text(document.Text!.Substring(ignored.Start, ignored.Length))}', which follows the bracket on its line. Write it on the next line");
            else
                judgement.Add(this, place.ValueSpan, place.Key, Display.Text(id), "it has no 'protocol', and the server says nothing about it");
        }
    }

    // [server.listener.imap] protocol = "imap": the server reads the header, and nothing more on its line.
    private static SourceSpan? AfterHeader(SettingsDocument document, in Setting setting, string name)
    {
        if (document.Text is not { } text || setting.KeySpan.Start > text.Length)
            return null;
        for (var end = setting.KeySpan.Start; end > 0;)
        {
            var start = text.LastIndexOf('\n', end - 1) + 1;
            var line = text.Substring(start, end - start);
            var bracket = line.IndexOf(']');
            if (line.TrimStart().StartsWith("[", StringComparison.Ordinal) && bracket > 0)
            {
                var rest = line.Substring(bracket + 1).Trim();
                var isMeant = line.Substring(0, bracket).Trim(' ', '\t', '[', '"', '\'').Replace("\"", "").Replace("'", "").Equals(name, StringComparison.OrdinalIgnoreCase);
                return isMeant && rest.Length > 0 && rest[0] is not ('#' or ']') ? new SourceSpan(start + line.IndexOf(rest, bracket, StringComparison.Ordinal), rest.Length) : null;
            }

            end = start - 1;
        }

        return null;
    }

    // The length of the key's part that is a listener with a protocol, its dot included; an id may contain dots, so each may end it.
    private static int LengthOfGroupWithProtocol(SettingsDocument document, string key)
    {
        var dots = 0;
        for (var dot = SettingPath.EndOfPart(key, Listener.Family.Length + 1); dot < key.Length && dots++ < MaxDots; dot = SettingPath.EndOfPart(key, dot + 1))
        {
            if (document.TryGet(key, dot + 1, "protocol", out _))
                return dot + 1;
        }

        return 0;
    }

    private static bool IsNameless(string key)
    {
        var name = SettingPath.Relative(key, Listener.Family);
        return name is "protocol" or "bind" || (SettingPath.IsBelow(name, "bind") && name["bind.".Length] == '0') || SettingPath.IsBelow(name, "tls");
    }

    private static string IdWithoutProtocol(string key)
    {
        var addresses = SettingPath.LastStartOf(key, "bind");
        return SettingPath.Relative(key, addresses > Listener.Family.Length + 1 ? addresses - 1 : SettingPath.EndOfPart(key, Listener.Family.Length + 1), Listener.Family);
    }

    private static Setting FirstInText(SettingsDocument document, Setting first, string listener)
    {
        foreach (ref readonly var setting in document.Below(listener))
        {
            if (setting.ValueSpan.Start < first.ValueSpan.Start)
                first = setting;
        }

        return first;
    }
}
