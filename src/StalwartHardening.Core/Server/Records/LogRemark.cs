using StalwartHardening.Settings;

namespace StalwartHardening.Server.Records;

/// <summary>A log that holds too much or too little.</summary>
/// <param name="Setting">The setting that makes it so.</param>
/// <param name="Kind">What is wrong with it.</param>
internal sealed record LogRemark(Setting Setting, LogRemarkKind Kind);

/// <summary>What is wrong with a log.</summary>
internal enum LogRemarkKind
{
    /// <summary>What clients say is recorded, passwords included.</summary>
    RecordsEverything,

    /// <summary>No log holds more than failures.</summary>
    RecordsTooLittle,

    /// <summary>Every log is switched off.</summary>
    RecordsNothing,

    /// <summary>Events about log-in and attacks are left out.</summary>
    LeavesOut,
}
