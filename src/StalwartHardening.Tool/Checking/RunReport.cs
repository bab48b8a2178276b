namespace StalwartHardening.Tool.Checking;

/// <summary>What came out for a run, file by file.</summary>
internal static class RunReport
{
    /// <summary>A report for each file of a run; the report itself where it is about one file. Places stay those of the whole text, lines are those of the files.</summary>
    public static IReadOnlyList<FileReport> Split(FileReport whole)
    {
        if (!whole.File.IsRun || whole.Problem is not null)
            return [whole];
        var reports = new List<FileReport>(whole.File.Parts.Count);
        foreach (var part in new RunPlaces(whole.File, whole.Text).Parts)
        {
            var isFirst = reports.Count == 0;
            reports.Add(new FileReport(part.File)
            {
                Findings = [.. whole.Findings.Where(finding => part.Holds(finding.Span.Start)).Select(finding => Within(part, finding))],
                Quieter = isFirst ? whole.Quieter : 0,
                Known = isFirst ? whole.Known : 0,
                Gone = isFirst ? whole.Gone : 0,
                Note = isFirst ? whole.Note : null,
                Text = whole.Text,
                Part = part,
                Lines = part.Lines,
                Secrets = whole.Secrets,
                Server = whole.Server,
                Options = whole.Options,
                Accepted = whole.Accepted,
            });
        }

        return reports;
    }

    // What belongs to a finding and is in another file cannot be shown among this file's lines.
    private static ReportedFinding Within(RunPart part, ReportedFinding finding) => finding with
    {
        Start = part.Lines.At(finding.Span.Start),
        End = part.Lines.At(finding.Span.End),
        Related = [.. finding.Related.Where(place => part.Holds(place.Span.Start)).Select(place => Within(part, place))],
        Entrance = finding.Entrance is { } entrance && part.Holds(entrance.Span.Start) ? Within(part, entrance) : null,
    };

    private static RelatedPlace Within(RunPart part, RelatedPlace place) => place with { Start = part.Lines.At(place.Span.Start), End = part.Lines.At(place.Span.End) };
}
