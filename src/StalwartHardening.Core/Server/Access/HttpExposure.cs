using StalwartHardening.Expressions;

namespace StalwartHardening.Server.Access;

/// <summary>Where requests come in from elsewhere, and what such a request looks like to access control.</summary>
internal sealed class HttpExposure
{
    // Networks for documentation first: nobody's real address appears in a message.
    private static readonly string[] Strangers = ["203.0.113.7", "198.51.100.20", "192.0.2.44", "93.184.215.14", "8.8.4.4", "151.101.1.69"];

    private HttpExposure(IReadOnlyList<HttpEntrance> entrances, bool isPiece)
    {
        Entrances = entrances;
        IsPiece = isPiece;
    }

    /// <summary>The entrances that access control can tell apart.</summary>
    public IReadOnlyList<HttpEntrance> Entrances { get; }

    /// <summary>Whether access control matters: somebody elsewhere can connect, or the file is a piece without any listener.</summary>
    public bool Concerns => Entrances.Count > 0;

    /// <summary>Whether the file is a piece of a configuration, without listeners: its rules are judged as on a usual one.</summary>
    public bool IsPiece { get; }

    public static HttpExposure From(ServerConfiguration server)
    {
        var block = server.HttpAccess.Block;
        var stranger = Stranger(server.HttpAccess.Literals);
        if (server.Listeners.Count == 0 && !server.DeclaresListeners)
            return new HttpExposure([new HttpEntrance([new HttpRequest { RemoteIp = stranger }])], isPiece: true);

        var seen = new Differences(block);
        var entrances = new List<HttpEntrance>();
        var known = new HashSet<HttpRequest>();
        foreach (var listener in server.Listeners)
        {
            if (listener.Protocol != MailProtocol.Http)
                continue;
            foreach (var address in listener.BindAddresses)
            {
                // A port that nobody knows yet may make any difference where rules ask for it.
                if (!address.IsReachableFromElsewhere || (address.Port is null && seen.LocalPort))
                    continue;
                var request = new HttpRequest
                {
                    Listener = listener.Id,
                    LocalIp = SocketAddressText.Host(address.Text),
                    LocalPort = address.Port ?? 443,
                    IsTls = listener.UsesImplicitTls ?? true,
                    RemoteIp = stranger,
                };
                var isEither = listener.UsesImplicitTls is null && seen.Tls;
                if (known.Add(seen.Only(request, isEither)))
                    entrances.Add(new HttpEntrance(isEither ? [request, request with { IsTls = false }] : [request]));
            }
        }

        return new HttpExposure(entrances, isPiece: false);
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

    /// <summary>What the rules of a policy ask about where a request came in.</summary>
    private sealed class Differences(IfBlock block)
    {
        private readonly bool _listener = block.Uses(HttpVariable.Listener);
        private readonly bool _localIp = block.Uses(HttpVariable.LocalIp);

        public bool LocalPort { get; } = block.Uses(HttpVariable.LocalPort);

        public bool Tls { get; } = block.Uses(HttpVariable.IsTls) || block.Uses(HttpVariable.Protocol);

        /// <summary>The request without what no rule asks for: two that are equal then are judged alike.</summary>
        public HttpRequest Only(HttpRequest request, bool isEither) => new()
        {
            Listener = _listener ? request.Listener : "",
            LocalIp = _localIp ? request.LocalIp : "",
            LocalPort = LocalPort ? request.LocalPort : 0,
            IsTls = Tls && request.IsTls,
            RemotePort = isEither ? 1 : 0,
            Headers = Array.Empty<string>(),
        };
    }
}
