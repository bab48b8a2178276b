using System.CommandLine;
using StalwartHardening.Comparison;
using StalwartHardening.Generations;
using StalwartHardening.Server;
using StalwartHardening.Settings;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Input;
using StalwartHardening.Tool.Options;
using StalwartHardening.Tool.Output;

namespace StalwartHardening.Tool.Commands;

/// <summary><c>diff</c>: what differs between two configurations.</summary>
internal sealed class DiffCommand(Terminal terminal)
{
    private const string Examples =
        """
        Examples:
          stalwart-harden diff snapshot.ndjson plan.ndjson
          stalwart-harden diff plan.ndjson snapshot.ndjson --exit-code
          stalwart-harden diff config.toml plan.ndjson
          stalwart-harden diff old.toml - --exit-code opens
          stalwart-harden diff snapshot.ndjson roles.ndjson listeners.ndjson
        """;

    private readonly Argument<string> _old = new("old") { Description = "The configuration before: TOML, a plan or a snapshot, or - for standard input." };
    private readonly Argument<string[]> _new = new("new") { Description = "The configuration after, of any of these kinds. Several plans are one run: they are applied in this order.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> _format = new("--format", "-f") { Description = "Output format: text or json. Secrets are masked.", DefaultValueFactory = _ => "text" };
    private readonly Option<string?> _exitCode = new("--exit-code") { Description = "Exit with code 1 if anything differs (any), or if the new configuration opens something (opens), and with code 3 if the server refuses one of them.", Arity = ArgumentArity.ZeroOrOne, HelpName = "any|opens" };
    private readonly SharedOptions _shared = new();

    public Command Build()
    {
        _format.AcceptOnlyFromAmong("text", "json");
        _exitCode.AcceptOnlyFromAmong("any", "opens");
        var command = new ExampleCommand("diff", "Compare two configurations of any kind: settings that differ, what opens, what closes, and who may do more.", Examples);
        command.Arguments.Add(_old);
        command.Arguments.Add(_new);
        command.Options.Add(_format);
        command.Options.Add(_exitCode);
        _shared.AddTo(command);
        command.SetAction(Execute);
        return command;
    }

    private int Execute(ParseResult result)
    {
        var resolver = new OptionResolver(_shared.Read(result));
        if (result.GetValue(_old) == InputFile.StandardInputArgument && (result.GetValue(_new) ?? []).Contains(InputFile.StandardInputArgument))
            throw new UsageException("only one of the two can come from standard input.");
        if (Read([result.GetValue(_old) ?? ""], resolver) is not var (oldFile, old) || Read(result.GetValue(_new) ?? [], resolver) is not var (newFile, current))
            return ExitCode.Unreadable;
        var difference = ConfigurationDifference.Between(old, current);
        var isWhole = IsWhole(oldFile, difference.Old, old) & IsWhole(newFile, difference.Current, current);
        if (result.GetValue(_format) == "json")
            DifferenceReport.WriteJson(difference, terminal.Output);
        else
            DifferenceReport.WriteText(difference, terminal.Output, new Style(terminal.UsesColour("auto")));
        if (result.GetResult(_exitCode) is null)
            return ExitCode.Success;
        // Nobody asked for the server that a refused plan leaves: that it opens nothing says nothing of the plan once it is repaired.
        if (!isWhole)
            return ExitCode.Unreadable;
        return (result.GetValue(_exitCode) == "opens" ? difference.OpensSomething : !difference.IsEmpty) ? ExitCode.Findings : ExitCode.Success;
    }

    private (SingleFile.ReadFile File, ServerConfiguration Server)? Read(string[] arguments, OptionResolver resolver)
    {
        if (SingleFile.Read(arguments, terminal, "compare") is not { } read)
            return null;
        var server = ConfigurationReader.Read(read.Text, resolver.For(read.File.FullPath, read.File.IsRun).Hardening.Judgement.Target);

        // The file that a failed command left behind would differ in everything, and open nothing.
        var reason = string.IsNullOrWhiteSpace(read.Text) ? "it is empty" : Generation.For(server.Document.Version).FindWhyNoConfiguration(server.Document);
        if (reason is not null)
        {
            terminal.Say(new InputProblem(read.File.Path, reason) { Verb = "compare" } + ".");
            return null;
        }

        return (read, server);
    }

    // What a plan does is known only once it has run where it is compared: on the server that a snapshot describes it may do what it cannot do on an empty one.
    private bool IsWhole(SingleFile.ReadFile read, ServerConfiguration compared, ServerConfiguration server)
    {
        var secrets = new SecretMask(server.Document, read.Text);
        if (server.Document.Problems is [var first, ..])
            Say("the server refuses to start on this file", FormattableString.Invariant($"line {first.Line}"), first.Message, first.Span, "what could be read is compared");
        else if (server.IsPlan && compared.Refusals.FirstOrDefault(static refusal => refusal.Limitation is not null) is { } refusal)
            Say(refusal.Limitation!, new RunPlaces(read.File, read.Text).LineAt(refusal.Span.Start), refusal.Message, refusal.Span, refusal.Kind == RefusalKind.Unread ? "what could be read is compared" : "the server as the plan leaves it is compared");
        else
            return true;
        return false;

        void Say(string what, string line, string reason, SourceSpan about, string consequence) =>
            terminal.Say(FormattableString.Invariant($"'{read.File.Path}': {what} ({line}: {secrets.InMessage(reason, about).TrimEnd('.')}); {consequence}."));
    }
}
