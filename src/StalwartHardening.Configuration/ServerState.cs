namespace StalwartHardening.Configuration;

/// <summary>What a server is before a plan is applied to it.</summary>
public enum ServerState
{
    /// <summary>It has booted once: its default listeners, roles and ids are there and nothing else.</summary>
    Fresh,

    /// <summary>Nothing is known of it.</summary>
    Existing,

    /// <summary>The plan is applied in recovery mode, before the first normal boot.</summary>
    RecoveryFirst,
}
