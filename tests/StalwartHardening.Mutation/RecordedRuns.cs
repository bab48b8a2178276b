using System.Globalization;

namespace StalwartHardening.Mutation;

/// <summary>The largest run of each kind, as a table of <c>docs/trust.md</c>: what was tried, how often, from which seed.</summary>
internal static class RecordedRuns
{
    /// <summary>Notes a run without failure where none as large is noted.</summary>
    /// <param name="page">The page.</param>
    /// <param name="section">The section that holds the table; its head is there.</param>
    /// <param name="name">What was tried.</param>
    /// <param name="tried">How often.</param>
    /// <param name="seed">The seed.</param>
    public static void Write(string page, string section, string name, long tried, int seed)
    {
        var lines = RecordedPage.Read(page, section).Split('\n');
        var rows = lines.Skip(2).Where(static line => line.Length > 0).ToList();
        var old = rows.FindIndex(row => row.StartsWith($"| {name} |", StringComparison.Ordinal));
        if (old >= 0 && long.Parse(rows[old].Split('|')[2], NumberStyles.AllowThousands | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) > tried)
            return;
        if (old >= 0)
            rows.RemoveAt(old);
        rows.Add(string.Create(CultureInfo.InvariantCulture, $"| {name} | {tried:N0} | {seed} |"));
        rows.Sort(StringComparer.Ordinal);
        RecordedPage.Write(page, section, string.Join('\n', [.. lines.Take(2), .. rows]) + "\n");
    }
}
