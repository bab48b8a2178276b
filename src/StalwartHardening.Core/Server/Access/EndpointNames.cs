namespace StalwartHardening.Server.Access;

/// <summary>
/// What typed access rules call endpoints whose paths differ between generations. No path looks like a name: paths begin with a slash.
/// </summary>
internal static class EndpointNames
{
    /// <summary>All that mail clients and calendars need.</summary>
    public const string MailClients = "#mail-clients";

    /// <summary>Log-in for clients and web applications.</summary>
    public const string OAuth = "#oauth";

    /// <summary>Settings for Microsoft's mail clients.</summary>
    public const string Autodiscover = "#autodiscover";

    /// <summary>The management API.</summary>
    public const string ManagementApi = "#management-api";
}
