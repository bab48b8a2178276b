using StalwartHardening.Remedies;
using StalwartHardening.Rules;
using StalwartHardening.Tool.Checking;

namespace StalwartHardening.Tool.Output;

/// <summary>All files taken together.</summary>
internal sealed class Summary
{
    /// <summary>How many files were judged.</summary>
    public int Files { get; private set; }

    /// <summary>How many findings are errors.</summary>
    public int Errors { get; private set; }

    /// <summary>How many findings are warnings.</summary>
    public int Warnings { get; private set; }

    /// <summary>How many findings are suggestions.</summary>
    public int Infos { get; private set; }

    /// <summary>How many findings are not loud enough.</summary>
    public int Quieter { get; private set; }

    /// <summary>How many findings are in the baseline.</summary>
    public int Known { get; private set; }

    /// <summary>How many entries of the baseline are not found any more.</summary>
    public int Gone { get; private set; }

    /// <summary>For how many findings there is a fix that takes legitimate access from nobody; counted where reports keep their server.</summary>
    public int SafeFixes { get; private set; }

    /// <summary>For how many findings there is a fix that a person has to agree to.</summary>
    public int ReviewFixes { get; private set; }

    /// <summary>How often each rule was found.</summary>
    public SortedDictionary<string, int> ByRule { get; } = new(StringComparer.Ordinal);

    /// <summary>What could not be judged.</summary>
    public List<InputProblemLine> Problems { get; } = [];

    /// <summary>What to know of how files were judged.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>How many findings there are.</summary>
    public int Findings => Errors + Warnings + Infos;

    /// <summary>Counts a file.</summary>
    public void Add(FileReport report)
    {
        if (report.Problem is { } problem)
            Problems.Add(new InputProblemLine(problem.Path, problem.Message));
        if (report.Problem is not null || report.IsForeign)
            return;
        if (report.Note is { } note)
            Notes.Add(note);
        Files++;
        Errors += report.Count(RuleSeverity.Error);
        Warnings += report.Count(RuleSeverity.Warning);
        Infos += report.Count(RuleSeverity.Info);
        Quieter += report.Quieter;
        Known += report.Known;
        Gone += report.Gone;
        foreach (var finding in report.Findings)
        {
            ByRule[finding.Rule.Id] = ByRule.GetValueOrDefault(finding.Rule.Id) + 1;
            if (report.Server is not { } server || finding.Source is not { } source || source.Remedies(server).FirstOrDefault() is not { Edits.Count: > 0 } remedy)
                continue;
            if (remedy.Safety == RemedySafety.Safe)
                SafeFixes++;
            else
                ReviewFixes++;
        }
    }
}

/// <summary>A file that could not be judged, and why.</summary>
internal readonly record struct InputProblemLine(string Path, string Message);
