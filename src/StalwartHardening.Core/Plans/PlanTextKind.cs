namespace StalwartHardening.Plans;

/// <summary>What a text is, judged by what it says and never by its file's name.</summary>
internal enum PlanTextKind
{
    /// <summary>Nothing that a Stalwart server or its tools read.</summary>
    NotOurs,

    /// <summary>Operations for <c>stalwart-cli apply</c>, one a line.</summary>
    Plan,

    /// <summary>What <c>stalwart-cli snapshot</c> printed: operations that describe a whole server.</summary>
    Snapshot,

    /// <summary>The server's <c>config.json</c>: where its data store is, and nothing else.</summary>
    DataStore,
}
