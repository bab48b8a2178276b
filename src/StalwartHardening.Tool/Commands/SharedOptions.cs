using System.CommandLine;
using StalwartHardening.Rules;
using StalwartHardening.Settings;
using StalwartHardening.Tool.Options;

namespace StalwartHardening.Tool.Commands;

/// <summary>Options that several commands know.</summary>
internal sealed class SharedOptions
{
    public Option<string?> TargetVersion { get; } = new("--target-version")
    {
        Description = "The server version that reads the configuration: 0.5 to 0.15, also with a patch [default: 0.15].",
        HelpName = "version",
    };

    public Option<string?> AllowedPorts { get; } = new("--allowed-ports")
    {
        Description = "Ports that SWH1001-1005 and SWH1008 leave in peace, separated by commas.",
        HelpName = "ports",
    };

    public Option<string?> HttpAccessControl { get; } = new("--http-access-control")
    {
        Description = "Where HTTP access control is kept: in_file or in_database.",
        HelpName = "place",
    };

    public Option<string?> OptionFile { get; } = new("--config")
    {
        Description = "The option file to use instead of the stalwart-harden.toml beside the configuration.",
        HelpName = "file",
    };

    public Option<bool> NoConfig { get; } = new("--no-config")
    {
        Description = "Pass over stalwart-harden.toml, .editorconfig and .globalconfig.",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(TargetVersion);
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
            AllowedPorts = result.GetValue(AllowedPorts),
            HttpAccessControl = result.GetValue(HttpAccessControl),
            OptionFile = result.GetValue(OptionFile),
            IgnoresFiles = result.GetValue(NoConfig),
        };
        if (options.TargetVersion is { } version && !ServerVersion.TryParse(version, out _))
            throw new UsageException($"--target-version: '{version}' is no server version from 0.5 to 0.15, such as 0.15 or 0.13.1.");
        if (HardeningOptions.Read(options.ValueOf).Judgement.Problems is [var problem, ..])
            throw new UsageException($"--{problem.Option[HardeningOptions.Prefix.Length..].Replace('_', '-')}: '{problem.Value}' is not possible; it can be {problem.Allowed}.");
        return options;
    }
}
