using StalwartHardening.Generations;
using StalwartHardening.Server.Exposure;
using StalwartHardening.Settings;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Files;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Input;

namespace StalwartHardening.Tool.Fixing;

/// <summary>Fixes files in their order; what is to be done is found out for many of them at once.</summary>
internal sealed class FixRun(Terminal terminal, FileFixer fixer)
{
    // Enough to keep all processors busy while one file after the other is written.
    private const int Batch = 64;
    private readonly List<InputProblem> _problems = [];
    private readonly HashSet<string> _seen = new(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
    private readonly HashSet<string> _cleared = new(StringComparer.Ordinal);
    private bool _hasHidden;
    private int _judged;
    private int _unfixed;
    private int _refused;

    /// <summary>Whether files are changed; else the differences are printed.</summary>
    public bool Writes { get; init; }

    /// <summary>Whether a person is asked about what may cut off somebody.</summary>
    public bool Asks { get; init; }

    /// <summary>Whether the last way to administer a server may be taken.</summary>
    public bool AllowsLockout { get; init; }

    /// <summary>Whether nothing is said but what is left, a line each.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>Whether what is left does not show in the exit code.</summary>
    public bool IsExitZero { get; init; }

    /// <summary>Whether old texts are kept.</summary>
    public bool KeepsBackups { get; init; }

    /// <summary>Whether secrets are printed.</summary>
    public bool ShowsSecrets { get; init; }

    /// <summary>Colours.</summary>
    public required Style Style { get; init; }

    /// <summary>Fixes what was found and gives the exit code.</summary>
    public int Execute(IReadOnlyList<InputFile> files, IReadOnlyList<InputProblem> problems, IReadOnlyList<string> arguments)
    {
        _problems.AddRange(problems);
        var isFilter = files is [{ IsStandardInput: true }] && Writes;
        // Standard output holds differences or the fixed text, and then nothing else.
        var report = new FixReport(Writes && !isFilter ? terminal.Output : terminal.Error, (Writes && !isFilter) || terminal.IsErrorInteractive ? Style : new Style(false), Writes) { IsQuiet = IsQuiet };
        using var interruption = new Interruption(terminal);
        using var dialog = Asks ? new ReviewDialog(terminal, Style, ShowsSecrets, AllowsLockout) : null;
        for (var start = 0; start < files.Count; start += Batch)
        {
            foreach (var plan in Plans(files, start))
                HandleSafely(plan, dialog, report);
        }

        if (files.Count > 0 && _judged == 0 && _problems.Count == 0)
            _problems.Add(new InputProblem(string.Join(' ', arguments), "none of the files looks like a Stalwart configuration; name a file to fix it anyway"));
        terminal.Output.Flush();
        report.End();
        terminal.Output.Flush();
        if (_hasHidden)
            terminal.Say("the diff hides secrets and cannot be applied; use --show-secrets to print it in full, or --write to apply it.");
        foreach (var problem in _problems)
            terminal.Say(problem + ".");
        if (_problems.Count > 0)
            return ExitCode.Unreadable;
        if (_refused > 0 && Writes)
            return ExitCode.Lockout;
        return !IsExitZero && (report.Left > 0 || _unfixed > 0) ? ExitCode.Findings : ExitCode.Success;
    }

    private FixPlan[] Plans(IReadOnlyList<InputFile> files, int start)
    {
        var plans = new FixPlan[Math.Min(Batch, files.Count - start)];
        if (plans.Length == 1)
        {
            plans[0] = Plan(files[start]);
            return plans;
        }

        try
        {
            Parallel.For(0, plans.Length, index => plans[index] = Plan(files[start + index]));
        }
        catch (AggregateException e)
        {
            throw e.InnerExceptions.OfType<UsageException>().OrderBy(inner => inner.Message, StringComparer.Ordinal).FirstOrDefault() ?? e.InnerExceptions[0];
        }

        return plans;
    }

    private FixPlan Plan(InputFile file) => LastResort.Try(() => fixer.Plan(file), problem => FixPlan.Failed(file, problem), file);

    private void HandleSafely(FixPlan plan, ReviewDialog? dialog, FixReport report)
    {
        var file = plan.Before.File;
        if (LastResort.Try(() => Handle(dialog is null || plan.Before.Problem is not null ? plan : fixer.Review(plan, dialog.Ask), report), file) is { } failure)
            _problems.Add(failure with { Verb = "fix" });
    }

    private void Handle(FixPlan plan, FixReport report)
    {
        var file = plan.Before.File;
        if (plan.Before.Problem is { } unreadable)
        {
            _problems.Add(unreadable);
            return;
        }

        if (plan.Before.IsForeign)
            return;
        _judged++;
        if (plan.IsUndecodable)
            terminal.Say($"'{Printable.Text(file.Path)}' is not valid UTF-8 and was not changed: writing it would lose the bytes that cannot be read.");
        if (plan.IsPart)
            terminal.Say($"'{Printable.Text(file.Path)}' has more findings than are fixed in one run; {(plan.IsChange ? "run the command again to continue" : "name rules (--only) to have those fixed")}.");
        if (plan.IsChange && !Announce(plan, report))
            return;
        if (file.IsStandardInput)
        {
            Filter(plan, report);
            return;
        }

        // Nobody writes half a run: each of its files can be written, or none is.
        var parts = plan.Parts();
        foreach (var part in parts)
        {
            if (Writes)
                ClearLeftovers(part.Before.File);
            if (part.IsChange && TargetFile.Find(part.Before.File, out var problem) is null)
            {
                Refuse(part, report, problem ?? "it cannot be written");
                return;
            }
        }

        var written = new List<FixPlan>(parts.Count);
        foreach (var part in parts)
        {
            if (!part.IsChange)
                report.Add(part.Before, part.After, isChanged: false);
            else if (Change(part, report))
                written.Add(part);
        }

        // What is on the disk is judged, not what was meant to be there.
        if (written.Count == 0)
            return;
        var now = fixer.Judge(file);
        if (now.Problem is { } gone)
        {
            _problems.Add(gone);
            return;
        }

        var reports = RunReport.Split(now);
        foreach (var part in written)
            report.Add(part.Before, reports.First(after => after.File == part.Before.File), isChanged: true);
        terminal.Output.Flush();
    }

    // Whether the file was written.
    private bool Change(FixPlan plan, FixReport report)
    {
        var file = plan.Before.File;
        var target = TargetFile.Find(file, out var problem);
        if (target is null)
        {
            Refuse(plan, report, problem ?? "it cannot be written");
            return false;
        }

        // The same file under two names that a directory's link gives it.
        if (!_seen.Add(target.Path))
            return false;
        if (!Writes)
        {
            Print(plan, target.Path == file.FullPath ? file.Path : Shown(target.Path));
            report.Add(plan.Before, plan.After, isChanged: true);
            _unfixed += plan.Before.Findings.Count;
            return false;
        }

        var result = target.Replace(plan.OldText, plan.NewText, KeepsBackups);
        if (result.Problem is { } refused)
        {
            Refuse(plan, report, refused);
            return false;
        }

        if (!result.KeepsOwner)
            terminal.Say($"'{Printable.Text(file.Path)}' now belongs to you: the system does not let you return it to its owner.");
        return true;
    }

    // Says whom the change leaves in, and whether it may be made.
    private bool Announce(FixPlan plan, FixReport report)
    {
        if (plan is not { Before.Server: { } server, NewText: { } text })
            return true;
        var path = plan.Before.File.Path;
        var after = AccessStatement.From(ConfigurationReader.Read(text, plan.Before.Options.Target)).Write();
        if (after != AccessStatement.From(server).Write())
            report.Announce(path, after);
        if (plan.Loss == AdministrationLoss.None || AllowsLockout)
            return true;
        _refused++;
        foreach (var (proposal, loss) in fixer.LockoutsOf(plan.Before))
            terminal.Say(System.FormattableString.Invariant($"{Printable.Text(path)}:{proposal.Finding.Start.Line}:{proposal.Finding.Start.Column}: the fix for {proposal.Finding.Rule.Id}, \"{proposal.Title}\", takes {Lockout.Describe(loss)}."));
        terminal.Say($"'{Printable.Text(path)}': the fixes take {Lockout.Describe(plan.Loss)}{(Writes ? ", and nothing was written" : "; --write will refuse them")}. {Advice(plan.Loss)}, leave those fixes out (--keep-access), or apply them anyway (--allow-lockout).");
        if (!Writes)
            return true;
        // The text that is meant to be fixed goes through as it is, or the next program in the pipe reads nothing.
        if (plan.Before.File.IsStandardInput)
            terminal.Output.Write(plan.OldText);
        report.Add(plan.Before, plan.Before, isChanged: false);
        return false;
    }

    private static string Advice(AdministrationLoss loss)
    {
        var advice = new List<string>(2);
        if (loss.HasFlag(AdministrationLoss.Entrance))
            advice.Add("name the network you administer from (--admin-from 10.0.0.0/8)");
        if (loss.HasFlag(AdministrationLoss.Administrator))
            advice.Add("create an administrator in the directory first");
        var text = string.Join(" and ", advice);
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    // What a killed run has left lies where it would have written.
    private void ClearLeftovers(InputFile file)
    {
        if (Path.GetDirectoryName(file.FullPath) is { } directory && _cleared.Add(directory))
            TemporaryFile.ClearLeftovers(directory);
        if (TargetFile.Find(file, out _) is { } target && Path.GetDirectoryName(target.Path) is { } real && _cleared.Add(real))
            TemporaryFile.ClearLeftovers(real);
    }

    private void Filter(FixPlan plan, FixReport report)
    {
        if (Writes)
            terminal.Output.Write(plan.NewText);
        else
            Print(plan, plan.Before.File.Path);
        terminal.Output.Flush();
        report.Add(plan.Before, plan.After, plan.IsChange);
        _unfixed += Writes ? 0 : plan.Before.Findings.Count;
    }

    private void Refuse(FixPlan plan, FixReport report, string problem)
    {
        _problems.Add(new InputProblem(plan.Before.File.Path, problem) { Verb = "fix" });
        report.Add(plan.Before, plan.Before, isChanged: false);
    }

    private void Print(FixPlan plan, string path)
    {
        if (!plan.IsChange)
            return;
        var version = plan.Before.Server?.Version ?? ServerVersion.Newest;
        var diff = new UnifiedDiff(Style, terminal.IsInteractive);
        terminal.Output.Write(diff.Of(path, ShownText.Create(plan.OldText, version, ShowsSecrets), ShownText.Create(plan.NewText, version, ShowsSecrets)));
        _hasHidden |= diff.HasHidden;
    }

    // A link's target: patch and git do not write through links.
    private static string Shown(string path)
    {
        var directory = RealPath.Of(Environment.CurrentDirectory);
        return (RealPath.IsBelow(path, directory) ? Path.GetRelativePath(directory, path) : path).Replace('\\', '/');
    }
}
