using StalwartHardening.OptionFiles;
using StalwartHardening.Rules;

namespace StalwartHardening.Tool.Options;

/// <summary>What was decided on the command line; null where nothing was.</summary>
internal sealed record CommandLineOptions
{
    /// <summary>The server version that reads the configuration.</summary>
    public string? TargetVersion { get; init; }

    /// <summary>What the server is before a plan runs.</summary>
    public string? ServerState { get; init; }

    /// <summary>The version of <c>stalwart-cli</c> that applies a plan.</summary>
    public string? CliVersion { get; init; }

    /// <summary>Ports to leave in peace.</summary>
    public string? AllowedPorts { get; init; }

    /// <summary>Where access control is kept.</summary>
    public string? HttpAccessControl { get; init; }

    /// <summary>Networks that administrators come from.</summary>
    public string? AdminFrom { get; init; }

    /// <summary>How loud rules are in general.</summary>
    public Preset? Preset { get; init; }

    /// <summary>What counts as loud enough to be reported.</summary>
    public RuleSeverity? MinimumSeverity { get; init; }

    /// <summary>The rules to be heard.</summary>
    public HashSet<string>? Only { get; init; }

    /// <summary>The baseline to compare with.</summary>
    public string? Baseline { get; init; }

    /// <summary>The option file to use instead of those beside the configurations.</summary>
    public string? OptionFile { get; init; }

    /// <summary>Whether option files, <c>.editorconfig</c> and <c>.globalconfig</c> are left alone.</summary>
    public bool IgnoresFiles { get; init; }

    /// <summary>The value of one of the options that the compiler knows too.</summary>
    public string? ValueOf(string name) => name switch
    {
        HardeningOptions.TargetVersionName => TargetVersion,
        HardeningOptions.ServerStateName => ServerState,
        HardeningOptions.CliVersionName => CliVersion,
        HardeningOptions.AllowedPortsName => AllowedPorts,
        HardeningOptions.HttpAccessControlName => HttpAccessControl,
        HardeningOptions.AdminFromName => AdminFrom,
        _ => null,
    };
}
