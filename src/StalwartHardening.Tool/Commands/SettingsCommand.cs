using System.CommandLine;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Input;
using StalwartHardening.Tool.Options;
using StalwartHardening.Tool.Output;

namespace StalwartHardening.Tool.Commands;

/// <summary><c>settings</c>: what the server sees of a configuration.</summary>
internal sealed class SettingsCommand(Terminal terminal)
{
    private readonly Argument<string[]> _file = ConfigurationArgument.Create();

    private readonly Option<string> _format = new("--format", "-f")
    {
        Description = "Output format: a table with notes, a JSON object of keys and values, TOML with one line per setting, or, for a plan, the state: the server's objects after the run.",
        DefaultValueFactory = _ => "table",
    };

    private readonly Option<bool> _showSecrets = new("--show-secrets") { Description = "Print passwords and keys in full. By default they appear as " + SecretKeys.Placeholder + "." };
    private readonly Option<bool> _continueOnError = new("--continue-on-error") { Description = "For a plan: continue after an operation that fails, as 'stalwart-cli apply --continue-on-error' does." };
    private readonly Option<bool> _afterRestart = new("--after-restart") { Description = "For a plan: show the server after it has been restarted, with the defaults that come back then." };
    private readonly SharedOptions _shared = new();

    public Command Build()
    {
        _format.AcceptOnlyFromAmong("table", "json", "toml", "state");
        var command = new Command("settings", "Show what the server sees: its settings, the defaults in effect and what it ignores.");
        command.Arguments.Add(_file);
        command.Options.Add(_format);
        command.Options.Add(_showSecrets);
        command.Options.Add(_continueOnError);
        command.Options.Add(_afterRestart);
        _shared.AddTo(command);
        command.SetAction(Execute);
        return command;
    }

    private int Execute(ParseResult result)
    {
        var resolver = new OptionResolver(_shared.Read(result));
        if (SingleFile.Read(result.GetValue(_file) ?? [], terminal) is not var (file, text))
            return ExitCode.Unreadable;
        var options = resolver.For(file.FullPath, file.IsRun).Hardening.Judgement;
        var target = options.Target with { ContinuesOnError = result.GetValue(_continueOnError), Restarts = result.GetValue(_afterRestart) };
        if (result.GetValue(_format) == "state")
            return WriteState(file, text, target, result.GetValue(_showSecrets));
        var server = ConfigurationReader.Read(text, target);
        var view = new SettingsView(server, options, new RunPlaces(file, text), text, result.GetValue(_showSecrets));
        switch (result.GetValue(_format))
        {
            case "json":
                view.WriteJson(terminal.Output);
                break;
            case "toml" when server.IsPlan:
                throw new UsageException($"--format toml: '{Printable.Text(file.Path)}' is a plan, and its server reads no TOML; use table, json or state.");
            case "toml":
                view.WriteToml(terminal.Output);
                break;
            default:
                view.WriteTable(terminal.Output, new Style(terminal.UsesColour("auto")));
                break;
        }

        return ExitCode.Success;
    }

    // Who asks for the state says that it is a plan, and what is not said of the server is that it is fresh.
    private int WriteState(InputFile file, string text, ReadingTarget target, bool showsSecrets)
    {
        var server = ConfigurationReader.ReadAsPlan(text, target with { State = target.State ?? ServerState.Fresh });
        if (server is null || PlanInspection.WriteState(server, [.. file.Parts.Select(static part => part.Path)]) is not { } state)
            throw new UsageException($"--format state: '{Printable.Text(file.Path)}' is not a plan; use table, json or toml.");
        if (showsSecrets)
            terminal.Output.Write(state + "\n");
        else
            new MaskedState(new SecretMask(server.Document, text), text).Write(terminal.Output, state);
        return ExitCode.Success;
    }
}
