namespace StalwartHardening.Server.Access;

/// <summary>What the HTTP server of a generation answers to.</summary>
internal abstract class HttpEndpoints
{
    /// <summary>All endpoints.</summary>
    public abstract IReadOnlyList<HttpEndpoint> All { get; }

    /// <summary>What a server is administered through, if not with the pages of the web administration alone.</summary>
    public abstract HttpEndpointGroup Administration { get; }

    /// <summary>
    /// A condition, in the server's expression language, that holds for what mail clients and calendars need and nothing else: the
    /// endpoints that <see cref="HttpEndpoint.IsNeededFromElsewhere"/>.
    /// </summary>
    public abstract string AllowListCondition { get; }

    /// <summary>The path that outsiders have least business with.</summary>
    public abstract string SensitivePath { get; }

    /// <summary>How the paths begin that <see cref="AllowListCondition"/> admits.</summary>
    public abstract IReadOnlyList<string> AllowedPaths { get; }

    /// <summary>
    /// How the paths begin that a name of <see cref="EndpointNames"/> stands for in this generation; what is no such name is a path itself.
    /// </summary>
    public IReadOnlyList<string> PathsOf(string name) => name switch
    {
        EndpointNames.MailClients => AllowedPaths,
        EndpointNames.OAuth => PathsOf(static endpoint => endpoint.Group == HttpEndpointGroup.OAuth),
        EndpointNames.Autodiscover => PathsOf(static endpoint => endpoint.Path.StartsWith("/autodiscover/", StringComparison.OrdinalIgnoreCase)),
        EndpointNames.ManagementApi => PathsOf(static endpoint => endpoint.Group == HttpEndpointGroup.ManagementApi),
        _ => [name],
    };

    /// <summary>How the paths of some endpoints begin: their first part, or all of the path where other endpoints begin alike.</summary>
    /// <param name="isMeant">Which endpoints.</param>
    public IReadOnlyList<string> PathsOf(Predicate<HttpEndpoint> isMeant)
    {
        var paths = new List<string>();
        foreach (var endpoint in All)
        {
            if (!isMeant(endpoint))
                continue;
            var isShared = false;
            foreach (var other in All)
                isShared |= other.FirstPart == endpoint.FirstPart && !isMeant(other);
            var path = isShared ? endpoint.Path : endpoint.FirstPart;
            if (!paths.Contains(path))
                paths.Add(path);
        }

        return paths;
    }

    /// <summary>
    /// Whether outsiders have no business with an endpoint of this server: what no client needs, except a picture, metrics that
    /// ask for a password and what is switched off or not known to be on.
    /// </summary>
    public bool IsSensitive(HttpEndpoint endpoint, ServerConfiguration server)
    {
        if (endpoint.IsNeededFromElsewhere || endpoint.Group == HttpEndpointGroup.Branding)
            return false;
        return IsServed(endpoint, server) == true
            && (endpoint.Group != HttpEndpointGroup.Metrics || NeedOf(endpoint, server) == HttpEndpointNeed.Nothing);
    }

    /// <summary>Whether this server answers to an endpoint at all; null where nobody knows yet.</summary>
    public abstract bool? IsServed(HttpEndpoint endpoint, ServerConfiguration server);

    /// <summary>What an endpoint of this server asks of a client.</summary>
    public abstract HttpEndpointNeed NeedOf(HttpEndpoint endpoint, ServerConfiguration server);
}
