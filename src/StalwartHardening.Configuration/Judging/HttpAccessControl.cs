namespace StalwartHardening.Configuration;

/// <summary>Where a server keeps its HTTP access control.</summary>
public enum HttpAccessControl
{
    /// <summary>Nobody said. A configuration without it is reported, and the message says what the configuration cannot show.</summary>
    Unsaid,

    /// <summary>In the configuration: one without it has none.</summary>
    InConfiguration,

    /// <summary>In the server's database: a configuration without it says nothing.</summary>
    InDatabase,
}
