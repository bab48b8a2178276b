using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace StalwartHardening.Tool.Commands;

/// <summary>All commands.</summary>
internal static class CommandLine
{
    public static RootCommand Build(Terminal terminal)
    {
        var root = new RootCommand("Judges, explains and draws the configuration of a Stalwart mail server.");
        root.Subcommands.Add(new CheckCommand(terminal).Build());
        root.Subcommands.Add(new FixCommand(terminal).Build());
        root.Subcommands.Add(new SettingsCommand(terminal).Build());
        root.Subcommands.Add(new AccessCommand(terminal).Build());
        root.Subcommands.Add(new AccountsCommand(terminal).Build());
        root.Subcommands.Add(new ExposureCommand(terminal).Build());
        root.Subcommands.Add(new MigrateCommand(terminal).Build());
        root.Subcommands.Add(new RulesCommand(terminal).Build());
        root.Subcommands.Add(new ExplainCommand(terminal).Build());
        root.Subcommands.Add(new InitCommand(terminal).Build());
        foreach (var option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction action })
                option.Action = new HelpWithExitCodes(action);
        }

        return root;
    }

    /// <summary>Whether help is wanted, whatever else is missing.</summary>
    public static bool AsksForHelp(ParseResult result) => result.Action is HelpWithExitCodes;

    /// <summary>The usual help, and what exit codes mean.</summary>
    private sealed class HelpWithExitCodes(HelpAction inner) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var code = inner.Invoke(parseResult);
            parseResult.InvocationConfiguration.Output.WriteLine(ExitCode.Help);
            return code;
        }
    }
}
