using StalwartHardening.Server;

namespace StalwartHardening.Rules;

/// <summary>What the rules about single cleartext ports share.</summary>
internal static class CleartextListeners
{
    /// <summary>Reports each listener reachable on <paramref name="port"/> where <paramref name="protocol"/> begins in clear text.</summary>
    public static void Report(Rule rule, ServerConfiguration server, Judgement judgement, MailProtocol protocol, int port)
    {
        if (judgement.Options.IsAllowed(port))
            return;
        foreach (var listener in server.Listeners)
        {
            if (listener.Protocol == protocol && listener.StartsInCleartext)
                Report(rule, server, judgement, listener, port);
        }
    }

    private static void Report(Rule rule, ServerConfiguration server, Judgement judgement, Listener listener, int port) =>
        ListenerFindings.ReportPorts(rule, judgement, listener, address => address.Port == port && address.IsReachableFromElsewhere, server: server);
}
