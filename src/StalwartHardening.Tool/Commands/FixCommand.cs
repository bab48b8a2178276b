using System.CommandLine;
using StalwartHardening.Generations;
using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Fixing;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Input;
using StalwartHardening.Tool.Options;

namespace StalwartHardening.Tool.Commands;

/// <summary><c>fix</c>: repairs configurations.</summary>
internal sealed class FixCommand
{
    private readonly Argument<string[]> _paths = new("paths")
    {
        Description = "Files, directories (their *.toml, *.ndjson and *.json files that look like a Stalwart configuration), globs, or - for standard input [default: .].",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<bool> _write = new("--write") { Description = "Change the files. By default only a diff is printed, for 'patch -p0' or 'git apply -p0'. With - the fixed text goes to standard output." };
    private readonly Option<bool> _all = new("--all") { Description = "Also apply fixes that may cut off clients or administrators. By default only fixes after which nobody loses legitimate access are applied." };
    private readonly Option<bool> _review = new("--review") { Description = "Ask before each fix that may cut somebody off, then write the accepted fixes and the safe ones. Without a terminal, answers (y, n or q) are read one per line." };
    private readonly Option<bool> _allowLockout = new("--allow-lockout") { Description = "Also apply fixes that remove the last way to administer the server. By default, nothing is written to a file where that would happen." };
    private readonly Option<bool> _keepAccess = new("--keep-access") { Description = "Skip the fixes that remove the last way to administer the server, and apply the others." };
    private readonly Option<bool> _backup = new("--backup") { Description = "Keep the old text in a new file next to it: .bak, then .bak.1, and so on." };
    private readonly Option<bool> _showSecrets = new("--show-secrets") { Description = "Print passwords and keys in full. By default they appear as " + SecretKeys.Placeholder + ", and a diff that contains one cannot be applied." };
    private readonly Option<string?> _standardInputName = new("--stdin-name") { Description = "The path that stands for standard input in messages and when option files are looked up.", HelpName = "path" };
    private readonly Option<string> _colour = new("--color") { Description = "When to use colours.", DefaultValueFactory = _ => "auto" };
    private readonly Option<bool> _oneRun = OneRun.Option();
    private readonly SelectionOptions _selection = new();
    private readonly Terminal _terminal;

    public FixCommand(Terminal terminal)
    {
        _terminal = terminal;
        _colour.AcceptOnlyFromAmong("auto", "always", "never");
    }

    public Command Build()
    {
        var command = new Command("fix", "Fix findings: print the changes, or write them.");
        command.Arguments.Add(_paths);
        foreach (var option in (Option[])[_write, _all, _review, _allowLockout, _keepAccess, _backup, _showSecrets, .. _selection.Own, _oneRun, _standardInputName, _colour])
            command.Options.Add(option);
        _selection.AddSharedTo(command);
        command.SetAction(Execute);
        return command;
    }

    private int Execute(ParseResult result)
    {
        var resolver = new OptionResolver(_selection.Read(result));
        var isReview = result.GetValue(_review);
        var isAll = result.GetValue(_all);
        if (isReview && isAll)
            throw new UsageException("--review and --all cannot be combined: --review asks about the fixes that --all applies without asking.");
        if (result.GetValue(_allowLockout) && result.GetValue(_keepAccess))
            throw new UsageException("--allow-lockout and --keep-access cannot be combined: one applies the fixes that the other skips.");
        if (result.GetValue(_backup) && !isReview && !result.GetValue(_write))
            throw new UsageException("--backup requires --write or --review: without them nothing is changed.");

        var search = new InputSearch(Environment.CurrentDirectory);
        var arguments = result.GetValue(_paths) is { Length: > 0 } paths ? paths : ["."];
        foreach (var path in arguments)
        {
            search.Add(path, result.GetValue(_standardInputName));
        }

        var files = OneRun.Files(search, result.GetValue(_oneRun));
        var hasStandardInput = search.Files.Any(file => file.IsStandardInput);
        if (hasStandardInput && isReview)
            throw new UsageException("--review and - cannot be combined: standard input cannot hold the configuration and the answers.");
        if (hasStandardInput && result.GetValue(_write) && (search.Files.Count > 1 || search.Problems.Count > 0))
            throw new UsageException("with --write, - must be the only input: standard output holds its fixed text and nothing else.");

        // An option file with a mistake ends the run before anything is written.
        foreach (var file in search.Files)
            resolver.For(file.FullPath);
        return new FixRun(_terminal, new FileFixer(resolver, new FileJudge(resolver) { KeepsServer = true }) { Safety = isAll ? null : RemedySafety.Safe, KeepsAccess = result.GetValue(_keepAccess) })
        {
            Writes = isReview || result.GetValue(_write),
            Asks = isReview,
            IsQuiet = _selection.IsQuiet(result),
            IsExitZero = _selection.IsExitZero(result),
            AllowsLockout = result.GetValue(_allowLockout),
            KeepsBackups = result.GetValue(_backup),
            ShowsSecrets = result.GetValue(_showSecrets),
            Style = new Style(_terminal.UsesColour(result.GetValue(_colour) ?? "auto")),
        }.Execute(files, search.Problems, arguments);
    }
}
