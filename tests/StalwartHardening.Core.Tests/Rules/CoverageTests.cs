using System.Text;
using StalwartHardening.Rules;

namespace StalwartHardening.Tests.Rules;

/// <summary>Which advice and which standards the rules enforce, and what they leave out: <c>docs/coverage.md</c>, written from <c>Coverage.tsv</c>.</summary>
public class CoverageTests
{
    private sealed record Row(string Group, string What, string Source, IReadOnlyList<string> Rules, string Note);

    private static readonly List<Row> Rows =
    [
        .. File.ReadLines(Repository.PathOf("tests", "StalwartHardening.Core.Tests", "Rules", "Coverage.tsv")).Where(line => !line.StartsWith('#')).Select(line =>
        {
            var columns = line.Split('\t');
            return new Row(columns[0], columns[1], columns[2], columns[3].Split(' ', StringSplitOptions.RemoveEmptyEntries), columns[4]);
        }),
    ];

    [Fact]
    public void The_page_is_up_to_date()
    {
        var page = new StringBuilder("# What the rules cover\n\nWritten from a table that the tests hold against the rules.\n");
        foreach (var group in Rows.GroupBy(row => row.Group))
        {
            page.Append("\n## ").Append(group.Key).Append("\n\n");
            var hasRules = group.Any(row => row.Rules.Count > 0);
            page.Append(hasRules ? "| What | Where it is said | Rules | What no configuration can show |\n|---|---|---|---|\n" : "| Settings | Why not |\n|---|---|\n");
            foreach (var row in group)
            {
                var rules = string.Join(", ", row.Rules.Select(id => $"[{id}](rules/{id}.md)"));
                page.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {row.What} |{(hasRules ? $" {row.Source} | {rules} | {row.Note} |" : $" {row.Note} |")}\n");
            }
        }

        GeneratedFile.AssertUpToDate(Repository.PathOf("docs", "coverage.md"), page.Replace("|  |", "| |").Replace("|  |", "| |").ToString());
    }

    [Fact]
    public void Every_rule_is_there_for_something_and_exists()
    {
        var named = Rows.SelectMany(row => row.Rules).ToHashSet();
        Assert.All(named, id => Assert.NotNull(RuleCatalog.Find(id)));
        Assert.All(RuleCatalog.All, rule => Assert.True(named.Contains(rule.Id), $"No row of Coverage.tsv says what {rule.Id} enforces."));
    }

    [Fact]
    public void What_no_rule_reports_has_a_reason() => Assert.All(Rows.Where(row => row.Rules.Count == 0), row => Assert.EndsWith(".", row.Note, StringComparison.Ordinal));
}
