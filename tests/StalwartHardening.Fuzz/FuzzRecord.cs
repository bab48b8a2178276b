using System.Globalization;
using StalwartHardening.Mutation;

namespace StalwartHardening.Fuzz;

/// <summary>The largest run of each fuzzer, as a table in <c>docs/trust.md</c>.</summary>
internal static class FuzzRecord
{
    private const string Section = "fuzzing";
    private const string Head = "| Kind | Inputs | Seed |\n| --- | ---: | ---: |\n";

    /// <summary>Notes a run without failure where none as large is noted.</summary>
    public static void Write(string page, string name, long tried, int seed)
    {
        var rows = RecordedPage.Read(page, Section).Split('\n').Skip(2).Where(static line => line.Length > 0).ToList();
        var old = rows.FindIndex(row => row.StartsWith($"| {name} |", StringComparison.Ordinal));
        if (old >= 0 && long.Parse(rows[old].Split('|')[2], NumberStyles.AllowThousands | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) > tried)
            return;
        if (old >= 0)
            rows.RemoveAt(old);
        rows.Add(string.Create(CultureInfo.InvariantCulture, $"| {name} | {tried:N0} | {seed} |"));
        rows.Sort(StringComparer.Ordinal);
        RecordedPage.Write(page, Section, Head + string.Join('\n', rows) + "\n");
    }
}
