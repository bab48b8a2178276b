using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text;

namespace StalwartHardening.Tool.Commands;

/// <summary>The help of a command: no line wider than a small terminal, no word broken, and the exit codes of this command only.</summary>
internal sealed class HelpPage(Terminal terminal) : SynchronousCommandLineAction
{
    private const int Widest = 80;
    private const int Column = 30;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        terminal.Output.Write(Of(parseResult.CommandResult.Command, terminal.Width == 0 ? Widest : Math.Min(terminal.Width, Widest)));
        return ExitCode.Success;
    }

    /// <summary>The page of <paramref name="command"/>.</summary>
    public static string Of(Command command, int width)
    {
        var page = new StringBuilder(2048);
        Wrapped(page, command.Description ?? "", 0, 0, width);
        page.Append("\nUsage:\n");
        Wrapped(page, Usage(command), 2, 6, width);
        if (command.Subcommands.Count > 0)
        {
            page.Append("\nCommands:\n");
            foreach (var sub in command.Subcommands.Where(static sub => !sub.Hidden))
                Entry(page, sub.Name, sub.Description ?? "", width);
        }

        if (command.Arguments.Count > 0)
        {
            page.Append("\nArguments:\n");
            foreach (var argument in command.Arguments)
                Entry(page, "<" + argument.Name + ">", argument.Description ?? "", width);
        }

        page.Append("\nOptions:\n");
        foreach (var option in command.Options.Concat(command is RootCommand ? [] : Recursive(command)).Where(static option => !option.Hidden))
            Entry(page, Names(option), Description(option), width);
        if (command is RootCommand)
            page.Append("\nRun 'stalwart-harden <command> --help' for details about a command.\n");
        // As they are typed: nobody wants them broken into lines.
        if (command is ExampleCommand { Examples: var examples })
            page.Append('\n').Append(examples).Append('\n');
        page.Append("\nExit codes:\n");
        foreach (var (code, meaning) in ExitCode.Of(command.Name))
            Wrapped(page, code.ToString(System.Globalization.CultureInfo.InvariantCulture).PadRight(5) + meaning, 2, 7, width);
        return page.ToString();
    }

    private static string Usage(Command command)
    {
        if (command is RootCommand)
            return "stalwart-harden <command> [options]";
        var usage = new StringBuilder("stalwart-harden ").Append(command.Name);
        foreach (var argument in command.Arguments)
        {
            var name = "<" + argument.Name + ">" + (argument.Arity.MaximumNumberOfValues > 1 ? "..." : "");
            usage.Append(' ').Append(argument.Arity.MinimumNumberOfValues == 0 ? "[" + name + "]" : name);
        }

        return usage.Append(" [options]").ToString();
    }

    private static IEnumerable<Option> Recursive(Command command) =>
        command.Parents.OfType<Command>().SelectMany(static parent => parent.Options).Where(static option => option.Recursive);

    private static string Names(Option option)
    {
        if (option is HelpOption)
            return "-h, --help";
        var names = string.Join(", ", option.Aliases.Append(option.Name).OrderBy(static name => name.Length));
        return option.ValueType == typeof(bool) || option is VersionOption ? names : $"{names} <{option.HelpName ?? option.Name.TrimStart('-')}>";
    }

    private static string Description(Option option)
    {
        if (option is HelpOption)
            return "Show this help.";
        if (option is VersionOption)
            return "Show the version.";
        var description = option.Description ?? "";
        if (option.ValueType == typeof(bool))
            return description;
        var values = option.HelpName is null ? option.GetCompletions(CompletionContext.Empty).Select(static item => item.Label).ToList() : [];
        if (values.Count > 0)
            description += " One of " + string.Join(", ", values) + ".";
        return option.HasDefaultValue && option.GetDefaultValue() is string { Length: > 0 } value ? $"{description} [default: {value}]" : description;
    }

    private static void Entry(StringBuilder page, string name, string description, int width)
    {
        page.Append("  ").Append(name);
        var used = name.Length + 2;
        if (used >= Column)
        {
            page.Append('\n');
            used = 0;
        }

        page.Append(' ', Column - used);
        Wrapped(page, description, 0, Column, width, Column);
    }

    private static void Wrapped(StringBuilder page, string text, int first, int hanging, int width, int used = -1)
    {
        page.Append(' ', first);
        var column = used < 0 ? first : used;
        var isFirst = true;
        // Words end where one or more blanks are; those within the first word's padding stay.
        foreach (var word in Words(text))
        {
            if (!isFirst && column + 1 + word.Length > width)
            {
                page.Append('\n').Append(' ', hanging);
                column = hanging;
            }
            else if (!isFirst)
            {
                page.Append(' ');
                column++;
            }

            page.Append(word);
            column += word.Length;
            isFirst = false;
        }

        page.Append('\n');
    }

    private static IEnumerable<string> Words(string text)
    {
        var from = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            // A blank that another one follows belongs to the word: it keeps columns apart.
            if (i < text.Length && (text[i] != ' ' || (i + 1 < text.Length && text[i + 1] == ' ')))
                continue;
            if (i > from)
                yield return text[from..i];
            from = i + 1;
        }
    }
}
