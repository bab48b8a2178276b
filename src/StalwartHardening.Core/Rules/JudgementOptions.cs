using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules;

/// <summary>What a configuration cannot say about its own server, and what its owner has decided.</summary>
internal sealed record JudgementOptions
{
    /// <summary>Nothing decided: the newest server that reads TOML, no port allowed, access control expected in the file.</summary>
    public static JudgementOptions Default { get; } = new();

    /// <summary>The server version that will read the configuration (<c>target_version</c>).</summary>
    public ServerVersion TargetVersion { get; init; } = ServerVersion.Newest;

    /// <summary>What the server is before a plan runs (<c>server_state</c>); null where nobody said.</summary>
    public ServerState? ServerState { get; init; }

    /// <summary>The patch of <c>stalwart-cli</c> 1.0 that applies a plan (<c>cli_version</c>); the newest where nobody said.</summary>
    public int ToolPatch { get; init; } = int.MaxValue;

    /// <summary>For which server texts are read.</summary>
    public ReadingTarget Target => new(TargetVersion, ServerState, ToolPatch) { IsJoined = IsJoined };

    /// <summary>Whether a text holds several plans that are one run (<see cref="ReadingTarget.IsJoined"/>).</summary>
    public bool IsJoined { get; init; }

    /// <summary>Ports whose listeners SWH1001-1005 and 1008 leave in peace (<c>allowed_ports</c>).</summary>
    public IReadOnlyList<int> AllowedPorts { get; init; } = [];

    /// <summary>Where the server's HTTP access control is kept (<c>http_access_control</c>).</summary>
    public HttpAccessControlPlace HttpAccessControl { get; init; } = HttpAccessControlPlace.Unsaid;

    /// <summary>Networks that the server is administered from, such as <c>10.0.0.0/8</c>, which remedies keep open (<c>admin_from</c>).</summary>
    public IReadOnlyList<string> AdministrationNetworks { get; init; } = [];

    /// <summary>Whether the owner wants <paramref name="port"/> left in peace.</summary>
    public bool IsAllowed(int port)
    {
        for (var i = 0; i < AllowedPorts.Count; i++)
        {
            if (AllowedPorts[i] == port)
                return true;
        }

        return false;
    }

    /// <summary>What could not be understood in the options; reported as SWH0013, so that no decision gets lost.</summary>
    public IReadOnlyList<OptionProblem> Problems { get; init; } = [];
}

/// <summary>Where a server keeps its HTTP access control.</summary>
internal enum HttpAccessControlPlace
{
    /// <summary>Nobody said; a file without it is reported, and the message says what the file cannot show.</summary>
    Unsaid,

    /// <summary>In the file: a file without it has none.</summary>
    InFile,

    /// <summary>In the server's database: a file without it says nothing.</summary>
    InDatabase,
}
