namespace StalwartHardening.Rules;

/// <summary>What a rule is about; the first digit of its id.</summary>
internal enum RuleCategory
{
    /// <summary>SWH0xxx: what the server makes of the text.</summary>
    Reading = 0,

    /// <summary>SWH1xxx: ports, protocols, TLS.</summary>
    Listeners = 1,

    /// <summary>SWH2xxx: who may ask the HTTP server for what.</summary>
    HttpAccess = 2,

    /// <summary>SWH3xxx: who rules the server, and through which protocols.</summary>
    Administrators = 3,

    /// <summary>SWH4xxx: passwords and keys in the configuration.</summary>
    Secrets = 4,

    /// <summary>SWH5xxx: log-in, relaying, bans.</summary>
    Authentication = 5,

    /// <summary>SWH6xxx: connections to other servers, signatures, records.</summary>
    Connections = 6,

    /// <summary>SWH7xxx: server versions with known vulnerabilities.</summary>
    Vulnerabilities = 7,
}
