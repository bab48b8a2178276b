using StalwartHardening.Settings;

namespace StalwartHardening.Server.Connections;

/// <summary>A connection that the server opens to another program: a database, a directory, a filter, another mail server.</summary>
/// <param name="What">What it is for, with its name: <c>Store 'pg'</c>.</param>
/// <param name="Carries">What crosses it, as half a sentence.</param>
/// <param name="Place">The setting that names the other side; findings about a missing switch point at it.</param>
internal sealed record OutgoingConnection(string What, string Carries, Setting Place)
{
    /// <summary>The other side as it is written, without user names and passwords.</summary>
    public string Address { get; init; } = "";

    /// <summary>How far away the other side is.</summary>
    public HostReach Reach { get; init; }

    /// <summary>Whether everything crosses encrypted; null where nobody knows yet, or where both sides agree on it when they meet.</summary>
    public bool? IsEncrypted { get; init; }

    /// <summary>What makes it encrypted; null where nothing does.</summary>
    public ConnectionSwitch? Encryption { get; init; }

    /// <summary>What makes the server accept any certificate, where something certainly does; null elsewhere.</summary>
    public ConnectionSwitch? AnyCertificate { get; init; }

    /// <summary>Whether the scheme of its address says whether it is encrypted.</summary>
    public bool IsByScheme { get; init; }

    /// <summary>Whether it only fetches what everybody may read: then it matters who wrote it, not who reads it.</summary>
    public bool IsDownload { get; init; }
}

/// <summary>A setting of a connection with the value that makes it safe.</summary>
/// <param name="Key">The setting.</param>
/// <param name="Value">The safe value.</param>
/// <param name="Setting">What is written; null where nothing is.</param>
internal sealed record ConnectionSwitch(string Key, string Value, Setting? Setting)
{
    /// <summary>The safe value as it may be shown.</summary>
    public string Shown { get; init; } = Value;
}
