using System.Globalization;
using System.Text;

namespace StalwartHardening.Mutation;

/// <summary>The score of each folder, and who survived.</summary>
internal static class MutationReport
{
    private const string NotYet = "no fast test yet.";

    // What survivors.tsv says of a survivor that a test could tell from the original; other reasons say why none can.
    private const string Since = "a test of this came after the run.";

    /// <summary>A table of folders and a list of survivors with why, where somebody has read them.</summary>
    public static string Write(IReadOnlyCollection<MutationResult> results, int uncompiled, IReadOnlyDictionary<string, string> reasons, int seed, string[] projects, int seconds)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{results.Count} mutants, seed {seed}, tests of {string.Join(", ", projects)}, up to {seconds} seconds of them for each mutant; {uncompiled} more did not compile.\n\n| Folder | Mutants | Killed | Survived | Not reached | Score | Equivalent | Score of the others |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        foreach (var folder in results.GroupBy(static result => result.Mutant.Folder).OrderBy(static folder => folder.Key, StringComparer.Ordinal))
            Row(text, folder.Key, [.. folder], reasons);
        Row(text, "all", results, reasons);
        text.Append('\n');
        foreach (var mutant in results.Where(static result => result.Outcome != MutationOutcome.Killed).Select(static result => result.Mutant).OrderBy(static mutant => mutant.File, StringComparer.Ordinal).ThenBy(static mutant => mutant.Line))
            text.Append(CultureInfo.InvariantCulture, $"- `{mutant.File}`: `{mutant.Original}` to `{mutant.Replacement}`\n");
        return Explain(text.ToString(), reasons);
    }

    /// <summary>The same report with what is known of its survivors now.</summary>
    public static string Explain(string report, IReadOnlyDictionary<string, string> reasons)
    {
        var lines = report.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Split('`') is ["- ", var file, ": ", var original, " to ", var replacement, ..])
                lines[i] = $"- `{file}`: `{original}` to `{replacement}`: {(reasons.TryGetValue(Key(file, original, replacement), out var why) ? why : NotYet)}";
        }

        return string.Join('\n', lines);
    }

    /// <summary>The result that a line of a run's output tells; null for another line.</summary>
    public static MutationResult? ReadResult(string line)
    {
        if (line.Split('`') is not [var head, var original, " → ", var replacement, ..] || !Enum.TryParse<MutationOutcome>(head.Split(' ')[0], out var outcome))
            return null;
        var file = head.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3].Split(':')[0];
        return new(new(0, 0, Mutant.FolderOf(file), file, 0, original, replacement), outcome, null);
    }

    private static string Key(string file, string original, string replacement) => $"{file}\t{original}\t{replacement}";

    private static void Row(StringBuilder text, string name, IReadOnlyCollection<MutationResult> results, IReadOnlyDictionary<string, string> reasons)
    {
        var (killed, survived, unreached) = (Count(MutationOutcome.Killed), Count(MutationOutcome.Survived), Count(MutationOutcome.Unreached));
        var equivalent = results.Count(result => result.Outcome == MutationOutcome.Survived && reasons.TryGetValue(Key(result.Mutant.File, result.Mutant.Original, result.Mutant.Replacement), out var why) && why != Since);
        text.Append(CultureInfo.InvariantCulture, $"| {name} | {results.Count} | {killed} | {survived} | {unreached} | {100.0 * killed / results.Count:0} % | {equivalent} | {(results.Count == equivalent ? 100 : 100.0 * killed / (results.Count - equivalent)):0} % |\n");

        int Count(MutationOutcome outcome) => results.Count(result => result.Outcome == outcome);
    }
}
