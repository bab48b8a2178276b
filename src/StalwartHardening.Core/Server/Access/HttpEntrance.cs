namespace StalwartHardening.Server.Access;

/// <summary>An address of an HTTP listener that others reach.</summary>
/// <param name="Cases">
/// A plain request from a stranger that comes in there; two where nobody knows whether TLS is used and access control asks.
/// What is said of the entrance holds in every case.
/// </param>
internal sealed record HttpEntrance(IReadOnlyList<HttpRequest> Cases)
{
    /// <summary>The first case.</summary>
    public HttpRequest Example => Cases[0];
}
