using StalwartHardening.Edits;
using StalwartHardening.Remedies;
using StalwartHardening.Server.Exposure;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Input;

namespace StalwartHardening.Tool.Fixing;

/// <summary>What is to become of a file.</summary>
/// <param name="Before">What is found in it.</param>
/// <param name="After">What would be found afterwards.</param>
/// <param name="OldText">Its text.</param>
/// <param name="NewText">The text it is to get.</param>
internal sealed record FixPlan(FileReport Before, FileReport After, string OldText, string NewText)
{
    /// <summary>Whether there is anything to write.</summary>
    public bool IsChange => !string.Equals(OldText, NewText, StringComparison.Ordinal);

    /// <summary>What the fixes take from those who administer the server.</summary>
    public AdministrationLoss Loss { get; init; }

    /// <summary>Whether there were more fixes to look for than one run does.</summary>
    public bool IsPart { get; init; }

    /// <summary>Whether the file is not valid UTF-8.</summary>
    public bool IsUndecodable { get; init; }

    /// <summary>What is to become of each file of a run; the plan itself where it is about one file.</summary>
    public IReadOnlyList<FixPlan> Parts()
    {
        var file = Before.File;
        if (!file.IsRun)
            return [this];
        var before = RunReport.Split(OfText(Before, OldText));
        var after = RunReport.Split(OfText(After, NewText));
        var old = new RunPlaces(file, OldText).Parts;
        var changed = new RunPlaces(file, NewText).Parts;
        return [.. file.Parts.Select((_, index) => new FixPlan(before[index], after[index], OldText[old[index].Start..old[index].End], NewText[changed[index].Start..changed[index].End]))];
    }

    // Where nothing was found, the report does not know the text either.
    private static FileReport OfText(FileReport report, string text) => report.Text.Length > 0 ? report : new FileReport(report.File) { Text = text, Server = report.Server, Options = report.Options };

    /// <summary>Nothing is to become of a file that could not be judged.</summary>
    public static FixPlan Failed(InputFile file, InputProblem problem)
    {
        var report = new FileReport(file) { Problem = problem };
        return new FixPlan(report, report, "", "");
    }
}

/// <summary>A remedy that somebody can agree to.</summary>
/// <param name="Report">The file as it is now.</param>
/// <param name="Finding">The finding.</param>
/// <param name="Remedy">The remedy.</param>
/// <param name="Title">What the remedy does and whom it may cut off, without secrets.</param>
/// <param name="Changes">What it changes in the text.</param>
internal sealed record Proposal(FileReport Report, ReportedFinding Finding, Remedy Remedy, string Title, IReadOnlyList<TextChange> Changes);

/// <summary>What somebody says to a proposal.</summary>
internal enum Answer
{
    /// <summary>Do it.</summary>
    Apply,

    /// <summary>Do not; show the next.</summary>
    Skip,

    /// <summary>Ask no more.</summary>
    Stop,
}
