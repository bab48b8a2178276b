using System.CommandLine;
using System.Text;
using StalwartHardening.Generations;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Server.Exposure;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Exposure;
using StalwartHardening.Tool.Files;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Input;
using StalwartHardening.Tool.Options;

namespace StalwartHardening.Tool.Commands;

/// <summary><c>exposure</c>: one picture of what a server offers, and to whom.</summary>
internal sealed class ExposureCommand(Terminal terminal)
{
    private static readonly string[] Formats = ["text", "html", "svg", "md", "mmd", "json"];

    private readonly Argument<string[]> _file = ConfigurationArgument.Create();
    private readonly Option<string?> _output = new("--output", "-o") { Description = "Output file; its extension selects the format: .html, .svg, .md, .mmd (Mermaid), .json, .txt.", HelpName = "file" };
    private readonly Option<string?> _format = new("--format", "-f") { Description = "Output format: text, html, svg, md, mmd, json [default: by the extension of --output, otherwise text].", HelpName = "format" };
    private readonly Option<string?> _diff = new("--diff") { Description = "The configuration before a change: also show what the change opens and closes.", HelpName = "old file" };
    private readonly Option<bool> _exitCode = new("--exit-code") { Description = "With --diff: exit with code 1 if the change opens something." };
    private readonly SharedOptions _shared = new();

    public Command Build()
    {
        _format.AcceptOnlyFromAmong(Formats);
        var command = new Command("exposure", "Draw an exposure map: listeners, encryption, logins, HTTP endpoints and administrators, and who can reach them.");
        command.Arguments.Add(_file);
        foreach (var option in (Option[])[_output, _format, _diff, _exitCode])
            command.Options.Add(option);
        _shared.AddTo(command);
        command.SetAction((result) => Execute(result, CancellationToken.None));
        return command;
    }

    private int Execute(ParseResult result, CancellationToken cancellationToken)
    {
        var output = result.GetValue(_output);
        var format = result.GetValue(_format) ?? FormatOf(output);
        if (result.GetValue(_exitCode) && result.GetValue(_diff) is null)
            throw new UsageException("--exit-code needs --diff: the configuration before the change.");
        var resolver = new OptionResolver(_shared.Read(result));
        if (Read(result.GetValue(_file) ?? [], resolver, cancellationToken) is not { } drawn)
            return ExitCode.Unreadable;
        ExposureDifference? difference = null;
        if (result.GetValue(_diff) is { } before)
        {
            if (Read([before], resolver, cancellationToken) is not { } old)
                return ExitCode.Unreadable;
            difference = ExposureDifference.Between(old.Map, drawn.Map);
        }

        var picture = ExposurePicture.Create(drawn.Map, drawn.Server, drawn.Server.Document.Text ?? "", drawn.File, Findings(drawn.Server, drawn.Options, cancellationToken), difference);
        if (output is null or "-")
            Write(picture, format, terminal.Output, new Style(terminal.UsesColour("auto")));
        else
            Write(picture, format, output, drawn.File);
        return result.GetValue(_exitCode) && difference is { Opened.Count: > 0 } ? ExitCode.Findings : ExitCode.Success;
    }

    private (InputFile File, ServerConfiguration Server, HardeningOptions Options, ExposureMap Map)? Read(string[] arguments, OptionResolver resolver, CancellationToken cancellationToken)
    {
        if (SingleFile.Read(arguments, terminal) is not var (file, text))
            return null;
        var options = resolver.For(file.FullPath, file.IsRun).Hardening;
        var server = ConfigurationReader.Read(text, options.Judgement.Target, cancellationToken);
        if (server.Document.Problems is [var first, ..])
            terminal.Say($"'{file.Path}': the server refuses to start on this file (line {first.Line}); the map shows what could be read.");
        else if (server.IsPlan && server.Refusals.FirstOrDefault(static refusal => refusal.Limitation is not null) is { } refusal)
            terminal.Say(System.FormattableString.Invariant($"'{file.Path}': {refusal.Limitation} ({new RunPlaces(file, text).LineAt(refusal.Span.Start)}); the map shows the server as the plan leaves it."));
        return (file, server, options, ExposureMap.From(server, cancellationToken));
    }

    private static IEnumerable<(Finding, RuleSeverity)> Findings(ServerConfiguration server, HardeningOptions options, CancellationToken cancellationToken)
    {
        foreach (var finding in ConfigurationJudge.Judge(server, options.Judgement, cancellationToken))
        {
            var severity = options.SeverityOf(finding);
            if (severity != RuleSeverity.None)
                yield return (finding, severity);
        }
    }

    private static string FormatOf(string? output) => output is null or "-" ? "text" : Path.GetExtension(output).ToLowerInvariant() switch
    {
        ".html" or ".htm" => "html",
        ".svg" => "svg",
        ".md" or ".markdown" => "md",
        ".mmd" or ".mermaid" => "mmd",
        ".json" => "json",
        ".txt" => "text",
        var other => throw new UsageException($"--output: unsupported output type '{Printable.Text(other)}'; use .html, .svg, .md, .mmd, .json or .txt, or name it with --format."),
    };

    private static void Write(ExposurePicture picture, string format, TextWriter output, Style style)
    {
        if (format == "text")
            TextExposure.Write(picture, output, style);
        else
            output.Write(Draw(picture, format));
    }

    private static void Write(ExposurePicture picture, string format, string path, InputFile source)
    {
        if ((source.IsRun ? source.Parts : [source]).Any(file => file.FullPath == Path.GetFullPath(path)))
            throw new UsageException($"--output: '{Printable.Text(path)}' is the configuration itself and was not changed.");
        using var text = new StringWriter { NewLine = "\n" };
        Write(picture, format, text, new Style(isColoured: false));
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static string Draw(ExposurePicture picture, string format) => format switch
    {
        "html" => HtmlExposure.Write(picture),
        "svg" => SvgExposure.Write(picture),
        "md" => MarkdownExposure.Write(picture),
        "json" => JsonExposure.Write(picture),
        _ => MermaidExposure.Write(picture),
    };
}
