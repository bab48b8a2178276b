using System.Text.RegularExpressions;
using StalwartHardening.Rules;

namespace StalwartHardening.Tests.Rules;

/// <summary>Clauses of standards that are printed: each is one that the coverage page lists, where it was looked up once.</summary>
public partial class ClauseTests
{
    // Formats, ranges of addresses and protocols that are named, and no advice of theirs.
    private static readonly string[] Names = ["RFC 1918"];

    [Fact]
    public void Rules_print_no_clause_that_the_coverage_page_does_not_list()
    {
        var known = Listed();
        foreach (var rule in RuleCatalog.All)
        {
            foreach (var text in (string[])[rule.MessageFormat, rule.Why, rule.Remedy, rule.WhyInPlan, rule.RemedyInPlan])
                AssertListed(known, rule.Id, text);
        }
    }

    [Fact]
    public void Pages_print_no_clause_that_the_coverage_page_does_not_list()
    {
        var known = Listed();
        foreach (var page in Directory.GetFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories).Append(Repository.PathOf("README.md")))
        {
            if (Path.GetFileName(page) != "coverage.md")
                AssertListed(known, Path.GetFileName(page), File.ReadAllText(page));
        }
    }

    [Theory]
    [InlineData("as RFC 8314, 3.1 to 3.3, says", "RFC 8314 3.1", "RFC 8314 3.2", "RFC 8314 3.3")]
    [InlineData("(RFC 6409, 4.3 and 6.1)", "RFC 6409 4.3", "RFC 6409 6.1")]
    [InlineData("(NIST SP 800-53, AU-2 and AU-12).", "SP 800-53 AU-2", "SP 800-53 AU-12")]
    [InlineData("RFC 8996; CWE-295", "RFC 8996", "CWE-295")]
    [InlineData("NIST SP 800-53: AC-6 least privilege", "SP 800-53 AC-6")]
    public void Clauses_are_read_one_by_one(string text, params string[] clauses) => Assert.Equal(clauses, Clauses(text));

    private static void AssertListed(HashSet<string> known, string place, string text) =>
        Assert.All(Clauses(text), clause => Assert.True(known.Contains(clause) || Names.Contains(clause) || (!clause.AsSpan(4).Contains(' ') && known.Any(other => other.StartsWith(clause + " ", StringComparison.Ordinal))), $"{place} prints '{clause}', which is no clause of the coverage page."));

    private static HashSet<string> Listed() =>
        [.. File.ReadLines(Repository.PathOf("tests", "StalwartHardening.Core.Tests", "Rules", "Coverage.tsv")).Where(static line => line.StartsWith("Standards\t", StringComparison.Ordinal)).SelectMany(static line => Clauses(line.Split('\t')[1]))];

    private static IEnumerable<string> Clauses(string text)
    {
        foreach (Match match in Clause().Matches(text))
        {
            var document = match.Groups["document"].Value;
            var parts = match.Groups["clause"].Captures.Select(static capture => capture.Value).ToList();
            if (parts.Count == 0)
                yield return document;
            if (match.Groups["to"].Success && parts is [var first, var last] && first[..^1] == last[..^1])
                parts = [.. Enumerable.Range(first[^1] - '0', last[^1] - first[^1] + 1).Select(number => first[..^1] + number)];
            foreach (var part in parts)
                yield return document + " " + part;
        }
    }

    [GeneratedRegex(@"(?<document>RFC [0-9]{4}|CWE-[0-9]+|SP 800-[0-9]+[A-Z]?( revision [0-9])?)([,:] (?<clause>[0-9]+(\.[0-9]+)*(?![0-9])|[A-Z]{2}-[0-9]+)(,? (and|(?<to>to)) (?<clause>[0-9]+(\.[0-9]+)*|[A-Z]{2}-[0-9]+)|, (?<clause>[A-Z]{2}-[0-9]+))*)?")]
    private static partial Regex Clause();
}
