using System.CommandLine;
using System.Text;
using StalwartHardening.Generations;
using StalwartHardening.Migration;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Files;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Input;
using StalwartHardening.Tool.Output;

namespace StalwartHardening.Tool.Commands;

/// <summary><c>migrate</c>: moves a configuration of a server up to 0.15 to a plan for 0.16.</summary>
internal sealed class MigrateCommand(Terminal terminal)
{
    private const string Examples =
        """
        Examples:
          stalwart-harden migrate config.toml -o plan.ndjson
          stalwart-harden migrate config.toml -o - | stalwart-harden check -
          stalwart-harden migrate config.toml -o plan.ndjson -f json > report.json
          stalwart-harden migrate old.toml --from-version 0.11 -o plan.ndjson
        """;

    private readonly Argument<string> _file = new("file") { Description = "The configuration of a server up to 0.15, in TOML, or - for standard input." };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "The plan's file, or - for standard output [default: standard output].", HelpName = "file" };
    private readonly Option<bool> _force = new("--force") { Description = "Overwrite the file that --output names." };
    private readonly Option<string> _format = new("--format", "-f") { Description = "Format of the report: text or json. The report never contains a secret; the plan contains those of the file.", DefaultValueFactory = _ => "text" };
    private readonly Option<bool> _all = new("--all") { Description = "In the text report, also list every setting that the plan carries over, with its line in the plan." };
    private readonly Option<string?> _fromVersion = new("--from-version") { Description = "The server that reads the file: 0.5 to 0.15 [default: 0.15].", HelpName = "version" };
    private readonly Option<string?> _targetVersion = new("--target-version") { Description = "The server that the plan is for: 0.16, also with a patch [default: the newest].", HelpName = "version" };

    public Command Build()
    {
        _format.AcceptOnlyFromAmong("text", "json");
        var command = new ExampleCommand("migrate", "Convert the configuration of a server up to 0.15 to a plan for 0.16: every setting ends up in the plan or in the report.", Examples);
        command.Arguments.Add(_file);
        foreach (var option in (Option[])[_output, _force, _format, _all, _fromVersion, _targetVersion])
            command.Options.Add(option);
        command.SetAction(Execute);
        return command;
    }

    private int Execute(ParseResult result)
    {
        var from = Version(result.GetValue(_fromVersion), "--from-version", SettingsGeneration.Instance);
        var target = new ReadingTarget(Version(result.GetValue(_targetVersion), "--target-version", PlanGeneration.Instance), ServerState.Fresh);
        if (SingleFile.Read(result.GetValue(_file) ?? "", terminal, "migrate") is not var (file, text))
            return ExitCode.Unreadable;
        var output = result.GetValue(_output) is "-" or null ? null : result.GetValue(_output);
        if (output is not null && Path.GetFullPath(output) == file.FullPath)
            throw new UsageException($"--output: '{Printable.Text(output)}' is the configuration itself and was not changed.");
        // A plan that somebody has gone on with by hand; a device and an empty file lose nothing.
        if (output is not null && !result.GetValue(_force) && new FileInfo(output) is { Exists: true, Length: > 0 })
            throw new UsageException($"--output: '{Printable.Text(output)}' already exists; name another file, or use --force.");
        var server = ConfigurationReader.Read(text, new ReadingTarget(from));
        if (ConfigurationMigration.FindObstacle(server) is { } obstacle)
            return Unreadable(new InputProblem(file.Path, obstacle) { Verb = "migrate" });
        var migration = ConfigurationMigration.Create(server, target);
        var report = new MigrationReport(migration, server, text, file.Path, Judge(server, new JudgementOptions { TargetVersion = from }), Judge(migration.Plan, target), result.GetValue(_all));
        if (output is not null)
            AtomicFile.Write(output, Encoding.UTF8.GetBytes(migration.Plan));
        else
            terminal.Output.Write(migration.Plan);
        // Where the plan takes standard output, the report takes the other one.
        var to = output is not null ? terminal.Output : terminal.Error;
        if (result.GetValue(_format) == "json")
            report.WriteJson(to);
        else
            report.WriteText(to, new Style(output is not null && terminal.UsesColour("auto")));
        return ExitCode.Success;
    }

    private static IReadOnlyList<Finding> Judge(ServerConfiguration server, JudgementOptions options) => ConfigurationJudge.Judge(server, options);

    private static IReadOnlyList<Finding> Judge(string plan, ReadingTarget target) =>
        ConfigurationJudge.Judge(ConfigurationReader.Read(plan, target), new JudgementOptions { TargetVersion = target.Version, ServerState = target.State });

    private static ServerVersion Version(string? text, string option, Generation generation)
    {
        if (text is null)
            return generation.Newest;
        return ServerVersion.TryParse(text, out var version) && generation.Reads(version)
            ? version
            : throw new UsageException($"{option}: '{Printable.Text(text)}' is not a version from {generation.Oldest} to {generation.Newest}.");
    }

    private int Unreadable(InputProblem problem)
    {
        terminal.Say(problem + ".");
        return ExitCode.Unreadable;
    }
}
