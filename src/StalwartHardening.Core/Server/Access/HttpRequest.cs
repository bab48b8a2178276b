using System.Text;

namespace StalwartHardening.Server.Access;

/// <summary>A request as it reaches the HTTP server: what access control sees of it.</summary>
/// <example><code>var request = new HttpRequest { Listener = "https", RemoteIp = "203.0.113.7", Target = "/api/principal" };</code></example>
internal sealed record HttpRequest
{
    /// <summary>The id of the listener that took the connection.</summary>
    public string Listener { get; init; } = "https";

    /// <summary>The client's address in its shortest form.</summary>
    public string RemoteIp { get; init; } = "203.0.113.7";

    /// <summary>The client's port.</summary>
    public int RemotePort { get; init; } = 50000;

    /// <summary>The address the listener is bound to, which is not always that of the connection.</summary>
    public string LocalIp { get; init; } = "::";

    /// <summary>The port the listener is bound to.</summary>
    public int LocalPort { get; init; } = 443;

    /// <summary>Whether the connection uses TLS.</summary>
    public bool IsTls { get; init; } = true;

    /// <summary>The request target as sent: a path, an absolute address, or <c>*</c>.</summary>
    public string Target { get; init; } = "/";

    /// <summary>The method, as sent.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>The headers as sent: <c>Name: value</c>.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>The path, not decoded and not normalised: what the server routes by.</summary>
    public string Path
    {
        get
        {
            var start = 0;
            var scheme = Target.IndexOf("://", StringComparison.Ordinal);
            if (scheme > 0 && Target[0] != '/')
            {
                start = Target.IndexOf('/', scheme + 3);
                if (start < 0)
                    return "/";
            }

            var end = Target.IndexOfAny(['?', '#'], start);
            return Target.Substring(start, (end < 0 ? Target.Length : end) - start);
        }
    }

    /// <summary>As a client would send it, for messages: <c>GET http://x/jmap from 203.0.113.7</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Method).Append(' ').Append(Target).Append(" from ").Append(RemoteIp);
        foreach (var header in Headers)
            text.Append(" with ").Append(header);
        return text.ToString();
    }
}
