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
          stalwart-harden import plan.ndjson -o MailServer.cs
          stalwart-cli snapshot | stalwart-harden import - -o Program.cs
        """;

    private readonly Argument<string> _file = new("file") { Description = "A configuration in TOML (servers up to 0.15), a plan or a snapshot (servers from 0.16 on), or - for standard input." };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "The file to write; an existing file is not overwritten [default: standard output].", HelpName = "file" };
    private readonly Option<bool> _force = new("--force") { Description = "Overwrite the file that --output names." };

    public Command Build()
    {
        var command = new ExampleCommand("import", "Convert a configuration to a C# program that writes it: TOML with the typed builders, a plan or a snapshot with typed objects. Secrets become environment variables.", Examples);
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
        var secrets = new SecretMask(server.Document, text);

        // What a snapshot that failed leaves behind must not take the place of the program.
        var obstacle = string.IsNullOrWhiteSpace(text) ? "it is empty" : ImportedProgram.FindObstacle(server);
        if (obstacle is not null)
            return Unreadable(new InputProblem(file.Path, secrets.InMessage(obstacle, new SourceSpan(0, text.Length))) { Verb = "import" });
        var program = ImportedProgram.From(server, file.Path, span => IsShown(secrets, span));
        if (result.GetValue(_output) is { } output and not "-")
        {
            if (File.Exists(output) && !result.GetValue(_force))
                throw new UsageException($"--output: '{Printable.Text(output)}' already exists; name another file, or use --force.");
            AtomicFile.Write(output, Encoding.UTF8.GetBytes(program.Text));
        }
        else
        {
            terminal.Output.Write(program.Text);
        }

        SayVariables("the server now takes these secrets from its environment: ", program.Variables.Where(static variable => !variable.IsReadByProgram));
        SayVariables("the program takes these secrets from its environment: ", program.Variables.Where(static variable => variable.IsReadByProgram));
        if (program.Verbatim.Count > 0)
            terminal.Say((program.Verbatim.Count == 1 ? "written as JSON, because typed objects cannot express it: line " : "written as JSON, because typed objects cannot express them: lines ") + string.Join(", ", program.Verbatim) + ".");
        foreach (var left in program.LeftOut)
            terminal.Say($"left out: {SecretText.Mask(left.Key)}{(left.Domain is { } domain ? " of " + domain : "")}: {SecretText.Mask(left.Reason)}");
        return ExitCode.Success;
    }

    private void SayVariables(string sentence, IEnumerable<ProgramVariable> variables)
    {
        var names = string.Join(", ", variables.Select(static variable => variable.Name));
        if (names.Length > 0)
            terminal.Say(sentence + names + ".");
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
