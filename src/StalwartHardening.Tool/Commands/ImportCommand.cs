using System.CommandLine;
using System.Text;
using StalwartHardening.Generations;
using StalwartHardening.Programs;
using StalwartHardening.Server;
using StalwartHardening.Settings;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Files;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Input;

namespace StalwartHardening.Tool.Commands;

/// <summary><c>import</c>: writes a configuration as a C# program.</summary>
internal sealed class ImportCommand(Terminal terminal)
{
    private const string Examples =
        """
        Examples:
          stalwart-harden import config.toml -o Program.cs
          stalwart-harden import config.toml
        """;

    private readonly Argument<string> _file = new("file") { Description = "The configuration of a server up to 0.15, in TOML, or - for standard input." };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "The file to write; a file that is there is not overwritten [default: standard output].", HelpName = "file" };
    private readonly Option<bool> _force = new("--force") { Description = "Overwrite the file that --output names." };

    public Command Build()
    {
        var command = new ExampleCommand("import", "Write a configuration as a C# program of the typed builders that writes the same settings; secrets become environment variables.", Examples);
        command.Arguments.Add(_file);
        command.Options.Add(_output);
        command.Options.Add(_force);
        command.SetAction(Execute);
        return command;
    }

    private int Execute(ParseResult result)
    {
        if (SingleFile.Read(result.GetValue(_file) ?? "", terminal, "import") is not var (file, text))
            return ExitCode.Unreadable;
        var server = ConfigurationReader.Read(text, new ReadingTarget(SettingsGeneration.Instance.Newest));
        if (server.IsPlan)
            return Unreadable(new InputProblem(file.Path, "it is a plan, and only TOML becomes a program so far") { Verb = "import" });
        if (server.Document.Problems is [var first, ..])
            return Unreadable(new InputProblem(file.Path, FormattableString.Invariant($"the server does not start on it (line {first.Line}); run 'stalwart-harden check' first")) { Verb = "import" });
        var secrets = new SecretMask(server.Document, text);
        var program = ImportedProgram.Of(server, file.Path, span => IsShown(secrets, span));
        if (result.GetValue(_output) is { } output and not "-")
        {
            if (File.Exists(output) && !result.GetValue(_force))
                throw new UsageException($"--output: '{Printable.Text(output)}' is there already; name another file, or say --force.");
            AtomicFile.Write(output, Encoding.UTF8.GetBytes(program.Text));
        }
        else
        {
            terminal.Output.Write(program.Text);
        }

        if (program.Variables.Count > 0)
            terminal.Say("the server now takes these secrets from its environment: " + string.Join(", ", program.Variables.Select(static variable => variable.Name)) + ".");
        foreach (var left in program.LeftOut)
            terminal.Say($"left out: {SecretText.Mask(left.Key)}: {SecretText.Mask(left.Reason)}");
        return ExitCode.Success;
    }

    private static bool IsShown(SecretMask secrets, SourceSpan comment)
    {
        for (var i = comment.Start; i < comment.End; i++)
        {
            if (secrets.HiddenUntil(i) > i)
                return false;
        }

        return true;
    }

    private int Unreadable(InputProblem problem)
    {
        terminal.Say(problem + ".");
        return ExitCode.Unreadable;
    }
}
