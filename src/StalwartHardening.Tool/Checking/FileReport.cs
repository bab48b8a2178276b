using StalwartHardening.Fixing;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Tool.Input;

namespace StalwartHardening.Tool.Checking;

/// <summary>What came out for one file.</summary>
internal sealed class FileReport(InputFile file)
{
    private static readonly LineMap NoLines = new("");
    private FixBudget? _budget;

    /// <summary>The file.</summary>
    public InputFile File { get; } = file;

    /// <summary>Why it could not be judged; null where it was.</summary>
    public InputProblem? Problem { get; init; }

    /// <summary>What to know of how it was judged, as a sentence; null where there is nothing.</summary>
    public string? Note { get; set; }

    /// <summary>Whether it lay in a directory and is no Stalwart configuration.</summary>
    public bool IsForeign { get; init; }

    /// <summary>What is to be reported, in text order.</summary>
    public IReadOnlyList<ReportedFinding> Findings { get; init; } = [];

    /// <summary>Fingerprints of everything that was found, quiet and known findings included: what a new baseline holds.</summary>
    public IReadOnlyList<KnownFinding> Everything { get; init; } = [];

    /// <summary>How many findings are not loud enough to be reported.</summary>
    public int Quieter { get; init; }

    /// <summary>How many are in the baseline.</summary>
    public int Known { get; init; }

    /// <summary>How many entries of the baseline are not found any more.</summary>
    public int Gone { get; init; }

    /// <summary>The text; that of all files of a run.</summary>
    public string Text { get; init; } = "";

    /// <summary>Which part of the text the file is; null where it is all of it.</summary>
    public RunPart? Part { get; init; }

    /// <summary>Its lines.</summary>
    public LineMap Lines { get; init; } = NoLines;

    /// <summary>What of the text nobody may see.</summary>
    public SecretMask? Secrets { get; init; }

    /// <summary>The server, where it is kept and something was found.</summary>
    public ServerConfiguration? Server { get; init; }

    /// <summary>What the server was judged under.</summary>
    public JudgementOptions Options { get; init; } = JudgementOptions.Default;

    /// <summary>How much may still be read in the search for fixes of what is reported here.</summary>
    public FixBudget Budget => _budget ??= new FixBudget(Text.Length);

    /// <summary>The findings that are in the baseline, where the server is kept.</summary>
    public IReadOnlyList<Finding> Accepted { get; init; } = [];

    /// <summary>How many findings have a severity.</summary>
    public int Count(RuleSeverity severity)
    {
        var count = 0;
        foreach (var finding in Findings)
            count += finding.Severity == severity ? 1 : 0;
        return count;
    }
}
