using System.CommandLine;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Files;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Input;
using StalwartHardening.Tool.Options;
using StalwartHardening.Tool.Output;

namespace StalwartHardening.Tool.Commands;

/// <summary><c>check</c>: judges configurations.</summary>
internal sealed class CheckCommand
{
    private const int ProgressFrom = 50;

    private readonly Argument<string[]> _paths = new("paths")
    {
        Description = "Files, directories (their *.toml, *.ndjson and *.json files that look like a Stalwart configuration), globs, or - for standard input [default: .]. In .env and YAML files, when named, the environment variables are checked.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _format = new("--format", "-f")
    {
        Description = "Output format.",
        DefaultValueFactory = _ => "text",
    };

    private readonly Option<string?> _output = new("--output", "-o") { Description = "Write to this file instead of standard output.", HelpName = "file" };
    private readonly Option<string?> _writeBaseline = new("--write-baseline") { Description = "Write all findings to a baseline and report nothing.", HelpName = "file" };
    private readonly Option<string?> _standardInputName = new("--stdin-name") { Description = "The path that stands for standard input in messages and when option files are looked up.", HelpName = "path" };
    private readonly Option<string> _colour = new("--color") { Description = "When to use colours.", DefaultValueFactory = _ => "auto" };
    private readonly Option<bool> _statistics = new("--statistics") { Description = "Print the number of findings per rule instead of the findings." };
    private readonly Option<bool> _oneRun = OneRun.Option();
    private readonly SelectionOptions _selection = new();
    private readonly Terminal _terminal;

    public CheckCommand(Terminal terminal)
    {
        _terminal = terminal;
        _format.AcceptOnlyFromAmong("text", "json", "sarif", "github", "gitlab", "junit");
        _colour.AcceptOnlyFromAmong("auto", "always", "never");
    }

    public Command Build()
    {
        var command = new Command("check", "Find what is open, unencrypted or without effect in configurations.");
        command.Arguments.Add(_paths);
        foreach (var option in (Option[])[_format, _output, .. _selection.Own, _oneRun, _statistics, _writeBaseline, _standardInputName, _colour])
            command.Options.Add(option);
        _selection.AddSharedTo(command);
        command.SetAction(Execute);
        return command;
    }

    private int Execute(ParseResult result)
    {
        var options = _selection.Read(result);
        var newBaseline = result.GetValue(_writeBaseline);
        if (result.GetValue(_statistics) && result.GetResult(_format) is { Implicit: false } && result.GetValue(_format) != "text")
            throw new UsageException("--statistics and --format cannot be combined: statistics are text.");
        if (newBaseline is not null && options.Only is not null)
            throw new UsageException("--write-baseline and --only cannot be combined: the findings of all other rules would be missing from the baseline.");

        var search = new InputSearch(Environment.CurrentDirectory);
        var arguments = result.GetValue(_paths) is { Length: > 0 } paths ? paths : ["."];
        foreach (var path in arguments)
        {
            search.Add(path, result.GetValue(_standardInputName));
        }

        var files = OneRun.Files(search, result.GetValue(_oneRun));
        var resolver = new OptionResolver(options);
        var reports = new List<FileReport>();
        var format = newBaseline is null ? Format(result) : new SilentFormat();
        var run = new CheckRun(new FileJudge(resolver) { IgnoresBaselines = newBaseline is not null, KeepsServer = format.NeedsServer }, format)
        {
            Reported = newBaseline is null ? null : reports.Add,
        };
        foreach (var problem in search.Problems)
            run.Summary.Problems.Add(new InputProblemLine(problem.Path, problem.Message));

        if (result.GetValue(_output) is { } file and not "-" && newBaseline is null)
        {
            using var buffer = new StringWriter();
            Judge(run, format, files, buffer);
            AtomicFile.Write(file, System.Text.Encoding.UTF8.GetBytes(buffer.ToString()));
        }
        else
        {
            Judge(run, format, files, _terminal.Output);
        }

        if (search.Files.Count > 0 && run.Summary.Files == 0 && run.Summary.Problems.Count == 0)
            run.Summary.Problems.Add(new InputProblemLine(string.Join(' ', arguments), "none of the files looks like a Stalwart configuration; name a file to check it anyway" + search.Skipped()));
        _terminal.Output.Flush();
        foreach (var problem in run.Summary.Problems)
            _terminal.Say(new InputProblem(problem.Path, problem.Message) + ".");
        foreach (var note in run.Summary.Notes)
            _terminal.Say(note);
        if (options.Only is null)
        {
            foreach (var unused in resolver.UnusedIgnores())
                _terminal.Say(unused.WhatIsUnused());
        }

        if (run.Summary.Problems.Count > 0)
            return ExitCode.Unreadable;
        if (newBaseline is null)
            return run.Summary.Findings > 0 && !_selection.IsExitZero(result) ? ExitCode.Findings : ExitCode.Success;

        if (newBaseline == "-")
        {
            _terminal.Output.Write(System.Text.Encoding.UTF8.GetString(Baseline.Text(reports, Environment.CurrentDirectory, out _)));
            return ExitCode.Success;
        }

        var count = Baseline.Write(newBaseline, reports);
        _terminal.Say(FormattableString.Invariant($"{count} findings written to the baseline '{newBaseline}'."));
        return ExitCode.Success;
    }

    private void Judge(CheckRun run, ReportFormat format, IReadOnlyList<InputFile> files, TextWriter output)
    {
        format.Begin(output);
        if (_terminal.IsErrorInteractive && files.Count >= ProgressFrom)
            ProgressBar.Show(run, files, output);
        else
            run.Execute(files, output);
        format.End(output, run.Summary);
    }

    private ReportFormat Format(ParseResult result) => result.GetValue(_format) switch
    {
        "json" => new JsonFormat(),
        "sarif" => new SarifFormat(),
        "github" => new GitHubFormat(),
        "gitlab" => new GitLabFormat(),
        "junit" => new JUnitFormat(),
        _ => TextFormat(result, isFile: result.GetValue(_output) is not null and not "-"),
    };

    private ReportFormat TextFormat(ParseResult result, bool isFile)
    {
        var colour = result.GetValue(_colour) ?? "auto";
        var style = new Style(isFile ? colour == "always" : _terminal.UsesColour(colour));
        if (result.GetValue(_statistics))
            return new StatisticsFormat(style);
        if (_selection.IsQuiet(result))
            return new LineFormat(style);
        return new TextFormat(style, isFile ? 0 : _terminal.Width) { NextCommand = summary => NextCommand(result, summary) };
    }

    // What was typed, with another command; what cannot be asked about on a terminal is shown as a difference.
    private string? NextCommand(ParseResult result, Summary summary)
    {
        var words = new List<string> { "stalwart-harden", "fix" };
        var isInput = false;
        foreach (var token in result.Tokens.Skip(1))
        {
            isInput |= token.Value == "-";
            words.Add(Shell.Quoted(token.Value));
        }

        foreach (var option in (Option[])[_format, _output, _statistics, _writeBaseline])
        {
            if (result.GetResult(option) is { Implicit: false })
                return "stalwart-harden fix --help";
        }

        if (!isInput)
            words.Add(summary.ReviewFixes > 0 ? "--review" : "--write");
        return string.Join(' ', words);
    }

    private sealed class SilentFormat : ReportFormat
    {
        public override string Render(FileReport report) => "";
    }
}
