using System.CommandLine;
using System.Globalization;
using StalwartHardening.Generations;
using StalwartHardening.Server;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Input;
using StalwartHardening.Tool.Options;
using StalwartHardening.Tool.Output;

namespace StalwartHardening.Tool.Commands;

/// <summary><c>accounts</c>: who may do what.</summary>
internal sealed class AccountsCommand(Terminal terminal)
{
    private readonly Argument<string[]> _file = ConfigurationArgument.Create();
    private readonly Option<string> _format = new("--format", "-f") { Description = "Output format: a table for people, or JSON.", DefaultValueFactory = _ => "table" };
    private readonly Option<string> _edition = new("--edition") { Description = "The server's edition; in the community edition, accounts of a tenant get no more than an ordinary user's permissions.", DefaultValueFactory = _ => "enterprise" };
    private readonly SharedOptions _shared = new();

    public Command Build()
    {
        _format.AcceptOnlyFromAmong("table", "json");
        _edition.AcceptOnlyFromAmong("enterprise", "community");
        var command = new Command("accounts", "Show who may do what: administrators, the mail services each account can use, and where its rights come from.");
        command.Arguments.Add(_file);
        command.Options.Add(_format);
        command.Options.Add(_edition);
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
        var server = ConfigurationReader.Read(text, options.Target);
        var places = new RunPlaces(file, text);
        if (server.Document.Problems is [var first, ..])
            terminal.Say(string.Create(CultureInfo.InvariantCulture, $"'{file.Path}': the server refuses to start on this file (line {first.Line}); the accounts are those that could be read."));
        else if (server.IsPlan && server.Refusals.FirstOrDefault(static refusal => refusal.Limitation is not null) is { } refusal)
            terminal.Say(string.Create(CultureInfo.InvariantCulture, $"'{file.Path}': {refusal.Limitation} ({places.LineAt(refusal.Span.Start)}); the accounts are those of the server as the plan leaves it."));

        var report = new AccountReport(server.ReadAccountRights(isCommunity: result.GetValue(_edition) == "community"), places);
        if (result.GetValue(_format) == "json")
            report.WriteJson(terminal.Output);
        else
            report.WriteTable(terminal.Output, new Style(terminal.UsesColour("auto")));
        return ExitCode.Success;
    }
}
