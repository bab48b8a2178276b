using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Reading;

/// <summary>A value the server cannot take: it writes a line into its log and goes on with something else.</summary>
internal sealed class InvalidSettingValue() : Rule(
    id: "SWH0002",
    title: "Use valid setting values",
    message: "'{0}' is not a valid value of '{1}': {2}",
    why: "The server does not stop at a value it cannot read. It logs an error and falls back, often to what is less secure: `tls.implicit = \"yes\"` leaves the listener in clear text.",
    remedy: "Correct the value as the message suggests.",
    whyInPlan: "A run ends with the first operation that fails. Everything before it is applied, everything after it is not, and what a `reconcile` owes is not deleted: the server is left half configured, often with its default listeners open.",
    remedyInPlan: "Correct the value as the message suggests, and apply the plan again.")
{
    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) =>
        TextRepairs.For(this, finding);

    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        foreach (var refusal in server.Refusals)
        {
            if (refusal.Kind == RefusalKind.TheRest)
                judgement.Add(new Finding(this, refusal.Span, "", "", "", refusal.Message) { Wording = refusal.Message, Subject = refusal });
        }

        JudgeProtocols(server, judgement);
        foreach (var rule in server.UnreadableRules)
            judgement.Add(this, rule.Span, rule.Setting.Key, Display.Text(rule.Setting.Value), Display.Text(rule.Setting.Key), $"{rule.Mistake}. The server drops all of '{rule.Name}' and takes its own rule.");
        foreach (var network in server.UnreadableNetworks)
            Report(judgement, network.Setting, network.Consequence, [.. network.Others.Select(static other => other.ValueSpan)]);
        foreach (var listener in server.Listeners)
        {
            JudgeAddresses(server, listener, judgement);
            JudgeSwitch(judgement, listener.TlsEnabled);
            JudgeSwitch(judgement, listener.TlsImplicit);
        }
    }

    private void JudgeAddresses(ServerConfiguration server, Listener listener, Judgement judgement)
    {
        HashSet<string>? tables = null;
        for (var i = 0; i < listener.BindAddresses.Count; i++)
        {
            var address = listener.BindAddresses[i];
            if (address.State != BindAddressState.Invalid)
                continue;
            var consequence = $"the server {(server.Features.StopsAtListenerErrors ? "refuses to start" : "drops this address")}.";
            // bind = [{ addr = "::", port = 993 }]: the server takes each member for an address; they have one cause.
            if (TableOf(listener, address.Setting) is { } table)
            {
                if ((tables ??= new HashSet<string>(StringComparer.Ordinal)).Add(table))
                    Report(judgement, address.Setting, consequence + " It reads no table there; write address and port as one text, such as '[::]:993' or '127.0.0.1:8080'.");
            }
            else
            {
                Report(judgement, address.Setting, address.Text.Length == 0 && address.Setting.KeySpan == address.Setting.ValueSpan
                    ? "braces make a set, and the server takes its members for names. Write the addresses in brackets: bind = [\"[::]:993\"]."
                    : consequence + " It needs an IP address and a port, such as '[::]:993' or '127.0.0.1:8080'.");
            }
        }
    }

    // The key of the list's entry that holds the setting as a member; null where the entry is the setting itself.
    private static string? TableOf(Listener listener, in Setting setting)
    {
        var addresses = listener.Key("bind");
        return SettingPath.IsBelow(setting.Key, addresses) && SettingPath.ChildOf(addresses, setting.Key) is var entry && entry.Length < setting.Key.Length ? entry : null;
    }

    private void JudgeProtocols(ServerConfiguration server, Judgement judgement)
    {
        foreach (ref readonly var setting in server.Document.Below(Listener.Family))
        {
            if (!Listener.IsProtocol(setting.Key))
                continue;
            var masked = Macros.MaskUnknown(setting.Value, server.Features, MacroStage.Listeners);
            if (!Macros.HasUnknownPart(masked) && !MailProtocols.TryParse(masked, server.Features, out _))
                Report(judgement, setting, $"the server {(server.Features.StopsAtListenerErrors ? "refuses to start" : "skips this listener")}. It speaks {MailProtocols.NamesFor(server.Features)}.");
        }
    }

    private void JudgeSwitch(Judgement judgement, BooleanSetting value)
    {
        if (value is { IsInvalid: true, Setting: { } setting })
            Report(judgement, setting, $"the server ignores it and takes '{(value.Value == true ? "true" : "false")}'. Write exactly 'true' or 'false'.");
    }

    private void Report(Judgement judgement, in Setting setting, string consequence, IReadOnlyList<SourceSpan>? related = null) =>
        judgement.Add(new Finding(this, setting.ValueSpan, setting.Key, Display.Text(setting.Value), Display.Text(setting.Key), consequence)
        {
            Subject = setting,
            Related = related ?? [],
        });
}
