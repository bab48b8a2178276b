using System.CommandLine;
using StalwartHardening.Rules;
using StalwartHardening.Tool.Options;

namespace StalwartHardening.Tool.Commands;

/// <summary>Options that say which findings count; <c>check</c> and <c>fix</c> mean the same ones.</summary>
internal sealed class SelectionOptions
{
    private readonly Option<string?> _minimum = new("--min-severity") { Description = "Report findings from this severity on: info, warning or error [default: warning].", HelpName = "severity" };
    private readonly Option<string[]> _only = new("--only") { Description = "Only these rules, by id (SWH1001), name or the beginning of an id (SWH1); separated by commas.", HelpName = "rules" };
    private readonly Option<string?> _preset = new("--preset") { Description = "How loud rules are unless something says otherwise for one of them: none, default, recommended or strict [default: default].", HelpName = "preset" };
    private readonly Option<string?> _baseline = new("--baseline") { Description = "Report only what is not in this baseline.", HelpName = "file" };
    private readonly SharedOptions _shared = new();

    public SelectionOptions()
    {
        _only.AllowMultipleArgumentsPerToken = false;
    }

    public IEnumerable<Option> Own => [_minimum, _only, _preset, _baseline];

    public void AddSharedTo(Command command) => _shared.AddTo(command);

    public CommandLineOptions Read(ParseResult result)
    {
        var options = _shared.Read(result) with { Baseline = result.GetValue(_baseline) is { } baseline ? Path.GetFullPath(baseline) : null };
        if (result.GetValue(_minimum) is { } minimum)
            options = options with { MinimumSeverity = Thresholds.TryParse(minimum, out var severity) ? severity : throw new UsageException($"--min-severity: '{minimum}' is not possible; it can be {Thresholds.Names}.") };
        if (result.GetValue(_preset) is { } name)
            options = options with { Preset = Presets.TryParse(name, out var preset) ? preset : throw new UsageException($"--preset: '{name}' is not possible; it can be {Presets.Names}.") };
        if (result.GetValue(_only) is not { Length: > 0 } words)
            return options;
        var only = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            if (RuleSelection.AddTo(only, word) is { } unknown)
                throw new UsageException($"--only: there is no rule '{unknown}'. See 'stalwart-harden rules'.");
        }

        return options with { Only = only };
    }
}
