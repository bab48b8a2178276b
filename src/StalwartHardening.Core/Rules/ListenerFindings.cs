using System.Globalization;
using StalwartHardening.Rules.Listeners;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules;

/// <summary>Findings about addresses of one listener.</summary>
internal static class ListenerFindings
{
    /// <summary>
    /// Reports the addresses that <paramref name="isGuilty"/> names, those on one port as one finding: they were opened together and are
    /// closed together.
    /// </summary>
    public static void ReportPorts(Rule rule, Judgement judgement, Listener listener, Func<BindAddress, bool> isGuilty, string advice = "", ServerConfiguration? server = null)
    {
        List<List<BindAddress>>? ports = null;
        for (var i = 0; i < listener.BindAddresses.Count; i++)
        {
            var address = listener.BindAddresses[i];
            if (!isGuilty(address))
                continue;
            var same = address.Port is { } port ? (ports ??= []).Find(known => known[0].Port == port && known[0].Span.Source == address.Span.Source) : null;
            if (same is null)
                (ports ??= []).Add([address]);
            else
                same.Add(address);
        }

        if (ports is null)
            return;
        foreach (var addresses in ports)
        {
            addresses.Sort(static (left, right) => left.Span.Start.CompareTo(right.Span.Start));
            var first = addresses[0];
            var text = Display.Text(first.Text);
            var others = new List<SourceSpan>();
            for (var i = 1; i < addresses.Count; i++)
            {
                text += (i == addresses.Count - 1 ? " and " : ", ") + Display.Text(addresses[i].Text);
                others.Add(addresses[i].Span);
            }

            judgement.Add(new Finding(rule, first.Span, first.Setting.Key, Display.Text(listener.Id), text, listener.Protocol.DisplayName(), rule is CleartextListenerOnCustomPort && first.Port == 80 && listener.Protocol == MailProtocol.Http ? "Remove it once HTTPS is served, or b" : advice, Allowing(rule, judgement.Options, first.Port), Consequence(server, listener))
            {
                Subject = new ListenerAddress(listener, first) { Addresses = addresses },
                Related = others,
            });
        }
    }

    // Submission takes passwords after STARTTLS, POP3 does so unless a switch says otherwise, IMAP takes them always (AUTHENTICATE PLAIN).
    private static string Consequence(ServerConfiguration? server, Listener listener) =>
        listener.Protocol == MailProtocol.Smtp || (listener.Protocol == MailProtocol.Pop3 && server?.AllowsPlainText.Value != true)
            ? "an attacker on the path can keep the client from encrypting, and read its password and mail"
            : "passwords and mail can cross the network unencrypted";

    // The ports that are allowed already stay so: an option is set once.
    private static string Allowing(Rule rule, JudgementOptions options, int? port)
    {
        if (port is not { } number)
            return "";
        var ports = string.Join(", ", [.. options.AllowedPorts.Select(static allowed => allowed.ToString(CultureInfo.InvariantCulture)), number.ToString(CultureInfo.InvariantCulture)]);
        return rule is CleartextListenerOnCustomPort ? $"; if it is protected in another way, set '{HardeningOptions.AllowedPortsName} = {ports}'" : ports;
    }

    /// <summary>A finding about the address that another setting of the listener would end.</summary>
    public static Finding At(Rule rule, Listener listener, BindAddress address, SourceSpan span, string settingKey, string advice = "") =>
        new(rule, span, settingKey, Display.Text(listener.Id), Display.Text(address.Text), listener.Protocol.DisplayName(), advice)
        {
            Subject = new ListenerAddress(listener, address),
        };
}
