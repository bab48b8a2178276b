namespace StalwartHardening.Server.Exposure;

/// <summary>What one purpose of the HTTP server offers through a listener.</summary>
/// <param name="Group">The purpose.</param>
/// <param name="Paths">Its paths, each with those whom access control lets through to it.</param>
/// <param name="Most">The most that one of the paths let through asks of a client; of all paths where none is let through.</param>
/// <param name="Least">The least that one of them asks.</param>
internal sealed record ExposedEndpoints(HttpEndpointGroup Group, IReadOnlyList<KeyValuePair<string, EndpointAccess>> Paths, HttpEndpointNeed Most, HttpEndpointNeed Least)
{
    /// <summary>Whom access control lets through to the paths.</summary>
    public EndpointAccess Access => AccessTo([.. Paths.Select(static path => path.Value)]);

    /// <summary>Whom access control lets through to several paths together.</summary>
    public static EndpointAccess AccessTo(IReadOnlyList<EndpointAccess> paths)
    {
        var (open, refused, unknown) = (0, 0, 0);
        foreach (var path in paths)
        {
            open += path == EndpointAccess.Everybody ? 1 : 0;
            refused += path == EndpointAccess.Nobody ? 1 : 0;
            unknown += path == EndpointAccess.Unknown ? 1 : 0;
        }

        return open == paths.Count ? EndpointAccess.Everybody
            : refused == paths.Count ? EndpointAccess.Nobody
            : open > 0 ? EndpointAccess.Partly
            : unknown > 0 ? EndpointAccess.Unknown
            : EndpointAccess.SomeClients;
    }

    internal static IReadOnlyList<ExposedEndpoints> Of(ServerConfiguration server, ExposedListener listener, AccessInquiry inquiry, CancellationToken cancellationToken)
    {
        var requests = RequestsTo(listener);
        var groups = new List<ExposedEndpoints>();
        foreach (HttpEndpointGroup group in Enum.GetValues(typeof(HttpEndpointGroup)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var paths = new List<KeyValuePair<string, EndpointAccess>>();
            var asked = new List<(HttpEndpointNeed Need, bool IsOpen)>();
            foreach (var endpoint in server.Endpoints.All)
            {
                if (endpoint.Group != group || server.Endpoints.IsServed(endpoint, server) == false)
                    continue;
                var access = EndpointAccess.Nobody;
                foreach (var request in requests)
                {
                    var there = AccessTo(inquiry, request, endpoint);
                    access = there > access ? there : access;
                }

                paths.Add(new KeyValuePair<string, EndpointAccess>(endpoint.Path, access));
                asked.Add((server.Endpoints.NeedOf(endpoint, server), access != EndpointAccess.Nobody));
            }

            if (paths.Count == 0)
                continue;
            var counting = asked.Exists(static one => one.IsOpen) ? asked.FindAll(static one => one.IsOpen) : asked;
            groups.Add(new ExposedEndpoints(group, paths, counting.Max(static one => one.Need), counting.Min(static one => one.Need)));
        }

        return groups;
    }

    // A plain request through every address that somebody reaches, from the farthest who does.
    private static List<HttpRequest> RequestsTo(ExposedListener listener)
    {
        var requests = new List<HttpRequest>();
        for (var i = 0; i < listener.Addresses.Count; i++)
        {
            var reach = listener.Addresses[i].Reach;
            if (reach == ExposureReach.Nobody)
                continue;
            var address = listener.Listener.BindAddresses[i];
            var request = new HttpRequest
            {
                Listener = listener.Listener.Id,
                LocalIp = SocketAddressText.Host(address.Text),
                LocalPort = address.Port ?? 443,
                IsTls = listener.Listener.UsesImplicitTls ?? true,
                RemoteIp = reach switch { ExposureReach.Machine => "127.0.0.1", ExposureReach.PrivateNetwork => "10.77.0.7", _ => "203.0.113.7" },
            };
            requests.Add(request);
            if (listener.Listener.UsesImplicitTls is null)
                requests.Add(request with { IsTls = false });
        }

        return requests;
    }

    private static EndpointAccess AccessTo(AccessInquiry inquiry, HttpRequest plain, HttpEndpoint endpoint)
    {
        var best = EndpointAccess.Nobody;
        foreach (var method in endpoint.Methods)
        {
            var request = plain with { Target = endpoint.Path, Method = method };
            var decision = inquiry.Decide(request).Decision;
            if (decision == HttpDecision.LetThrough)
                return EndpointAccess.Everybody;
            var access = decision == HttpDecision.Unknown ? EndpointAccess.Unknown
                : request.RemoteIp != "127.0.0.1" && inquiry.Judge(new HttpRequestPattern(request, HttpRequestParts.ChosenByClient & ~HttpRequestParts.TargetForm)) != HttpAnswer.AlwaysRefused ? EndpointAccess.SomeClients
                : request.RemoteIp != "127.0.0.1" && AdmitsPrivate(inquiry, request) ? EndpointAccess.SomeClients
                : EndpointAccess.Nobody;
            best = access > best ? access : best;
        }

        return best;
    }

    // Private networks that rules name; the machine itself is let through everywhere and says nothing.
    private static bool AdmitsPrivate(AccessInquiry inquiry, HttpRequest request) =>
        inquiry.FindWitness(new HttpRequestPattern(request, HttpRequestParts.RemoteIp | HttpRequestParts.AnyAddress), HttpDecision.LetThrough) is { } witness
        && witness.RemoteIp != "127.0.0.1" && witness.RemoteIp != "::1";
}

/// <summary>Whom access control lets through, the fewest first.</summary>
internal enum EndpointAccess
{
    /// <summary>Nobody; programs on the machine itself all the same.</summary>
    Nobody,

    /// <summary>Some clients only: by address or header.</summary>
    SomeClients,

    /// <summary>Nobody knows before the server runs.</summary>
    Unknown,

    /// <summary>Everybody, to some of the paths.</summary>
    Partly,

    /// <summary>Everybody who can connect.</summary>
    Everybody,
}
