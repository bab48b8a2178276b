namespace StalwartHardening.Server;

/// <summary>What a server is before a plan is applied to it (<c>server_state</c>).</summary>
internal enum ServerState
{
    /// <summary>It has booted once: its default listeners, roles and ids are there and nothing else.</summary>
    Fresh,

    /// <summary>Nothing is known of it.</summary>
    Existing,

    /// <summary>The plan is applied in recovery mode, before the first normal boot: a type that it creates gets no defaults.</summary>
    RecoveryFirst,
}
