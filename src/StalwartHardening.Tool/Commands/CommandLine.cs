using System.CommandLine;
using System.CommandLine.Help;

namespace StalwartHardening.Tool.Commands;

/// <summary>All commands.</summary>
internal static class CommandLine
{
    public static RootCommand Build(Terminal terminal)
    {
        var root = new RootCommand("Check, fix, explain and draw the configuration of a Stalwart mail server.");
        root.Subcommands.Add(new CheckCommand(terminal).Build());
        root.Subcommands.Add(new FixCommand(terminal).Build());
        root.Subcommands.Add(new SettingsCommand(terminal).Build());
        root.Subcommands.Add(new AccessCommand(terminal).Build());
        root.Subcommands.Add(new AccountsCommand(terminal).Build());
        root.Subcommands.Add(new ExposureCommand(terminal).Build());
        root.Subcommands.Add(new MigrateCommand(terminal).Build());
        root.Subcommands.Add(new DiffCommand(terminal).Build());
        root.Subcommands.Add(new ImportCommand(terminal).Build());
        root.Subcommands.Add(new RulesCommand(terminal).Build());
        root.Subcommands.Add(new ExplainCommand(terminal).Build());
        root.Subcommands.Add(new InitCommand(terminal).Build());
        root.Subcommands.Add(new CompletionCommand(terminal).Build());
        foreach (var option in root.Options)
        {
            if (option is HelpOption)
                option.Action = new HelpPage(terminal);
        }

        // Who types nothing wants to know what there is.
        root.Action = new HelpPage(terminal);

        return root;
    }

    /// <summary>Whether a shell asks what may come next.</summary>
    public static bool AsksForCompletion(ParseResult result) => result.Action?.GetType().DeclaringType == typeof(System.CommandLine.Completions.SuggestDirective) || result.Tokens is [{ Type: System.CommandLine.Parsing.TokenType.Directive }, ..];

    /// <summary>Whether help is wanted, whatever else is missing.</summary>
    public static bool AsksForHelp(ParseResult result) => result.GetResult(result.RootCommandResult.Command.Options.OfType<HelpOption>().First()) is { Implicit: false };
}
