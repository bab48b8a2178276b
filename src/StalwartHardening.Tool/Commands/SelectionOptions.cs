using System.CommandLine;
using System.CommandLine.Completions;
using StalwartHardening.OptionFiles;
using StalwartHardening.Rules;
using StalwartHardening.Tool.Formatting;
using StalwartHardening.Tool.Options;

namespace StalwartHardening.Tool.Commands;

/// <summary>Options that say which findings count; <c>check</c> and <c>fix</c> mean the same ones.</summary>
internal sealed class SelectionOptions
{
    private readonly Option<string?> _minimum = new("--min-severity") { Description = "Report findings of this severity or higher: info, warning or error [default: warning].", HelpName = "severity" };
    private readonly Option<string[]> _only = new("--only") { Description = "Check only these rules, by id (SWH1001), name or id prefix (SWH1); comma-separated.", HelpName = "rules" };
    private readonly Option<string?> _preset = new("--preset") { Description = "Default severity preset: none, default, recommended or strict [default: default].", HelpName = "preset" };
    private readonly Option<string?> _baseline = new("--baseline") { Description = "Report only what is not in this baseline.", HelpName = "file" };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Print one line per finding, and nothing else." };
    private readonly Option<bool> _exitZero = new("--exit-zero") { Description = "Exit with code 0 even if there are findings." };
    private readonly SharedOptions _shared = new();

    public SelectionOptions()
    {
        _only.AllowMultipleArgumentsPerToken = false;
        _only.CompletionSources.Add(static _ => RuleCatalog.All.Select(static rule => new CompletionItem(rule.Id)));
        _minimum.CompletionSources.Add(Severities.Name(RuleSeverity.Info), Severities.Name(RuleSeverity.Warning), Severities.Name(RuleSeverity.Error));
        _preset.CompletionSources.Add([.. Enum.GetNames<Preset>().Select(static name => name.ToLowerInvariant())]);
    }

    public IEnumerable<Option> Own => [_minimum, _only, _preset, _baseline, _quiet, _exitZero];

    /// <summary>Whether findings are written a line each, and nothing else.</summary>
    public bool IsQuiet(ParseResult result) => result.GetValue(_quiet);

    /// <summary>Whether findings do not show in the exit code.</summary>
    public bool IsExitZero(ParseResult result) => result.GetValue(_exitZero);

    public void AddSharedTo(Command command)
    {
        _shared.AddTo(command);
        command.Options.Add(_shared.AdminFrom);
    }

    public CommandLineOptions Read(ParseResult result)
    {
        var options = _shared.Read(result) with { Baseline = result.GetValue(_baseline) is { } baseline ? Path.GetFullPath(baseline) : null };
        if (result.GetValue(_minimum) is { } minimum)
            options = options with { MinimumSeverity = Thresholds.TryParse(minimum, out var severity) ? severity : throw new UsageException($"--min-severity: invalid value '{minimum}'; expected {Thresholds.Names}.") };
        if (result.GetValue(_preset) is { } name)
            options = options with { Preset = Presets.TryParse(name, out var preset) ? preset : throw new UsageException($"--preset: invalid value '{name}'; expected {Presets.Names}.") };
        if (result.GetValue(_only) is not { Length: > 0 } words)
            return options;
        var only = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            if (RuleSelection.AddTo(only, word) is { } unknown)
                throw new UsageException($"--only: unknown rule '{Printable.Text(unknown)}'{Suggestion.ForRule(unknown)}");
        }

        return options with { Only = only };
    }
}
