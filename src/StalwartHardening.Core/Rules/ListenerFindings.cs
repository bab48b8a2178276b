using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules;

/// <summary>Findings about one address of one listener.</summary>
internal static class ListenerFindings
{
    /// <summary>A finding at the guilty element of <c>bind</c>; the message gets the listener's name and the address.</summary>
    public static Finding At(Rule rule, Listener listener, BindAddress address) =>
        At(rule, listener, address, address.Span, address.Setting.Key);

    /// <summary>A finding about the address that another setting of the listener would end.</summary>
    public static Finding At(Rule rule, Listener listener, BindAddress address, SourceSpan span, string settingKey, string advice = "") =>
        new(rule, span, settingKey, Display.Text(listener.Id), Display.Text(address.Text), listener.Protocol.DisplayName(), advice)
        {
            Subject = new ListenerAddress(listener, address),
        };
}
