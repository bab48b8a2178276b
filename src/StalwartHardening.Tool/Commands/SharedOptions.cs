using System.CommandLine;
using StalwartHardening.OptionFiles;
using StalwartHardening.Rules;
using StalwartHardening.Settings;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Options;

namespace StalwartHardening.Tool.Commands;

/// <summary>Options that several commands know.</summary>
internal sealed class SharedOptions
{
    public Option<string?> TargetVersion { get; } = new("--target-version")
    {
        Description = "The server version that reads the configuration: 0.5 to 0.16, also with a patch [default: 0.15 for TOML, 0.16 for plans].",
        HelpName = "version",
    };

    public Option<string?> ServerState { get; } = new("--server-state")
    {
        Description = "The server's state before a plan runs: fresh (booted once), existing (nothing is known about it) or recovery-first (the plan is applied before the first normal start) [default: fresh, unless the plan refers to objects that only an existing server has].",
        HelpName = "state",
    };

    public Option<string?> CliVersion { get; } = new("--cli-version")
    {
        Description = "The version of stalwart-cli that applies a plan: 1.0.N [default: the newest].",
        HelpName = "version",
    };

    public Option<string?> AllowedPorts { get; } = new("--allowed-ports")
    {
        Description = "Ports that SWH1001-1005 and SWH1008 ignore; comma-separated.",
        HelpName = "ports",
    };

    public Option<string?> HttpAccessControl { get; } = new("--http-access-control")
    {
        Description = "Where HTTP access control is kept: in_file or in_database.",
        HelpName = "place",
    };

    public Option<string?> AdminFrom { get; } = new("--admin-from")
    {
        Description = "Networks that the server is administered from, such as 10.0.0.0/8; comma-separated. Fixes keep them open.",
        HelpName = "networks",
    };

    public Option<string?> OptionFile { get; } = new("--config")
    {
        Description = "The option file to use instead of the stalwart-harden.toml next to the configuration.",
        HelpName = "file",
    };

    public Option<bool> NoConfig { get; } = new("--no-config")
    {
        Description = "Ignore stalwart-harden.toml, .editorconfig and .globalconfig.",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(TargetVersion);
        command.Options.Add(ServerState);
        command.Options.Add(CliVersion);
        command.Options.Add(AllowedPorts);
        command.Options.Add(HttpAccessControl);
        command.Options.Add(OptionFile);
        command.Options.Add(NoConfig);
    }

    public CommandLineOptions Read(ParseResult result)
    {
        var options = new CommandLineOptions
        {
            TargetVersion = result.GetValue(TargetVersion),
            ServerState = result.GetValue(ServerState),
            CliVersion = result.GetValue(CliVersion),
            AllowedPorts = result.GetValue(AllowedPorts),
            HttpAccessControl = result.GetValue(HttpAccessControl),
            AdminFrom = result.GetValue(AdminFrom),
            OptionFile = result.GetValue(OptionFile),
            IgnoresFiles = result.GetValue(NoConfig),
        };
        if (options.TargetVersion is { } version && !ServerVersion.TryParse(version, out _))
            throw new UsageException($"--target-version: invalid value '{Printable.Text(version)}'; expected {HardeningOptions.AllowedVersions(version)}.");
        if (HardeningOptions.Read(options.ValueOf).Judgement.Problems is [var problem, ..])
            throw new UsageException($"--{problem.Option[HardeningOptions.Prefix.Length..].Replace('_', '-')}: invalid value '{problem.Value}'; expected {problem.Allowed}.");
        return options;
    }
}
