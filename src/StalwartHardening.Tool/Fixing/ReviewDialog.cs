using System.Text;
using Spectre.Console;
using StalwartHardening.Edits;
using StalwartHardening.Remedies;
using StalwartHardening.Rules;
using StalwartHardening.Server.Exposure;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Options;
using Style = StalwartHardening.Tool.Formatting.Style;

namespace StalwartHardening.Tool.Fixing;

/// <summary>Asks a person about fixes that may cut somebody off: with a menu on a terminal, with lines of <c>y</c>, <c>n</c> or <c>q</c> elsewhere.</summary>
internal sealed class ReviewDialog(Terminal terminal, Style style, bool showsSecrets, bool allowsLockout) : IDisposable
{
    private const string Yes = "Apply it";
    private const string No = "Leave it";
    private const string Quit = "Leave it and all others";
    // The last two because the prompt throws without them: on a dumb terminal, with messages in a file, in most CI systems.
    private readonly bool _hasMenu = terminal.IsInteractive && !Console.IsInputRedirected && AnsiConsole.Profile.Capabilities is { Interactive: true, Ansi: true };
    private StreamReader? _answers;
    private bool _hasEnded;

    /// <summary>Shows <paramref name="proposal"/> and waits for an answer. Nobody there means no.</summary>
    public Answer Ask(Proposal proposal)
    {
        if (_hasEnded)
            return Answer.Stop;
        var answer = Show(proposal);
        _hasEnded |= answer == Answer.Stop;
        return answer;
    }

    /// <inheritdoc/>
    public void Dispose() => _answers?.Dispose();

    private Answer Show(Proposal proposal)
    {
        var (report, finding) = (proposal.Report, proposal.Finding);
        var output = terminal.Output;
        output.Write($"{Printable.Text(new RunPlaces(report.File, report.Text).PartAt(finding.Span.Start).File.Path)}:{finding.Start.Line}:{finding.Start.Column}: {style.Of(finding.Severity)}{Severities.Name(finding.Severity)}[{finding.Rule.Id}]{style.End}: {Printable.Text(finding.Message)}\n");
        output.Write($"  {style.Bold}{Printable.Text(proposal.Title)}{style.End}\n");
        if (Lockout.Of(report, proposal) is not AdministrationLoss.None and var loss)
        {
            output.Write($"  This takes {Lockout.Describe(loss)}{(allowsLockout ? "" : ", so it is left out; --allow-lockout offers it")}.\n");
            if (!allowsLockout)
                return Answer.Skip;
        }

        if (report.File.IsRun)
            ShowRun(output, proposal);
        else
            output.Write(new UnifiedDiff(style, isForScreen: true).Of(report.File.Path, new ShownText(report.Text, showsSecrets ? null : report.Secrets), After(proposal)));
        output.Flush();
        return _hasMenu ? Menu() : Line();
    }

    // The difference in each file of a run that is changed.
    private void ShowRun(TextWriter output, Proposal proposal)
    {
        var (report, version) = (proposal.Report, proposal.Report.Server!.Version);
        var changed = TextChange.Apply(report.Text, proposal.Changes);
        var after = new RunPlaces(report.File, changed).Parts;
        var index = 0;
        foreach (var before in new RunPlaces(report.File, report.Text).Parts)
        {
            var now = after[index++];
            output.Write(new UnifiedDiff(style, isForScreen: true).Of(before.File.Path, ShownText.Create(report.Text[before.Start..before.End], version, showsSecrets), ShownText.Create(changed[now.Start..now.End], version, showsSecrets)));
        }
    }

    private ShownText After(Proposal proposal)
    {
        var text = TextChange.Apply(proposal.Report.Text, proposal.Changes);
        return ShownText.Create(text, proposal.Report.Server!.Version, showsSecrets);
    }

    private static Answer Menu()
    {
        var choice = AnsiConsole.Console.Prompt(new SelectionPrompt<string>().AddChoices(Yes, No, Quit));
        return choice switch
        {
            Yes => Answer.Apply,
            No => Answer.Skip,
            _ => Answer.Stop,
        };
    }

    private Answer Line()
    {
        while (true)
        {
            terminal.Output.Write("Apply it? [y]es, [n]o, [q]uit: ");
            terminal.Output.Flush();
            _answers ??= StandardStreams.OpenInput() is { } input ? new StreamReader(input, Encoding.UTF8) : StreamReader.Null;
            var line = _answers.ReadLine();
            terminal.Output.Write('\n');
            switch (line?.Trim().ToLowerInvariant())
            {
                case "y" or "yes":
                    return Answer.Apply;
                case "n" or "no":
                    return Answer.Skip;
                case "q" or "quit" or null:
                    return Answer.Stop;
            }
        }
    }
}
