using System.CommandLine;
using StalwartHardening.Tool;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Commands;

var terminal = Terminal.Open();
try
{
    var result = CommandLine.Build(terminal).Parse(args);
    // Who asks for help has not got the rest together yet.
    if (!CommandLine.AsksForHelp(result) && !CommandLine.AsksForCompletion(result) && UsageErrors.Of(result) is { Count: > 0 } errors)
    {
        foreach (var error in errors)
            terminal.Say(error);
        var command = result.CommandResult.Command;
        terminal.Say($"see 'stalwart-harden {(command is System.CommandLine.RootCommand ? "" : command.Name + " ")}--help'.");
        return ExitCode.Usage;
    }

    var code = result.Invoke(new InvocationConfiguration { Output = terminal.Output, Error = terminal.Error, EnableDefaultExceptionHandler = false });
    terminal.Output.Flush();
    return code;
}
catch (UsageException e)
{
    terminal.Say(e.Message);
    return ExitCode.Usage;
}
catch (IOException e)
{
    // The disk that standard output goes to is full. A reader that went away ("| head") is no error and does not come here.
    terminal.Say("the output cannot be written: " + e.Message);
    return ExitCode.Usage;
}
#pragma warning disable CA1031 // The last one who could: a stack trace helps nobody who has a mail server to look after.
catch (Exception e)
#pragma warning restore CA1031
{
    terminal.Output.Flush();
    terminal.Say(LastResort.Explain(e) + ".");
    return ExitCode.Unreadable;
}
