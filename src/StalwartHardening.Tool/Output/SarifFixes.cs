using StalwartHardening.Edits;
using StalwartHardening.Remedies;
using StalwartHardening.Tool.Checking;
using StalwartHardening.Tool.Fixing;

namespace StalwartHardening.Tool.Output;

/// <summary>A finding's remedies as replacements in the file, for viewers that offer them.</summary>
internal static class SarifFixes
{
    /// <summary>Every remedy that can be written; null where there is none.</summary>
    public static IReadOnlyList<SarifFix>? Of(FileReport report, ReportedFinding finding, SarifArtifactLocation artifact)
    {
        List<SarifFix>? fixes = null;
        foreach (var proposal in FileFixer.Proposals(report, finding))
        {
            // What is to be changed in several files of a run is left to 'fix', too.
            if (report.Part is { } part && !proposal.Changes.All(change => part.Holds(change.Start) && part.Holds(change.Start + change.Length)))
                continue;

            // What holds a secret is left to 'fix --write', which shows it to nobody.
            if (ShowsSecret(report, proposal.Changes))
                continue;
            var description = proposal.Remedy.Safety == RemedySafety.Safe
                ? proposal.Title + ". Safe: nobody loses legitimate access."
                : proposal.Title + ". To be reviewed before it is made.";
            var replacements = new List<SarifReplacement>(proposal.Changes.Count);
            foreach (var change in proposal.Changes)
            {
                var start = report.Lines.At(change.Start);
                var end = report.Lines.At(change.Start + change.Length);
                replacements.Add(new SarifReplacement(new SarifRegion(start.Line, start.Column, end.Line, end.Column), change.Replacement.Length == 0 ? null : new SarifMessage(change.Replacement)));
            }

            (fixes ??= []).Add(new SarifFix(new SarifMessage(SarifFormat.PlainText(description)), [new SarifArtifactChange(artifact, replacements)]));
        }

        return fixes;
    }

    private static bool ShowsSecret(FileReport report, IReadOnlyList<TextChange> changes)
    {
        var text = TextChange.Apply(report.Text, changes);
        var secrets = SecretMask.Create(text, report.Server!.Version);
        var shift = 0;
        foreach (var change in changes)
        {
            var start = change.Start + shift;
            for (var i = start; i < start + change.Replacement.Length; i++)
            {
                if (secrets.HiddenUntil(i) >= 0)
                    return true;
            }

            shift += change.Replacement.Length - change.Length;
        }

        return false;
    }
}
