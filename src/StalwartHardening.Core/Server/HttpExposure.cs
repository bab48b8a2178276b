using StalwartHardening.Expressions;

namespace StalwartHardening.Server;

/// <summary>Through which listeners requests come in from elsewhere, and what such a request looks like.</summary>
internal sealed class HttpExposure
{
    // Networks for documentation first: nobody's real address appears in a message.
    private static readonly string[] Strangers = ["203.0.113.7", "198.51.100.20", "192.0.2.44", "93.184.215.14", "8.8.4.4", "151.101.1.69"];

    private HttpExposure(IReadOnlyList<HttpRequest> examples, bool concerns)
    {
        Examples = examples;
        Concerns = concerns;
    }

    /// <summary>A plain request from a stranger for each exposed HTTP listener.</summary>
    public IReadOnlyList<HttpRequest> Examples { get; }

    /// <summary>Whether access control matters: somebody elsewhere can connect, or the file is a piece without any listener.</summary>
    public bool Concerns { get; }

    public static HttpExposure Of(ServerConfiguration server)
    {
        var examples = new List<HttpRequest>();
        var stranger = Stranger(server.HttpAccess.Literals);
        foreach (var listener in server.Listeners)
        {
            if (listener.Protocol != MailProtocol.Http)
                continue;
            foreach (var address in listener.BindAddresses)
            {
                if (!address.IsReachableFromElsewhere)
                    continue;
                var colon = address.Text.LastIndexOf(':');
                examples.Add(new HttpRequest
                {
                    Listener = listener.Id,
                    LocalIp = colon < 0 ? address.Text : address.Text.Substring(0, colon).Trim('[', ']'),
                    LocalPort = address.Port ?? 443,
                    IsTls = listener.UsesImplicitTls != false,
                    RemoteIp = stranger,
                });
                break;
            }
        }

        // A piece of a configuration: the rules in it are judged as on a usual listener.
        var isPiece = server.Listeners.Count == 0 && server.Document.StartingWith(Listener.Prefix).Count == 0;
        if (isPiece)
            examples.Add(new HttpRequest { RemoteIp = stranger });
        return new HttpExposure(examples, examples.Count > 0);
    }

    // Somebody no rule mentions: an administrator's own address is let in on purpose.
    private static string Stranger(PolicyLiterals literals)
    {
        foreach (var address in Strangers)
        {
            var mentioned = false;
            foreach (var text in literals.Texts)
                mentioned |= address.StartsWith(text, StringComparison.Ordinal) || text.IndexOf(address, StringComparison.Ordinal) >= 0;
            if (!mentioned)
                return address;
        }

        return "185.199.108.153";
    }
}
